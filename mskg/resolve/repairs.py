"""Names that nothing knows: one character away from a known one, or new."""

from __future__ import annotations

import re

from mskg.lexicon.departments import bare, core_names, suffixes
from mskg.ns import digest
from mskg.resolve.bodies import JOINING, parse_body
from mskg.resolve.body import Body

__all__ = ["one_edit", "provisional_body", "repaired_body"]


def repaired_body(text: str) -> tuple[Body, str] | None:
    """Return the bureau whose name is one character away from `text`, and that name.

    Only the bureaus that every place has (``core`` in the table) are considered, and only
    one of them may fit, so that a real bureau of an unusual name is left alone.
    """
    for suffix in suffixes():
        stem = bare(text.removesuffix(suffix.text))
        if suffix.kind not in JOINING or not text.endswith(suffix.text) or len(stem) < 4:
            continue
        near = {name for name in core_names() if one_edit(stem, bare(name))}
        if len(near) != 1:
            return None
        name = next(iter(near)) + suffix.text
        body = parse_body(name)
        return (body, name) if body else None
    return None


def one_edit(one: str, other: str) -> bool:
    """Tell whether one character put in, left out or exchanged makes `one` into `other`."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    begin = 0
    while begin < min(len(one), len(other)) and one[begin] == other[begin]:
        begin += 1
    return (
        one[begin + 1 :] == other[begin + 1 :]
        or one[begin:] == other[begin + 1 :]
        or one[begin + 1 :] == other[begin:]
    )


def provisional_body(text: str) -> Body:
    """Return the body for a name that nothing knows: as printed, apart from 办 and 委."""
    name = text
    if re.search(r"(?<!举)办\Z", text) and len(text) > 2:
        name = text + "公室"
    elif re.search(r"[^党工区市县省州团]委\Z", text) and len(text) > 2:
        name = text + "员会"
    return Body("{r}" + name, "x-" + digest(bare(name)), known=False, kind="unknown")
