"""Pages: broken lines, page breaks inside tables, running lines."""

from __future__ import annotations

from typing import Any

import pytest

from mskg.readers.composing import Composer, Source
from mskg.readers.page_columns import columned_lines
from mskg.readers.page_furniture import without_furniture
from mskg.readers.page_lines import Frame, Line, first_cluster, join_text, paragraphs
from mskg.readers.page_notes import footnotes
from mskg.readers.page_tables import PageCell, PageTable, finished, joined
from mskg.readers.pages import Page, compose_pages

SIZE = 10.0


def line(text: str, x0: float = 0.0, top: float = 0.0, page: int = 1) -> Line:
    """Return a line of square letters; Latin ones are half as wide."""

    def width(part: str) -> float:
        return sum(SIZE / 2 if c.isascii() else SIZE for c in part)

    x1 = x0 + width(text)
    return Line(text, x0, x1, top, top + SIZE, SIZE, width(first_cluster(text)), page)


def rejoined(texts: list[str], right: float = 100.0, indent: float = 20.0) -> list[str]:
    lines = [line(text.lstrip(), indent if text.startswith("　") else 0.0) for text in texts]
    return [join_text(group) for group in paragraphs(lines, Frame(0.0, right))]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("5500平方米", "5500"),
        ("题,2023年", "题,2023"),
        ("动，10月前", "动，10"),
        ("（一）项", "（一）"),
        ("名。次", "名。"),
        ("现“打包”", "现“打"),
        ("改造", "改"),
    ],
)
def test_what_no_line_break_parts(text: str, head: str) -> None:
    assert first_cluster(text) == head


def test_full_lines_run_on() -> None:
    assert rejoined(["　甲甲甲甲甲甲甲甲", "乙乙乙", "　丙丙丙丙丙丙丙丙", "　丁丁"]) == [
        "甲甲甲甲甲甲甲甲乙乙乙",
        "丙丙丙丙丙丙丙丙",
        "丁丁",
    ]


def test_line_is_full_where_the_next_word_did_not_fit() -> None:
    assert rejoined(["甲甲甲甲甲甲甲甲", "5500平"]) == ["甲甲甲甲甲甲甲甲5500平"]
    assert rejoined(["甲甲甲甲甲甲甲甲", "平5500"]) == ["甲甲甲甲甲甲甲甲", "平5500"]


def test_marks_open_a_paragraph() -> None:
    assert rejoined(["甲甲甲甲甲甲甲甲甲。", "二、乙乙"]) == ["甲甲甲甲甲甲甲甲甲。", "二、乙乙"]


def table(rows: list[list[str]], page: int) -> PageTable:
    width = len(rows[0])
    result = PageTable([n * 100.0 for n in range(width)], len(rows), 0.0, 100.0, page)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            lines = [line(part, c * 100.0, page=page) for part in text.split("/") if part]
            result.cells.append(PageCell(r, c, 1, 1, lines, page))
    return result


def grid(upper: list[list[str]], lower: list[list[str]]) -> dict[tuple[int, int], tuple[str, int]]:
    first = table(upper, 1)
    assert joined(first, table(lower, 2))
    return {(c.row, c.column): (c.text, c.row_span) for c in finished(first).cells}


HEAD = ["序号", "名称", "内容", "单位"]
LONG = "实施农村公路提升改造/工程建设内容很多"


def test_repeated_header_is_dropped() -> None:
    found = grid([HEAD, ["1", "甲", "建路。", "交通局"]], [HEAD, ["2", "乙", "建桥。", "住建局"]])
    assert found[3, 1] == ("2", 1)
    assert (4, 1) not in found


def test_row_cut_in_two_is_one_row() -> None:
    found = grid(
        [HEAD, ["1", "甲", LONG, "交通局"]], [["", "", "项目。", ""], ["2", "乙", "丙", "丁"]]
    )
    assert found[2, 3][0].replace("\n", "") == LONG.replace("/", "") + "项目。"
    assert found[2, 1] == ("1", 1)
    assert found[3, 1] == ("2", 1)


def test_merged_cell_goes_on_below_the_break() -> None:
    found = grid(
        [HEAD, ["1", "甲", "建路三条。", "交通局"]],
        [["", "", "建桥两座。", "住建局"], ["2", "乙", "丙", "丁"]],
    )
    assert found[2, 1] == ("1", 2)
    assert found[2, 2] == ("甲", 2)
    assert found[3, 3] == ("建桥两座。", 1)
    assert found[4, 1] == ("2", 1)


def test_number_in_the_middle_of_a_merged_cell_may_stand_below() -> None:
    found = grid([HEAD, ["", "", "建路三条。", "交通局"]], [["1", "甲", "建桥两座。", "住建局"]])
    assert found[2, 1] == ("1", 2)


def test_rows_with_numbers_that_count_on_stay_two_below_a_merged_category() -> None:
    found = grid(
        [["类别", "序号", "内容", "单位"], ["住有宜居", "10", LONG, "建设发展局"]],
        [["", "11", "完成加装电梯/二十五部以上", "建设发展局"]],
    )
    assert found[2, 1] == ("住有宜居", 2)
    assert [found[2, 2], found[3, 2]] == [("10", 1), ("11", 1)]
    assert found[3, 3][0].startswith("完成加装电梯")


def test_another_table_is_not_joined() -> None:
    assert not joined(table([HEAD], 1), table([["甲", "乙"]], 2))


def test_running_lines_and_page_numbers() -> None:
    pages = [
        [
            line("某县人民政府文件", top=20.0),
            line(f"正文{'一二三'[n]}", top=200.0),
            line(number, top=780.0),
        ]
        for n, number in enumerate(("— 1 —", "— 2 —", "3"))
    ]
    kept, dropped = without_furniture(pages, [800.0] * 3)
    assert [[entry.text for entry in page] for page in kept] == [["正文一"], ["正文二"], ["正文三"]]
    assert dropped == 6


def test_short_text_on_every_page_is_no_furniture() -> None:
    pages = [[line("一、任务", top=300.0 + 40 * n)] for n in range(3)]
    assert without_furniture(pages, [800.0] * 3)[1] == 0


def test_stages_of_a_cell_stay_apart_where_their_lines_are_full() -> None:
    stages = "（一）筛查各三千八百人/3⽉底，启动工作；/6⽉底，完成一半；/9⽉底，完成任务。"
    first = table([HEAD, ["1", "甲", stages, "卫健局"]], 1)
    text = next(c.text for c in finished(first).cells if c.column == 3 and c.row == 2)
    assert text.split("\n") == stages.split("/")


def test_mark_printed_as_a_radical_opens_a_paragraph() -> None:
    assert rejoined(["甲甲甲甲甲甲甲甲甲。", "⼆、乙乙"]) == ["甲甲甲甲甲甲甲甲甲。", "⼆、乙乙"]


def test_rows_with_full_narrow_cells_stay_two() -> None:
    done = "改善办学条件并更换教学楼的全部窗户。"
    found = grid(
        [HEAD, ["4", "办学条件改善/工程建设项目", done, "教育体育局、/卫生健康委员会"]],
        [["", "医疗健康提升/工程", done, "卫生健康局"], ["6", "乙", "丙", "丁"]],
    )
    assert found[3, 3][0] == done


def test_text_in_two_columns_is_read_column_by_column() -> None:
    left = ["一、甲甲甲甲甲甲甲", "乙" * 9, "丙" * 9, "丁丁。", "二、戊戊戊戊戊戊戊", "己" * 9]
    right = ["庚" * 9, "辛辛。", "三、壬壬壬壬壬壬壬", "癸" * 9, "子" * 9, "丑丑。"]
    chars = [
        {"text": c, "x0": x + n * SIZE, "x1": x + (n + 1) * SIZE, "top": top, "bottom": top + SIZE,
         "size": SIZE}
        for side, begin in ((left, 0.0), (right, 110.0))
        for row, text in enumerate(side)
        for n, (c, x, top) in enumerate((c, begin, 30.0 + 15 * row) for c in text)
    ]  # fmt: skip
    chars += [{**c, "text": t, "x0": 60.0 + 10 * n, "x1": 70.0 + 10 * n, "top": 0.0, "bottom": 10.0}
              for n, t in enumerate("某县民生实事方案") for c in chars[:1]]  # fmt: skip
    page = Page(1, 200.0, 300.0, columned_lines(chars, 1))
    composer = Composer()
    compose_pages([page], composer)
    lines = composer.document(Source("a.pdf", "pdf", "0")).text.split("\n")
    assert [text[:4] for text in lines] == ["某县民生", "一、甲甲", "二、戊戊", "三、壬壬"]
    assert lines[2] == left[4] + left[5] + right[0] + right[1]


def test_notes_below_the_text_follow_it() -> None:
    def written(text: str, top: float, size: float, x: float = 0.0) -> list[Any]:
        return [{"text": c, "x0": x + n * size, "x1": x + (n + 1) * size, "top": top,
                 "bottom": top + size, "size": size} for n, c in enumerate(text)]  # fmt: skip

    body = [
        c for n in range(5) for c in written("实施农村公路提质改造四十六公里，", 20.0 * n, 12.0)
    ]
    reference = written("1", 38.0, 7.0, 200.0)
    squared = [*written("m", 20.0, 12.0, 230.0), *written("2", 18.0, 7.0, 242.0)]
    note = written("1指县道、乡道。", 700.0, 9.0)
    number = written("—3—", 750.0, 12.0, 100.0)
    gone, notes = footnotes([*body, *reference, *squared, *note, *number], 1)
    assert [line.text for line in notes] == ["1指县道、乡道。"]
    assert gone == [*reference, *note]
    assert footnotes([*body, *reference, *number], 1) == ([], [])
    assert footnotes([*body, *note], 1) == ([], [])


@pytest.mark.parametrize("recognised", [False, True])
def test_ragged_columns_are_columns_where_they_were_recognised(recognised: bool) -> None:
    chars = [
        {"text": c, "x0": x + n * SIZE, "x1": x + (n + 1) * SIZE, "top": 15.0 * row,
         "bottom": 15.0 * row + SIZE, "size": SIZE, **({"line": row} if recognised else {})}
        for x in (0.0, 110.0)
        for row in range(6)
        for n, c in enumerate("甲" * (9 if row == 0 else 7))
    ]  # fmt: skip
    columns = {line.column for line in columned_lines(chars, 1)}
    assert columns == ({1, 2} if recognised else {0})
