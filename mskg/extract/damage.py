"""Damaged characters: places where the text is no longer what was written.

Signs that showed no false alarm on clean plans: question marks between ideographs,
replacement and private-use characters, a lone English conjunction inside Chinese.
Nothing is repaired; each place becomes an issue.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.lexicon.cues import any_of
from mskg.model import Issue
from mskg.text import fold, letter_digits, misread, unspaced

if TYPE_CHECKING:
    from mskg.model import Document

__all__ = ["find_damage"]

_HAN = "[\u3400-\u9fff]"
_SIGNS = re.compile(
    rf"(?P<garbled>(?<=[\u3000-\u9fff\uff00-\uffef])\?{{1,4}}(?={_HAN})(?:{_HAN}[A-Z])?"
    rf"|[\ufffd\ue000-\uf8ff]+|锟斤拷|烫烫烫)"
    rf"|(?P<foreign>(?<={_HAN})\s*\b(?:and|or|the|of)\b\s*(?={_HAN}))"
)
_ANY_SIGN = re.compile("[?\ufffd\ue000-\uf8ff锟烫]|and|or|the|of")  # most texts have none
_QUESTION = 24  # characters between the word that asks and the end
_LETTER = (
    "数字中混入字母（l、I、O），按数字 1、1、0 读，请核对",
    "a letter stands in a number and was read as a digit; check it",
)
_MESSAGES = {
    "garbled": (
        "“{0}”处文字已损坏（编码错误），请对照原文改正",
        "damaged characters here; compare with the printed original",
    ),
    "foreign": (
        "中文句中混入英文“{0}”，请改正",
        "an English word stands inside a Chinese sentence",
    ),
}


def _asks(text: str, at: int) -> bool:
    """Tell the end of a question (要办哪些实事?) from a character that was lost."""
    asked = any_of("question-word")
    return re.search(rf"{asked}[^。?？!！\n]*\Z", text[max(0, at - _QUESTION) : at]) is not None


def find_damage(document: Document, begin: int, end: int) -> list[Issue]:
    """Return an issue for every damaged place in ``document.text[begin:end]``."""
    issues = []
    damaged = _ANY_SIGN.search(document.text, begin, end) is not None
    for match in _SIGNS.finditer(document.text, begin, end) if damaged else ():
        kind = match.lastgroup or ""
        if match.group() == "?" and _asks(document.text, match.start()):
            continue
        chinese, english = _MESSAGES[kind]
        left, right = max(begin, match.start() - 4), min(end, match.end() + 4)
        span = document.span(left, right)
        shown = unspaced(span.quote) if kind == "garbled" else match.group().strip()
        issues.append(Issue("warning", "garbled", chinese.format(shown), english, span))
    for at in letter_digits(document.text):
        if begin <= at < end:
            span = document.span(max(begin, at - 2), min(end, at + 6))
            issues.append(Issue("warning", "letter-digit", *_LETTER, span))
    for at in misread(document.text):
        if begin <= at < end:
            sign = document.text[at]
            span = document.span(max(begin, at - 4), min(end, at + 4))
            meant = fold(document.text)[at]
            issues.append(
                Issue(
                    "warning",
                    "misread-character",
                    f"“{span.quote}”的“{sign}”像是错认的字，按“{meant}”读，请核对",
                    f"{sign!r} looks misread and was read as {meant!r}; check it",
                    span,
                )
            )
    return issues
