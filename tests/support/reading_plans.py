"""Short ways to read a text in tests: a document, a plan, one item, all spans of a plan."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from mskg.extract import extract_plan
from mskg.layout import outline_document
from mskg.model import Block, Document, Item, Locator, Plan, Span, UnusedNumber
from mskg.model.outline import Field, Outline, OutlineItem, OutlineTask, Stretch
from mskg.text import script_of

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
    text: str, *, title: str = "", year: int = 2023, kind: str = "content", role: str = ""
) -> tuple[Item, tuple[UnusedNumber, ...]]:
    """Return the item whose only field is `text`, and its unused numbers.

    The outline is made by hand, so no layout has a say. Spans are counted from the begin of `text`.
    """
    head = f"某县{year}年民生实事项目清单\n"
    begin, end = len(head), len(head) + len(text)
    whole = f"{head}{text}\n{title}"
    name = Stretch(end + 1, len(whole)) if title else None
    item = OutlineItem((Field(kind, Stretch(begin, end), role),))
    task = OutlineTask(1, "1", (item,), name)
    outline = Outline("list", Stretch(0, begin), (task,), end=len(whole))
    plan = extract_plan(document_of(whole), outline)
    found = plan.tasks[0].items[0]
    return _moved(found, -begin), _moved(plan.unused_numbers, -begin)


def _moved(value: Any, by: int) -> Any:
    if isinstance(value, Span):
        return replace(value, begin=value.begin + by, end=value.end + by)
    if isinstance(value, tuple):
        return tuple(_moved(entry, by) for entry in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _moved(getattr(value, f.name), by) for f in fields(value)})
    return value


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
