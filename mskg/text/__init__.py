"""Pure functions over Chinese text: folding, views with offsets, numerals, dates.

Nothing here knows what a plan is; tables are handed in by the caller.
"""

from __future__ import annotations

from mskg.text.dates import DateExpression, find_dates, impossible_dates
from mskg.text.folding import fold, is_han, letter_digits, misread, script_of, unspaced
from mskg.text.numerals import COMMA, MULTIPLIERS, chinese_number, plain_number, whole_number
from mskg.text.signs import BULLETS
from mskg.text.view import FoldedText, View, last_of
from mskg.text.words import any_word

__all__ = [
    "BULLETS",
    "COMMA",
    "MULTIPLIERS",
    "DateExpression",
    "FoldedText",
    "View",
    "any_word",
    "chinese_number",
    "find_dates",
    "fold",
    "impossible_dates",
    "is_han",
    "last_of",
    "letter_digits",
    "misread",
    "plain_number",
    "script_of",
    "unspaced",
    "whole_number",
]
