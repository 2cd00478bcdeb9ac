"""The sheet that people fill in (``template.csv``, ``template_choices.csv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mskg.lexicon.tables import read_table

__all__ = ["EXAMPLE", "TemplateField", "choices", "template_fields"]

EXAMPLE = {"zh": "例", "en": "e.g."}
"""What stands in the first column of the example row."""


@dataclass(frozen=True, slots=True)
class TemplateField:
    """One field of the template.

    ``sheet`` is ``program`` (a row of the first sheet) or ``tasks`` (a column of the second);
    ``kind`` is text, integer, year, number, date, unit, or ``choice:`` with a list of
    `choices`. Titles and notes are by language.
    """

    id: str
    sheet: str
    kind: str
    title: dict[str, str]
    width: int
    note: dict[str, str]
    example: str


@cache
def template_fields(sheet: str) -> tuple[TemplateField, ...]:
    """Return the fields of the `sheet` ``program`` or ``tasks`` in their order."""
    rows = sorted(
        (row for row in read_table("template") if row["sheet"] == sheet),
        key=lambda row: int(row["place"]),
    )
    return tuple(
        TemplateField(
            row["id"],
            sheet,
            row["kind"],
            {"zh": row["zh"], "en": row["en"]},
            int(row["width"]),
            {"zh": row["note_zh"], "en": row["note_en"]},
            row["example"],
        )
        for row in rows
    )


@cache
def choices(name: str) -> dict[str, dict[str, str]]:
    """Return the words by language for each id of the list `name`, such as ``comparator``."""
    if name == "origin":
        rows = read_table("origins")
    else:
        rows = tuple(row for row in read_table("template_choices") if row["list"] == name)
    return {row["id"]: {"zh": row["zh"], "en": row["en"]} for row in rows}
