"""What the concepts of each scheme say beside name and notation; one function a kind of table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from mskg.lexicon.comparing import rules
from mskg.lexicon.tables import read_table
from mskg.ns import PREFIXES, concept_iri
from mskg.rdf import vocabulary as v
from mskg.rdf.concepts import TABLES, concept_triples
from mskg.rdf.terms import Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "areas",
    "comparability",
    "department_names",
    "functions",
    "goals",
    "labelled",
    "measure_words",
    "origins",
    "plain",
    "statuses",
    "target_groups",
    "things",
]

_SDG: Final = "http://metadata.un.org/sdg/"
_UCUM: Final = "http://qudt.org/schema/qudt/UCUMcs"
_YEAR: Final = PREFIXES["xsd"] + "gYear"


def labelled(node: str, link: str, zh: str, en: str) -> Iterator[Triple]:
    """Yield a text in Chinese and one in English, where there is one."""
    for text, language in ((zh, "zh"), (en, "en")):
        if text:
            yield node, link, Literal(text, "", language)


def plain(scheme: str) -> Iterator[Triple]:
    """Yield concepts with labels, other words for them, definitions and a broader concept."""
    for row in read_table(TABLES[scheme]):
        node = concept_iri(scheme, row["id"])
        yield from concept_triples(scheme, row["id"])
        yield from _words(node, v.ALT_LABEL, row.get("alt", ""))
        zh, en = row.get("definition_zh", ""), row.get("definition_en", "")
        yield from labelled(node, v.DEFINITION, zh, en)
        if row.get("broader"):
            yield node, v.BROADER, concept_iri(scheme, row["broader"])


def functions(scheme: str) -> Iterator[Triple]:
    """Yield functions with the names of the bodies that serve each alone, old ones with dates."""
    yield from plain(scheme)
    for row in read_table("departments"):
        if " " in row["functions"]:
            continue
        node = concept_iri(scheme, row["functions"])
        if row["valid_to"]:
            zh = f"{row['valid_to']}年以前用“{row['name']}”"
            yield from labelled(
                node, v.HISTORY_NOTE, zh, f"until {row['valid_to']} named {row['name']}"
            )
        elif row["name"] != _label(scheme, row["functions"]):
            yield node, v.ALT_LABEL, Literal(row["name"], "", "zh")


def department_names(scheme: str) -> Iterator[Triple]:
    """Yield stems of names with written forms, functions, and the years they were in use."""
    forms: dict[str, list[str]] = {}
    for row in read_table("department_forms"):
        forms.setdefault(row["department"], []).append(row["form"])
    for row in read_table("departments"):
        node = concept_iri(scheme, row["id"])
        yield node, v.TYPE, v.CONCEPT
        yield node, v.NOTATION, Literal(row["id"])
        yield node, v.PREF_LABEL, Literal(row["name"], "", "zh")
        for form in forms.get(row["id"], ()):
            if form != row["name"]:
                yield node, v.ALT_LABEL, Literal(form, "", "zh")
        for function in row["functions"].split():
            yield node, v.BROAD_MATCH, concept_iri("function", function)
        for link, year in ((v.VALID_FROM, row["valid_from"]), (v.VALID_THROUGH, row["valid_to"])):
            if year:
                yield node, link, Literal(year, _YEAR)


def areas(scheme: str) -> Iterator[Triple]:
    """Yield policy areas with their cue words, public services and candidate SDG targets."""
    services = {row["zh"]: row["id"] for row in read_table(TABLES["service"])}
    yield from plain(scheme)
    for row in read_table(TABLES[scheme]):
        node = concept_iri(scheme, row["id"])
        yield from _words(node, v.HIDDEN_LABEL, row["keywords"])
        if row["youso"] in services:
            yield node, v.BROAD_MATCH, concept_iri("service", services[row["youso"]])
        for target in row["sdg"].split():
            yield node, v.RELATED_MATCH, _SDG + target


def goals(scheme: str) -> Iterator[Triple]:
    """Yield goals and targets of the 2030 agenda with the IRIs of the United Nations."""
    yield from plain(scheme)
    for row in read_table(TABLES[scheme]):
        yield concept_iri(scheme, row["id"]), v.EXACT_MATCH, _SDG + row["id"]


def things(scheme: str) -> Iterator[Triple]:
    """Yield counted things with family, stage of the work, counting unit and policy area."""
    yield from plain(scheme)
    for row in read_table(TABLES[scheme]):
        node = concept_iri(scheme, row["id"])
        yield node, v.COUNTED_IN, concept_iri("counting", row["counts"])
        yield node, v.RELATED_MATCH, concept_iri("area", row["area"])
        if row["stage"]:
            yield node, v.WORK_STAGE, concept_iri("stage", row["stage"])


def comparability(scheme: str) -> Iterator[Triple]:
    """Yield a concept for each two things of a family; its label says why they differ."""
    for one, other, reasons in rules():
        node = concept_iri(scheme, f"{one}--{other}")
        yield node, v.TYPE, v.CONCEPT
        yield node, v.NOTATION, Literal(f"{one}--{other}")
        zh = "；".join(reason.zh for reason in reasons)
        yield from labelled(node, v.PREF_LABEL, zh, "; ".join(reason.en for reason in reasons))
        yield node, v.COMPARES, concept_iri("thing", one)
        yield node, v.COMPARES, concept_iri("thing", other)


def measure_words(scheme: str) -> Iterator[Triple]:
    """Yield measure words; one that is a unit by itself equals that of QUDT.

    A word that counts (人次) is narrower than the number 1 of QUDT, which leaves counting to
    applications.
    """
    counting = _counting_units()
    for row in read_table(TABLES[scheme]):
        node = concept_iri(scheme, row["unit"])
        yield node, v.TYPE, v.CONCEPT
        yield node, v.NOTATION, Literal(row["unit"])
        yield node, v.PREF_LABEL, Literal(row["unit"], "", "zh")
        if row["ucum"]:
            yield node, v.NOTATION, Literal(row["ucum"], _UCUM)
        if row["qudt"]:
            match = v.BROAD_MATCH if row["qudt"] == "NUM" else v.EXACT_MATCH
            yield node, match, PREFIXES["qudt"] + row["qudt"]
        if row["unit"] in counting:
            yield node, v.BROAD_MATCH, concept_iri("counting", counting[row["unit"]])


def target_groups(scheme: str) -> Iterator[Triple]:
    """Yield target groups with the words for them."""
    yield from plain(scheme)
    for row in read_table(TABLES[scheme]):
        yield from _words(concept_iri(scheme, row["id"]), v.ALT_LABEL, row["words"], row["zh"])


def origins(scheme: str) -> Iterator[Triple]:
    """Yield sources of tasks with their cue words."""
    yield from plain(scheme)
    for row in read_table(TABLES[scheme]):
        yield from _words(concept_iri(scheme, row["id"]), v.HIDDEN_LABEL, row["words"])


_STATUS_KINDS: Final = {
    "reported": ("由责任单位报告", "reported by the responsible unit"),
    "computed": ("由目标值、实际值和日期计算", "computed from target, actual value and date"),
}


def statuses(scheme: str) -> Iterator[Triple]:
    """Yield statuses and where each comes from."""
    yield from plain(scheme)
    for row in read_table(TABLES[scheme]):
        node = concept_iri(scheme, row["id"])
        yield from labelled(node, v.SCOPE_NOTE, *_STATUS_KINDS[row["kind"]])


def _words(node: str, link: str, words: str, known: str = "") -> Iterator[Triple]:
    for word in words.split():
        if word != known:
            yield node, link, Literal(word, "", "zh")


def _label(scheme: str, notation: str) -> str:
    rows = read_table(TABLES[scheme])
    return next((row["zh"] for row in rows if row["id"] == notation), "")


def _counting_units() -> dict[str, str]:
    """Return the counting unit of every measure word that counts one kind of thing only."""
    rows = [(word, row["id"]) for row in read_table("counting") for word in row["units"].split()]
    times = Counter(word for word, _ in rows)
    return {word: name for word, name in rows if times[word] == 1}
