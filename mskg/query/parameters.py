"""From the values that a user gives to the terms that fill a query."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any

from mskg.errors import QueryError
from mskg.ns import PREFIXES
from mskg.query.names import find_named
from mskg.rdf.terms import Literal, Term
from mskg.store.text import term_text
from mskg.text.folding import fold
from mskg.text.naming import unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mskg.query.catalogue import NamedQuery, Parameter
    from mskg.store import Store

__all__ = ["fill", "parameter_terms", "parameter_values"]

_XSD = PREFIXES["xsd"]
_RELATIVE = re.compile(r"(\w+)\s*\+\s*(\d{1,4})\Z")
_YEAR = re.compile(r"\d{4}\Z")
_EXAMPLES = {
    "integer": "a whole number such as 4",
    "number": "a number such as 4400 or 0.5",
    "date": "a date such as 2023-06-30",
    "year": "a year such as 2023",
}
_EXAMPLES_ZH = {
    "integer": "整数，如 4",
    "number": "数字，如 4400 或 0.5",
    "date": "日期，如 2023-06-30",
    "year": "年份，如 2023",
}


def parameter_terms(
    store: Store, query: NamedQuery, given: Mapping[str, object], today: date | None = None
) -> dict[str, list[Term]]:
    """Return the terms for each parameter of `query` that has a value.

    Parameters
    ----------
    store:
        Where names of regions and departments are looked up.
    given:
        Values by parameter name; None means not given, a list means any of them.
    today:
        What the default ``today`` means; without it such a parameter must be given.

    Raises
    ------
    QueryError
        If a parameter is unknown or a value can't be used.
    """
    for name in given:
        query.parameter(name)
    values = {name: value for name, value in given.items() if value is not None}
    found: dict[str, list[Term]] = {}
    for parameter in query.parameters:
        value = values.get(parameter.name)
        if value is None and parameter.default:
            value = _default(query, parameter, found, today)
        if value is None:
            continue
        several = value if isinstance(value, list | tuple | set | frozenset) else [value]
        found[parameter.name] = [
            term for entry in several for term in _terms(store, query.name, parameter, entry)
        ]
    return found


def parameter_values(store: Store, owner: str, parameter: Parameter, value: object) -> list[str]:
    """Return the texts of the terms that `value`, or each of several, means.

    Parameters
    ----------
    owner:
        What the parameter belongs to, for messages.

    Raises
    ------
    QueryError
        If a value can't be used.
    """
    several = value if isinstance(value, list | tuple) else [value]
    terms = [term for entry in several for term in _terms(store, owner, parameter, entry)]
    return [term.value if isinstance(term, Literal) else term for term in terms]


def fill(query: NamedQuery, terms: Mapping[str, list[Term]]) -> str:
    """Return the text of `query` with `terms` in the place of UNDEF; lines keep their number."""
    lines = query.text.splitlines()
    for name, values in terms.items():
        texts = " ".join(term_text(value) for value in values)
        undefined = f"VALUES ?{name} {{ UNDEF }}"
        marker = f"#+ with {name}:"
        for number, line in enumerate(lines):
            before, found, pattern = line.partition(marker)
            indent = before[: len(before) - len(before.lstrip())]
            # The value stands beside its pattern, so that a branch starts from it.
            changed = f"{indent}{undefined} {pattern.strip()}"
            lines[number] = (changed if found else line).replace(
                undefined, f"VALUES ?{name} {{ {texts} }}"
            )
    return "\n".join(lines) + "\n"


def _default(
    query: NamedQuery, parameter: Parameter, found: Mapping[str, list[Term]], today: date | None
) -> object:
    if parameter.type != "date":
        return parameter.default
    if parameter.default == "today":
        if today is None:
            raise QueryError(
                f"query {query.name}: parameter {parameter.name!r} is missing",
                hint=f"give {_EXAMPLES['date']}",
                zh=f"查询 {query.name} 缺少参数 {parameter.name!r}（{_EXAMPLES_ZH['date']}）",
            )
        return today
    relative = _RELATIVE.match(parameter.default)
    if relative and (base := found.get(relative[1])) and isinstance(base[0], Literal):
        return date.fromisoformat(base[0].value) + timedelta(days=int(relative[2]))
    return parameter.default


def _terms(store: Store, owner: str, parameter: Parameter, value: object) -> list[Term]:
    kind = parameter.type
    if kind == "word":
        return [Literal(text) for text in _scripts(str(value))]
    if kind == "choice" and str(value) not in parameter.choices:
        raise unknown(
            f"query {owner}: {parameter.name}={str(value)!r} is none of its choices",
            f"查询 {owner}：{parameter.name}={str(value)!r} 不在可选项中",
            str(value),
            list(parameter.choices),
        )
    if kind in {"string", "choice"}:
        return [Literal(str(value))]
    if kind in _PARSERS:
        try:
            return [_PARSERS[kind](value)]
        except (ValueError, InvalidOperation, ArithmeticError):
            raise _wrong(owner, parameter, value) from None
    return list(find_named(store, kind, str(value)))


def _wrong(owner: str, parameter: Parameter, value: object) -> QueryError:
    return QueryError(
        f"query {owner}: {parameter.name}={str(value)!r} is not {_EXAMPLES[parameter.type]}",
        zh=f"查询 {owner}：{parameter.name}={str(value)!r} 不是{_EXAMPLES_ZH[parameter.type]}",
    )


def _integer(value: object) -> Literal:
    if isinstance(value, bool):
        raise ValueError(value)
    return Literal(str(int(str(value).strip())), _XSD + "integer")


def _number(value: object) -> Literal:
    number = Decimal(str(value).strip().replace(",", ""))
    if not number.is_finite():
        raise ValueError(value)
    return Literal(format(number, "f"), _XSD + "decimal")


def _date(value: object) -> Literal:
    day = value if isinstance(value, date) else date.fromisoformat(str(value).strip())
    return Literal(f"{day:%Y-%m-%d}", _XSD + "date")


def _year(value: object) -> Literal:
    text = str(value).strip().removesuffix("年")
    if not _YEAR.match(text):
        raise ValueError(value)
    return Literal(text, _XSD + "gYear")


_PARSERS: dict[str, Callable[[object], Literal]] = {
    "integer": _integer,
    "number": _number,
    "date": _date,
    "year": _year,
}


@cache
def _to_traditional() -> Callable[[str], str]:
    import opencc

    convert: Any = opencc.OpenCC("s2t").convert
    return convert  # type: ignore[no-any-return]


def _scripts(word: str) -> list[str]:
    """Return `word` as given, in simplified and in traditional script, each once."""
    simplified = fold(word)
    return list(dict.fromkeys([word, simplified, _to_traditional()(simplified)]))
