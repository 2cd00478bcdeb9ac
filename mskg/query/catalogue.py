"""The named queries: files ``queries/*.rq``, each with a header of ``#+`` lines.

::

    #+ title: Departments that share most tasks
    #+ title-zh: 共同任务最多的部门
    #+ description: One sentence or more.
    #+ param: min integer = 1 -- least number of shared tasks | 至少共同任务数
    #+ param: kind choice(warning|info) -- one of these words | 其中一个词
    #+ columns: departmentA 部门甲, departmentB 部门乙, tasksShared 共同任务数
    #+ tags: departments, collaboration
    #+ evidence: task          (hidden variable: whose evidence --evidence shows)
    #+ list: departments       (cells that join names with 、 in any order)

A parameter is a line ``VALUES ?name { UNDEF }``, which a value replaces; unfilled, it leaves
the variable unbound, and the file runs as it is in any SPARQL 1.1 tool. A line that
ends in ``#+ with NAME: PATTERN`` is replaced by the values and PATTERN when NAME is given: the
same meaning, found through the index.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from mskg.errors import QueryError
from mskg.resources import folder
from mskg.text.naming import unknown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["PARAMETER_TYPES", "TOPICS", "Catalogue", "NamedQuery", "Parameter", "parse_query"]

PARAMETER_TYPES: Final = frozenset(
    [
        "integer",
        "number",
        "date",
        "year",
        "string",
        "word",
        "choice",
        "region",
        "department",
        "function",
        "area",
        "origin",
        "thing",
        "target-group",
    ]
)

# In the order in which they are listed.
TOPICS: Final = {
    "inventory": ("总览", "Overview"),
    "tasks": ("任务", "Tasks"),
    "targets": ("目标", "Targets"),
    "deadlines": ("时限", "Deadlines"),
    "progress": ("进展", "Progress"),
    "departments": ("部门", "Departments"),
    "collaboration": ("协作", "Collaboration"),
    "comparison": ("比较", "Comparison"),
    "totals": ("合计", "Totals"),
    "evidence": ("原文", "Evidence"),
    "quality": ("质量", "Quality"),
}

_PARAM = re.compile(
    r"(?P<name>\w+)\s+(?P<type>[\w-]+)(?:\((?P<choices>[^)]+)\))?"
    r"(?:\s*=\s*(?P<default>.*?))?(?:\s+--\s*(?P<help>.*))?\s*\Z"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query.

    ``default`` is the text used where no value is given (``today`` and ``from+30`` are
    understood for dates); empty leaves the parameter open. ``choices`` are the words that a
    parameter of the type choice takes.
    """

    name: str
    type: str
    default: str = ""
    help: str = ""
    help_zh: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class NamedQuery:
    """One file of the catalogue."""

    name: str
    text: str
    title: str
    title_zh: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    titles_zh: tuple[str, ...]
    tags: tuple[str, ...]
    evidence: str = ""
    lists: frozenset[str] = frozenset()

    def parameter(self, name: str) -> Parameter:
        """Return the parameter `name`.

        Raises
        ------
        QueryError
            If the query has no such parameter; names the nearest.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        raise unknown(
            f"query {self.name} has no parameter {name!r}",
            f"查询 {self.name} 没有参数 {name!r}",
            name,
            [parameter.name for parameter in self.parameters],
        )


class Catalogue:
    """The named queries of a folder, by default those that come with mskg."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or folder("queries")

    @cached_property
    def _queries(self) -> dict[str, NamedQuery]:
        return _read_folder(self._path)

    @cached_property
    def violations(self) -> tuple[NamedQuery, ...]:
        """The queries of the folder ``violation``, which must return no rows."""
        return tuple(_read_folder(self._path / "violation").values())

    def __iter__(self) -> Iterator[NamedQuery]:
        return iter(self._queries.values())

    def __len__(self) -> int:
        return len(self._queries)

    @property
    def names(self) -> list[str]:
        """The names of the queries, sorted."""
        return list(self._queries)

    def by_topic(self) -> list[tuple[tuple[str, str], list[NamedQuery]]]:
        """Return the titles of each topic in Chinese and English, and its queries."""
        topics: dict[str, list[NamedQuery]] = {topic: [] for topic in TOPICS}
        for query in self:
            topics.setdefault(query.tags[0] if query.tags else "", []).append(query)
        return [(TOPICS.get(name, (name, name)), found) for name, found in topics.items() if found]

    def get(self, name: str) -> NamedQuery:
        """Return the query called `name`.

        Raises
        ------
        QueryError
            If there is none; names the nearest.
        """
        query = self._queries.get(name)
        if query is None:
            message = f"there is no query {name!r}", f"没有名为 {name!r} 的查询"
            raise unknown(*message, name, self.names)
        return query


def _read_folder(path: Path) -> dict[str, NamedQuery]:
    return {
        file.stem: parse_query(file.stem, file.read_text(encoding="utf-8"))
        for file in sorted(path.glob("*.rq"))
    }


def parse_query(name: str, text: str) -> NamedQuery:
    """Return the named query that the `text` of a file describes.

    Raises
    ------
    QueryError
        If its header is incomplete or does not fit its body.
    """
    header = _header(text)
    parameters = tuple(_parameter(name, line) for line in header.get("param", []))
    columns = [entry.strip().partition(" ") for entry in _one(header, "columns").split(",")]
    query = NamedQuery(
        name=name,
        text=text,
        title=_one(header, "title"),
        title_zh=_one(header, "title-zh"),
        description=" ".join(header.get("description", [])),
        parameters=parameters,
        columns=tuple(entry[0] for entry in columns),
        titles_zh=tuple(entry[2].strip() for entry in columns),
        tags=tuple(tag.strip() for tag in _one(header, "tags").split(",") if tag.strip()),
        evidence=_one(header, "evidence"),
        lists=frozenset(_one(header, "list").replace(",", " ").split()),
    )
    _check(query)
    return query


def _header(text: str) -> dict[str, list[str]]:
    header: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("#+ "):
            key, _, value = line[3:].partition(":")
            header.setdefault(key.strip(), []).append(value.strip())
    return header


def _one(header: dict[str, list[str]], key: str) -> str:
    return " ".join(header.get(key, []))


def _parameter(query: str, line: str) -> Parameter:
    found = _PARAM.match(line)
    choices = tuple((found["choices"] or "").split("|")) if found else ()
    if (
        found is None
        or found["type"] not in PARAMETER_TYPES
        or any(choices) != (found["type"] == "choice")
    ):
        raise QueryError(
            f"query {query}: wrong parameter line {line!r}",
            zh=f"查询 {query} 的参数行有误：{line!r}",
        )
    english, _, chinese = (found["help"] or "").partition("|")
    return Parameter(
        found["name"],
        found["type"],
        found["default"] or "",
        english.strip(),
        chinese.strip(),
        choices if any(choices) else (),
    )


def _check(query: NamedQuery) -> None:
    for parameter in query.parameters:
        if f"VALUES ?{parameter.name} {{ UNDEF }}" not in query.text:
            raise QueryError(
                f"query {query.name}: no line VALUES ?{parameter.name} {{ UNDEF }}",
                zh=f"查询 {query.name} 缺少这一行：VALUES ?{parameter.name} {{ UNDEF }}",
            )
    if not query.title or not all(query.columns):
        raise QueryError(
            f"query {query.name}: title or columns are missing",
            zh=f"查询 {query.name} 缺少标题或列",
        )
