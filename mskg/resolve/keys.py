"""The identity of a document: from its printed number, else from what it is about."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from mskg.ns import digest
from mskg.text.folding import fold, unspaced

if TYPE_CHECKING:
    from mskg.model import Plan

__all__ = ["document_key"]

_NUMBER = re.compile(
    r"(?P<office>[\u4e00-\u9fff]+)[〔\[(【]?(?P<year>20\d\d)[〕\])】]?(?:第)?(?P<serial>\d+)号?"
)

# Letters of a text that tell it from others: the head of a table and more than its first row.
_BEGINNING = 120


def document_key(plan: Plan, region_code: str, text: str) -> str:
    """Return a readable ASCII key for the document of `plan`.

    ``130303-2023-7-1f2e3d`` is number 7 of 2023 of an office of 130303. A document without a
    number has its type and a hash of its title, so that Word and PDF have one key; one that
    prints neither has a hash of how its text begins. So the key outlives another file format,
    another encoding, other line breaks, and changes further down.

    Parameters
    ----------
    text:
        Text of the whole document.
    """
    place = region_code or "x"
    number = _NUMBER.search(unspaced(fold(plan.document.doc_number)))
    if number is not None:
        office = digest(number["office"], 6)
        return f"{place}-{number['year']}-{int(number['serial'])}-{office}"
    year = plan.program.year or (plan.document.issued.year if plan.document.issued else "x")
    words = _words(plan.document.title)
    if not words:
        letters = (sign for sign in text if not sign.isspace())
        words = _words("".join(islice(letters, 2 * _BEGINNING)))[:_BEGINNING]
    subject = digest(words) if words else plan.document.sha256[:8]
    return f"{place}-{year}-{plan.document.type or 'plan'}-{subject}"


def _words(text: str) -> str:
    return re.sub(r"\W+", "", fold(text))
