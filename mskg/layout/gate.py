"""Is it a plan at all? A list alone does not make one: statutes and notices have lists too."""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from mskg.lexicon.cues import any_of, cue_pattern, line_label
from mskg.model import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["refusal"]

_TITLE_LINES = 8
_NEAR = 160
_ARTICLES = 3
_ARTICLE = re.compile(r"^[ \t]*第[一二三四五六七八九十百\d]{1,4}条[ \t]*\S", re.MULTILINE)
_ENTRY = re.compile(r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})、|\([一二三四五六七八九十\d]{1,3}\)")


def refusal(folded: str, begin: int, *, assigned: bool = False) -> Issue | None:
    """Return why the list that begins at `begin` is no list of tasks, None where it is one.

    `assigned` tells that most entries name the units in charge, which says enough of a list
    pasted without its title.

    A text in articles is a statute. One that speaks of 实事 or 民生工程 in its title or right
    before the list announces a plan. Else its title must not name another kind of document, and
    must name a plan of some kind; a list pasted without any title is taken as it is.
    """
    articles = len(_ARTICLE.findall(folded, 0, begin))
    if articles and len(_ARTICLE.findall(folded)) >= _ARTICLES:
        return _issue(
            "正文分条（第一条、第二条……），是办法或规定，不是民生实事计划",
            "its text has articles (第一条, 第二条 …), as rules and statutes have",
        )
    head = folded[:begin]
    lines = [line.strip() for line in head.split("\n") if line.strip()][: _TITLE_LINES + 1]
    title = _title(lines)
    if cue_pattern("plan-cue").search(title) or cue_pattern("plan-cue").search(head[-_NEAR:]):
        return None
    # The name of the site above the page (某某简历馆) is no title where another line is one.
    named = "".join(line for line in lines if _title_end().search(line))
    # Of a list pasted without its beginning, entries and units stand where the title would.
    above = _title(takewhile(lambda line: not (_ENTRY.match(line) or _is_duty(line)), lines))
    other = cue_pattern("other-document").search(named or above)
    if other:
        return _issue(
            f"标题含“{other.group()}”，正文的列表前也未提到民生实事，不是民生实事计划",
            f"its title names another kind of document ({other.group()})",
        )
    if (
        title
        and not assigned
        and not cue_pattern("plan-cue").search(folded)
        and not cue_pattern("plan-title").search(title)
    ):
        return _issue(
            "全文未提到实事、民生工程，标题也不是方案、清单、计划，不是民生实事计划",
            "neither its title nor its text speaks of a plan",
        )
    return None


def _title(lines: Iterable[str]) -> str:
    """Return the short ones of `lines` as one; a question (交出了怎样的成绩单?) is a teaser."""
    title = "".join(line for line in lines if len(line) <= 80 and not line.endswith(("?", "!")))
    return re.sub(r"[ \t*#]", "", title)


def _is_duty(line: str) -> bool:
    label = line_label(line) if ":" in line else None
    return label is not None and label.kind == "department"


@cache
def _title_end() -> re.Pattern[str]:
    return re.compile(any_of("plan-title") + r"(?:表|书|情况)?(?:的?通知)?(?:\([^()]{1,12}\))?\Z")


def _issue(chinese: str, english: str) -> Issue:
    return Issue("violation", "not-a-plan", chinese, english)
