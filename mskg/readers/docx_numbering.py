"""Automatic numbers of Word paragraphs (ECMA-376 part 1, 17.9): definitions and counting."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mskg.readers.docx_xml import W, is_on, value
from mskg.readers.numbering_styles import numbered

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Numbering"]

_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None  # restarts behind this level (1 is the first), 0 never
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    """One ``w:num``: its levels, the counters it shares, and where it starts afresh."""

    shared: str
    levels: dict[int, _Level]
    overrides: dict[int, int]


@dataclass(slots=True)
class _Style:
    based_on: str = ""
    list_id: str = ""
    level: int | None = None
    hidden: bool = False


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of one document, which must come in reading order."""

    numbering: _Element | None
    styles: _Element | None
    _lists: dict[str, _List] = field(default_factory=dict)
    _styles: dict[str, _Style] = field(default_factory=dict)
    _default: str = ""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._read_styles()
        self._read_lists()

    def label(self, properties: _Element | None) -> str:
        """Return the number printed before the paragraph with these ``w:pPr``, and count it."""
        list_id, level = self._place(properties)
        found = self._lists.get(list_id)
        if found is None or level not in found.levels:
            return ""
        counts = self._counts.setdefault(found.shared, {})
        self._count(found, list_id, level, counts)
        return _printed(found.levels, level, counts)

    def is_hidden_style(self, style: str) -> bool:
        """Tell whether text of the style `style` is hidden."""
        return any(entry.hidden for entry in self._ancestry(style))

    def _place(self, properties: _Element | None) -> tuple[str, int]:
        """Return the list and level of a paragraph, its own or those of its style."""
        own = None if properties is None else properties.find(f"{W}numPr")
        list_id, level_text = value(own, "numId"), value(own, "ilvl")
        level = int(level_text) if level_text.isdigit() else None
        style_id = value(properties, "pStyle") or self._default
        if not list_id:
            for entry in self._ancestry(style_id):
                list_id = list_id or entry.list_id
                level = entry.level if level is None else level
        if list_id and level is None:
            levels = self._lists[list_id].levels if list_id in self._lists else {}
            level = next((n for n, found in levels.items() if found.style == style_id), 0)
        return list_id, level or 0

    def _ancestry(self, style: str) -> list[_Style]:
        chain: list[_Style] = []
        while style in self._styles and len(chain) < 20:  # a style may be based on itself
            chain.append(self._styles[style])
            style = chain[-1].based_on
        return chain

    def _count(self, found: _List, list_id: str, level: int, counts: dict[int, int]) -> None:
        first = (list_id, level) not in self._begun
        self._begun.add((list_id, level))
        if first and level in found.overrides:
            counts[level] = found.overrides[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = found.levels[level].start
        for upper in range(level):
            if upper in found.levels:
                counts.setdefault(upper, found.levels[upper].start)
        for deeper in range(level + 1, _LEVELS):
            restart = found.levels.get(deeper, _Level()).restart
            if restart is None or 0 < level + 1 <= restart:
                counts.pop(deeper, None)

    def _read_styles(self) -> None:
        for style in self.styles.iter(f"{W}style") if self.styles is not None else ():
            properties = style.find(f"{W}pPr")
            level = value(properties, "numPr/ilvl")
            self._styles[style.get(f"{W}styleId", "")] = _Style(
                based_on=value(style, "basedOn"),
                list_id=value(properties, "numPr/numId"),
                level=int(level) if level.isdigit() else None,
                hidden=is_on(style.find(f"{W}rPr"), "vanish"),
            )
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
                self._default = style.get(f"{W}styleId", "")

    def _read_lists(self) -> None:
        root = self.numbering
        if root is None:
            return
        abstract = {a.get(f"{W}abstractNumId", ""): a for a in root.iter(f"{W}abstractNum")}
        by_style = {value(a, "styleLink"): key for key, a in abstract.items()}
        for entry in root.iter(f"{W}num"):
            key = value(entry, "abstractNumId")
            link = value(abstract.get(key), "numStyleLink")
            key = by_style.get(link, key) if link else key
            levels = _levels(abstract.get(key))
            overrides: dict[int, int] = {}
            for override in entry.iter(f"{W}lvlOverride"):
                number = _int(override.get(f"{W}ilvl"), 0)
                own = override.find(f"{W}lvl")
                if own is not None:
                    levels[number] = _level(own)
                if value(override, "startOverride"):
                    overrides[number] = _int(value(override, "startOverride"), 1)
                    if number in levels:
                        levels[number] = replace(levels[number], start=overrides[number])
            self._lists[entry.get(f"{W}numId", "")] = _List(key, levels, overrides)
        self._lists.pop("0", None)  # means: not numbered


def _levels(abstract: _Element | None) -> dict[int, _Level]:
    if abstract is None:
        return {}
    return {_int(e.get(f"{W}ilvl"), 0): _level(e) for e in abstract.iterchildren(f"{W}lvl")}


def _level(element: _Element) -> _Level:
    restart = value(element, "lvlRestart")
    return _Level(
        start=_int(value(element, "start"), 1),
        form=_form(element),
        text=value(element, "lvlText"),
        suffix=value(element, "suff") or "tab",
        restart=int(restart) if restart.isdigit() else None,
        legal=is_on(element, "isLgl"),
        style=value(element, "pStyle"),
    )


def _form(element: _Element) -> str:
    """Return the number format; newer ones stand beside an older one for older programs."""
    for form in element.iter(f"{W}numFmt"):
        kind = form.get(f"{W}val", "decimal")
        if kind != "custom":
            return kind
        if re.fullmatch(r"0+1.*", form.get(f"{W}format", "")):
            return "decimalZero"
    return "decimal"


def _int(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else default


def _printed(levels: dict[int, _Level], level: int, counts: dict[int, int]) -> str:
    """Return the label of `level`, its ``%1`` … filled with the counters of the levels."""
    own = levels[level]
    if own.form == "bullet":
        # Bullets of symbol fonts are letters or private characters that print as a sign.
        is_sign = len(own.text) == 1 and unicodedata.category(own.text) in {"So", "Po", "Sm", "Pd"}
        return f"{own.text} " if is_sign else ""

    def number(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        form = levels.get(index, own).form
        return numbered(counts.get(index, 0), "decimal" if own.legal else form)

    label = re.sub(r"%([1-9])", number, own.text)
    # A gap only where the label could run into a number behind it: 1. 5万户.
    gap = " " if own.suffix != "nothing" and label and label[-1].isascii() else ""
    return label + gap
