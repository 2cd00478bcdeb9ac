"""Tables without rules, with rules across only, dotted, shaded: told from white and words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mskg.readers import read_document
from mskg.readers.page_content import tables_and_lines
from mskg.readers.page_rules import closed_cells, edge, page_rules, with_shaded_rows

FILES = Path(__file__).parent / "files"
SIZE = 10.0
LEFTS = (0.0, 25.0, 80.0, 180.0, 250.0)
WIDTHS = (20.0, 50.0, 90.0, 60.0, 60.0)
HEAD = ("序号", "项目名称", "建设内容", "完成时限", "责任单位")
ROWS = (
    ("1", "村卫生室建设", "新建村卫生室12个，每个补助3万元。", "11月底前", "县卫健局"),
    ("2", "农村公路", "改造农村公路58公里。", "年底前", "县交通局、县财政局"),
    ("3", "养老床位", "新增养老床位300张，改造敬老院2家，培训护理员80人次。", "12月", "县民政局"),
)

Letters = list[dict[str, Any]]


def written(text: str, x: float, top: float) -> Letters:
    """Return letters as wide as high."""
    return [
        {"text": c, "x0": x + n * SIZE, "x1": x + (n + 1) * SIZE, "top": top,
         "bottom": top + SIZE, "size": SIZE}
        for n, c in enumerate(text)
    ]  # fmt: skip


def wrapped(text: str, width: float) -> list[str]:
    step = int(width // SIZE)
    return [text[n : n + step] for n in range(0, len(text), step)]


def printed(
    rows: tuple[tuple[str, ...], ...], *, top: float = 0.0, pad: float = 4.0, middle: bool = False
) -> tuple[Letters, list[float]]:
    """Return the letters of a table and the heights between its rows."""
    letters: Letters = []
    bounds = [top]
    for row in rows:
        cells = [wrapped(text, width) for text, width in zip(row, WIDTHS, strict=True)]
        pitch = SIZE * 1.3
        tallest = max(map(len, cells)) * pitch
        for lines, x in zip(cells, LEFTS, strict=True):
            y = bounds[-1] + pad + ((tallest - len(lines) * pitch) / 2 if middle else 0)
            for number, line in enumerate(lines):
                letters += written(line, x, y + number * pitch)
        bounds.append(bounds[-1] + tallest + 2 * pad)
    return letters, bounds


def grid(letters: Letters, rules: list[Any] | None = None, **more: Any) -> list[list[str]]:
    closed = closed_cells(rules or [])
    _, tables = tables_and_lines(letters, rules or [], closed, 1, **more)
    assert len(tables) == 1
    table = tables[0]
    rows = [[""] * len(table.edges) for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


WANTED = [list(HEAD), *map(list, ROWS)]


@pytest.mark.parametrize("middle", [False, True])
def test_white_alone_parts_rows_and_columns(middle: bool) -> None:
    letters, _ = printed((HEAD, *ROWS), middle=middle)
    assert grid(letters) == WANTED


def test_last_words_of_a_header_belong_to_it() -> None:
    head = ("序号", "民生实事项目", "建设内容", "完成时限", "责任单位")
    letters, _ = printed((head, *ROWS))
    assert grid(letters)[0] == list(head)


def test_numbers_part_rows_that_no_white_parts() -> None:
    letters, _ = printed((HEAD, *ROWS), pad=0.0)
    assert grid(letters) == WANTED


def test_rules_across_part_rows() -> None:
    unnumbered = tuple(("", *row[1:]) for row in ROWS)
    letters, bounds = printed((HEAD, *unnumbered), pad=0.0)
    rules = [edge("h", 0, y, 310, 0) for y in bounds]
    assert grid(letters, rules) == [list(HEAD), *map(list, unnumbered)]


def test_shaded_rows_are_rows() -> None:
    unnumbered = tuple(("", *row[1:]) for row in ROWS)
    letters, bounds = printed((HEAD, *unnumbered), pad=0.0)
    shades = [(0.0, a, 310.0, b) for a, b in zip(bounds[::2], bounds[1::2], strict=False)]
    assert grid(letters, shades=shades) == [list(HEAD), *map(list, unnumbered)]


def test_paragraphs_around_are_no_rows() -> None:
    letters, bounds = printed((HEAD, *ROWS), top=40.0)
    letters += written("某县二〇二四年民生实事项目责任分解表如下请各单位认真", 0.0, 0.0)
    letters += written("注：一、表中责任单位排名不分先后。", 0.0, bounds[-1] + 6)
    lines, tables = tables_and_lines(letters, [], [], 1)
    assert [line.text[:2] for line in lines] == ["某县", "注："]
    assert len(tables) == 1


def test_text_in_two_columns_is_no_table() -> None:
    text = "为民办实事项目由各单位"
    letters = [c for n in range(20) for x in (0.0, 150.0) for c in written(text, x, n * 15.0)]
    _, tables = tables_and_lines(letters, [], [], 1)
    assert not tables


def test_group_row_spans_the_table() -> None:
    letters, bounds = printed((HEAD, *ROWS[:2]))
    letters += written("二、社会保障和民政事业（一项）", 0.0, bounds[-1] + 4)
    rest, _ = printed(ROWS[2:], top=bounds[-1] + 18)
    rows = grid(letters + rest)
    assert rows[3][0].startswith("二、社会保障")
    assert rows[4] == list(ROWS[2])


def test_table_goes_on_without_its_header() -> None:
    letters, _ = printed((HEAD, *ROWS[:2]))
    _, tables = tables_and_lines(letters, [], [], 1)
    rest, _ = printed(ROWS[2:])
    assert grid(rest, before=tables[0].columns) == [list(ROWS[2])]
    assert tables_and_lines(rest, [], [], 2)[1] == []


class Drawn:
    """The drawn boxes of a page, as pdfplumber gives them."""

    def __init__(self, boxes: list[tuple[float, float, float, float]]) -> None:
        self.lines: list[Any] = []
        self.curves: list[Any] = []
        self.rects = [
            {"object_type": "rect", "x0": a, "top": b, "x1": c, "bottom": d, "fill": True}
            for a, b, c, d in boxes
        ]


def test_dots_and_dashes_are_rules() -> None:
    dots = [(x, y, x + 1, y + 1) for y in (0, 20, 40) for x in range(0, 100, 3)]
    dots += [(x, y, x + 1, y + 3) for x in (0, 50, 99) for y in range(0, 40, 5)]
    rules, shades = page_rules(Drawn(dots))  # type: ignore[arg-type]
    assert not shades
    assert [len(cells) for cells in closed_cells(rules)] == [4]


def test_shaded_header_belongs_to_the_ruled_table_below() -> None:
    rules = [edge("h", 0, y, 100, 0) for y in (20, 40, 60)]
    rules += [edge("v", x, 20, 0, 40) for x in (0, 50, 100)]
    header = [(0.0, 0.0, 50.0, 20.0), (50.0, 0.0, 100.0, 20.0)]
    mark = [(10.0, 22.0, 30.0, 36.0)]  # letters marked by a colour
    assert [len(cells) for cells in with_shaded_rows(rules, [*header, *mark])] == [6]


def test_file_of_a_program() -> None:
    plain = (FILES / "table.txt").read_text("utf-8")
    document = read_document(FILES / "table-open.pdf")
    cells = ["".join(document.text[b.begin : b.end].split()) for b in document.blocks
             if b.kind == "cell"]  # fmt: skip
    for wanted in ("新建公共充电桩420个，新增停车泊位900个。", "区住房城乡建设局"):
        assert wanted in plain
        assert wanted in cells
