"""Text that XML files (GEXF, GraphML, SVG, xlsx) can hold."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["xml_text"]

# XML 1.0 (fifth edition), production 2: everything else can't be written, not even escaped.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return `text` without the characters that XML 1.0 forbids."""
    return _FORBIDDEN.sub("", text)
