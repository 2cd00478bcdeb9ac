"""A paper as one web page: no script, nothing loaded from elsewhere, ready for A4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.render.charts import bars_drawing, growth_drawing, timeline_drawing
from mskg.render.clean import xml_text
from mskg.render.page import page_html
from mskg.render.paper import Bars, Growth, Timeline, shown
from mskg.render.svg import svg_text

if TYPE_CHECKING:
    from mskg.render.paper import Block, Figure, Grid, Paper, Value

__all__ = ["column_shares", "paper_page"]


def paper_page(paper: Paper) -> str:
    """Return `paper` as HTML text."""
    return page_html(
        "paper", paper=paper, shown=_shown, clean=xml_text, widths=column_shares, drawn=_drawn
    )


def column_shares(grid: Grid) -> list[float]:
    """Return the part of the line that each column takes, in percent."""
    whole = sum(column.width for column in grid.columns)
    return [round(100 * column.width / whole, 1) for column in grid.columns]


def _shown(entry: Value | Figure) -> str:
    return xml_text(shown(entry))


def _drawn(block: Block) -> str:
    """Return the chart as SVG; nothing for a chart without content."""
    if isinstance(block, Bars) and block.bars:
        return svg_text(bars_drawing(block))
    if isinstance(block, Timeline) and block.lanes:
        return svg_text(timeline_drawing(block))
    if isinstance(block, Growth) and len(block.points) > 1:
        return svg_text(growth_drawing(block))
    return ""
