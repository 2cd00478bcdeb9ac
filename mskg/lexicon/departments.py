"""Names of public bodies: stems and their written forms, suffixes, irregular names, functions.

A regular name is a place, one or more stems and a suffix (湛河区 + 卫健 + 委). The tables
``departments``, ``department_forms``, ``department_suffixes`` and ``department_names`` hold
stems, the forms in which they are written, suffixes, and bodies that break the pattern;
``department_variants`` holds the full names that short ones have in one province alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mskg.lexicon.tables import read_table
from mskg.text import any_word

__all__ = [
    "Form",
    "Function",
    "Irregular",
    "Suffix",
    "bare",
    "body_end",
    "body_pattern",
    "body_values",
    "body_words",
    "core_names",
    "forms",
    "functions",
    "irregular_names",
    "is_short_name",
    "longest_form",
    "suffixes",
    "variants",
]

_CONNECTORS = str.maketrans("", "", "和与及、")


@dataclass(frozen=True, slots=True)
class Function:
    """A function of government, shared by all places (``functions.csv``)."""

    id: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Form:
    """A written form of a stem.

    ``name`` is the full form of an abbreviation (卫健 → 卫生健康), empty where the form is
    kept as printed; ``department`` is the stable id of the stem; ``slug`` is part of the id of
    an organisation, the same for all forms that mean one body (畜牧 and 渔业 are two).
    """

    text: str
    department: str
    name: str
    slug: str
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suffix:
    """The end of a name: its full form, its kind, and what it adds to the slug."""

    text: str
    name: str
    kind: str
    slug: str


@dataclass(frozen=True, slots=True)
class Irregular:
    """A body that breaks the pattern, such as 团委 or 两办.

    ``template`` holds ``{r}`` for the place, ``{w}`` for its party committee (中共湛河区委)
    and ``{p}`` for the party in the place (中共湛河区).
    """

    form: str
    template: str
    id: str
    functions: tuple[str, ...]


def bare(text: str) -> str:
    """Return `text` without the connectors 和与及、, in which printed names vary freely."""
    return text.translate(_CONNECTORS)


@cache
def functions() -> dict[str, Function]:
    """Return all functions by id."""
    rows = read_table("functions")
    return {row["id"]: Function(row["id"], row["zh"], row["en"]) for row in rows}


@cache
def forms() -> dict[str, Form]:
    """Return all written forms of stems, without connectors."""
    served = {row["id"]: tuple(row["functions"].split()) for row in read_table("departments")}
    return {
        row["form"]: Form(
            row["form"],
            row["department"],
            row["name"],
            row["slug"] or row["department"],
            served[row["department"]],
        )
        for row in read_table("department_forms")
    }


@cache
def body_values(group: str) -> dict[str, str]:
    """Return the words of a `group` of ``body_words.csv`` with their values, longest first."""
    found = {row["word"]: row["value"] for row in read_table("body_words") if row["group"] == group}
    if not found:
        raise KeyError(group)
    return {word: found[word] for word in sorted(found, key=lambda word: (-len(word), word))}


@cache
def body_words(group: str) -> str:
    """Return a regular expression that matches any word of a `group`, longest first."""
    return any_word(body_values(group))


@cache
def body_end(*, sure: bool = False) -> str:
    """Return a regular expression for the end of the name of a body or a zone: 局, 中心, 高新区.

    `sure` leaves out those that events and buildings have as well (会, 院, 站).
    """
    if sure:
        words = [word for word, value in body_values("end").items() if value == "sure"]
        return any_word(words)
    others = "".join(f"(?<!{word})" for word in body_values("no-end"))
    return rf"(?:{body_words('end')}{others}|{body_words('zone')})"


@cache
def body_pattern() -> re.Pattern[str]:
    """Return a pattern for the name of a bureau, with its level or not: 县教育局, 发改委.

    It asks for a known stem, so it tells where a name begins in a run without separators.
    """
    full = {row["name"] for row in read_table("departments")}  # with the 和 that forms leave out
    full |= {form.name for form in forms().values() if form.name}
    stems = any_word(stem for stem in full.union(forms()) if len(stem) > 1)
    names = {entry.template.removeprefix("{r}") for entry in irregular_names().values()}
    whole = any_word(name for name in names if "{" not in name)  # 公积金管理中心, 公安局交通管理局
    return re.compile(rf"[省市县区州盟旗镇乡]?(?:{whole}|{stems}(?:局|委(?!员)|厅|委员会))")


def is_short_name(name: str) -> bool:
    """Tell the short name of a body without its level: 妇联, 扶贫办."""
    return name in irregular_names() or (name[-1:] in "局办委厅" and name[:-1] in forms())


@cache
def core_names() -> tuple[str, ...]:
    """Return the full names of the stems that nearly every place has a bureau for."""
    return tuple(row["name"] for row in read_table("departments") if row["core"] == "y")


@cache
def longest_form() -> int:
    """Return the length of the longest written form."""
    return max(map(len, forms()))


@cache
def suffixes() -> tuple[Suffix, ...]:
    """Return all suffixes, longest first."""
    rows = read_table("department_suffixes")
    found = [Suffix(row["suffix"], row["name"], row["kind"], row["slug"]) for row in rows]
    return tuple(sorted(found, key=lambda suffix: (-len(suffix.text), suffix.text)))


@cache
def irregular_names() -> dict[str, Irregular]:
    """Return the bodies that break the pattern, by their form without a place."""
    return {
        row["form"]: Irregular(
            row["form"], row["template"], row["id"], tuple(row["functions"].split())
        )
        for row in read_table("department_names")
    }


@cache
def variants() -> dict[tuple[str, str], str]:
    """Return the full names that forms have in one province, by its code and the form.

    房管局 is 住房保障和房屋管理局 in Shanghai and 房产管理局 elsewhere.
    """
    rows = read_table("department_variants")
    return {(row["province"], row["form"]): row["name"] for row in rows}
