"""The sentences behind a network: the text of tasks, and the words that name their units."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mskg.network.programs import ask, batches, literal
from mskg.rdf.hiding import hidden
from mskg.store.private import names_behind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mskg.store.base import Store

__all__ = ["Mention", "TaskText", "task_texts"]

_TEXTS: Final = """
SELECT DISTINCT ?task ?item ?position ?label ?text WHERE {
  #chosen#
  ?item mskg:inTask ?task ; mskg:text ?text .
  OPTIONAL { ?item mskg:position ?position }
  OPTIONAL { ?item mskg:label ?label }
}"""
_MENTIONS: Final = """
SELECT DISTINCT ?task ?department ?printed ?quote ?begin ?source ?page ?line WHERE {
  #chosen#
  { ?task mskg:hasAssignment ?duty . }
  UNION
  { ?item mskg:inTask ?task ; mskg:hasAssignment ?duty . }
  ?duty mskg:department ?department .
  OPTIONAL { ?duty mskg:printedName ?printed }
  OPTIONAL {
    ?duty mskg:hasEvidence ?evidence .
    ?evidence mskg:quote ?quote ; mskg:begin ?begin ; mskg:inDocument ?document .
    OPTIONAL { ?evidence mskg:page ?page }
    OPTIONAL { ?evidence mskg:line ?line }
    OPTIONAL { ?document mskg:documentNumber ?number }
    OPTIONAL { ?document dcterms:title ?title }
    OPTIONAL { ?document mskg:sourceFile ?file }
    BIND(COALESCE(?number, ?title, ?file) AS ?source)
  }
}"""


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


def task_texts(store: Store, tasks: Iterable[str], *, names: bool = False) -> dict[str, TaskText]:
    """Return the text and the mentions of each of the `tasks` (IRIs) that the store holds.

    Parameters
    ----------
    names:
        Keep names and telephone numbers of persons; else every sign of them is □.
    """
    tasks = sorted(set(tasks))
    found: dict[str, TaskText] = defaultdict(TaskText)
    items: dict[str, list[tuple[int, str]]] = defaultdict(list)
    named: dict[str, list[tuple[int, Mention]]] = defaultdict(list)
    for chosen, _ in batches("task", tasks):
        for task, _, position, label, text in ask(store, _TEXTS.replace("#chosen#", chosen)):
            words = " ".join(filter(None, (literal(label).value, literal(text).value)))
            items[str(task)].append((int(literal(position).value or 0), words))
        for task, department, *words_of in ask(store, _MENTIONS.replace("#chosen#", chosen)):
            printed, quote, begin, *place = (literal(term).value for term in words_of)
            mention = Mention(str(department), quote or printed, *place)
            named[str(task)].append((int(begin or 0), mention))
    for task_iri, texts in items.items():
        found[task_iri].texts = [text for _, text in sorted(texts)]
    for task_iri, mentions in named.items():
        ordered = sorted(mentions, key=lambda entry: (entry[0], entry[1].department))
        found[task_iri].mentions = list(dict.fromkeys(mention for _, mention in ordered))
    if names:
        return dict(found)
    persons = names_behind(store, found)
    return {task: hidden(text, persons.get(task, "")) for task, text in found.items()}
