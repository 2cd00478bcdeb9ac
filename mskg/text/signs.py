"""Signs that open the lines of a list and mean nothing by themselves."""

from __future__ import annotations

__all__ = ["BULLETS"]

BULLETS = "●•·∙◦○◎◆◇❖■□▪▫★☆▲△▼▽▶►▸▷➤➢➔→✓✔√☑※✅⭐✨❗❤"
"""Bullets, stars, arrows, ticks, to be set in strips and in sets of a pattern."""
