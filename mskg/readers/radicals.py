"""Radicals in place of characters: ⺠⽣ for 民生, as browsers write them into PDF files.

Font subsets give one glyph to a radical and its character, and some programs take the code
of the radical when they write the text layer. The forms of U+2F00–U+2FD5 are compatible with
their characters by definition (NFKC); those of U+2E80–U+2EF3 follow the names in the
Unicode character database.
"""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = ["CHARACTER_OF"]

_SUPPLEMENT = (
    "⺁厂⺈刀⺋㔾⺎兀⺟母⺠民⺩王⺬示⺮竹⺼月⻁虎⻄西⻅见⻆角⻈讠⻉贝⻋车⻏阝⻐钅⻑長⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风"
    "⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)

CHARACTER_OF: Final = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **{ord(a): b for a, b in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)},
    ord("⼾"): "户",  # by definition 戶, yet the glyph shared in simplified fonts is 户
}
"""Character by the code of its radical."""
