"""Cells of tables in pages: words, where they lead, and whether they are numbers."""

from __future__ import annotations

from typing import NamedTuple

from mskg.render.clean import xml_text

__all__ = ["Cell", "cell"]


class Cell(NamedTuple):
    """A text in a page; ``href`` is where it leads, ``tip`` what the pointer shows."""

    text: str
    href: str = ""
    tip: str = ""

    @property
    def number(self) -> bool:
        """Whether the text is a number, which stands to the right."""
        try:
            float(self.text)
        except ValueError:
            return False
        return True


def cell(value: object, href: str = "", tip: str = "") -> Cell:
    """Return the cell of `value`: None as a dash, numbers with four figures."""
    if value is None:
        return Cell("–", href, tip)
    text = f"{value:.4g}" if isinstance(value, float) else xml_text(str(value))
    return Cell(text, href, tip)
