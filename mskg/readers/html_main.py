"""Which element of a web page holds its article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.readers.html_flow import is_hidden
from mskg.text.folding import unspaced

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["main_content"]

# Names that the content systems of government sites give the article.
_HINT = re.compile(
    r"(?i)\A(?:zoom|article|artical|content|detail|ucap[-_]?content|trs_u?editor|view"
    r"|(?:article|artical|news|detail|main|text|page|pages|xxgk|info|zw|wz|inner|art|cont?|view)[-_]?"
    r"(?:con(?:tent)?s?|text|txt|body|detail|info|main|box)|con_?text|article_?zoom|j-content)\Z"
)
_HALF = 0.5
_MOST = 0.85
_TRANSPARENT = frozenset({"table", "tbody", "thead", "tr"})
_TEXT_LEVEL = frozenset({
    "p", "span", "font", "b", "strong", "em", "i", "u", "a", "ul", "ol", "li", "h1", "h2",
    "h3", "h4", "h5", "h6",
})  # fmt: skip


def main_content(root: _Element) -> _Element:
    """Return the smallest element that holds most of the text of the page.

    Links do not count as text. An element that the site itself marks as the article (id or
    class ``zoom``, ``TRS_Editor``, ``UCAP-CONTENT`` …) wins where it holds half of it.
    """
    weights = _weights(root)
    body = next(root.iter("body"), root)
    total = weights.get(body, 0)
    hinted = [e for e in weights if _is_hinted(e) and weights[e] >= _HALF * total]
    if hinted and total:
        most = max(weights[e] for e in hinted)
        # Elements come in the order in which they close: the first one is the innermost.
        return next(e for e in hinted if weights[e] >= _MOST * most)
    return _narrowed(body, weights)


def _weights(root: _Element) -> dict[_Element, int]:
    """Return for every element the number of characters in it outside links."""
    from lxml import etree

    weights: dict[_Element, int] = {}
    open_sums = [0]
    links = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    skipped: set[_Element] = set()
    for event, element in walker:
        if event == "start":
            if is_hidden(element):
                skipped.add(element)
                walker.skip_subtree()
                continue
            links += element.tag == "a"
            open_sums.append(0 if links else _length(element.text))
            continue
        if element in skipped:
            skipped.discard(element)
        else:
            links -= element.tag == "a"
            weights[element] = open_sums.pop()
            open_sums[-1] += weights[element]
        if not links:
            open_sums[-1] += _length(element.tail)
    return weights


def _length(text: str | None) -> int:
    return len(unspaced(text)) if text else 0


def _is_hinted(element: _Element) -> bool:
    if element.tag in _TEXT_LEVEL or element.tag in {"html", "body"}:
        return False
    if element.tag in {"article", "main"}:
        return True
    names = [element.get("id") or "", *(element.get("class") or "").split()]
    return any(map(_HINT.match, names))


def _narrowed(body: _Element, weights: dict[_Element, int]) -> _Element:
    """Go down from `body` while one child holds most of the text."""
    best = element = body
    while True:
        enough = _MOST * weights.get(element, 0)
        inner = [c for c in element if weights.get(c, 0) >= max(enough, 1)]
        if not inner or inner[0].tag in _TEXT_LEVEL:
            return best
        element = inner[0]
        if element.tag not in _TRANSPARENT:
            best = element
