"""Small tables in every form in which they reach us: which cell is what."""

# ruff: noqa: E501 - the tables of Chinese text read better with a row on a line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading_plans import plan_of

if TYPE_CHECKING:
    from mskg.model import Plan

HEAD = "某县2023年民生实事项目清单\n"
A, B, C = "新建公办幼儿园2所", "改造老旧小区23个", "新增城镇就业4400人"


def _numbers(plan: Plan) -> list[int | None]:
    return [task.no for task in plan.tasks]


def _units(plan: Plan) -> list[list[str]]:
    return [[d.name for d in task.departments] for task in plan.tasks]


COLUMNS = ["序号", "项目名称", "建设内容", "完成时限", "责任单位"]
ROWS = [
    ["1", "幼儿园建设", A, "2023年12月底前", "县教育局"],
    ["2", "小区改造", B, "10月底前", "县住建局"],
    ["3", "促进就业", C, "12月底前", "县人社局"],
]


def _tab_rows(rows: list[list[str]]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


def test_a_table_without_header() -> None:
    rows = [
        ["1", A + "。", "县教育局", "已开工，完成设计2项。", "按时序推进"],
        ["2", B + "。", "县住建局", "目前已完成12个。", "按时序推进"],
        ["3", C + "。", "县人社局", "已新增3000人。", "按时序推进"],
    ]
    plan = plan_of(HEAD + "|\n".join(" | ".join(row) + " |\n" for row in rows))
    assert _numbers(plan) == [1, 2, 3]
    assert _units(plan) == [["县教育局"], ["县住建局"], ["县人社局"]]
    assert [[int(i.value) for i in t.items[0].indicators] for t in plan.tasks] == [
        [2],
        [23],
        [4400],
    ]
    assert [len(task.items[0].progress) for task in plan.tasks] == [2, 2, 2]
    assert [issue.code for issue in plan.issues] == ["table-header"]


def test_a_table_without_header_that_names_leads_and_dates() -> None:
    rows = [[row[0], row[1], row[2], row[3], row[4], "县财政局"] for row in ROWS]
    plan = plan_of(HEAD + _tab_rows(rows))
    assert [task.title for task in plan.tasks] == ["幼儿园建设", "小区改造", "促进就业"]
    assert [[d.role for d in task.departments] for task in plan.tasks] == [["lead", "related"]] * 3
    assert [str(t.items[0].milestones[0].due) for t in plan.tasks] == [
        "2023-12-31", "2023-10-31", "2023-12-31",
    ]  # fmt: skip


def test_columns_that_blanks_align() -> None:
    header = "重点任务    牵头领导    责任单位    完成时限\n"
    text = (
        f"{A}    王 伟    县教育局、县住建局    2023年12月\n{B}    李明华    县住建局    11月底前\n"
    )
    plan = plan_of(HEAD + "\n" + header + text)
    assert [[leader.name for leader in task.leaders] for task in plan.tasks] == [
        ["王伟"],
        ["李明华"],
    ]
    form = "填报单位：    填报人：    联系电话：\n"
    assert plan_of(HEAD + "\n" + header + form).tasks == ()
    assert _units(plan) == [["县教育局", "县住建局"], ["县住建局"]]
    assert [str(t.items[0].milestones[0].due) for t in plan.tasks] == ["2023-12-31", "2023-11-30"]


def test_people_and_their_bodies_are_no_table_of_tasks() -> None:
    rows = [["1", "张三", "县教育局"], ["2", "李四", "县住建局"], ["3", "王小五", "县人社局"]]
    assert plan_of(HEAD + _tab_rows(rows)).tasks == ()


def test_numbered_rows_without_bodies_are_no_table() -> None:
    rows = [["1", "张三", "98", "86"], ["2", "李四", "77", "80"], ["3", "王五", "69", "91"]]
    assert plan_of(HEAD + _tab_rows(rows)).tasks == ()


def _pipe_rows(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |\n" for row in rows]
    return lines[0] + "|" + "---|" * len(rows[0]) + "\n" + "".join(lines[1:])


def _tabbed_cells(rows: list[list[str]]) -> str:
    return "\n".join("".join(f"\t{cell}\n" for cell in row) for row in rows)


def _plain_lines(rows: list[list[str]]) -> str:
    return "".join(f"{cell}\n" for row in rows for cell in row)


def _piped_lines(rows: list[list[str]]) -> str:
    return "|\n".join("".join(f"{cell} |\n" for cell in row) for row in rows)


def _spaced_rows(rows: list[list[str]]) -> str:
    return "".join(" ".join(row) + "\n" for row in rows)


FORMS = [
    ("rows", _tab_rows),
    ("rows", _pipe_rows),
    ("tabbed", _tabbed_cells),
    ("lines", _plain_lines),
    ("piped", _piped_lines),
    ("spaced", _spaced_rows),
]


@pytest.mark.parametrize(
    ("kind", "form"),
    FORMS,
    ids=["tab rows", "pipe rows", "tabbed cells", "lines", "piped lines", "spaced rows"],
)
def test_tables(kind: str, form) -> None:  # type: ignore[no-untyped-def]
    plan = plan_of(HEAD + form([COLUMNS, *ROWS]))
    assert plan.document.layout == f"table-{kind}"
    assert _numbers(plan) == [1, 2, 3]
    assert [task.title for task in plan.tasks] == [row[1] for row in ROWS]
    assert [task.items[0].text for task in plan.tasks] == [row[2] for row in ROWS]
    assert [str(t.items[0].milestones[0].due) for t in plan.tasks] == [
        "2023-12-31", "2023-10-31", "2023-12-31",
    ]  # fmt: skip
    assert _units(plan) == [[row[4]] for row in ROWS]
    assert [[d.name for d in t.items[0].departments] for t in plan.tasks] == _units(plan)


@pytest.mark.parametrize(("kind", "form"), FORMS[:3], ids=["tab rows", "pipe rows", "tabbed cells"])
def test_repeated_headers_are_no_tasks(kind: str, form) -> None:  # type: ignore[no-untyped-def]
    plan = plan_of(HEAD + form([COLUMNS, *ROWS[:2], COLUMNS, *ROWS[2:]]))
    assert _numbers(plan) == [1, 2, 3]


def test_column_headings_decide_the_roles() -> None:
    columns = ["序号", "项目名称", "建设内容", "牵头单位", "配合单位", "责任领导"]
    rows = [
        ["1", "幼儿园建设", A, "县教育局", "县财政局、县住建局", "张 三"],
        ["2", "小区改造", B, "县住建局", "县财政局", "李四"],
    ]
    plan = plan_of(HEAD + _tab_rows([columns, *rows]))
    assert [(d.name, d.role) for d in plan.tasks[0].departments] == [
        ("县教育局", "lead"), ("县财政局", "related"), ("县住建局", "related"),
    ]  # fmt: skip
    assert [[x.name for x in t.leaders] for t in plan.tasks] == [["张三"], ["李四"]]


def test_text_columns_are_fields_of_the_item() -> None:
    columns = ["序号", "项目名称", "建设内容", "建设地点", "资金来源", "责任单位"]
    rows = [
        ["1", "幼儿园建设", A, "城关镇", "县财政资金", "县教育局"],
        ["2", "小区改造", B, "全县", "中央资金", "县住建局"],
    ]
    item = plan_of(HEAD + _tab_rows([columns, *rows])).tasks[0].items[0]
    assert item.site is not None
    assert item.funding is not None
    assert (item.site.text, item.funding.text) == ("城关镇", "县财政资金")


def test_progress_columns_give_no_targets() -> None:
    columns = ["序号", "项目名称", "建设内容", "1-9月完成情况", "责任单位"]
    rows = [
        ["1", "幼儿园建设", A, "已建成1所", "县教育局"],
        ["2", "小区改造", B, "已改造12个", "县住建局"],
    ]
    plan = plan_of(HEAD + _tab_rows([columns, *rows]))
    assert [p.text for t in plan.tasks for p in t.items[0].progress] == ["已建成1所", "已改造12个"]
    assert [int(i.value) for t in plan.tasks for i in t.items[0].indicators] == [2, 23]


@pytest.mark.parametrize("number", ["", "1"], ids=["empty", "repeated"])
def test_a_number_over_several_rows_is_one_task(number: str) -> None:
    rows = [
        ROWS[0],
        [number, ROWS[0][1] if number else " ", "改造小学3所", "11月底前", "县发改局"],
        ROWS[1],
    ]
    plan = plan_of(HEAD + _pipe_rows([COLUMNS, *rows]))
    assert _numbers(plan) == [1, 2]
    assert [i.text for i in plan.tasks[0].items] == [A, "改造小学3所"]
    assert [d.name for d in plan.tasks[0].departments] == ["县教育局", "县发改局"]
    assert [[d.name for d in i.departments] for i in plan.tasks[0].items] == [
        ["县教育局"],
        ["县发改局"],
    ]


def test_group_rows_of_a_table() -> None:
    rows = [["一、教育", "", "", "", ""], ROWS[0], ["二、住房", "", "", "", ""], ROWS[1]]
    plan = plan_of(HEAD + _pipe_rows([COLUMNS, *rows]))
    assert _numbers(plan) == [1, 2]
    assert [task.group for task in plan.tasks] == ["教育", "住房"]


@pytest.mark.parametrize("mark", ["①②③", "一二三", "123"])
def test_row_numbers_of_any_kind(mark: str) -> None:
    rows = [[m, *row[1:]] for m, row in zip(mark, ROWS, strict=True)]
    plan = plan_of(HEAD + _tab_rows([COLUMNS, *rows]))
    assert _numbers(plan) == [1, 2, 3]


def test_cells_of_several_lines() -> None:
    plan = plan_of(
        HEAD + "序号\n项目名称\n建设内容\n完成时限\n责任单位\n"
        "1\n幼儿园建设\n新建公办幼儿园2所，\n新增学位630个。\n12月底前\n县教育局\n县财政局\n"
        "2\n小区改造\n改造老旧小区23个。\n10月底前\n县住建局\n"
    )
    assert _numbers(plan) == [1, 2]
    assert plan.tasks[0].items[0].text == "新建公办幼儿园2所，新增学位630个。"
    assert _units(plan) == [["县教育局", "县财政局"], ["县住建局"]]


def test_a_gap_in_a_plain_table_moves_no_cell() -> None:
    plan = plan_of(
        HEAD + "序号\n项目名称\n建设内容\n完成时限\n责任单位\n"
        "1\n幼儿园建设\n新建公办幼儿园2所。\n县教育局\n"
        "2\n小区改造\n改造老旧小区23个。\n10月底前\n县住建局\n"
    )
    assert [len(t.items[0].milestones) for t in plan.tasks] == [0, 1]
    assert _units(plan) == [["县教育局"], ["县住建局"]]


def test_a_short_row_is_reported() -> None:
    rows = [ROWS[0], ROWS[1][:3], ROWS[2]]
    plan = plan_of(HEAD + _tab_rows([COLUMNS, *rows]))
    assert _numbers(plan) == [1, 2, 3]
    assert "table-row" in [issue.code for issue in plan.issues]


def test_figures_of_a_row_are_no_row_numbers() -> None:
    columns = ["序号", "项目名称", "目标任务", "责任单位", "累计完成", "完成率"]
    rows = [
        ["1", "幼儿园建设", A, "县教育局", "2", "100%"],
        ["2", "小区改造", B, "县住建局", "3", "13%"],
        ["3", "促进就业", C, "县人社局", "4", "0.1%"],
    ]
    plan = plan_of(HEAD + _piped_lines([columns, *rows]))
    assert _numbers(plan) == [1, 2, 3]
    assert [int(i.value) for t in plan.tasks for i in t.items[0].indicators] == [2, 23, 4400]


def test_cells_broken_over_lines_below_a_merged_cell_of_units() -> None:
    table = (
        "牵头单位\n| 目 标 任 务\n| 责 任 单 位\n|\n"
        "市政\n府办\n公厅\n| 新建幼儿园2所\n| 教育局、各区县\n|\n"
        "改造公厕23座\n| 统计局和市直相关单位\n|\n"
        "市\n发\n改\n委\n| 新增就业4400人\n| 人社局\n|\n新增停车位300个\n|\n"
    )
    plan = plan_of(HEAD + table)
    assert [i.text for t in plan.tasks for i in t.items] == [
        "新建幼儿园2所", "改造公厕23座", "新增就业4400人", "新增停车位300个",
    ]  # fmt: skip
    office = ("市政府办公厅", "lead")
    roles = [[(d.name, d.role) for d in task.departments] for task in plan.tasks]
    assert roles == [
        [office, ("教育局", "responsible"), ("各区县", "responsible")],
        [office, ("统计局", "responsible")],
        [("市发改委", "lead"), ("人社局", "responsible")],
        [("市发改委", "lead")],
    ]


def test_headings_and_names_broken_over_lines() -> None:
    lines = ["序号", "项目", "责任单位", "建设内容", "总投资", "(万元)", "2023年", "目标进度"]
    lines += [
        "1",
        "完善交通",
        "区综合行政",
        "执法局",
        "实施道路提升工程，改造公厕23座。",
        "1000",
        "6月开工",
    ]
    lines += ["2", "提升防洪能力", "区农业农村局", "整治河道8条，保障安全。", "2500", "年底前完工"]
    plan = plan_of(HEAD + "\n\n".join(lines) + "\n")
    assert [task.title for task in plan.tasks] == ["完善交通", "提升防洪能力"]
    assert _units(plan) == [["区综合行政执法局"], ["区农业农村局"]]
    values = [[int(i.value) for i in t.items[0].indicators if i.unit == "元"] for t in plan.tasks]
    assert values == [[10_000_000], [25_000_000]]


def test_an_empty_column_of_numbers() -> None:
    lines = ["序号", "目标与任务", "牵头责任单位", "责任单位"]
    lines += [
        "新建公办幼儿园2所，方便入园。",
        "市教育局",
        "市发改委、市财政局",
        "改造公厕23座，提升品质。",
        "市城管局",
        "各区县",
    ]
    plan = plan_of(HEAD + "\n".join(lines) + "\n")
    assert [int(i.value) for t in plan.tasks for i in t.items[0].indicators] == [2, 23]
    assert [[(d.name, d.role) for d in task.departments] for task in plan.tasks] == [
        [("市教育局", "lead"), ("市发改委", "responsible"), ("市财政局", "responsible")],
        [("市城管局", "lead"), ("各区县", "responsible")],
    ]


def test_single_characters_apart_are_one_heading() -> None:
    rows = "序 号 项目名称 建设内容 责任单位 备  注\n1 幼儿园建设 新建幼儿园2所。 县教育局 续建\n2 小区改造 改造小区23个。 县住建局 新建\n"
    plan = plan_of(HEAD + rows)
    assert _numbers(plan) == [1, 2]
    assert _units(plan) == [["县教育局"], ["县住建局"]]


@pytest.mark.parametrize("form", [_plain_lines, _piped_lines, _spaced_rows])
def test_another_table_below_gives_no_tasks(form) -> None:  # type: ignore[no-untyped-def]
    contacts = [["序号", "责任单位", "联系人", "联系电话"], ["1", "县教育局", "张三", "6234567"]]
    plan = plan_of(HEAD + form([COLUMNS, *ROWS]) + "附件2：\n联系表\n" + form(contacts))
    assert _numbers(plan) == [1, 2, 3]
    assert _units(plan) == [[row[4]] for row in ROWS]


@pytest.mark.parametrize("form", [_plain_lines, _spaced_rows])
def test_headings_between_plain_rows_are_groups(form) -> None:  # type: ignore[no-untyped-def]
    text = form([COLUMNS]) + "一、教育\n" + form(ROWS[:1]) + "二、住房\n" + form(ROWS[1:])
    plan = plan_of(HEAD + text)
    assert [task.group for task in plan.tasks] == ["教育", "住房", "住房"]
    assert _units(plan) == [[row[4]] for row in ROWS]


@pytest.mark.parametrize(
    ("heading", "progress"),
    [
        ("2023年建设内容", False), ("2023年预期目标", False), ("当前进度", True), ("落实情况", True),
        ("1-10月推进情况", True), ("1-8月实际完成率", True), ("任务完成率", True), ("2023年进展", True),
    ],
)  # fmt: skip
def test_headings_with_dates_and_of_progress(heading: str, progress: bool) -> None:
    columns = ["序号", "项目名称", heading, "责任单位"]
    plan = plan_of(HEAD + _tab_rows([columns, *([row[0], row[1], row[2], row[4]] for row in ROWS)]))
    assert _numbers(plan) == [1, 2, 3]
    values = [int(i.value) for t in plan.tasks for item in t.items for i in item.indicators]
    assert values == ([] if progress else [2, 23, 4400])
    assert [bool(item.progress) for t in plan.tasks for item in t.items] == [progress] * 3


def test_a_unit_in_a_heading_or_a_column_of_its_own() -> None:
    rows = [
        ["1", "小区改造", "户", "2.3万", "120", "县住建局"],
        ["2", "绿道", "公里", "不少于5", "60", "县城管局"],
    ]
    columns = ["序号", "项目名称", "单位", "目标任务", "总投资（万元）", "责任单位"]
    plan = plan_of(HEAD + _tab_rows([columns, *rows]))
    found = [
        [(int(i.value), i.unit, i.op, i.name) for i in t.items[0].indicators] for t in plan.tasks
    ]
    assert found == [
        [(23000, "户", "eq", "小区改造"), (1200000, "元", "eq", "总投资")],
        [(5, "公里", "ge", "绿道"), (600000, "元", "eq", "总投资")],
    ]
    assert _units(plan) == [["县住建局"], ["县城管局"]]
    columns = ["序号", "项目名称", "任务数（户）", "责任单位"]
    plan = plan_of(
        HEAD
        + _tab_rows(
            [columns, ["1", "小区改造", "230", "县住建局"], ["2", "棚户区改造", "45", "县住建局"]]
        )
    )
    assert [int(i.value) for t in plan.tasks for i in t.items[0].indicators] == [230, 45]


def test_the_first_line_of_units_leads_the_others_help() -> None:
    plan = plan_of(
        HEAD + "序号\n事项分类\n事项名称\n工作举措\n牵头单位\n协同单位\n"
        "1\n教育\n幼儿园建设\n新建公办幼儿园2所。\n县教育局\n东孝街道\n孝顺镇\n县发改局\n"
        "2\n食堂建设\n对28所中小学校食堂改造。\n县教育局\n县财政局\n/\n"
        "3\n住房\n小区改造\n改造老旧小区23个。\n县住建局\n/\n"
    )
    assert [task.title for task in plan.tasks] == ["幼儿园建设", "食堂建设", "小区改造"]
    assert [[(d.name, d.role) for d in t.departments] for t in plan.tasks] == [
        [
            ("县教育局", "lead"),
            ("东孝街道", "related"),
            ("孝顺镇", "related"),
            ("县发改局", "related"),
        ],
        [("县教育局", "lead"), ("县财政局", "related")],
        [("县住建局", "lead")],
    ]


def test_leaders_and_units_run_together() -> None:
    plan = plan_of(
        HEAD + "序号项目名称主要内容分管领导牵头单位配合单位"
        "1教育提升工程实施新建学校12个，竣工3个。何海平教育局经开区各街道"
        "2就业促进工程新增城镇就业15000人，再就业5800人。何海平人社局各街道"
        "3住房改善工程改造老旧小区23个，惠及群众800户。芮春祥住建局五星街道南大街街道"
        "序号项目名称主要内容分管领导牵头单位配合单位"
    )
    assert _numbers(plan) == [1, 2, 3]
    assert [[x.name for x in t.leaders] for t in plan.tasks] == [["何海平"], ["何海平"], ["芮春祥"]]
    assert [[(d.name, d.role) for d in t.departments] for t in plan.tasks] == [
        [("教育局", "lead"), ("经开区", "related"), ("各街道", "related")],
        [("人社局", "lead"), ("各街道", "related")],
        [("住建局", "lead"), ("五星街道", "related"), ("南大街街道", "related")],
    ]


def test_a_bare_number_is_a_target_or_explained_by_its_column() -> None:
    columns = ["序号", "项目名称", "建设时间", "目标任务", "实际完成情况", "责任单位"]
    rows = [
        ["1", "新增就业", "2023", "8950", "7356", "县人社局"],
        ["2", "小区改造", "2023年", "2.3万", "120", "县住建局"],
    ]
    plan = plan_of(HEAD + _tab_rows([columns, *rows]))
    assert [(int(i.value), i.unit) for t in plan.tasks for i in t.items[0].indicators] == [
        (8950, ""),
        (23000, ""),
    ]
    assert [(n.text, n.rule) for n in plan.unused_numbers if n.task] == [
        ("2023", "date"), ("7356", "progress"), ("2023年", "date"), ("120", "progress"),
    ]  # fmt: skip


def test_a_group_cell_before_the_number_may_be_lost_in_later_rows() -> None:
    rows = "大类 | 序号 | 项目名称 | 建设内容 | 责任单位 |\n一、教育 | 1 | 幼儿园建设 | 新建公办幼儿园2所。 | 县教育局 |\n"
    rows += "2 | 小学建设 | 改造小学3所。 | 县教育局 |\n二、住房 | 3 | 小区改造 | 改造老旧小区23个。 | 县住建局 |\n"
    plan = plan_of(HEAD + rows)
    assert _numbers(plan) == [1, 2, 3]
    assert [task.title for task in plan.tasks] == ["幼儿园建设", "小学建设", "小区改造"]
    assert _units(plan) == [["县教育局"], ["县教育局"], ["县住建局"]]


def test_a_column_of_bodies_and_people() -> None:
    columns = ["序号", "项目名称", "建设内容", "牵头单位及主要负责人"]
    rows = [["1", "幼儿园建设", A, "县教育局 张三"], ["2", "小区改造", B, "县住建局 李小四"]]
    plan = plan_of(HEAD + _pipe_rows([columns, *rows]))
    assert _units(plan) == [["县教育局"], ["县住建局"]]
    assert [[x.name for x in t.leaders] for t in plan.tasks] == [["张三"], ["李小四"]]


def test_a_lone_target_belongs_to_the_task_above() -> None:
    plan = plan_of(
        HEAD + _pipe_rows([COLUMNS, ROWS[0], ["新增学位810个", "", "", "", ""], *ROWS[1:]])
    )
    assert _numbers(plan) == [1, 2, 3]
    assert [int(i.value) for item in plan.tasks[0].items for i in item.indicators] == [2, 810]
    assert {task.group for task in plan.tasks} == {""}


def test_a_header_broken_between_cells() -> None:
    text = "某县实事 | ||||\n序号 | 项目名称 | 建设内容 |\n完成 时限 | 责任单位 |\n"
    plan = plan_of(HEAD + text + "".join(" | ".join(row) + " |\n" for row in ROWS))
    assert _numbers(plan) == [1, 2, 3]
    assert _units(plan) == [[row[4]] for row in ROWS]


def test_a_group_below_the_header_and_lists_of_units_that_end_in_a_full_stop() -> None:
    lines = ["序号", "重点工作任务", "主要责任单位", "协同配合单位", "一、2025年主要预期目标"]
    lines += ["1", "投资增长7.5%左右。", "区发改委", "区工信局、区住建局,各乡镇人民政府。"]
    lines += ["二、惠民生", "2", "迁建区政务服务中心。", "区教育局", "区政府有关部门。"]
    plan = plan_of(HEAD + "\n\n".join(lines))
    assert _numbers(plan) == [1, 2]
    assert [[(d.name, d.role) for d in task.departments] for task in plan.tasks] == [
        [
            ("区发改委", "responsible"),
            *((name, "related") for name in ("区工信局", "区住建局", "各乡镇人民政府")),
        ],
        [("区教育局", "responsible"), ("区政府有关部门", "related")],
    ]


def test_roles_printed_inside_a_cell_of_units() -> None:
    rows = [["序号", "重点工作任务", "责任单位"]]
    rows += [["1", A, "市农业局、市商务局\n省牵头单位:省农业厅"], ["2", B, "市商务局"]]
    rows += [["3", C, "牵头单位:市教育局;配合单位:市财政局"]]
    plan = plan_of(HEAD + _plain_lines(rows))
    assert [[(d.name, d.role) for d in task.departments] for task in plan.tasks] == [
        [("市农业局", "responsible"), ("市商务局", "responsible"), ("省农业厅", "lead")],
        [("市商务局", "responsible")],
        [("市教育局", "lead"), ("市财政局", "related")],
    ]


def test_a_heading_over_two_lines_of_one_cell() -> None:
    header = ["序号", "重点工作", "市政府", "分管领导", "责任单位"]
    rows = [header, ["1", A, "张三", "市教育局"], ["2", B, "李四", "市住建局"]]
    plan = plan_of(HEAD + _plain_lines(rows))
    assert [[x.name for x in task.leaders] for task in plan.tasks] == [["张三"], ["李四"]]
    assert _units(plan) == [["市教育局"], ["市住建局"]]
