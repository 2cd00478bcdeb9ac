"""Cue words (``cues.csv``), labels (``labels.csv``), words of headings (``columns.csv``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from mskg.lexicon.tables import read_table
from mskg.text import any_word

__all__ = [
    "Label",
    "any_of",
    "column_of",
    "column_words",
    "cue_pattern",
    "cue_values",
    "cues",
    "duty_label",
    "label_of",
    "label_pattern",
    "labels",
    "line_label",
]


@dataclass(frozen=True, slots=True)
class Label:
    """A label such as 责任单位: the kind of field it opens and, for departments, the role.

    ``unit`` is what a heading prints in brackets: 总投资（万元）.
    """

    text: str
    kind: str
    role: str
    unit: str = ""


@cache
def labels() -> dict[str, Label]:
    """Return all labels by their folded text."""
    rows = read_table("labels")
    return {row["label"]: Label(row["label"], row["kind"], row["role"]) for row in rows}


@cache
def cue_values(group: str) -> dict[str, str]:
    """Return the cues of a `group` with their values, such as 不少于 → ge."""
    found = {row["cue"]: row["value"] for row in read_table("cues") if row["group"] == group}
    if not found:
        raise KeyError(group)
    return found


@cache
def cues(group: str) -> tuple[str, ...]:
    """Return the cues of a `group`, longest first."""
    return tuple(sorted(cue_values(group), key=lambda cue: (-len(cue), cue)))


@cache
def any_of(group: str) -> str:
    """Return a regular expression that matches any cue of a `group`, longest first."""
    return any_word(cues(group))


@cache
def cue_pattern(group: str, value: str = "") -> re.Pattern[str]:
    """Return the compiled pattern of the cues of a `group`, or of those with that `value`."""
    words = [cue for cue in cues(group) if not value or cue_values(group)[cue] == value]
    return re.compile(any_word(words))


@lru_cache(maxsize=1 << 13)
def label_of(text: str) -> Label | None:
    """Return the label that `text` is, from the table or put together of known words.

    牵头责任单位, 协同配合部门 and 县级包抓领导 are made of words for a duty and a word for who
    bears it; the role is the lead's where one leads, else the related one's where one helps.
    """
    if text in labels():
        return labels()[text]
    if match := _duty_pattern().fullmatch(text):
        duties = re.findall(any_of("duty"), match["sure"] or match["duties"])
        roles = {cue_values("duty")[word] for word in duties}
        order = ("lead", "supervisor", "audit", "related", "responsible")
        # 主要责任 is responsible: 主要 alone says nothing against it.
        return Label(text, "department", next(role for role in order if role in roles))
    return Label(text, "leader", "") if _leader_pattern().fullmatch(text) else None


def line_label(line: str) -> Label | None:
    """Return the label that `line` is, or has before its first colon: 责任单位：县教育局."""
    return label_of(line.strip().partition(":")[0])


@lru_cache(maxsize=1 << 12)
def column_of(text: str) -> Label | None:
    """Return what a column headed `text` holds: as a label, else by the first word it contains.

    The order of ``columns.csv`` counts: 配合单位 is no 单位.
    """
    if known := label_of(text):
        return known
    for row in read_table("columns"):
        if row["word"] in text:
            return Label(text, row["kind"], row["role"])
    return None


@cache
def column_words() -> tuple[str, ...]:
    """Return the words that tell what a column holds."""
    return tuple(row["word"] for row in read_table("columns"))


@cache
def label_pattern() -> str:
    """Return a regular expression for a label as printed, white space inside allowed."""
    # Of two characters only those for units are no words that prose has before a colon (目标),
    # but at the beginning of a line.
    names, short = [], []
    for name, label in labels().items():
        if label.kind == "department" or (label.kind != "number" and len(name) > 2):
            names.append(name)
        elif label.kind in {"content", "deadline"}:
            short.append(name)
    listed = any_word(names, between=r"\s*")
    duty = re.sub(r"\(\?P<\w+>", "(?:", _duty_pattern().pattern)
    return rf"{duty}|{_leader_pattern().pattern}|{listed}|(?:^|(?<=●)){any_word(short)}"


@cache
def duty_label() -> str:
    """Return a regular expression for the labels that surely name units: 责任单位, 牵头站所.

    Anywhere in a sentence; other labels (有关部门) count only where a label can stand.
    """
    bodies = "|".join(re.escape(word) for word in cues("duty-sure-body") if len(word) > 1)
    return rf"{any_of('duty-sure')}(?:责任)?(?:单位|部门|主体|{bodies})"


@cache
def _duty_pattern() -> re.Pattern[str]:
    """Return a pattern for duties and who bears them, who may be two (单位和责任人).

    A word such as 村 or 中心 says who does only behind a sure duty: 建设中心 is no label.
    """
    word, body = any_of("duty"), any_of("duty-body")
    duties = rf"(?:{word}\s*(?:和|及|、|（|\()?\s*){{1,4}}"
    sure = rf"(?:{word}\s*){{0,2}}{any_of('duty-sure')}(?:责任)?"
    person = rf"(?:(?:和|及|与|、|/){any_of('duty-person')})?"
    two = rf"(?:(?:和|及|或|、|/|\(){body}\)?)?"
    return re.compile(
        rf"(?:(?P<duties>{duties}){body}{two}|(?P<sure>{sure}){any_of('duty-sure-body')}){person}"
    )


@cache
def _leader_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('leader-duty')}\s*){{1,3}}{any_of('duty-leader')}")
