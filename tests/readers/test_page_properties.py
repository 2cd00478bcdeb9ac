"""Whatever stands on a page: no error, and not a letter lost."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mskg.readers.page_content import tables_and_lines
from mskg.readers.page_notes import footnotes
from mskg.readers.page_rules import closed_cells, edge

WORDS = ("序号", "项目名称", "建设内容", "责任单位", "完成时限", "1", "2", "（三）",
         "新建道路3条。", "县住建局、县财政局",
         "一、教育", "合计", "注：", "12月底前", "m2", "①")  # fmt: skip
PLACES = st.integers(0, 60).map(lambda n: n * 9.5)
RUNS = st.lists(
    st.tuples(st.sampled_from(WORDS), PLACES, PLACES, st.sampled_from((6.0, 10.0, 12.0, 30.0))),
    max_size=60,
)
RULES = st.lists(st.tuples(st.sampled_from("hv"), PLACES, PLACES, st.floats(1, 500)), max_size=25)
BEFORE = st.sampled_from(((), (0.0, 40.0, 80.0, 160.0, 300.0)))


def letters_of(runs: list[tuple[str, float, float, float]]) -> list[dict[str, Any]]:
    return [
        {"text": c, "x0": x + n * size, "x1": x + (n + 1) * size, "top": y, "bottom": y + size,
         "size": size}
        for text, x, y, size in runs
        for n, c in enumerate(text)
    ]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(RUNS, RULES, BEFORE)
def test_every_letter_of_a_page_is_read_once(runs: Any, rules: Any, before: Any) -> None:
    letters = letters_of(runs)
    drawn = [
        edge(kind, x, y, length if kind == "h" else 0, length if kind == "v" else 0)
        for kind, x, y, length in rules
    ]
    shades = [(x, y, x + length, y + 20) for _, x, y, length in rules[::3]]
    lines, tables = tables_and_lines(letters, drawn, closed_cells(drawn), 1, shades, before)
    found = [line.text for line in lines]
    found += [line.text for table in tables for cell in table.cells for line in cell.lines]
    assert Counter("".join("".join(found).split())) == Counter(c["text"] for c in letters)


@settings(max_examples=200, deadline=None)
@given(RUNS)
def test_notes_are_letters_of_the_page(runs: Any) -> None:
    letters = letters_of(runs)
    aside, notes = footnotes(letters, 1)
    shown = Counter("".join("".join(line.text for line in notes).split()))
    assert not shown - Counter(c["text"] for c in aside)
    assert all(any(c is letter for letter in letters) for c in aside)
