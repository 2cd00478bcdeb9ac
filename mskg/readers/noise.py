"""What copying and printing add to a text and no reader wants: dropped here, and reported."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING

from mskg.readers.radicals import CHARACTER_OF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Cleaner", "is_page_line"]

# Zero-width and direction marks, soft hyphen, byte order mark, variation selectors.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef]"
)
# Line and page breaks in other forms; at the ends and beside a real one they add nothing.
_BREAK = re.compile("\n?[\f\v\u2028\u2029]+\n?")
_BREAK_AT_END = re.compile("\\A[\f\v\u2028\u2029]+|[\f\v\u2028\u2029]+\\Z")
# A character as the source of a web page spells it: &nbsp; &ldquo; &#8220;
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8});")
_LINE_TAG = re.compile(r"(?i)<br\s*/?>")  # a line break inside a Markdown cell
_RADICAL = re.compile(f"[{''.join(map(chr, CHARACTER_OF))}]")
# Numbers as messages on telephones print them: 1️⃣ (which has a sign for each digit), 🔟.
_KEYCAPS = re.compile("(^[ \t]*)?((?:\\d\ufe0f?\u20e3)+|\U0001f51f)", re.MULTILINE)
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_PINYIN = re.compile(
    rf"(?<=[\u3400-\u9fff])[(（]\s*(?=[^()（）]*[{_TONED}])[a-zɑɡü{_TONED}]{{1,6}}\s*[)）]"
)
_FEWEST_PINYIN = 5  # fewer may be a writer's own help with a rare character
_DASH = "[-－–—―·]"
# What every kind of noise inside a line but pinyin has in it.
_INSIDE = re.compile(f"[{_INVISIBLE.pattern[1:-1]}\f\v\u2028\u2029\u20e3\u2e80-\u2fd5&<\U0001f51f]")
_PAGE_LINE = re.compile(
    rf"""[ \t\u3000\xa0]*(?:
       {_DASH}{{1,2}}[ \u3000]*\d{{1,4}}[ \u3000]*{_DASH}{{1,2}}
     | 第[ ]*\d{{1,4}}[ ]*页(?:[ ]*[,，/、]?[ ]*共[ ]*\d{{1,4}}[ ]*页)?
     | 共[ ]*\d{{1,4}}[ ]*页[ ]*[,，/、]?[ ]*第[ ]*\d{{1,4}}[ ]*页
     | (?i:page)[ ]*\d{{1,4}}(?:[ ]*of[ ]*\d{{1,4}})?
    )[ \t\u3000\xa0]*""",
    re.VERBOSE,
)


# The name that a web page gives a picture, copied with the text around it.
_PICTURE_LINE = re.compile(r"(?i)\s*[\w\-()（）.]{0,60}\.(?:png|jpe?g|gif|bmp|webp)\s*")
_LINES = (("page", _PAGE_LINE), ("picture", _PICTURE_LINE))


class Cleaner:
    """Drops noise from the pieces of one document and counts what it dropped.

    Parameters
    ----------
    texts:
        All pieces of the document: pinyin in brackets behind a character, 实（shí）事, is
        noise only where it comes again and again.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        found = sum(len(_PINYIN.findall(text)) for text in texts if "(" in text or "（" in text)
        self._pinyin = found >= _FEWEST_PINYIN
        self._dropped: Counter[str] = Counter()

    def clean(self, text: str, *, in_cell: bool = False) -> str | None:
        """Return `text` without noise, or None where nothing else was in it."""
        if not self._pinyin and not _is_suspect(text):
            return text  # nearly every line
        text = self._sub(_ENTITY, _spelled, "entity", text)
        text = _BREAK.sub("\n", _BREAK_AT_END.sub("", text))
        text = self._sub(_KEYCAPS, _number, "keycap", text)
        text = self._sub(_INVISIBLE, "", "invisible", text)
        text = self._sub(_LINE_TAG, "", "invisible", text)
        text = self._sub(_RADICAL, _character, "radical", text)
        if self._pinyin:
            text = self._sub(_PINYIN, "", "pinyin", text)
        if in_cell:
            return text
        kept: list[str] = []
        for line in text.split("\n"):
            kind = next((kind for kind, form in _LINES if form.fullmatch(line)), "")
            self._dropped[kind] += 1
            if not kind:
                kept.append(line)
        return "\n".join(kept) if kept else None

    def notes(self) -> tuple[str, ...]:
        """Return in Chinese, one line a kind, what was dropped."""
        count = self._dropped
        lines = {
            "pinyin": f"去掉了夹在字后的拼音 {count['pinyin']} 处",
            "page": f"去掉了单独成行的页码 {count['page']} 行",
            "picture": f"去掉了单独成行的图片文件名 {count['picture']} 行",
            "entity": f"还原了网页的字符代码（如 &nbsp;）{count['entity']} 处",
            "radical": f"部首写法改回了汉字（如⺠→民）{count['radical']} 处",
            "keycap": f"按键符号改成了数字（如 1️⃣→1、）{count['keycap']} 处",
            "invisible": f"去掉了看不见的字符 {count['invisible']} 个",
        }
        return tuple(line for kind, line in lines.items() if count[kind])

    def _sub(
        self,
        pattern: re.Pattern[str],
        by: str | Callable[[re.Match[str]], str],
        kind: str,
        text: str,
    ) -> str:
        text, number = pattern.subn(by, text)
        self._dropped[kind] += number
        return text


def _is_suspect(text: str) -> bool:
    """Tell whether `text` may hold noise; several lines may, whatever they are."""
    if "\n" in text or _INSIDE.search(text):
        return True
    return is_page_line(text) or ("." in text and _PICTURE_LINE.fullmatch(text) is not None)


def is_page_line(line: str) -> bool:
    """Tell whether a line is nothing but the number of a page."""
    return _PAGE_LINE.fullmatch(line) is not None


def _spelled(match: re.Match[str]) -> str:
    """Return the character of an entity; one that no standard knows stays as it is."""
    return html.unescape(match[0])


def _number(match: re.Match[str]) -> str:
    """Return the digits of keycaps; at the begin of a line they number what follows."""
    digits = "".join(re.findall(r"\d", match[2])) or "10"
    return digits if match[1] is None else f"{match[1]}{digits}、"


def _character(match: re.Match[str]) -> str:
    return CHARACTER_OF[ord(match[0])]
