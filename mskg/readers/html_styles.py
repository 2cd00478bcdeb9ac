"""Style sheets of a web page, as far as they tell what is shown and what is struck out."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["apply_styles", "is_shown", "is_struck"]

_TOLD = frozenset({
    "display", "visibility", "text-decoration", "text-decoration-line", "list-style",
    "list-style-type", "mso-hide",
})  # fmt: skip
_MOST_RULES = 2_000  # with one of these properties; a page of a site has some dozens
_DECLARATION = re.compile(r"([-\w]+)\s*:\s*([^;]+)")
_PRINTED = re.compile(r"(?i)\b(?:all|screen)\b")


def is_shown(style: str) -> bool:
    """Tell whether an element with the inline `style` is shown; the last declaration counts."""
    told = {name.lower(): value.lower() for name, value in _DECLARATION.findall(style)}
    return not (
        told.get("display", "").startswith("none")
        or told.get("visibility", "").startswith(("hidden", "collapse"))
        or told.get("mso-hide", "").startswith("all")
    )


def is_struck(style: str) -> bool:
    """Tell whether the text of an element with the inline `style` is struck out."""
    told = {name.lower(): value.lower() for name, value in _DECLARATION.findall(style)}
    line = told.get("text-decoration-line", told.get("text-decoration", ""))
    return "line-through" in line


def apply_styles(root: _Element) -> None:
    """Write what the style sheets inside the page say into the ``style`` of its elements.

    Rules for small screens or print are left out. What the page loads from elsewhere is
    not known, nor what its scripts do.
    """
    found: dict[_Element, list[tuple[tuple[int, ...], int, str]]] = defaultdict(list)
    for order, (selector, told) in enumerate(islice(_rules(root), _MOST_RULES)):
        for specificity, element in _matches(root, selector):
            found[element].append((specificity, order, told))
    for element, rules in found.items():
        own = element.get("style") or ""
        element.set("style", ";".join([*(told for _, _, told in sorted(rules)), own]))


def _rules(root: _Element) -> Iterator[tuple[str, str]]:
    """Yield selectors with those of their declarations that tell something."""
    import tinycss2

    for sheet in root.iter("style"):
        media = sheet.get("media") or "all"
        text = re.sub(r"<!--|-->", " ", "".join(map(str, sheet.itertext())))
        if not _PRINTED.search(media) or not any(name in text for name in _TOLD):
            continue
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            declared = tinycss2.parse_blocks_contents(
                rule.content, skip_comments=True, skip_whitespace=True
            )
            told = [
                f"{d.lower_name}:{tinycss2.serialize(d.value).strip()}"
                for d in declared
                if d.type == "declaration" and d.lower_name in _TOLD
            ]
            if told:
                yield tinycss2.serialize(rule.prelude).strip(), ";".join(told)


def _matches(root: _Element, selectors: str) -> Iterator[tuple[tuple[int, ...], _Element]]:
    """Yield the elements that a list of selectors means; what no tree tells matches nothing."""
    from cssselect import GenericTranslator, HTMLTranslator, SelectorError, parse
    from lxml import etree

    translator: GenericTranslator = HTMLTranslator()
    try:
        for selector in parse(selectors):
            if selector.pseudo_element is None:
                found: Any = root.xpath(translator.selector_to_xpath(selector))
                for element in found:
                    yield selector.specificity(), element
    except (SelectorError, etree.XPathError):  # :hover and the like
        return
