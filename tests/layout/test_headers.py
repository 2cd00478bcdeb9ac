"""Headers as offices make them: stages, sums below a heading, columns of their own, two tables."""

# ruff: noqa: E501 - the tables of Chinese text read better with a row on a line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading_plans import plan_of

from mskg.pipeline import read_plan

if TYPE_CHECKING:
    from pathlib import Path

    from mskg.model import Plan

HEAD = "安平县2024年民生实事项目清单\n"


def _table(*rows: str) -> str:
    """Return rows whose cells a pipe parts as lines of tabs."""
    return HEAD + "".join("\t".join(row.split("|")) + "\n" for row in rows)


def _targets(plan: Plan) -> list[list[str]]:
    return [[f"{i.value}{i.unit} {i.op}" for i in t.items[0].indicators] for t in plan.tasks]


def _stages(plan: Plan) -> list[list[str]]:
    return [
        [f"{m.due}: {' '.join(f'{i.value}{i.unit}' for i in m.indicators)}".strip() for m in t.items[0].milestones]
        for t in plan.tasks
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("half", "year"),
    [
        ("6月底", "12月底"),
        ("上半年", "12月底前"),
        ("上半年目标", "年底目标"),
        ("1-6月计划", "1-12月计划"),
        ("第二季度末", "四季度"),
        ("6月30日前", "12月31日前"),
        ("2024年6月底前完成", "2024年12月底前完成"),
    ],
)
def test_a_stage_heads_a_column(half: str, year: str) -> None:
    plan = plan_of(
        _table(
            f"序号|项目名称|年度目标|{half}|{year}|责任单位",
            "1|老旧小区改造|改造小区24个|改造小区10个|改造小区24个|县住建局",
            "2|幼儿园建设|新建幼儿园4所|开工|新建幼儿园4所|县教育局",
            "3|公厕建设|新建公厕12座|新建公厕5座|新建公厕12座|县城管局",
        )
    )
    assert [task.title for task in plan.tasks] == ["老旧小区改造", "幼儿园建设", "公厕建设"]
    assert _targets(plan) == [["24个 eq"], ["4所 eq"], ["12座 eq"]]
    assert _stages(plan) == [
        ["2024-06-30: 10个", "2024-12-31: 24个"],
        ["2024-06-30:", "2024-12-31: 4所"],
        ["2024-06-30: 5座", "2024-12-31: 12座"],
    ]


@pytest.mark.parametrize("caption", ["单位：万元", "金额单位：万元"])
def test_sums_below_one_heading_take_the_unit_above_the_table(caption: str) -> None:
    plan = plan_of(
        HEAD
        + f"{' ' * 40}{caption}\n"
        + _table(
            "序号|项目名称|年度目标任务|资金安排|||责任单位",
            "|||合计|上级补助|县级配套|",
            "1|促进就业|新增城镇就业2800人|320|240|80|县人社局",
            "2|危房改造|改造危房150户|86.5|70|16.5|县住建局",
        ).removeprefix(HEAD)
    )
    assert _targets(plan) == [
        ["2800人 eq", "3200000元 eq", "2400000元 eq", "800000元 eq"],
        ["150户 eq", "865000元 eq", "700000元 eq", "165000元 eq"],
    ]
    names = [i.name for i in plan.tasks[0].items[0].indicators]
    assert names[1:] == ["资金安排合计", "上级补助", "县级配套"]


def test_an_amount_and_its_measure_word_stand_below_one_heading() -> None:
    plan = plan_of(
        _table(
            "序号|项目名称|项目内容|目标数量||牵头部门",
            "|||数量|单位|",
            "1|助餐点建设|在各村增设助餐点|4|个|县民政局",
            "2|健康签约|扩大重点人群签约|≥85|%|县卫健局",
            "3|道路大修|大修农村公路|12.5|公里|县交通局",
        )
    )
    assert _targets(plan) == [["4个 eq"], ["85% ge"], ["12.5公里 eq"]]


def test_an_indicator_of_its_own_names_the_amount() -> None:
    plan = plan_of(
        _table(
            "序号|项目名称|指标名称|计量单位|任务数|牵头单位",
            "1|厕所革命|改建户用厕所|户|9200以上|县农业农村局",
            "||新建公共厕所|座|≤96|",
            "2|小区改造|改造老旧小区|个|86|县住建局",
        )
    )
    found = [
        (i.name, i.value, i.op) for t in plan.tasks for item in t.items for i in item.indicators
    ]
    assert [(name, int(value), op) for name, value, op in found] == [
        ("改建户用厕所", 9200, "ge"),
        ("新建公共厕所", 96, "le"),
        ("改造老旧小区", 86, "eq"),
    ]


def test_a_wide_table_has_columns_of_its_own() -> None:
    plan = plan_of(
        HEAD
        + "| 序号 | 村（社区） | 项目名称 | 主要建设内容 | 惠及面 | 预算金额（万元） | 实施单位 | 完成时限 |\n"
        "| 1 | 大湾社区 | 人行道改造 | 翻新人行道420米。 | 全体居民 | 38.6 | 大湾社区居委会 | 2024年8月 |\n"
        "| 2 | 龙溪村 | 旧祠堂广场提升 | 增设石凳16张。 | 全体村民 | 45 | 龙溪村委会（配合：县文旅局） | 2024年9月底前 |\n"
        "| 3 | 富裕村 | 河边护栏 | 加装护栏650米。 | 全体村民 | 26.5 | 富裕村委会 | 2024年6月底前 |\n"
    )
    assert [task.title for task in plan.tasks] == ["人行道改造", "旧祠堂广场提升", "河边护栏"]
    assert _targets(plan) == [
        ["420米 eq", "386000元 eq"],
        ["16张 eq", "450000元 eq"],
        ["650米 eq", "265000元 eq"],
    ]
    units = [[(d.name, d.role) for d in task.departments] for task in plan.tasks]
    assert units[1] == [("龙溪村委会", "responsible"), ("县文旅局", "related")]


FIRST = """附件1
序号\t实事项目\t目标任务\t牵头单位\t完成时限
1\t小区改造\t改造老旧小区37个。\t县住建局\t2024年12月
2\t停车场建设\t新增停车泊位1000个。\t县城管局\t2024年11月底前
"""
SECOND = """附件2
序号
实事名称
年度目标
牵头单位
责任单位
1
学校建设
新增学位3240个。
县教育局
县住建局
2
健康服务
新建村卫生室5个。
县卫健局
县财政局
3
农村供水
新建供水工程9处。
县水利局
各乡镇
"""


@pytest.mark.parametrize("text", [FIRST + "\n" + SECOND, SECOND + "\n" + FIRST])
def test_a_second_table_is_printed_in_another_way(text: str) -> None:
    plan = plan_of(HEAD + text)
    names = {task.title: [d.name for d in task.departments] for task in plan.tasks}
    assert names == {
        "小区改造": ["县住建局"],
        "停车场建设": ["县城管局"],
        "学校建设": ["县教育局", "县住建局"],
        "健康服务": ["县卫健局", "县财政局"],
        "农村供水": ["县水利局", "各乡镇"],
    }


BLANKS = """
序号    实事名称    总牵头领导    牵头单位    责任单位    进度安排
1    新改扩建 30 所幼儿园    王平    县教育局    各乡镇、县发
改局、县住建局    4 月底前全部开工；8 月底前完成 20
所；11 月底前 30 所全部建成
2    建设 50 个老年人
照料中心    李明    县民政局    县财政局    6 月底前完成选址
和设计；11 月底前全面完成
3    打通 8 条“断头路”    张红    县住房保障和房
产管理局    县国土局
    6 月底前通车 3 条

抄送：县委各部门，县人大常委会办公室，县法院，
      县检察院。
安平县人民政府办公室                2024 年 3 月 9 日印发
                                    共印 120 份
"""


def test_two_blanks_part_the_columns_and_cells_run_over_lines() -> None:
    plan = plan_of(HEAD + BLANKS)
    assert [[d.name for d in task.departments] for task in plan.tasks] == [
        ["县教育局", "各乡镇", "县发改局", "县住建局"],
        ["县民政局", "县财政局"],
        ["县住房保障和房产管理局", "县国土局"],
    ]
    assert [[leader.name for leader in task.leaders] for task in plan.tasks] == [
        ["王平"],
        ["李明"],
        ["张红"],
    ]
    assert _stages(plan) == [
        ["2024-04-30:", "2024-08-31: 20所", "2024-11-30: 30所"],
        ["2024-06-30:", "2024-11-30:"],
        ["2024-06-30: 3条"],
    ]
    assert _targets(plan) == [["30所 eq"], ["50个 eq"], ["8条 eq"]]


def test_a_list_and_the_table_of_its_tasks_are_read_together() -> None:
    listed = (
        "一、实事内容\n"
        "（一）新改扩建 30 所幼儿园。新增学位7200个，毛入园率达到98%以上。\n"
        "（二）建设 50 个老年人照料中心。近郊建设38个，每个补助30万元。\n"
        "（三）打通 8 条“断头路”。建成通车道路11.6公里。\n"
        "二、工作要求\n市财政局要及时拨付资金，6月底前拨付不低于60%。\n"
    )
    plan = plan_of(HEAD + listed + "附件\n" + BLANKS)
    assert len(plan.tasks) == 3
    assert _targets(plan) == [
        ["30所 eq", "7200个 eq", "98% ge"],
        ["50个 eq", "38个 eq", "300000元 eq"],
        ["8条 eq", "11.6公里 eq"],
    ]
    assert [task.departments[0].name for task in plan.tasks] == [
        "县教育局", "县民政局", "县住房保障和房产管理局",
    ]  # fmt: skip
    assert [len(task.items[0].milestones) for task in plan.tasks] == [3, 2, 1]
    assert [d.name for d in plan.program.departments] == ["市财政局"]


def test_a_short_plan_behind_the_imprint_of_its_notice_is_read() -> None:
    notice = "安平县人民政府办公室关于印发2024年民生实事的通知\n现印发给你们。\n"
    copies = "抄送：县委各部门，\n县法院。\n"
    listed = "附件\n" + "".join(
        f"{no}、{text}\n"
        for no, text in zip(
            "一二三",
            (
                "新建公厕12座。（县城管局）",
                "新建幼儿园4所。（县教育局）",
                "改造小区23个。（县住建局）",
            ),
            strict=True,
        )
    )
    assert len(plan_of(notice + copies + listed).tasks) == 3
    assert len(plan_of(notice + listed + copies).tasks) == 3


def test_a_row_with_an_empty_last_cell_keeps_its_stages() -> None:
    plan = plan_of(
        _table(
            "序号|项目名称|年度目标|一季度|二季度|三季度|牵头单位|配合单位",
            "1|小区改造|改造小区42个|完成设计|开工率达到100%|完成工程量的80%|县住建局|县财政局",
            "2|公园建设|新建口袋公园30座|完成选址|建成12座|累计建成26座|县城管局|",
            "3|公厕建设|新建公厕12座|完成选址|建成5座|建成9座|县城管局|",
        )
    )
    assert _targets(plan) == [["42个 eq"], ["30座 eq"], ["12座 eq"]]
    assert _stages(plan)[1] == ["2024-03-31:", "2024-06-30: 12座", "2024-09-30: 26座"]


def test_units_on_tabbed_lines_of_one_cell() -> None:
    rows = [
        ["序号", "实事名称", "建设内容", "进度安排", "责任领导", "责任单位"],
        ["1", "公厕建设", "新建公厕12座。", "6月底前完成5座", "王平", "县城管局", "各镇人民政府"],
        [
            "2",
            "供水改造",
            "更换管网86千米。",
            "10月底完工",
            "李明",
            "县水务局",
            "倪家营镇",
            "新华镇",
        ],
        ["3", "养老服务", "新增床位200张。", "年底前完成", "张红", "县民政局"],
    ]
    plan = plan_of(
        HEAD + "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows) + "\n"
    )
    assert [[d.name for d in task.departments] for task in plan.tasks] == [
        ["县城管局", "各镇人民政府"],
        ["县水务局", "倪家营镇", "新华镇"],
        ["县民政局"],
    ]


def test_the_share_of_the_year_is_progress_in_rows_without_number_too() -> None:
    plan = plan_of(
        HEAD
        + "序号 | 实事项目名称 | 完成情况 | 占全年计划 |\n"
        + "1 | 新建36处村级卫生室 | 38 | 106% |\n"
        + "培训450名乡村医生 | 460 | 102% | |\n"
        + "2 | 改造18座农贸市场 | 19 | 106% |\n"
        + "3 | 更换75台老旧电梯 | 75 | 100% |\n"
    )
    found = [[f"{i.value}{i.unit}" for x in t.items for i in x.indicators] for t in plan.tasks]
    assert found == [["36处", "450名"], ["18座"], ["75台"]]


def test_a_numbered_category_is_no_name_of_a_task() -> None:
    rows = [
        ["序号", "类别", "项目名称", "目标任务", "牵头单位", "备注"],
        ["1", "一、教育惠民（2项）", "幼儿园建设", "新建幼儿园3所", "县教育局"],
        ["2", "校舍维修", "维修校舍24栋", "县教育局"],
        ["3", "二、交通畅行（1项）", "公交站亭", "新建公交站亭40座", "县交通局"],
    ]
    plan = plan_of(HEAD + "".join("".join(f"{cell} |\n" for cell in row) + "|\n" for row in rows))
    assert [task.title for task in plan.tasks] == ["幼儿园建设", "校舍维修", "公交站亭"]


def test_a_heading_keeps_its_script_as_the_name_of_a_sum() -> None:
    plan = plan_of(
        "安平縣2024年民生實事項目清單\n"
        "序號\t項目名稱\t建設內容\t總投資（萬元）\t責任單位\n"
        "1\t學校建設\t新建學校2所\t800\t縣教育局\n"
        "2\t道路改造\t改造道路6公里\t900\t縣交通局\n"
        "3\t公廁建設\t新建公廁12座\t60\t縣城管局\n"
    )
    sums = [i for t in plan.tasks for i in t.items[0].indicators if i.kind == "funding"]
    assert [(i.name, int(i.value)) for i in sums] == [
        ("總投資", 8_000_000),
        ("總投資", 9_000_000),
        ("總投資", 600_000),
    ]


def test_headings_merged_over_both_rows_of_a_header(tmp_path: Path) -> None:
    from openpyxl import Workbook

    from mskg.pipeline import read_plan

    book = Workbook()
    sheet = book.active
    sheet.append(["安平县2024年民生工程实施情况表", *[None] * 7])
    sheet.append(
        [
            "序号",
            "项目名称",
            "目标任务",
            "计划资金（万元）",
            None,
            "截至9月底实施情况",
            None,
            "责任单位",
        ]
    )
    sheet.append([None, None, None, "合计", "其中：县级配套", "完成情况", "资金到位", None])
    sheet.append([1, "公厕建设", "新建公厕12座。", 600, 60, "建成8座。", 400, "县城管局"])
    sheet.append([2, "道路改造", "改造道路8公里。", 900, 90, "完成5公里。", 500, "县交通局"])
    sheet.append([3, "危房改造", "改造危房60户。", 300, 30, "竣工40户。", 200, "县住建局"])
    sheet.append(["注：各单位11月底前完成全部任务，县审计局要加强审计。", *[None] * 7])
    sheet.append(["填表人：孙丽  填表日期：2024年10月8日", *[None] * 7])
    for place in ("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "H2:H3", "A7:H7", "A8:H8"):
        sheet.merge_cells(place)
    book.save(tmp_path / "plan.xlsx")
    plan = read_plan(tmp_path / "plan.xlsx")
    sums = [
        [int(i.value) for i in t.items[0].indicators if i.kind == "funding"] for t in plan.tasks
    ]
    assert [found[0] for found in sums] == [6_000_000, 9_000_000, 3_000_000]
    assert not any(4_000_000 in found for found in sums)
    assert not any(item.milestones for task in plan.tasks for item in task.items)
    assert [str(entry.due) for entry in plan.program.deadlines] == ["2024-11-30"]
    assert [d.name for d in plan.program.departments] == ["县审计局"]


def test_a_share_of_the_task_below_a_stage_is_a_target() -> None:
    plan = plan_of(
        _table(
            "序号|项目名称|年度目标|上半年|下半年|责任单位",
            "1|就业创业|城镇新增就业3000人|完成全年任务的55%|完成全年任务|县人社局",
            "2|公厕建设|新建公厕12座|开工|建成12座|县城管局",
            "3|小区改造|改造小区24个|改造小区10个|改造小区24个|县住建局",
        )
    )
    assert _stages(plan)[0] == ["2024-06-30: 55%", "2024-12-31:"]


def test_a_cell_that_ends_open_goes_on_in_the_next_line() -> None:
    plan = plan_of(
        HEAD
        + "序号\t项目名称\t建设内容\t责任单位\n"
        + "1\t公厕建设\t新建公厕12座。\t县城管局、县住建局、\n县城投公司\n"
        + "2\t道路改造\t改造道路8公里。\t县交通局\n"
        + "3\t危房改造\t改造危房60户。\t县住建局\n"
    )
    assert [d.name for d in plan.tasks[0].departments] == ["县城管局", "县住建局", "县城投公司"]


def test_the_lower_row_of_a_header_stands_behind_the_upper_one() -> None:
    head = [
        "类别",
        "序号",
        "项目名称",
        "建设任务",
        "投资（万元）",
        "责任单位",
        "总投资",
        "其中：上级补助",
    ]
    rows = [
        ["农村建设", "1", "危房改造", "改造危房286户。", "915", "457", "县住建局"],
        ["2", "街巷硬化", "硬化街巷28公里。", "1430", "572", "县交通局"],
        ["社会事业", "3", "校舍改造", "改造校舍9000平方米。", "4160", "/", "县教育局"],
        ["合计", "6505", "1029", "注：“/”为不涉及。"],
    ]
    plan = plan_of(HEAD + "\n".join([*head, *(cell for row in rows for cell in row)]) + "\n")
    assert [task.title for task in plan.tasks] == ["危房改造", "街巷硬化", "校舍改造"]
    sums = [
        [int(i.value) for i in t.items[0].indicators if i.kind == "funding"] for t in plan.tasks
    ]
    assert [found[0] for found in sums] == [9_150_000, 14_300_000, 41_600_000]
    assert [task.departments[0].name for task in plan.tasks] == ["县住建局", "县交通局", "县教育局"]
    assert [len(task.items) for task in plan.tasks] == [1, 1, 1]


def test_who_answers_the_telephone_is_no_leader_where_one_is_named() -> None:
    plan = plan_of(
        _table(
            "序号|项目名称|具体内容|分管领导|责任科室|责任人|联系电话",
            "1|公厕建设|新建公厕12座|陈立新|城市管理办公室|周敏|0571-87214406",
            "2|加装电梯|加装电梯18台|沈莉|公共服务办公室|吴晓燕|0571-87214418",
            "3|口袋公园|新建公园2个|赵刚|城市管理办公室|徐海军|0571-87214409",
        )
    )
    assert [[p.name for p in task.leaders] for task in plan.tasks] == [
        ["陈立新"],
        ["沈莉"],
        ["赵刚"],
    ]


def test_units_stand_before_the_numbers_of_rows() -> None:
    head = ["责任单位", "序号", "实事名称", "目标任务", "责任领导", "完成时间"]
    rows = [
        ["县教育局", "1", "幼儿园建设", "新建公办幼儿园4所，新增学位1080个。", "王平", "8月底前"],
        ["县卫健局、县妇联", "2", "健康检查", "检查农村妇女6500人。", "罗  洁", "11月底前"],
        ["县水务局", "3", "供水提质", "更换老旧管网126公里。", "杨友", "6月底前"],
    ]
    plan = plan_of(HEAD + "\n".join([*head, *(cell for row in rows for cell in row)]) + "\n")
    assert [[d.name for d in task.departments] for task in plan.tasks] == [
        ["县教育局"],
        ["县卫健局", "县妇联"],
        ["县水务局"],
    ]
    assert [task.title for task in plan.tasks] == ["幼儿园建设", "健康检查", "供水提质"]
    assert [str(task.items[0].milestones[0].due) for task in plan.tasks] == [
        "2024-08-31",
        "2024-11-30",
        "2024-06-30",
    ]


def test_a_table_by_units_whose_cells_hold_numbered_tasks() -> None:
    plan = plan_of(
        HEAD
        + "承担部门 | 分管负责人 | 承担的项目及年度目标 | 完成节点\n--- | --- | --- | ---\n"
        + "县教育局 | 王平 | 1.学位扩增：新建学校5所。 2.照明改造：改造教室860间。 | 12月底前\n"
        + "县民政局 | 张红 | 3.居家养老：适老化改造320户。 | 10月底前\n"
        + "县住建局 | 李明 | 4.小区改造：改造小区8个。 5.管网修复：修复管网15公里。 | 11月底前\n"
    )
    assert [(task.no, task.title) for task in plan.tasks] == [
        (1, "学位扩增"),
        (2, "照明改造"),
        (3, "居家养老"),
        (4, "小区改造"),
        (5, "管网修复"),
    ]
    assert [task.departments[0].name for task in plan.tasks] == [
        "县教育局",
        "县教育局",
        "县民政局",
        "县住建局",
        "县住建局",
    ]
    assert [int(task.items[0].indicators[0].value) for task in plan.tasks] == [5, 860, 320, 8, 15]


def test_a_heading_with_two_roles() -> None:
    plan = plan_of(
        _table(
            "名次|项目名称|得票数|建设目标|牵头单位（协办单位）",
            "1|公厕建设|286票|新建公厕12座|县城管局（县住建局、各乡镇）",
            "2|道路改造|281票|改造道路8公里|县交通局",
            "3|危房改造|279票|改造危房60户|县住建局（县财政局）",
        )
    )
    assert [[f"{d.name} {d.role}" for d in task.departments] for task in plan.tasks] == [
        ["县城管局 lead", "县住建局 related", "各乡镇 related"],
        ["县交通局 lead"],
        ["县住建局 lead", "县财政局 related"],
    ]
    assert _targets(plan) == [["12座 eq"], ["8公里 eq"], ["60户 eq"]]


def test_names_stand_under_an_unknown_heading() -> None:
    names = ("老旧小区改造攻坚", "泵站改造提升", "校舍维修攻坚")
    rows = [f"{n}|{name}|改造{n}2处|县住建局" for n, name in enumerate(names, 1)]
    plan = plan_of(_table("序号|攻坚战役|目标任务|牵头单位", *rows))
    assert [task.title for task in plan.tasks] == list(names)
    places = [
        f"{n}|{name}|改造公厕{n}2处|县住建局" for n, name in enumerate(("东村", "西村", "南村"), 1)
    ]
    assert plan_of(_table("序号|点位|目标任务|牵头单位", *places)).tasks[0].title != "东村"


def test_rows_of_indicators_that_lost_their_merged_cells() -> None:
    plan = plan_of(
        HEAD
        + "序号\t项目名称\t实施内容\t年度投资（万元）\t指标名称\t计量单位\t数量\t牵头部门\n"
        + "1\t农村危房改造\t改造危险住房\t1020\t改造危房户数\t户\t850\t县住建局\n"
        + "其中：重建户\t户\t620\n修缮户\t户\t230\n"
        + "2\t农村道路\t改造农村道路\t11360\t县乡公路\t公里\t41.7\t县交通局\n窄路拓宽\t公里\t58\n"
        + "3\t文化惠民\t免费开放场馆\t305\t开放场馆\t个\t18\t县文广局\n"
    )
    found = [
        [
            f"{i.name} {i.value}{i.unit}"
            for x in t.items
            for i in x.indicators
            if i.kind != "funding"
        ]
        for t in plan.tasks
    ]
    assert found == [
        ["改造危房户数 850户", "其中：重建户 620户", "修缮户 230户"],
        ["县乡公路 41.7公里", "窄路拓宽 58公里"],
        ["开放场馆 18个"],
    ]


def test_stages_below_one_heading_and_results_of_the_year_before(tmp_path: Path) -> None:
    from openpyxl import Workbook

    from mskg.pipeline import read_plan

    book = Workbook()
    sheet = book.active
    sheet.append(["某镇2024年民生实事推进计划表", *[None] * 5])
    sheet.append(["编号", "实事名称", "目标任务", "序时进度", None, "牵头部门"])
    sheet.append([None, None, None, "截至6月底", "截至12月底", None])
    sheet.append([1, "公厕建设", "新建公厕12座。", "建成5座", "建成12座", "建设管理办"])
    sheet.append([2, "道路改造", "改造道路8公里。", "5月10日前开工", "全部完工", "建设管理办"])
    sheet.append([3, "危房改造", "改造危房60户。", "竣工40户", "竣工60户", "社会事务办"])
    for place in ("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3"):
        sheet.merge_cells(place)
    past = book.create_sheet("去年")
    past.append(["2023年民生实事完成情况", None, None])
    past.append(["项目", "目标", "完成"])
    past.append(["停车泊位", "300个", "312个"])
    past.append(["适老化改造", "60户", "66户"])
    past.merge_cells("A1:C1")
    book.save(tmp_path / "plan.xlsx")
    plan = read_plan(tmp_path / "plan.xlsx")
    assert [task.title for task in plan.tasks] == ["公厕建设", "道路改造", "危房改造"]
    due = [[str(m.due) for m in task.items[0].milestones] for task in plan.tasks]
    assert due == [
        ["2024-06-30", "2024-12-31"],
        ["2024-05-10", "2024-12-31"],  # the cell names a day of its own
        ["2024-06-30", "2024-12-31"],
    ]
    (told,) = [issue for issue in plan.issues if issue.code == "past-results"]
    assert "2023年民生实事完成情况" in told.message


def test_a_progress_column_headed_with_a_day_is_no_stage() -> None:
    plan = plan_of(
        "某县2023年民生实事\n序号\t项目名称\t目标任务\t截至9月底进展情况\t责任单位\n"
        "1\t学校建设\t新建学校2所\t已建成1所\t县教育局\n"
        "2\t道路改造\t改造道路6公里\t完成4公里\t县交通局\n"
        "3\t公厕建设\t新建公厕12座\t建成8座\t县城管局\n"
    )
    items = [task.items[0] for task in plan.tasks]
    assert [len(item.progress) for item in items] == [1, 1, 1]
    assert not any(item.milestones for item in items)


def test_a_part_of_the_sum_beside_it_is_a_sum_too() -> None:
    plan = plan_of(
        _table(
            "序号|工程名称|资金总额（万元）|其中：市本级（万元）|工作目标|主办单位",
            "1|教育惠民工程|15836|2400|新建幼儿园4所|市教育局",
            "2|健康惠民工程|9471|700|建设村卫生室12个|市卫健委",
        )
    )
    assert _targets(plan) == [
        ["158360000元 eq", "24000000元 eq", "4所 eq"],
        ["94710000元 eq", "7000000元 eq", "12个 eq"],
    ]


def test_the_total_in_a_second_header_row(tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    page.write_text(
        f"<h1>{HEAD}</h1><table>"
        "<tr><th rowspan=2>序号</th><th rowspan=2>名称</th><th rowspan=2>建设内容</th>"
        "<th colspan=2>总投资（万元）</th><th rowspan=2>牵头单位</th></tr>"
        "<tr><th>合计</th><th>其中：2024年投资</th></tr>"
        "<tr><td>1</td><td>建园</td><td>新建幼儿园4所</td><td>186</td><td>112</td><td>县教育局</td></tr>"
        "<tr><td>2</td><td>修路</td><td>改造公路8公里</td><td>232</td><td>232</td><td>县交通局</td></tr>"
        "</table>",
        "utf-8",
    )
    targets = _targets(read_plan(page))
    assert targets == [
        ["4所 eq", "1860000元 eq", "1120000元 eq"],
        ["8公里 eq", "2320000元 eq", "2320000元 eq"],
    ]
