"""Links to other documents: 印发, 依据, 分解自, 转发, 解读."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.model import DocumentLink

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mskg.model import Span
    from mskg.model.outline import Stretch
    from mskg.text import FoldedText

__all__ = ["find_links"]

_PATTERNS = (
    ("issues", re.compile(r"关于印发《?(?P<what>[^》。]{4,60}?)》?的通知")),
    ("forwards", re.compile(r"转发《?(?P<what>[^》。,]{4,60}?)》?的通知")),
    (
        "breakdown",
        re.compile(
            r"(?:按照?|根据|依据|对照|落实)《?(?P<what>[^》,。;()《]{4,50}?"
            r"(?:方案|清单|计划|任务|目标|通知|项目|实事|工程)(?!项目|实施|方案|清单|任务|目标|工程|工作))》?"
            r"[^。;《]{0,16}?(?:分解|下达|分配)"
        ),
    ),
    ("basis", re.compile(r"(?:根据|依据|按照|落实)(?P<what>《[^》]{4,60}》)")),
    (
        "explains",
        re.compile(r"(?P<what>《[^》]{4,60}》)(?:的)?(?:政策)?解读|解读(?P<other>《[^》]{4,60}》)"),
    ),
)


def find_links(
    folded: FoldedText, prose: Sequence[Stretch], span: Callable[[int, int], Span]
) -> list[DocumentLink]:
    """Return the links that the prose names, each with its words, once per document named."""
    found: dict[tuple[str, str], DocumentLink] = {}
    for place in prose:
        view = folded.view(place.begin, place.end)
        for relation, pattern in _PATTERNS:
            for match in pattern.finditer(view.folded):
                group = "what" if match["what"] else "other"
                begin, end = match.span(group)
                words = view.text[begin:end].strip("《》")
                link = DocumentLink(relation, words, span(*view.range(begin, end)))
                found.setdefault((relation, words), link)
    return list(found.values())
