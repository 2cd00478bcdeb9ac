"""Page furniture: what a web page or a print adds below the text of a plan."""

from __future__ import annotations

import re
from functools import cache

from mskg.lexicon.cues import any_of

__all__ = ["body_end"]


@cache
def _footer() -> re.Pattern[str]:
    return re.compile(any_of("furniture"))


@cache
def _sponsor() -> re.Pattern[str]:
    return re.compile(any_of("furniture-weak"))


# What closes an official text (GB/T 9704-2012): signature, date, note, copies, imprint.
_CN = "一二三四五六七八九"
_DATE = rf"(?:\d{{4}}|[{_CN}〇○零O0]{{4}})年[\d十{_CN}]{{1,3}}月[\d十{_CN}]{{1,3}}日"
_IMPRINT = re.compile(
    rf".{{0,40}}\(?{_DATE}\)?(?:印发)?|抄送[::].*|\(?此件.{{2,12}}\)?"
    r"|\(?(?:中共)?[\u4e00-\u9fff]{2,30}(?:办公室|人民政府|委员会|政府|领导小组)\)?"
)


def body_end(folded: str) -> int:
    """Return the offset at which the text of the document ends and furniture begins.

    Only lines at the very end count, so that a cue inside the text cuts nothing off.
    """
    lines = folded.split("\n")
    end = len(folded)
    page = False  # 主办单位 is furniture only above the lines that a web page ends with
    for line in reversed(lines):
        text = re.sub(r"[ \t\u3000]", "", line)
        page = page or _footer().search(text) is not None
        weak = page and _sponsor().search(text)
        if text and not (weak or _footer().search(text) or _IMPRINT.fullmatch(text)):
            break
        end -= len(line) + 1
    return max(end, 0)
