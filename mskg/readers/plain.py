"""Plain text and Markdown: every line is a block."""

from __future__ import annotations

from mskg.model import Block, Document, Locator
from mskg.text import script_of

__all__ = ["read_plain"]


def read_plain(text: str, *, source: str, format: str, sha256: str, encoding: str) -> Document:  # noqa: A002
    """Return the document of `text`, one block a line that is not blank."""
    blocks = []
    begin = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            blocks.append(Block(begin, begin + len(line), "line", Locator(line=number)))
        begin += len(line) + 1
    return Document(
        source=source,
        text=text,
        blocks=tuple(blocks),
        format=format,
        sha256=sha256,
        encoding=encoding,
        script=script_of(text),
    )
