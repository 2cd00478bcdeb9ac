"""Labels in the forms that plans print, made alike: 【牵头】市民政局, 责任单位　县教育局.

Only the form in which the layout looks at a text changes, sign for sign, so that all places stay.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from mskg.lexicon.cues import label_of
from mskg.text import unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["with_colons"]

_FEWEST = 2  # times that a document prints a label in a form
_FEWEST_BLANK = 3  # the same where only white space parts it from its value
_BULLET = "●"
_CLOSE = {"【": "】", "〖": "〗", "[": "]", "“": "”"}
_NAME = r"[一-龥](?:[ \t]{0,2}[一-龥()、]){1,10}"
# Each pattern begins with a sign, for which a text is searched fast. A label behind a name says
# what that one does: 县教育局【牵头】.
_APART = r"(?<![一-龥].)"
_FRAMED = re.compile(
    rf"(?P<open>[【〖\[“]){_APART}(?P<name>{_NAME})(?P<close>[】〗\]”])(?P<colon>[ \t]*:)?"
)
_ROUND = re.compile(rf"(?P<open>\(){_APART}(?P<name>{_NAME})(?P<close>\))(?=[ \t]*[一-龥\d])")
_BOLD = re.compile(rf"\*{_APART}\*(?P<name>{_NAME})(?P<close>\*)\*(?=[ \t]*[一-龥\d])")
_BAR = re.compile(rf"\n[ \t]*(?P<name>{_NAME})[ \t]*(?P<close>\|)(?=[^|\n]+(?:\n|\Z))")
_BLANK = re.compile(
    r"\n[ \t]*(?P<name>[一-龥]{2,10})(?P<close> ) *(?=[^\s:](?:[^\s]| (?! ))*(?:\n|\Z))"
)
_LINE = re.compile(
    r"\n[ \t]*(?P<name>[一-龥]{4,10})[ \t]*(?P<close>\n)\s*(?=(?P<below>[一-龥\d][^\n]*))"
)
_IS = re.compile(rf"(?P<name>{_NAME})(?P<close>为)(?P<colon>:)")
# The form, what every text has that has it, and how often it has to come.
_FORMS = (
    (_FRAMED, "【〖[“", _FEWEST),
    (_ROUND, "(", _FEWEST),
    (_BOLD, "*", _FEWEST),
    (_BAR, "|", _FEWEST),
    (_BLANK, " ", _FEWEST_BLANK),
    (_LINE, "\n", _FEWEST_BLANK),
)
_OF_PERSONS = {"department", "leader", "deadline"}


def with_colons(folded: str) -> str:
    """Return folded text of the same length in which a colon stands behind every label."""
    places: dict[int, str] = {}
    forms = [*_FORMS, *([(_IS, "为", 1)] if "为:" in folded else [])]
    for pattern, signs_of, fewest in forms:
        if not any(sign in folded for sign in signs_of):
            continue
        found = [match for match in pattern.finditer(folded) if _is_label(match)]
        times = Counter(unspaced(match["name"]) for match in found)
        for match in found:
            if times[unspaced(match["name"])] >= fewest:
                places.update(_signs(match))
    if not places:
        return folded
    signs = list(folded)
    for at, sign in places.items():
        signs[at] = sign
    return "".join(signs)


def _is_label(match: re.Match[str]) -> bool:
    label = label_of(unspaced(match["name"]))
    if label is None:
        return False
    groups = match.groupdict()
    if groups.get("open") and groups["open"] != "(":
        behind = match.string[match.end() : match.end() + 1]
        named = label.kind in _OF_PERSONS or behind not in {"", "\n"}  # 【主要任务】: a heading
        return _CLOSE[groups["open"]] == groups["close"] and named
    if below := groups.get("below"):
        return label.kind in _OF_PERSONS and label_of(unspaced(below)) is None
    return True


def _signs(match: re.Match[str]) -> Iterator[tuple[int, str]]:
    groups = match.groupdict()
    if groups.get("open"):
        yield match.start("open"), _BULLET
    yield match.start("close"), " " if groups.get("colon") else ":"
