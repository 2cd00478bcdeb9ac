"""Text whose line breaks became blanks, or nothing, when it was copied: the lines as they were."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING
from unicodedata import normalize

from mskg.lexicon.cues import label_pattern
from mskg.text import BULLETS, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["broken_lines"]

_LONG = 300  # characters of a line that may be many
_USUAL = 150  # characters between two ends, at most, where there are any
_GLUED = 800  # characters of one whose breaks may have gone without a trace
_FEWEST = 5  # blanks in it where a line may have ended
_SHARE = 0.1  # of them that stand between sentences or before marks: others are strays
_COUNTED_ON = 3  # numbers of rows or entries, or times that a label opens a line
_HAN, _BLANK = "\u4e00-\u9fff", "[ \t\u3000]"
_OPENS = rf"[（(【《“*①-⑳❶-❿{BULLETS}]"
_DAY = r"(?:20\d\d年|\d{1,2}月)"
# Chinese sets no blank, so one between words or sentences was the end of a line. None ends at
# one around a number (新建 12 所) or beside a lone character (张 三, 序 号).
_END = re.compile(
    rf"(?P<words>(?<=[{_HAN}\d][{_HAN}]){_BLANK}+(?=[{_HAN}][^\s]))"
    rf"|(?<=[。；;：:！!？?）)》】”日号]){_BLANK}+(?=(?:[{_HAN}]|\d{{1,2}}[、.．](?!\d)|{_DAY}|{_OPENS})\S)"
    rf"|(?<=[{_HAN}%]){_BLANK}+(?=[（(【]?(?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}})[、.．）)】](?!\d)|{_OPENS}|{_DAY})"
    rf"|(?<!{_BLANK}){_BLANK}{{4,}}(?=\S)|(?<!{_BLANK}){_BLANK}+(?=[—-]{_BLANK}?\d{{1,3}}{_BLANK}?[—-]{_BLANK})"
    rf"|(?<=\d[—-]){_BLANK}+(?=[{_HAN}])|(?<=\d [—-]){_BLANK}+(?=[{_HAN}])"
)
_ROW_NUMBER = re.compile(rf"(?<=\S)(?P<before>{_BLANK})(?P<number>\d{{1,2}}){_BLANK}(?=[{_HAN}“])")
_STAR = re.compile(r"[★◆■●▲](?=\S)")
_CN = "[一二三四五六七八九十]{1,3}"
_MARKS = tuple(
    map(
        re.compile,
        (
            r"(?<![\d.])(?P<n>\d{1,2})[、.．](?!\d)",
            rf"(?<![一二三四五六七八九十])(?P<n>{_CN})、",
            rf"[（(](?P<n>{_CN}|\d{{1,2}})[）)]",
            rf"(?<![（(【])第(?P<n>{_CN}|\d{{1,2}})[件项]",
            r"[【\[](?P<n>\d{1,2})[】\]]",
            r"(?P<n>[①-⑳])",
        ),
    )
)


def broken_lines(line: str) -> list[str]:
    """Return `line` as the lines that it was; one that was no more than one keeps as it is.

    Of several blanks between two lines only the first goes.
    """
    if len(line) < _LONG:
        return [line]
    matches = list(_END.finditer(line))
    sentences = sum(match["words"] is None for match in matches)
    blanks = {match.start(): 1 for match in matches} if sentences >= _SHARE * len(matches) else {}
    blanks.update(dict.fromkeys(_around_numbers(line), 1))
    ends = dict.fromkeys(_glued(line), 0) if len(line) >= _GLUED else {}
    ends |= blanks if len(blanks) >= max(_FEWEST, len(line) / _USUAL) else {}
    if not ends:
        return [line]
    cuts = sorted(ends.items())
    starts = [0, *(end + width for end, width in cuts)]
    return [line[begin:end] for begin, end in zip(starts, [*sorted(ends), len(line)], strict=True)]


def _around_numbers(line: str) -> Iterator[int]:
    """Yield the blanks at both sides of numbers that count rows from one: 完成时限 1 扩建学校 …."""
    rows: list[re.Match[str]] = []
    for match in _ROW_NUMBER.finditer(line):
        if int(match["number"]) == len(rows) + 1:
            rows.append(match)
    if len(rows) >= _COUNTED_ON:
        for match in rows:
            yield match.start("before")
            yield match.end("number")


def _glued(line: str) -> Iterator[int]:
    """Yield where an entry that counts on begins, or a label: …县财政局2、新增就业目标任务：….

    Where most of a kind stand behind a blank, the others open no line.
    """
    labels = [match.start() for match in _label().finditer(line)]
    stars = [match.start() for match in _STAR.finditer(line)]
    for found in (labels, stars, *map(partial(_counted_on, line), _MARKS)):
        inside = [at for at in found if at and not line[at - 1].isspace()]
        if len(found) >= _COUNTED_ON and len(inside) > len(found) / 2:
            yield from inside


def _counted_on(line: str, marks: re.Pattern[str]) -> list[int]:
    """Return where the marks of one shape stand that count on from one, once or again."""
    found: list[int] = []
    expected = 1
    for match in marks.finditer(line):
        value = whole_number(normalize("NFKC", match["n"]))  # ① is 1
        if value == expected or (value == 1 and expected > _COUNTED_ON):
            found.append(match.start())
            expected = (value or 0) + 1
    return found


@cache
def _label() -> re.Pattern[str]:
    # A label behind these belongs to the bracket or the sentence that they are in.
    return re.compile(rf"(?<![（(【\[、，,；;])(?:{label_pattern()})[:：]")
