"""Groups that the prose counts: 25项，其中省定18项、县定6项 should add up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.model import Issue
from mskg.text import whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mskg.model import Span
    from mskg.model.outline import Stretch
    from mskg.text import FoldedText

__all__ = ["group_counts"]

_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_SPLIT = re.compile(
    rf"(?P<whole>{_NUMBER})\s*[项件个](?!月)[^。;\d]{{0,24}}?(?:其中|包括|包含|分为|分别[为是])[::]?(?P<parts>[^。;]*)"
)
_BRACKETED = re.compile(rf"(?P<whole>{_NUMBER})\s*[项件个][^。;,\d()]{{0,12}}\((?P<parts>[^()]*)\)")
_PART = re.compile(rf"(?<![第前\d])(?P<n>{_NUMBER})\s*[项件个](?!月)")
_PLUS = re.compile(rf"(?P<parts>{_NUMBER}(?:\+{_NUMBER})+)")
_OPEN = re.compile(r"等|左右|约|以上|余")
_BRACKET = re.compile(r"\([^()]*\)")


def group_counts(
    folded: FoldedText,
    prose: Sequence[Stretch],
    declared: int | None,
    span: Callable[[int, int], Span],
) -> Iterator[Issue]:
    """Yield an issue where the groups that the prose names don't add up to the declared count.

    More than the whole is an error. Less is a doubt: the prose may leave a group out.

    Parameters
    ----------
    declared:
        How many tasks the document says there are; other numbers (五方面、12个重点) are left alone.
    """
    for place in prose if declared else ():
        view = folded.view(place.begin, place.end)
        for begin, end, parts in _groups(view.folded, declared or 0):
            total = sum(parts)
            if total == declared:
                continue
            listed = "+".join(map(str, parts))
            yield Issue(
                "violation" if total > (declared or 0) else "warning",
                "count-parts",
                f"分组合计 {listed}={total} 项，与总数 {declared} 项不符；请核对各组的数，或写全",
                f"the groups add up to {listed}={total}, not to the {declared} tasks of the whole: "
                "correct a number, or name every group",
                span(*view.range(begin, end)),
            )


def _groups(text: str, declared: int) -> Iterator[tuple[int, int, list[int]]]:
    """Yield begin, end and numbers of each list of groups of the declared whole."""
    plain = _BRACKET.sub(lambda match: " " * len(match.group()), text)
    for match in (*_SPLIT.finditer(plain), *_BRACKETED.finditer(text)):
        found = list(_PART.finditer(match["parts"]))
        if (
            _value(match["whole"]) == declared
            and len(found) > 1
            and not _OPEN.search(match["parts"])
        ):
            end = match.start("parts") + found[-1].end()
            yield match.start(), end, [_value(part["n"]) for part in found]
    for match in _PLUS.finditer(text):
        parts = [_value(part) for part in match["parts"].split("+")]
        near = text[max(0, match.start() - 16) : match.end() + 16]
        if re.search(rf"(?<!\d){declared}(?!\d)\s*[项件个]", near.replace(match.group(), "")):
            yield match.start(), match.end(), parts


def _value(digits: str) -> int:
    return whole_number(digits) or 0
