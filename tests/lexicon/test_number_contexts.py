"""Every row of the table of number contexts does what its example says."""

from __future__ import annotations

import pytest

from mskg.extract.numbers import find_numbers
from mskg.lexicon.tables import read_table
from mskg.text import fold

ROWS = [(row["rule"], row["example"]) for row in read_table("number_contexts")]


@pytest.mark.parametrize(("rule", "example"), ROWS)
def test_the_example_is_set_aside(rule: str, example: str) -> None:
    assert rule in {number.rule for number in find_numbers(fold(example), [], 2023)}


def test_a_quantity_is_not() -> None:
    found = find_numbers("新建公厕12座,改造道路8公里", [], 2023)
    assert [number.rule for number in found] == ["", ""]
