"""Several documents that announce one program: which of them counts.

Two documents of one place and year announce one program where at least half of the tasks are
the same. The issued notice prevails over a report, a report over a draft, a draft over an
explainer; among equals the later one. The prevailing document keeps the IRI of the program;
each other one gets a program of its own (``…/2023/livelihood/2``), so that tasks of two
documents never become one node, and a link ``dcterms:isReplacedBy`` by which queries leave
it out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mskg.model import Issue
from mskg.ns import DATA, document_iri
from mskg.rdf import plan_from_triples, program_node
from mskg.store.text import prefix_lines
from mskg.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mskg.model import Plan, Task
    from mskg.store import Store

__all__ = ["Standing", "standings", "standings_in"]

_PARTS: Final = 3  # of an IRI of a program: place, year, kind
_ANNOUNCED: Final = f"""{prefix_lines("mskg")}
SELECT DISTINCT ?document ?program WHERE {{ ?document mskg:announces ?program }}
ORDER BY ?document"""
_GRAPH: Final = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <%s> { ?s ?p ?o } }"

_RANKS: Final = ("notice", "plan", "report", "draft", "explainer")
_FORMATS: Final = ("docx", "html", "xlsx", "txt", "pdf")
# Share of the tasks, and of the pairs of letters of two tasks, that must agree.
_SAME_TASKS: Final = 0.5
_SAME_WORDS: Final = 0.5
_BEGINNING: Final = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan with the ordinal of its program, and the document that prevails over it."""

    plan: Plan
    prevailing: Plan | None = None


def standings(plans: Iterable[Plan]) -> list[Standing]:
    """Return how the documents of one place, year and kind of program stand to each other.

    The result depends on the set of plans alone, not on their order. A superseded plan has
    an issue that names the document that prevails.
    """
    ranked = sorted((_plain(plan) for plan in plans), key=_rank)
    heads: list[Plan] = []
    others: list[tuple[Plan, int]] = []
    for plan in ranked:
        number = next((n for n, head in enumerate(heads) if _same_program(head, plan)), None)
        if number is None:
            heads.append(plan)
        else:
            others.append((plan, number))
    order = sorted(range(len(heads)), key=lambda n: _age(heads[n]))
    ordinals = {number: ordinal for ordinal, number in enumerate(order, 1)}
    heads = [_numbered(head, ordinals[number]) for number, head in enumerate(heads)]
    found = [Standing(head) for head in heads]
    for ordinal, (plan, number) in enumerate(others, len(heads) + 1):
        issues = (*plan.issues, _issue(heads[number]))
        found.append(Standing(replace(_numbered(plan, ordinal), issues=issues), heads[number]))
    return found


def standings_in(store: Store, plans: Iterable[Plan], gone: Collection[str] = ()) -> list[Standing]:
    """Return how `plans` stand to each other and to the documents of `store`.

    Documents of the store are among them where a new plan may change how they stand; a
    plan takes the place of the stored document with its key.

    Parameters
    ----------
    gone:
        IRIs of documents of the store that are about to be dropped.
    """
    new = {document_iri(plan.document.key): plan for plan in plans}
    groups: dict[str, list[Plan]] = {}
    for plan in new.values():
        groups.setdefault(_base(program_node(plan)), []).append(plan)
    announced = [(str(doc), _base(str(program))) for doc, program in store.select(_ANNOUNCED).rows]
    # Where a document leaves its program, the others of that program move up.
    leaving = {*new, *gone}
    touched = groups.keys() | {base for document, base in announced if document in leaving}
    for document, base in announced:
        if base in touched and document not in leaving:
            stored = plan_from_triples(store.construct(_GRAPH % document))
            groups.setdefault(base, []).append(stored)
    found: list[Standing] = []
    for group in groups.values():
        found += standings(group)
    return found


def _base(program: str) -> str:
    """Return the IRI of a program without its ordinal: …/program/410411/2023/livelihood."""
    parts = program.removeprefix(f"{DATA}program/").split("/")
    return f"{DATA}program/" + "/".join(parts[:_PARTS])


def _plain(plan: Plan) -> Plan:
    """Return `plan` without what an earlier comparison said of it."""
    return replace(plan, issues=tuple(issue for issue in plan.issues if issue.code != "superseded"))


def _numbered(plan: Plan, ordinal: int) -> Plan:
    return replace(plan, program=replace(plan.program, ordinal=ordinal))


def _rank(plan: Plan) -> tuple[object, ...]:
    """Return what sorts the prevailing document first."""
    info = plan.document
    rank = _RANKS.index(info.type) if info.type in _RANKS else len(_RANKS)
    source = _FORMATS.index(info.format) if info.format in _FORMATS else len(_FORMATS)
    issued = info.issued or date.min
    # A plan with and one without its covering notice are equals.
    return (max(rank, 1), not info.doc_number, -issued.toordinal(), source, info.key)


def _age(plan: Plan) -> tuple[object, ...]:
    return (plan.document.issued or date.max, plan.document.key)


def _issue(prevailing: Plan) -> Issue:
    info = prevailing.document
    name = f"《{info.title}》" if info.title else prevailing.source
    number = f"（{info.doc_number}）" if info.doc_number else ""
    return Issue(
        "info",
        "superseded",
        f"与{name}{number}说的是同一批任务，以后者为准；查询默认不计本文件",
        f"announces the tasks of {info.title or prevailing.source} ({info.key}), which prevails;"
        " queries leave this document out unless asked",
    )


def _same_program(one: Plan, other: Plan) -> bool:
    larger = max(len(one.tasks), len(other.tasks))
    if min(len(one.tasks), len(other.tasks)) < _SAME_TASKS * larger:
        return False
    same = sum(any(_same_task(task, like) for like in one.tasks) for task in other.tasks)
    return same >= _SAME_TASKS * larger


def _same_task(one: Task, other: Task) -> bool:
    pairs = ((one.title, other.title), (_text(one), _text(other)))
    return any(_alike(first, second) >= _SAME_WORDS for first, second in pairs)


def _text(task: Task) -> str:
    return task.items[0].text[:_BEGINNING] if task.items else ""


def _alike(one: str, other: str) -> float:
    first, second = _bigrams(one), _bigrams(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


@lru_cache(maxsize=1 << 12)
def _bigrams(text: str) -> frozenset[str]:
    letters = re.sub(r"\W+", "", fold(text))
    return frozenset(letters[n : n + 2] for n in range(len(letters) - 1))
