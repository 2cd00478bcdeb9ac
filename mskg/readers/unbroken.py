"""Text whose line breaks became blanks when it was copied: the lines as they were."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.text import BULLETS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["broken_lines"]

_LONG = 300  # characters of a line that may be many
_FEWEST = 5  # blanks in it where a line may have ended
_COUNTED_ON = 3  # numbers of rows
_HAN, _BLANK = "\u4e00-\u9fff", "[ \t\u3000]"
_OPENS = rf"[（(【《“*①-⑳❶-❿{BULLETS}]"
_DAY = r"(?:20\d\d年|\d{1,2}月)"
# Chinese sets no blank, so one between words or sentences was the end of a line. None ends at
# one around a number (新建 12 所) or beside a lone character (张 三, 序 号).
_END = re.compile(
    rf"(?<=[{_HAN}\d][{_HAN}]){_BLANK}+(?=[{_HAN}][^\s])"
    rf"|(?<=[。；;：:！!？?）)》】”日号]){_BLANK}+(?=(?:[{_HAN}\d]|{_OPENS})\S)"
    rf"|(?<=[{_HAN}%]){_BLANK}+(?=[（(【]?(?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}})[、.．）)】]|{_OPENS}|{_DAY})"
    rf"|{_BLANK}{{4,}}(?=\S)|{_BLANK}+(?=[—-]{_BLANK}?\d{{1,3}}{_BLANK}?[—-]{_BLANK})"
    rf"|(?<=\d[—-]){_BLANK}+(?=[{_HAN}])|(?<=\d [—-]){_BLANK}+(?=[{_HAN}])"
)
_ROW_NUMBER = re.compile(rf"(?<=\S)(?P<before>{_BLANK})(?P<number>\d{{1,2}}){_BLANK}(?=[{_HAN}“])")


def broken_lines(line: str) -> list[str]:
    """Return `line` as the lines that it was; together with one sign for each end they are as long.

    Only the first blank of several goes; a line that was none keeps as it is.
    """
    if len(line) < _LONG:
        return [line]
    ends = sorted({match.start() for match in _END.finditer(line)}.union(_around_numbers(line)))
    if len(ends) < _FEWEST:
        return [line]
    starts = [0, *(end + 1 for end in ends)]
    return [line[begin:end] for begin, end in zip(starts, [*ends, len(line)], strict=True)]


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
