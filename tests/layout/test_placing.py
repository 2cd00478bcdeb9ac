"""Tables whose cells are told apart by their form: no numbers, figures, lost separators."""

# ruff: noqa: E501 - the tables of Chinese text read better with a row on a line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading_plans import plan_of

from mskg.layout.placing import shifted_columns

if TYPE_CHECKING:
    from mskg.model import Plan

HEAD = "某县2023年民生实事项目完成情况表\n"


def _targets(plan: Plan) -> list[list[tuple[str, str, str]]]:
    return [
        [(str(i.value), i.unit, i.op) for item in task.items for i in item.indicators]
        for task in plan.tasks
    ]


def _units(plan: Plan) -> list[list[str]]:
    return [[d.name for d in task.departments] for task in plan.tasks]


def _lines(text: str) -> Plan:
    """Return the plan whose cells stand one a line, with blank lines between."""
    return plan_of(HEAD + "\n\n".join(text.split()) + "\n")


def test_a_table_without_numbers() -> None:
    plan = _lines(
        """类别 指标名称 年度目标 完成情况 责任部门
        经济发展 1、财政收入增长率 6%以上 28.97% 县财政局
        2、新增总部企业数 3家 4家 县商务局 县投促局
        3、新增亿元楼 2幢 1幢 县投促局
        社会民生 4、城镇登记失业人数 10410人内 7919人 县人社局"""
    )
    assert [task.title for task in plan.tasks] == [
        "财政收入增长率", "新增总部企业数", "新增亿元楼", "城镇登记失业人数",
    ]  # fmt: skip
    assert [task.no for task in plan.tasks] == [1, 2, 3, 4]
    assert _units(plan) == [["县财政局"], ["县商务局", "县投促局"], ["县投促局"], ["县人社局"]]
    assert [own[0] for own in _targets(plan)] == [
        ("6", "%", "ge"), ("3", "家", "eq"), ("2", "幢", "eq"), ("10410", "人", "le"),
    ]  # fmt: skip
    assert [task.items[0].progress[0].text for task in plan.tasks] == [
        "28.97%", "4家", "1幢", "7919人",
    ]  # fmt: skip


def test_a_task_over_several_rows_without_numbers() -> None:
    plan = _lines(
        """项目名称 项目内容 责任单位 进展情况
        (一) 经济发展主要目标
        地区生产总值增长6.5%以上 县发改局、各乡镇 一季度指标尚未出报
        研发经费支出增长15% 县科技局、各乡镇 正常
        (二) 支持实体企业
        为企业减税2亿元 县税务局 成立工作组"""
    )
    assert [task.title for task in plan.tasks] == ["经济发展主要目标", "支持实体企业"]
    assert _units(plan) == [["县发改局", "各乡镇", "县科技局"], ["县税务局"]]
    assert _targets(plan) == [
        [("6.5", "%", "ge"), ("15", "%", "eq")],
        [("200000000", "元", "eq")],
    ]


def test_labels_of_a_page_are_no_header() -> None:
    page = "信息名称\n内容概述\n发文单位\n责任部门\n联系电话\n关于民生实事的情况\n一、新建幼儿园2所。\n二、改造小区23个。\n三、新增就业4400人。\n"
    assert [t.no for t in plan_of(page).tasks] == [1, 2, 3]


def test_figures_stand_each_in_a_cell_of_its_own() -> None:
    plan = _lines(
        """工程名称 序号 项目内容 目标任务 责任单位 进度 完成目标(%) 备注
        就业工程 1 城镇新增就业(人) 26000 市人力资源 社会保障局 32095 123.4 超额完成
        2 就业困难人员就业(人) 2000 2519 125.9 超额完成
        3 城镇登记失业率低于(%) 4.3 4.17 103.1 超额完成
        4* 开展畜牧业培训(人次) 30000 市畜牧局 38120 127.1 超额完成"""
    )
    assert _targets(plan) == [
        [("26000", "人", "eq")], [("2000", "人", "eq")], [("4.3", "%", "lt")], [("30000", "人次", "eq")],
    ]  # fmt: skip
    assert _units(plan) == [["市人力资源社会保障局"], [], [], ["市畜牧局"]]


@pytest.mark.parametrize(
    ("cell", "kind"), [("6月底前完成", "milestone"), ("已完成3所", "progress")]
)
def test_what_stands_below_pace(cell: str, kind: str) -> None:
    rows = [f"{n} 新建第{n}幼儿园 新建幼儿园{n}所 县教育局 {cell}" for n in (2, 3, 4)]
    plan = _lines("序号 项目名称 建设内容 责任单位 进度 " + " ".join(rows))
    items = [item for task in plan.tasks for item in task.items]
    assert len(items) == 3
    assert [bool(item.milestones) for item in items] == [kind == "milestone"] * 3
    assert [bool(item.progress) for item in items] == [kind == "progress"] * 3


def test_headings_broken_between_words() -> None:
    plan = _lines(
        """序号 项目名称 项目建设规模及内容 建设起 止年限 总投资 (万元) 2023年度 计划 资金 来源 责任 单位
        1 城市用气 提升工程 对28个小区进行改造，安装燃气安全装置13000套。 2023.01-2023.12 1200 完工投用 国企投资 城投集团
        2 水库整治工程 完成6座小型水库加固改造。 2023.01-2023.12 4600 基本完工 政府投资 水利局"""
    )
    assert [task.title for task in plan.tasks] == ["城市用气提升工程", "水库整治工程"]
    assert _units(plan) == [["城投集团"], ["水利局"]]
    assert [own[-1] for own in _targets(plan)] == [
        ("12000000", "元", "eq"),
        ("46000000", "元", "eq"),
    ]


def test_a_second_header_row_that_lost_its_left() -> None:
    plan = plan_of(
        HEAD + "序号 | 项目名称 | 起止年限 | 子项目 | 具体内容 | 2023年进展情况 | ||\n"
        "截至6月底进展 | 7月工作计划 | ||||||\n"
        "1 | 教育提升工程 | 2022-2023 | 完成食堂建设 | 建筑面积4286平方米 | 装饰施工 | 继续施工 | |\n"
        "2 | 2023 | 启动学校建设 | 建设12个教学班 | 已完成招标 | 开工建设 | |\n"
    )
    assert [task.no for task in plan.tasks] == [1, 2]
    assert _targets(plan) == [[("4286", "平方米", "eq")], [("12", "个", "eq")]]
    assert plan.tasks[1].items[0].progress[0].text == "已完成招标"


def test_a_table_of_numbers_and_names() -> None:
    rows = [
        "1 | 名医下乡项目:建设工作站5个 |",
        "2 | 健身项目:新建球场27个 |",
        "3 | 托育项目:新建托位60个 |",
    ]
    plan = plan_of(HEAD + "序号 | 项目名称 |\n" + "\n".join(rows) + "\n")
    assert [task.title for task in plan.tasks] == ["名医下乡项目", "健身项目", "托育项目"]
    assert [own[0][0] for own in _targets(plan)] == ["5", "27", "60"]


def test_what_is_built_is_no_body() -> None:
    plan = _lines(
        """序号 工作任务 牵头单位 完成时间
        1 新增老年食堂15个 区民政局 11月底前
        2 建成启用区级老年活动中心
        3 新增养老机构床位500张 区民政局 10月底前"""
    )
    assert _units(plan) == [["区民政局"], [], ["区民政局"]]


def test_rows_on_lines_without_separators() -> None:
    plan = plan_of(
        HEAD + "序号项目名称责任单位\n"
        "1实施住房保障，对5300户家庭应保尽保。市房管局\n"
        "2对建军东路等2个小区进行重点整治。市建设局\n亭湖区政府\n"
        "3新建农村沼气池3万座。市农业局\n说明：本表由政府办负责解释\n"
    )
    assert _units(plan) == [["市房管局"], ["市建设局", "亭湖区政府"], ["市农业局"]]
    assert _targets(plan) == [[("5300", "户", "eq")], [("2", "个", "eq")], [("30000", "座", "eq")]]


def test_a_category_before_the_number_and_progress_behind_the_unit() -> None:
    plan = plan_of(
        HEAD + "类别序号重点督办内容牵头单位全年完成情况\n"
        "主要预期目标1地区生产总值增长6%左右。区发改委全区增速调整为正增长。增幅1.1%。\n"
        "主要预期目标2公共预算收入增长2%左右。区财政局完成413亿元。\n"
        "社会民生3新建幼儿园2所。区教育局已建成3所。\n"
    )
    assert _units(plan) == [["区发改委"], ["区财政局"], ["区教育局"]]
    assert _targets(plan) == [[("6", "%", "approx")], [("2", "%", "approx")], [("2", "所", "eq")]]
    assert plan.tasks[2].items[0].progress[0].text == "已建成3所。"


def test_a_person_stands_behind_the_body_in_a_row_without_its_merged_cell() -> None:
    plan = plan_of(
        HEAD + "大类 | 序号 | 工作任务 | 分管领导 | 牵头单位及负责人 | 进展情况 |\n"
        "一、兜底保障 | 1 | 发放低保金1200户。 | 李明 | 县民政局 王平 | 已发放900户。 |\n"
        "2 | 改造敬老院3所。 | 李明 | 县民政局 王平 | 已完成1所。 |\n"
        "3 | 新建公厕5座。 | 张红 | 县住建局 赵兵 | 已开工2座。 |\n"
    )
    assert _units(plan) == [["县民政局"], ["县民政局"], ["县住建局"]]
    assert [task.items[0].progress[0].text for task in plan.tasks][1:] == [
        "已完成1所。",
        "已开工2座。",
    ]


def test_cells_behind_a_lost_one_move_only_where_they_surely_fit() -> None:
    kinds = ["number", "title", "deadline", "content", "department"]
    assert shifted_columns(["2", "2023年底前", "新建公园5个。", "县住建局"], kinds) == (0, 2, 3, 4)
    assert shifted_columns(["2", "公园", "2023年底前", "新建公园5个。"], kinds) is None


def test_two_records_on_one_line_are_two_rows() -> None:
    plan = plan_of(
        HEAD + "序号|项目名称|主要内容|责任单位|完成时限|\n"
        "1|教育提升工程|新建幼儿园3所。|县教育局|12月底|2|健康惠民工程|为5000名妇女检查。|县卫健委|11月底|\n"
        "3|道路工程|修路2公里。|县交通局|12月底|4|公园工程|新建公园4个。|县住建局|11月底|\n"
    )
    assert [task.no for task in plan.tasks] == [1, 2, 3, 4]
    assert _units(plan) == [["县教育局"], ["县卫健委"], ["县交通局"], ["县住建局"]]


def test_a_cell_too_many_is_told() -> None:
    plan = plan_of(
        HEAD + "序号 | 项目名称 | 目标任务 | 牵头单位 |\n"
        "1 | 就业 | 新增就业2450人 | 县人社局 |\n"
        "2 | 低保 | 最低生活保障 | 农村标准提高到760元 | 县民政局 |\n"
        "3 | 敬老院 | 改造敬老院2家 | 县民政局 |\n"
    )
    assert _units(plan) == [["县人社局"], ["县民政局"], ["县民政局"]]
    assert _targets(plan)[1] == [("760", "元", "eq")]
    assert [issue.code for issue in plan.issues] == ["table-row"]


def test_a_row_without_a_unit_ends_no_table() -> None:
    rows = [f"工程{n} 新建幼儿园{n}所。 县教育局 12月底" for n in (2, 3, 4)]
    rows += ["金融工程 发放贷款5万元。 县域各金融机构网点 12月底"]
    rows += [f"工程{n} 新建幼儿园{n}所。 县教育局 12月底" for n in (6, 7, 8)]
    plan = _lines("项目名称 主要内容 责任单位 完成时限 " + " ".join(rows))
    assert [own[0][0] for own in _targets(plan)] == ["2", "3", "4", "50000", "6", "7", "8"]


def test_a_bureau_of_construction_is_a_body() -> None:
    plan = _lines(
        """序号 项目名称 主要内容 责任单位 完成时限
        1 幼儿园工程 新建幼儿园3所。 建设局、财政局、发改局 12月底
        2 公园工程 新建公园4个。 新建区教育局、财政局 12月底
        3 道路工程 修路2公里。 建设和交通管理委员会 12月底"""
    )
    assert [len(units) for units in _units(plan)] == [3, 2, 1]


def test_text_behind_the_last_full_stop_of_a_row() -> None:
    plan = plan_of(
        HEAD + "序号项目名称主要内容\n1教育提升工程新建幼儿园3所。新增学位500个\n"
        "2健康惠民工程新建医院2所。建成卫生室3个\n3道路提升工程修路6公里。改造桥梁7座\n"
    )
    assert [[int(float(v)) for v, _, _ in own] for own in _targets(plan)] == [
        [3, 500],
        [2, 3],
        [6, 7],
    ]


def test_several_units_before_the_progress() -> None:
    rows = [f"{n}新建第{n}类学校{n}所。县教育局县财政局已完成主体{n}所。\n" for n in (1, 2, 3)]
    plan = plan_of(HEAD + "序号重点内容牵头单位完成情况\n" + "".join(rows))
    assert _units(plan) == [["县教育局", "县财政局"]] * 3


def test_units_and_their_sections_in_one_column() -> None:
    rows = "".join(f"{n}\t新建学校{n}所\t县教育局\n" for n in (2, 3, 4))
    assert _units(plan_of(HEAD + "序号\t建设内容\t责任单位及科室\n" + rows)) == [["县教育局"]] * 3
