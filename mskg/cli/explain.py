"""A document with every fact marked where it stands, for a terminal or a pipe.

A mark is a pair of braces with a word that tells what was read: ``{牵头|区教育局}``. Colours
come on top of it where there are any, so that nothing depends on seeing them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich import box
from rich.table import Table as Grid
from rich.text import Text

from mskg.cli.language import language, t
from mskg.export.flow import Paragraph, Table, flow
from mskg.export.marks import KINDS, Mark, Piece, marks_of_blocks, nest, plan_marks
from mskg.export.points import open_points
from mskg.model.counts import count_plan
from mskg.render.csv import csv_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from mskg.export.points import Point
    from mskg.model import Block, Document, Plan

__all__ = ["explain_text"]

_STYLES: Final = {
    "task": "bold cyan",
    "department": "green",
    "indicator": "bold yellow",
    "milestone": "magenta",
    "unused": "dim underline",
    "unknown": "bold white on red",
    "issue": "bold red",
    "vague": "underline",
}
_TAG: Final = "dim"


def explain_text(document: Document, plan: Plan) -> Iterator[RenderableType]:
    """Yield the head, the text with its marks, and what was not understood.

    Parameters
    ----------
    plan:
        What was read of `document`.
    """
    lang = language()
    points = open_points(document, plan, lang)
    yield _head(plan)
    yield _legend()
    marks = plan_marks(plan, points, lang)
    here = marks_of_blocks(document, marks)

    def marked(block: Block) -> Text:
        return _marked(nest(document.text, block.begin, block.end, here[block.begin]))

    for part in flow(document):
        if part.page:
            yield Text(t(f"—— 第{part.page}页 ——", f"—— page {part.page} ——"), style="dim")
        if isinstance(part, Paragraph):
            yield Text("\n") + marked(part.block) if part.apart else marked(part.block)
        else:
            yield _grid(part, {cell: marked(cell) for row in part.rows for cell in row})
    yield _points([point for point in points if point.kind != "vague"])
    vague = [point for point in points if point.kind == "vague"]
    if vague:
        yield _vague(vague)


def _head(plan: Plan) -> Text:
    counts = count_plan(plan)
    about = (plan.document.title, plan.program.region, str(plan.program.year or ""))
    text = Text()
    text.append(f"=== {plan.source} ===\n", style="bold")
    text.append("  ".join(part for part in about if part) + "\n")
    text.append(
        t(
            f"任务 {counts.tasks}，分工 {counts.assignments}，指标 {counts.indicators}，"
            f"时限 {counts.milestones}；数字 {counts.numbers} 个，没看懂 {counts.unknown} 个",
            f"tasks {counts.tasks}, assignments {counts.assignments}, targets"
            f" {counts.indicators}, deadlines {counts.milestones}; numbers {counts.numbers},"
            f" not understood {counts.unknown}",
        )
    )
    return text


def _legend() -> Text:
    text = Text(t("标记：", "marks: "))
    for kind, names in KINDS.items():
        text.append(" ")
        name = t(*names)
        shown = {
            "department": t("牵头", "lead"),
            "unknown": "?1",
            "unused": t("年龄", "age"),
            "vague": "~3",
        }
        text.append_text(_braced(shown.get(kind, name), Text(name), kind))
    text.append("\n")
    return text


def _braced(tag: str, inner: Text, kind: str) -> Text:
    text = Text()
    text.append("{", style=_TAG)
    text.append(tag, style=_STYLES[kind])
    text.append("|", style=_TAG)
    inner.stylize_before(_STYLES[kind])
    text.append_text(inner)
    text.append("}", style=_TAG)
    return text


def _marked(pieces: Sequence[Piece]) -> Text:
    text = Text()
    for piece in pieces:
        if piece.mark is None:
            text.append(piece.text)
        else:
            text.append_text(_braced(_tag(piece.mark), _marked(piece.inside), piece.mark.kind))
    return text


def _tag(mark: Mark) -> str:
    return mark.tag if mark.head else "…"


def _grid(table: Table, cells: dict[Block, Text]) -> Grid:
    """Return a ruled table; a merged cell stands at its first row and column."""
    grid = Grid(box=box.ASCII2, show_header=False, show_lines=True, pad_edge=False)
    for _ in range(table.columns):
        grid.add_column(overflow="fold")
    for row in table.rows:
        filled = {cell.locator.column: cells[cell] for cell in row}
        grid.add_row(*(filled.get(column, Text()) for column in range(1, table.columns + 1)))
    return grid


def _points(points: Sequence[Point]) -> Text:
    heading = t("没有看懂或存疑之处", "Not understood, or doubtful")
    text = Text()
    text.append(f"\n{heading} ({len(points)})\n", style="bold")
    for point in points:
        style = _STYLES["unknown" if point.kind in {"unknown", "violation"} else "issue"]
        text.append(f"{point.number}. ", style="bold")
        text.append(f"[{point.word}]", style="" if point.kind == "info" else style)
        place = point.place + t("：", ": ") if point.place else ""
        text.append(f" {place}{point.message}\n")
        before, quote, behind = point.context
        if quote:
            text.append(f"   …{before}")
            text.append(quote, style="bold underline")
            text.append(f"{behind}…\n")
        if point.advice:
            text.append(t("   怎么办：", "   what to do: ") + point.advice + "\n")
        if point.row is not None:
            text.append(f"   {csv_row(point.row.row)}\n")
    return text


def _vague(points: Sequence[Point]) -> Text:
    text = Text()
    heading = t("措辞含糊、难以核对的承诺", "Promises in vague words, hard to check")
    text.append(f"{heading} ({len(points)})\n", style="bold")
    for point in points:
        before, quote, behind = point.context
        text.append(f"{point.number}. {point.place}{t('：', ': ')}{point.message} …{before}")
        text.append(quote, style="bold underline")
        text.append(f"{behind}…\n")
    return text
