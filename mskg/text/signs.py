"""Signs that open the lines of a list and mean nothing by themselves."""

from __future__ import annotations

__all__ = ["BULLETS"]

_PICTURES = ((0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F7E0, 0x1F7EB), (0x1F900, 0x1F9FF))
_EMOJI = "✅✨❗❤⭐⏰☀⚡♻✈☎➕" + "".join(chr(n) for a, b in _PICTURES for n in range(a, b + 1))
BULLETS = "●•·∙◦○◎◆◇❖■□▪▫★☆▲△▼▽▶►▸▷➤➢➔→✓✔√☑※" + _EMOJI
"""Bullets, stars, arrows, ticks and emoji, to be set in strips and in sets of a pattern."""
