"""What stands below the text of a plan: the signature, the imprint, and web page furniture."""

from __future__ import annotations

import re
from functools import cache

from mskg.layout.entries import has_quantity
from mskg.lexicon.cues import cue_pattern
from mskg.lexicon.departments import body_words

__all__ = ["body_end"]

_SHORT = 60
_CN = "一二三四五六七八九"
_DATE = rf"(?:\d{{4}}|[{_CN}〇○零O0]{{4}})年[\d十{_CN}]{{1,3}}月[\d十{_CN}]{{1,3}}日"
_COPIES = re.compile(r"^[ \t]*(?:抄送|抄报|分送|主题词)\s*:", re.MULTILINE)
_GOES_ON = re.compile(
    r"^[ \t]*(?:附[件表]|序号|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)"
    r"|\d{1,2}[.、\t])",
    re.MULTILINE,
)
_IMPRINT_LENGTH = 500  # characters of it, with all bodies that get a copy
_ONLY_DATE = re.compile(rf"\(?{_DATE}\)?")


@cache
def _only_body() -> re.Pattern[str]:
    return re.compile(rf"\(?(?:中共)?[\u4e00-\u9fff]{{2,30}}{body_words('issuer')}\)?")


@cache
def _imprint() -> re.Pattern[str]:
    """Return a pattern for what closes an official text (GB/T 9704-2012).

    That is a signature, a date, a note, copies, the imprint.
    """
    return re.compile(
        rf"(?:{_only_body().pattern}){_DATE}(?:印发)?|.{{0,40}}{_DATE}印发|抄送[::].*"
        r"|\(?共印\d+份\)?|\(?此件.{2,12}\)?"
    )


def _is_footer(text: str) -> bool:
    """Tell a line of page furniture: a sentence with a quantity is none, whatever it names."""
    return cue_pattern("furniture").search(text) is not None and not (
        "。" in text and has_quantity(text)
    )


def body_end(folded: str) -> int:
    """Return the offset at which the text of the document ends and furniture begins.

    Only lines at the very end count, so that a cue inside the text cuts nothing off. A line
    that is just a date closes the text only below a body that signs, and a body's name only
    above a date: both may be the last cells of a table.
    """
    copies = _COPIES.search(folded, max(0, len(folded) - _IMPRINT_LENGTH))
    if copies and _GOES_ON.search(folded, copies.end()):
        copies = None  # the plan itself stands behind the notice with its imprint
    end = at = copies.start() if copies else len(folded)
    page, dated = False, copies is not None
    doubtful = 0
    for line in reversed(folded[:end].split("\n")):
        text = re.sub(r"[ \t\u3000]", "", line)
        at -= len(line) + 1
        if not text:
            continue
        footer = _is_footer(text)
        page = page or footer
        if (
            (page and cue_pattern("furniture-weak").search(text))
            or footer
            or _imprint().fullmatch(text)
        ):
            end, doubtful = max(at + 1, 0), 0
            dated = dated or _imprint().fullmatch(text) is not None
        elif _ONLY_DATE.fullmatch(text) and not dated:
            dated = True  # decided by the line above
        elif dated and _only_body().fullmatch(text):
            end = max(at + 1, 0)
        elif page and not doubtful and not dated and len(text) < _SHORT and "。" not in text:
            doubtful = 1  # one line of a page footer may say anything
        else:
            break
    return len(folded[:end].rstrip())
