"""Short ways to read a text in tests: a document, a plan, one item, all spans of a plan."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from mskg.extract import extract_plan
from mskg.extract.items import ItemReader
from mskg.layout import outline_document
from mskg.model import Block, Document, Item, Locator, Plan, Span, UnusedNumber
from mskg.model.outline import Field, OutlineItem, Stretch
from mskg.text import FoldedText, script_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["document_of", "item_of", "plan_of", "spans_of"]


def document_of(text: str) -> Document:
    """Return the document of a plain `text`: one block a line that is not blank."""
    blocks = []
    begin = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            blocks.append(Block(begin, begin + len(line), "line", Locator(line=number)))
        begin += len(line) + 1
    return Document("t.txt", text, tuple(blocks), "txt", "0" * 64, script=script_of(text))


def plan_of(text: str) -> Plan:
    """Return the plan of a plain `text`, names not resolved."""
    document = document_of(text)
    return extract_plan(document, outline_document(document))


def item_of(
    text: str, *, title: str = "", year: int | None = 2023, kind: str = "content", role: str = ""
) -> tuple[Item, list[UnusedNumber]]:
    """Return the item whose only field is `text`, and its unused numbers."""
    reader = ItemReader(FoldedText(text), document_of(text).span, year, first_is_lead=False)
    outline = OutlineItem((Field(kind, Stretch(0, len(text)), role),))
    return reader.read(outline, "1-1", title), reader.unused


def spans_of(value: Any) -> Iterator[Span]:
    """Yield every span inside a value of the model."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple | list):
        for entry in value:
            yield from spans_of(entry)
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans_of(getattr(value, field.name))
