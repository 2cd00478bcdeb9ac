"""Concept schemes: as their tables say, well-formed SKOS, complete, consistent."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
import rdflib
from rdflib import RDF, SKOS

from mskg import resources
from mskg.export import write_ontology
from mskg.lexicon.tables import read_table
from mskg.ns import DATA, PREFIXES, VOCABULARY
from mskg.rdf import (
    SCHEMES,
    reference_triples,
    region_file,
    region_reference,
    scheme_files,
    to_rdflib,
    vocabulary,
)

_SOURCES = Path(__file__).resolve().parents[2] / "mskg"
_OUTSIDE = ("http://metadata.un.org/sdg/", PREFIXES["qudt"])


@cache
def _all() -> rdflib.Graph:
    graph = rdflib.Graph()
    for _, text in scheme_files():
        graph.parse(data=text, format="turtle")
    return graph


@cache
def _regions() -> rdflib.Graph:
    return to_rdflib(region_reference())


def _concepts() -> set[rdflib.term.Node]:
    return set(_all().subjects(RDF.type, SKOS.Concept))


def _term(name: str) -> rdflib.URIRef:
    return rdflib.URIRef(VOCABULARY + name)


@pytest.mark.parametrize(("path", "text"), list(scheme_files()), ids=lambda value: value[:30])
def test_the_files_are_those_of_the_tables(path: str, text: str) -> None:
    assert resources.read_text(f"ontology/{path}") == text, (
        "run: mskg ontology build --out ontology"
    )


def test_no_file_is_left_over() -> None:
    found = {path.name for path in (resources.folder("ontology") / "schemes").iterdir()}
    assert found == {f"{scheme.file}.ttl" for scheme in SCHEMES.values()}


def test_every_concept_has_one_name_a_language_one_notation_and_one_scheme() -> None:
    graph = _all()
    for concept in _concepts():
        names = [label.language for label in graph.objects(concept, SKOS.prefLabel)]  # type: ignore[attr-defined]
        assert names in (["zh"], ["en", "zh"], ["zh", "en"]), concept
        plain = [n for n in graph.objects(concept, SKOS.notation) if not n.datatype]  # type: ignore[attr-defined]
        assert len(plain) == 1
        assert len(list(graph.objects(concept, SKOS.inScheme))) == 1


@pytest.mark.parametrize("name", sorted(set(SCHEMES) - {"measure-word", "department-name"}))
def test_schemes_are_in_both_languages(name: str) -> None:
    graph = _all()
    scheme = rdflib.URIRef(f"{DATA}concept/{name}")
    members = list(graph.subjects(SKOS.inScheme, scheme))
    assert members
    for node in (scheme, *members):
        assert len(list(graph.objects(node, SKOS.prefLabel))) == 2
    names = [str(graph.value(node, SKOS.notation)) for node in members]
    assert len(names) == len(set(names))


def test_labels_of_one_concept_don_t_overlap() -> None:
    graph = _all()
    for concept in _concepts():
        preferred = set(graph.objects(concept, SKOS.prefLabel))
        others = set(graph.objects(concept, SKOS.altLabel))
        assert not preferred & others, concept
        assert not others & set(graph.objects(concept, SKOS.hiddenLabel)), concept


def test_links_lead_to_concepts_of_ours_or_of_known_vocabularies() -> None:
    graph = _all()
    links = (SKOS.broader, SKOS.broadMatch, SKOS.exactMatch, SKOS.relatedMatch)
    ours = (_term(name) for name in ("workStage", "countedIn", "compares"))
    concepts = _concepts()
    for link in (*links, *ours):
        objects = set(graph.objects(None, link))
        assert objects, link
        assert {node for node in objects - concepts if not str(node).startswith(_OUTSIDE)} == set()


def test_no_concept_is_broader_than_itself() -> None:
    graph = _all()
    for concept in _concepts():
        above = {
            node
            for parent in graph.objects(concept, SKOS.broader)
            for node in graph.transitive_objects(parent, SKOS.broader)
        }
        assert concept not in above


def test_top_concepts_are_those_without_a_broader_one_in_their_scheme() -> None:
    graph = _all()
    for concept in _concepts():
        scheme = graph.value(concept, SKOS.inScheme)
        above = {graph.value(node, SKOS.inScheme) for node in graph.objects(concept, SKOS.broader)}
        assert (scheme in above) != ((concept, SKOS.topConceptOf, scheme) in graph)


def test_every_area_has_its_public_service_or_none_and_its_goals() -> None:
    graph, area = _all(), rdflib.URIRef(f"{DATA}concept/area/health")
    service = graph.value(area, SKOS.broadMatch)
    names = {str(name) for name in graph.objects(service, SKOS.prefLabel)}
    assert "病有所医" in names
    goals = {str(goal) for goal in graph.objects(area, SKOS.relatedMatch)}
    assert "http://metadata.un.org/sdg/3.8" in goals
    named = {row["id"] for row in read_table("sdg")}
    used = {goal for row in read_table("areas") for goal in row["sdg"].split()}
    assert used <= named


def test_things_name_known_families_stages_and_counting_units() -> None:
    rows = read_table("things")
    for column, table in (
        *(("family", "thing_families"), ("stage", "work_stages"), ("counts", "counting")),
        ("area", "areas"),
    ):
        known = {row["id"] for row in read_table(table)}
        used = {row[column] for row in rows}
        assert used - {""} <= known
        if column in ("family", "stage", "counts"):
            assert known <= used, f"{table}: never used"
    assert all(row["counts"] for row in rows)


def test_old_names_of_functions_have_dates() -> None:
    graph, health = _all(), rdflib.URIRef(f"{DATA}concept/function/health")
    notes = {str(note) for note in graph.objects(health, SKOS.historyNote)}
    assert "2019年以前用“卫生和计划生育”" in notes
    old = rdflib.URIRef(f"{DATA}concept/department-name/health-family-planning")
    assert str(graph.value(old, rdflib.URIRef(vocabulary.VALID_THROUGH))) == "2019"
    assert (old, SKOS.broadMatch, health) in graph


def _issue_codes() -> set[str]:
    """Return the code of every ``Issue(severity, code, …)`` in the sources."""
    found: set[str] = set()
    for path in _SOURCES.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            node.targets[0].id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Issue":
                code = node.args[1] if len(node.args) > 1 else None
                value = named.get(code.id) if isinstance(code, ast.Name) else code
                found |= {
                    leaf.value
                    for leaf in ast.walk(value or ast.Constant(None))
                    if isinstance(leaf, ast.Constant)
                    and re.match(r"[a-z]+-?[a-z-]*\Z", str(leaf.value))
                }
    return found - {"None", "repair"}


def test_every_kind_of_issue_is_described() -> None:
    codes = _issue_codes()
    assert "count-mismatch" in codes
    assert codes == {row["id"] for row in read_table("issue_kinds")}


def test_units_agree_with_qudt_and_ucum() -> None:
    graph = _all()
    by_name = {str(graph.value(c, SKOS.prefLabel)): c for c in _concepts() if "measure-word" in c}  # type: ignore[operator]
    length, cases = by_name["公里"], by_name["人次"]
    assert (length, SKOS.exactMatch, rdflib.URIRef(PREFIXES["qudt"] + "KiloM")) in graph
    codes = {str(n) for n in graph.objects(length, SKOS.notation) if n.datatype}  # type: ignore[attr-defined]
    assert codes == {"km"}
    assert (cases, SKOS.exactMatch, None) not in graph
    person_time = rdflib.URIRef(f"{DATA}concept/counting/person-time")
    assert (cases, SKOS.broadMatch, person_time) in graph


def _qudt() -> dict[str, set[str]]:
    """Return the units of QUDT that are in use, each with its UCUM codes."""
    path = Path(__file__).with_name("vocabularies") / "qudt-units.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {name: set(codes.split()) for name, codes in pairs}


def _without_slash(code: str) -> str:
    """Return the UCUM code m3/d as QUDT writes it: m3.d-1."""
    return re.sub(r"/([A-Za-z]+)(\d*)", lambda found: f".{found[1]}-{found[2] or 1}", code)


def test_units_exist_in_qudt_with_the_same_ucum_codes() -> None:
    known = _qudt()
    for row in read_table("units"):
        if not row["qudt"]:
            continue
        assert row["qudt"] in known, f"{row['unit']}: add it to the extract if QUDT has it"
        # 1 and kV.A are UCUM too, for {#} and kVA.
        if row["ucum"] and known[row["qudt"]] and row["ucum"] not in ("1", "kV.A"):
            assert _without_slash(row["ucum"]) in known[row["qudt"]], row["unit"]


class TestRegions:
    def test_every_region_has_name_code_and_type(self) -> None:
        graph = _regions()
        types = {s for s in _concepts() if "/region-type/" in str(s)}
        regions = set(graph.subjects(RDF.type, _term("Region")))
        codes = {row["code"] for row in read_table("regions")}
        assert codes <= {str(graph.value(region, _term("regionCode"))) for region in regions}
        for region in regions:
            assert graph.value(region, SKOS.prefLabel)
            assert graph.value(region, rdflib.URIRef(vocabulary.DCTERMS_TYPE)) in types

    def test_every_chain_ends_at_a_province(self) -> None:
        graph = _regions()
        for region in graph.subjects(RDF.type, _term("Region")):
            *_, top = graph.transitive_objects(region, _term("parentRegion"))
            assert str(top).endswith("0000"), region

    def test_former_regions_have_successors_that_exist_and_dates(self) -> None:
        graph = _regions()
        replaced = list(graph.subject_objects(rdflib.URIRef(vocabulary.IS_REPLACED_BY)))
        assert len(replaced) > 100
        for _, new in replaced:
            assert (new, RDF.type, _term("Region")) in graph
        old, new = (rdflib.URIRef(f"{DATA}region/{code}") for code in ("130823", "130881"))
        assert (old, rdflib.URIRef(vocabulary.IS_REPLACED_BY), new) in graph
        through = graph.value(old, rdflib.URIRef(vocabulary.VALID_THROUGH))
        assert (str(through), through) == (
            "2017-04-03",
            graph.value(new, rdflib.URIRef(vocabulary.VALID_FROM)),
        )

    def test_nothing_is_said_twice(self) -> None:
        triples = list(region_reference())
        assert len(triples) == len(set(triples))

    def test_the_file_is_turtle(self) -> None:
        name, text = region_file()
        assert name == "regions.ttl"
        assert set(rdflib.Graph().parse(data=text, format="turtle")) == set(_regions())


def test_the_store_gets_what_queries_need() -> None:
    held = {str(s) for s, p, o in reference_triples() if o == str(SKOS.ConceptScheme)}
    assert {f"{DATA}concept/{n}" for n in ("role", "function", "thing", "comparability")} <= held
    assert f"{DATA}concept/department-name" not in held


def test_the_ontology_is_written_to_a_folder(tmp_path: Path) -> None:
    paths = {path.relative_to(tmp_path).as_posix() for path in write_ontology(tmp_path)}
    assert {"mskg.ttl", "CHANGELOG.md", "regions.ttl", "schemes/roles.ttl"} <= paths
    for name in paths:
        if name.endswith(".ttl"):
            assert len(rdflib.Graph().parse(tmp_path / name))
