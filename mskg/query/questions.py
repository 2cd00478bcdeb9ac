"""The questions that users ask (competency questions), each with what answers it.

``data/competency_questions.csv`` has a row for each question. Its column ``answerable`` is

* ``yes``: a named query answers it, with the parameters given (``min=4``, several with ``;``);
* ``open``: the model has what it takes, a query is still to be written;
* ``no data``: plans alone don't say it (progress reports do).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import Final

from mskg import resources

__all__ = ["ANSWERABLE", "Question", "competency_questions"]

ANSWERABLE: Final = ("yes", "open", "no data")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a kind of user.

    Parameters
    ----------
    id:
        Its number, from 1.
    user, text:
        Who asks, and what, in Chinese and English.
    answerable:
        yes, open or no data.
    query, parameters:
        Name of the query that answers it and the values to give it.
    classes, properties:
        Names of the terms of the ontology that the answer rests on.
    """

    id: int
    user: tuple[str, str]
    text: tuple[str, str]
    answerable: str
    query: str
    parameters: dict[str, str]
    classes: tuple[str, ...]
    properties: tuple[str, ...]


@cache
def competency_questions() -> tuple[Question, ...]:
    """Return all questions in their order."""
    path = resources.folder("data") / "competency_questions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Question(
                int(row["id"]),
                (row["user_zh"], row["user_en"]),
                (row["question_zh"], row["question_en"]),
                row["answerable"],
                row["query"],
                _pairs(row["parameters"]),
                tuple(row["classes"].split()),
                tuple(row["properties"].split()),
            )
            for row in csv.DictReader(file)
        )


def _pairs(text: str) -> dict[str, str]:
    pairs = (entry.partition("=") for entry in text.split(";") if entry.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}
