"""Lines that a page broke at its width, joined: text copied out of a page goes on below.

Only the form in which the layout looks at a text changes, sign for sign, so that all places stay.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from mskg.lexicon.cues import line_label
from mskg.text import BULLETS

__all__ = ["with_lines_joined"]

_NARROWEST = 20  # characters of a full line
_SLACK = 4  # characters by which full lines differ, for signs that open no line
_FEWEST = 8  # full lines
_SHARE = 0.25  # of the lines that are full
_LONGER = 0.05  # of the lines that may be longer
_RUN_ON = 0.6  # share of the full lines that end inside a sentence
_ENDS = ("。", ";", ":", "!", "?", "》")
_OPENS = re.compile(
    rf"[ \t]{{2,}}|[ \t#*>{BULLETS}-]*"
    r"(?:\(?[一二三四五六七八九十]{1,3}[、.)]|\(?\d{1,2}[.、)](?!\d)"
    r"|[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿]|第[一二三四五六七八九十\d]{1,3}[项件条章部]|[一二三四五六七八九十]是|附件|【|\[)"
)


def with_lines_joined(folded: str) -> str:
    """Return folded text of the same length with blanks for the breaks inside its sentences.

    The text itself where its lines are no lines of a page.
    """
    lines = folded.split("\n")
    width = _width(lines)
    if not width:
        return folded
    made, at = list(folded), 0
    for line, below in pairwise(lines):
        at += len(line) + 1
        if _is_full(line, width) and _goes_on(line, below):
            made[at - 1] = " "
    return "".join(made)


def _width(lines: list[str]) -> int:
    """Return how many characters a full line has, 0 where the lines have no common width."""
    sizes = Counter(len(line.rstrip()) for line in lines if line.strip() and "\t" not in line)
    if sizes.total() < _FEWEST:
        return 0
    width = max(sizes, key=lambda size: sum(sizes[size - n] for n in range(_SLACK)))
    full = [line for line in lines if _is_full(line, width)]
    longer = sum(count for size, count in sizes.items() if size > width + 1)
    if width < _NARROWEST or len(full) < max(_FEWEST, _SHARE * sizes.total()):
        return 0
    if longer > _LONGER * sizes.total():
        return 0
    run_on = sum(not line.rstrip().endswith(_ENDS) for line in full)
    return width if run_on >= _RUN_ON * len(full) else 0


def _is_full(line: str, width: int) -> bool:
    return width - _SLACK < len(line.rstrip()) <= width + 1 and "\t" not in line and "|" not in line


def _goes_on(line: str, below: str) -> bool:
    """Tell whether the sentence of a full line goes on below it."""
    if not below.strip() or line.rstrip().endswith(_ENDS):
        return False
    return _OPENS.match(below) is None and (":" not in below or line_label(below) is None)
