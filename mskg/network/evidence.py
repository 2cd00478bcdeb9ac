"""The sentences behind a network: the text of tasks, and the words that name their units."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mskg.ns import PREFIXES
from mskg.rdf.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mskg.rdf.terms import Term
    from mskg.store.base import Store

__all__ = ["Mention", "TaskText", "task_texts"]

_BATCH: Final = 500
_PREFIXES: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("dcterms", "mskg"))
_TEXTS: Final = f"""{_PREFIXES}
SELECT DISTINCT ?task ?item ?position ?label ?text WHERE {{
  VALUES ?task {{ #tasks# }}
  ?item mskg:inTask ?task ; mskg:text ?text .
  OPTIONAL {{ ?item mskg:position ?position }}
  OPTIONAL {{ ?item mskg:label ?label }}
}}"""
_MENTIONS: Final = f"""{_PREFIXES}
SELECT DISTINCT ?task ?department ?printed ?quote ?begin ?source ?page ?line WHERE {{
  VALUES ?task {{ #tasks# }}
  {{ ?task mskg:hasAssignment ?duty . }}
  UNION
  {{ ?item mskg:inTask ?task ; mskg:hasAssignment ?duty . }}
  ?duty mskg:department ?department .
  OPTIONAL {{ ?duty mskg:printedName ?printed }}
  OPTIONAL {{
    ?duty mskg:hasEvidence ?evidence .
    ?evidence mskg:quote ?quote ; mskg:begin ?begin ; mskg:inDocument ?document .
    OPTIONAL {{ ?evidence mskg:page ?page }}
    OPTIONAL {{ ?evidence mskg:line ?line }}
    OPTIONAL {{ ?document mskg:documentNumber ?number }}
    OPTIONAL {{ ?document dcterms:title ?title }}
    OPTIONAL {{ ?document mskg:sourceFile ?file }}
    BIND(COALESCE(?number, ?title, ?file) AS ?source)
  }}
}}"""


@dataclass(frozen=True, slots=True)
class Mention:
    """The printed name of a unit in a task, with its document, page and line where known."""

    department: str
    words: str
    source: str = ""
    page: str = ""
    line: str = ""


@dataclass
class TaskText:
    """The text of a task, one entry an item, and who is named in it where."""

    texts: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


def task_texts(store: Store, tasks: Iterable[str]) -> dict[str, TaskText]:
    """Return the text and the mentions of each of the `tasks` (IRIs) that the store holds."""
    found: dict[str, TaskText] = defaultdict(TaskText)
    items: dict[str, list[tuple[int, str]]] = defaultdict(list)
    named: dict[str, list[tuple[int, Mention]]] = defaultdict(list)
    for batch in _batches(tasks):
        for task, _, position, label, text in store.select(_TEXTS.replace("#tasks#", batch)).rows:
            words = " ".join(filter(None, (_text(label), _text(text))))
            items[str(task)].append((int(_text(position) or 0), words))
        for row in store.select(_MENTIONS.replace("#tasks#", batch)).rows:
            task, department, printed, quote, begin, source, page, line = row
            mention = Mention(
                str(department), _text(quote) or _text(printed), _text(source), _text(page),
                _text(line),
            )  # fmt: skip
            named[str(task)].append((int(_text(begin) or 0), mention))
    for task_iri, texts in items.items():
        found[task_iri].texts = [text for _, text in sorted(texts)]
    for task_iri, mentions in named.items():
        ordered = sorted(mentions, key=lambda entry: (entry[0], entry[1].department))
        found[task_iri].mentions = list(dict.fromkeys(mention for _, mention in ordered))
    return dict(found)


def _batches(tasks: Iterable[str]) -> Iterator[str]:
    known = sorted(set(tasks))
    for begin in range(0, len(known), _BATCH):
        yield " ".join(f"<{task}>" for task in known[begin : begin + _BATCH])


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else term or ""
