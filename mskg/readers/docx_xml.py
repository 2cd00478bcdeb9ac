"""Names in the XML of Word documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["W", "is_on", "normalised", "value"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""Namespace of the elements and attributes of the text."""
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_OFF = {"0", "false", "off", "none"}


def normalised(root: _Element) -> _Element:
    """Return `root` with the names of the transitional form; the strict form has its own."""
    if not str(root.tag).startswith(_STRICT):
        return root
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(_STRICT):
            element.tag = W + element.tag.removeprefix(_STRICT)
        for name in list(element.attrib):
            if isinstance(name, str) and name.startswith(_STRICT):
                element.set(W + name.removeprefix(_STRICT), element.attrib.pop(name))
    return root


def value(parent: _Element | None, path: str, attribute: str = "val") -> str:
    """Return an attribute of the element at `path` (names without prefix), empty if missing."""
    if parent is None:
        return ""
    found = parent.find("/".join(W + name for name in path.split("/")))
    return "" if found is None else found.get(W + attribute, "")


def is_on(parent: _Element | None, name: str) -> bool:
    """Tell whether the switch `name` is set below `parent`."""
    found = None if parent is None else parent.find(W + name)
    return found is not None and found.get(f"{W}val", "1").lower() not in _OFF
