"""Small documents of every layout family: which lines are tasks, groups, titles and items."""

# ruff: noqa: E501 - the tables of Chinese text read better with a row on a line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading_plans import document_of, plan_of, spans_of

from mskg.layout import outline_document

if TYPE_CHECKING:
    from mskg.model import Plan

HEAD = "某县2023年民生实事项目清单\n"
A, B, C = "新建公办幼儿园2所", "改造老旧小区23个", "新增城镇就业4400人"
UNITS = ["县教育局", "县住建局", "县人社局"]


def _marked(marks: list[str], end: str = "。（责任单位：{}）\n") -> str:
    lines = zip(marks, (A, B, C), UNITS, strict=True)
    return HEAD + "".join(m + text + end.format(unit) for m, text, unit in lines)


def _numbers(plan: Plan) -> list[int | None]:
    return [task.no for task in plan.tasks]


def _units(plan: Plan) -> list[list[str]]:
    return [[d.name for d in task.departments] for task in plan.tasks]


STYLES = [
    ["1.", "2.", "3."], ["1、", "2、", "3、"], ["1．", "2．", "3．"], ["1. ", "2. ", "3. "],
    ["一、", "二、", "三、"], ["（一）", "（二）", "（三）"], ["(一)", "(二)", "(三)"],
    ["（1）", "（2）", "（3）"], ["(1)", "(2)", "(3)"], ["1）", "2）", "3）"], ["①", "②", "③"],
    ["一是", "二是", "三是"], ["第一，", "第二，", "第三，"], ["其一，", "其二，", "其三，"], ["实事一：", "实事二：", "实事三："],
    ["项目1：", "项目2：", "项目3："], ["## 一、", "## 二、", "## 三、"], ["**1.** ", "**2.** ", "**3.** "],
    ["　　1.", "　　2.", "　　3."], ["（ 一 ）", "（ 二 ）", "（ 三 ）"],
    ["⑴", "⑵", "⑶"], ["⒈", "⒉", "⒊"], ["㈠", "㈡", "㈢"], ["Ⅰ、", "Ⅱ、", "Ⅲ、"], ["甲、", "乙、", "丙、"],
    ["壹、", "贰、", "叁、"], ["第一项 ", "第二项 ", "第三项 "], ["第一件实事：", "第二件实事：", "第三件实事："],
]  # fmt: skip


@pytest.mark.parametrize("marks", STYLES, ids=[s[0].strip() for s in STYLES])
def test_list_styles(marks: list[str]) -> None:
    plan = plan_of(_marked(marks))
    assert plan.document.layout == "list"
    assert _numbers(plan) == [1, 2, 3]
    assert [task.path for task in plan.tasks] == ["1", "2", "3"]
    assert [task.items[0].text for task in plan.tasks] == [f"{t}。" for t in (A, B, C)]
    assert _units(plan) == [[unit] for unit in UNITS]


@pytest.mark.parametrize(
    "marks", [["一是", "二是", "三是"], ["①", "②", "③"], ["（1）", "（2）", "（3）"]]
)
def test_marks_inside_one_paragraph(marks: list[str]) -> None:
    text = "".join(f"{m}{t}。" for m, t in zip(marks, (A, B, C), strict=True))
    plan = plan_of(f"{HEAD}今年重点办好以下实事：{text}\n")
    assert _numbers(plan) == [1, 2, 3]
    assert [task.items[0].text for task in plan.tasks] == [f"{t}。" for t in (A, B, C)]


def test_long_run_on_list_keeps_its_numbers() -> None:
    names = "一二三四五六七八九十"
    numerals = [*names, *(f"十{n}" for n in names[:9]), "二十"]
    text = "".join(f"{n}是新建公厕{i}座。" for i, n in enumerate(numerals, 1))
    plan = plan_of(HEAD + text)
    assert _numbers(plan) == list(range(1, 21))
    assert [int(task.items[0].indicators[0].value) for task in plan.tasks] == list(range(1, 21))


GROUPED = HEAD + (
    "一、省达2项\n{}.新建公办幼儿园2所。（责任单位：县教育局）\n{}.改造老旧小区23个。（责任单位：县住建局）\n"
    "二、县定2项\n{}.新增城镇就业4400人。（责任单位：县人社局）\n{}.新建公厕3座。（责任单位：县城管局）\n"
)


@pytest.mark.parametrize("numbers", [[1, 2, 3, 4], [1, 2, 1, 2]], ids=["running on", "restarting"])
def test_groups(numbers: list[int]) -> None:
    plan = plan_of(GROUPED.format(*numbers))
    assert _numbers(plan) == numbers
    assert [task.group for task in plan.tasks] == ["省达2项", "省达2项", "县定2项", "县定2项"]
    assert [task.path for task in plan.tasks] == ["1.1", "1.2", "2.1", "2.2"]


def test_one_list_has_no_group() -> None:
    plan = plan_of(_marked(["1.", "2.", "3."]))
    assert {task.group for task in plan.tasks} == {""}


def test_measures_behind_the_list_are_no_tasks() -> None:
    plan = plan_of(
        HEAD + "一、主要任务\n（一）新建公办幼儿园2所。（责任单位：县教育局）\n"
        "（二）改造老旧小区23个。（责任单位：县住建局）\n"
        "二、保障措施\n（一）加强组织领导。各部门要高度重视。\n（二）强化督查考核。定期通报。\n"
    )
    assert [task.items[0].text for task in plan.tasks] == [f"{A}。", f"{B}。"]


def test_a_bare_heading_closes_the_list() -> None:
    plan = plan_of(
        HEAD + "（一）新建公办幼儿园2所。（责任单位：县教育局）\n"
        "（二）改造老旧小区23个。（责任单位：县住建局）\n"
        "保障措施\n（一）加强组织领导。各部门要高度重视。\n（二）强化督查考核。定期通报。\n"
    )
    assert [task.items[0].text for task in plan.tasks] == [f"{A}。", f"{B}。"]


def test_names_in_front_of_the_text_are_titles() -> None:
    plan = plan_of(
        HEAD + "1.幼儿园建设工程。新建公办幼儿园2所。\n2.老旧小区改造工程：改造老旧小区23个。\n"
        "3.就业创业服务行动\n新增城镇就业4400人。\n"
    )
    assert [t.title for t in plan.tasks] == [
        "幼儿园建设工程",
        "老旧小区改造工程",
        "就业创业服务行动",
    ]
    assert [t.items[0].text for t in plan.tasks] == [f"{A}。", f"{B}。", f"{C}。"]


def test_without_a_name_the_title_is_the_first_clause() -> None:
    plan = plan_of(_marked(["1.", "2.", "3."], "，确保质量。（责任单位：{}）\n"))
    assert [t.title for t in plan.tasks] == [A, B, C]
    assert plan.tasks[0].items[0].text == f"{A}，确保质量。"


@pytest.mark.parametrize("above", ["今年办好4件民生实事。具体包括：", "今年办好4件民生实事："])
def test_announced_lines_without_numbers(above: str) -> None:
    # Two lines end like names of projects; they are entries like the others.
    lines = [A, "完成50个农村黑臭水体治理项目", "实施165个饮水工程", C]
    plan = plan_of(
        f"{HEAD}{above}\n" + "".join(f"{line}。\n" for line in lines) + "责任编辑：李某\n"
    )
    assert [task.items[0].text for task in plan.tasks] == [f"{line}。" for line in lines]


def test_announced_lines_are_no_numbered_list() -> None:
    """As many lines as announced, but they are headings and entries with numbers of their own."""
    text = (
        "2023年办好4件民生实事，具体安排如下。\n一、社会救助\n1.技能培训项目。培训2000人。（牵头单位：\n"
        "区人社局；责任单位：区民政局、各街道）\n2.危桥改造工程。改造危桥11座。（牵头单位：区交通局）\n"
        "二、退役军人\n1.康复救助项目。救助410人。（牵头单位：区残联）\n"
        "2.疾病筛查工程。筛查268户。（牵头单位：区卫健局）\n"
    )
    plan = plan_of(HEAD + text)
    names = ["技能培训项目", "危桥改造工程", "康复救助项目", "疾病筛查工程"]
    assert [task.title for task in plan.tasks] == names


@pytest.mark.parametrize(
    ("marks", "titles"),
    [
        ("1。", ["新建3所学校", "改造4条道路", "建设5个公园"]),
        ("1 ", ["新建3所学校", "改造4条道路", "建设5个公园"]),
    ],
)
def test_numbers_before_a_full_stop_or_a_space(marks: str, titles: list[str]) -> None:
    lines = [f"{number}{marks[1:]}{title}；" for number, title in enumerate(titles, 1)]
    plan = plan_of(HEAD + "今年实施以下民生实事项目：\n" + "\n".join(lines) + "\n")
    assert [task.no for task in plan.tasks] == [1, 2, 3]
    assert [task.title for task in plan.tasks] == titles


def test_numerals_that_lost_their_sign_are_headings() -> None:
    text = (
        "2023年重点办好的实事\n一教育方面\n学校建设工程，新建学校3所。\n二医疗方面\n"
        "医院改造工程，改造医院2所。\n三道路改造\n改造道路5条。\n"
    )
    assert len(plan_of(HEAD + text).tasks) == 3


def test_a_heading_between_running_numbers_is_no_part_of_the_task_above() -> None:
    text = (
        "1.新建学校3所。（责任单位：县教育局）\n2.改造道路4条。（责任单位：县交通局）\n"
        "七、推进和谐发展\n3.建设公园5个。（责任单位：县住建局）\n4.培训200人。（责任单位：县人社局）\n"
    )
    plan = plan_of(HEAD + text)
    assert [task.no for task in plan.tasks] == [1, 2, 3, 4]
    assert "和谐发展" not in "".join(item.text for item in plan.tasks[1].items)


def test_promises_below_a_colon_need_no_count() -> None:
    lines = [f"{A}，新增学位630个。", f"{B}，惠及群众800户。", f"完善养老体系，{C}。"]
    plan = plan_of(
        "会上提出2023年十大民生实事清单。具体如下：\n（相关资料图）\n"
        + "".join(f"{line}\n\n" for line in lines)
    )
    assert [task.items[0].text for task in plan.tasks] == lines


@pytest.mark.parametrize("opening", ["教育惠民方面，", "在教育惠民方面，"])
def test_paragraphs_by_field_of_work(opening: str) -> None:
    plan = plan_of(
        f"某县公示2023年民生实事项目清单。\n聚焦急难愁盼，解民忧。{opening}{A}。\n"
        f"住房保障方面，{B}。\n就业服务方面，{C}。\n"
    )
    assert [task.title for task in plan.tasks] == ["教育惠民", "住房保障", "就业服务"]
    assert [int(t.items[0].indicators[0].value) for t in plan.tasks] == [2, 23, 4400]


def test_a_short_name_among_named_paragraphs_opens_a_task() -> None:
    names = ["幼儿园建设工程", "农村饮水安全和灌溉", "小区改造工程", "绿化", "促进就业工程"]
    plan = plan_of(
        HEAD + "".join(f"{name}。{A}，全年完成投资260万元，惠及群众。\n" for name in names)
    )
    assert [task.title for task in plan.tasks] == [
        "幼儿园建设工程",
        "农村饮水安全和灌溉",
        "小区改造工程",
        "促进就业工程",
    ]


def test_a_sentence_broken_at_the_width_of_a_page_has_its_first_clause_as_title() -> None:
    text = (
        "1.推进农村敬老院运营服务能力提升，对公建公营敬老院按\n照有关标准改造提升，新增护理型床位120张，惠及全县特困\n老人。（责任单位：县民政局）\n"
        "2.支持毕业生求职创业，对符合条件的毕业生按照标准发放\n补贴，全年新增城镇就业4400人，新增创业担保贷款三千万\n元。（责任单位：县人社局）\n"
    )
    plan = plan_of(HEAD + text)
    assert [task.title for task in plan.tasks] == [
        "推进农村敬老院运营服务能力提升",
        "支持毕业生求职创业",
    ]


def test_lines_with_labels_below_need_no_number() -> None:
    text = "".join(
        f"{t}。\n主管领导：刘东\n责任单位：{u}\n进度安排：6月底前开工；12月底前完成。\n"
        for t, u in zip((A, B, C), UNITS, strict=True)
    )
    plan = plan_of(HEAD + text)
    assert _units(plan) == [[unit] for unit in UNITS]
    assert [int(t.items[0].indicators[0].value) for t in plan.tasks] == [2, 23, 4400]
    assert [[str(m.due) for m in t.items[0].milestones] for t in plan.tasks] == [
        ["2023-06-30", "2023-12-31"]
    ] * 3


def test_marks_in_a_text_without_line_breaks() -> None:
    plan = plan_of(
        f"某县2023年民生实事工程目标 一、教育工程。{A}。（县教育局） 二、住房工程。{B}。（县住建局） 三、就业工程。{C}。（县人社局）"
    )
    assert [task.title for task in plan.tasks] == ["教育工程", "住房工程", "就业工程"]
    assert _units(plan) == [[unit] for unit in UNITS]


def test_a_list_of_duties_needs_no_word_for_plans() -> None:
    text = _marked(["1.", "2.", "3."]).removeprefix(HEAD)
    assert len(plan_of("某县人民政府\n现将有关工作予以明确。\n" + text).tasks) == 3
    bare = text.replace("责任单位：", "")
    assert plan_of("某县人民政府\n现将有关工作予以明确。\n" + bare).tasks == ()


def test_goals_with_units_are_tasks() -> None:
    plan = plan_of(
        HEAD + "一、全县经济社会发展主要目标\n（一）城镇新增就业4400人。（县人社局负责）\n"
        "（二）改造老旧小区23个。（县住建局主办，县财政局协办）\n"
        "（三）新建公办幼儿园2所。（县教育局负责）\n二、保障措施\n（一）加强组织领导。\n（二）强化督查。\n"
    )
    assert _units(plan) == [["县人社局"], ["县住建局", "县财政局"], ["县教育局"]]


def test_the_body_in_the_heading_of_a_group_leads_its_tasks() -> None:
    plan = plan_of(
        HEAD
        + f"一、县示范区管委会牵头工作（2项）\n1.{A}。\n2.{B}。\n二、县人社局牵头工作（2项）\n3.{C}。\n4.新建公厕3座。\n"
    )
    found = [[(d.name, d.role) for d in task.departments] for task in plan.tasks]
    assert found == [[("县示范区管委会", "lead")]] * 2 + [[("县人社局", "lead")]] * 2


def test_a_number_left_out_is_told() -> None:
    plan = plan_of(_marked(["1.", "2.", "4."]))
    assert [(i.code, i.severity) for i in plan.issues] == [("number-gap", "warning")]


def test_a_first_number_printed_twice_is_told() -> None:
    plan = plan_of(_marked(["（一）", "（一）", "（二）"]))
    told = {i.code: i for i in plan.issues}
    assert "number-twice" in told
    assert "“（一）”" in told["number-twice"].message
    span = told["number-twice"].span
    assert span
    assert span.quote.startswith("（一）")
    once = plan_of(_marked(["（一）", "（二）", "（三）"]))
    assert "number-twice" not in {i.code for i in once.issues}


def test_aspects_are_no_count_of_tasks() -> None:
    text = "全市共实施2个方面4项民生实事。\n一、教育方面\n1.新建幼儿园2所。（牵头单位：县教育局）\n2.新建小学3所。（牵头单位：县教育局）\n"
    text += "二、城建方面\n1.改造老旧小区23个。（牵头单位：县住建局）\n2.新建公厕3座。（牵头单位：县城管局）\n"
    plan = plan_of(HEAD + text)
    assert [int(t.items[0].indicators[0].value) for t in plan.tasks] == [2, 3, 23, 3]


def test_a_count_that_disagrees_is_told() -> None:
    plan = plan_of(
        f"{HEAD}今年实施5件民生实事。\n" + _marked(["1.", "2.", "3."]).removeprefix(HEAD)
    )
    assert [i.code for i in plan.issues] == ["count-mismatch"]


def test_a_declared_count_makes_no_entries_of_labels() -> None:
    text = "".join(
        f"{n}、{t}。\n牵头单位：{u}\n责任单位：各乡镇\n完成时限：2023年12月31日前\n"
        for n, t, u in zip("一二三", (A, B, C), UNITS, strict=True)
    )
    plan = plan_of(f"县政府将10件惠民实事分解立项督查，并适时开展专项督查。\n{HEAD}{text}")
    assert _numbers(plan) == [1, 2, 3]
    assert [units[0] for units in _units(plan)] == UNITS


def test_a_number_run_together_with_a_count_is_a_mark() -> None:
    plan = plan_of(f"{HEAD}1.{A}。\n　　2.50个小区新增充电设施。\n3.{B}。\n4.460个村文化室提升。\n")
    assert _numbers(plan) == [1, 2, 3, 4]
    assert [int(t.items[0].indicators[0].value) for t in plan.tasks] == [2, 50, 23, 460]


def test_a_decimal_at_the_begin_of_a_line_is_no_mark() -> None:
    plan = plan_of(f"{HEAD}1.{A}。\n2.改造农村公路\n2.5公里。\n3.{B}。\n")
    assert _numbers(plan) == [1, 2, 3]


def test_numbered_parts_are_items() -> None:
    plan = plan_of(
        HEAD + "### 一、办好教育\n项目主要任务：（1）新建公办幼儿园2所。（2）新增学位630个。\n"
        "主要责任单位：县教育局\n相关责任单位：县财政局、县住建局\n"
        "### 二、改善住房\n项目主要任务：（1）改造老旧小区23个。（2）改造危房30户。\n"
        "主要责任单位：县住建局\n相关责任单位：县财政局\n"
    )
    assert [task.title for task in plan.tasks] == ["办好教育", "改善住房"]
    assert [[i.label for i in task.items] for task in plan.tasks] == [["（1）", "（2）"]] * 2 or [
        [i.label for i in task.items] for task in plan.tasks
    ] == [["(1)", "(2)"]] * 2
    assert [i.text for i in plan.tasks[0].items] == ["新建公办幼儿园2所。", "新增学位630个。"]
    assert [(d.name, d.role) for d in plan.tasks[0].departments] == [
        ("县教育局", "responsible"), ("县财政局", "related"), ("县住建局", "related"),
    ]  # fmt: skip


LABELS = [
    "。（责任单位：{}）\n", "（责任单位：{}）。\n", "。(责任单位:{})\n", "。【责任单位：{}】\n", "。责任单位：{}\n",
    "。\n责任单位：{}\n", "。\n**责任单位：** {}\n", "。\n责 任 单 位：{}\n", "。（责任部门：{}）\n", "。\n\n（责任单位：{}）\n",
]  # fmt: skip


@pytest.mark.parametrize("end", LABELS)
def test_labels(end: str) -> None:
    plan = plan_of(_marked(["1.", "2.", "3."], end))
    assert _units(plan) == [[unit] for unit in UNITS]
    assert {d.role for t in plan.tasks for d in t.departments} == {"responsible"}
    texts = [task.items[0].text.rstrip("。") for task in plan.tasks]
    assert texts == [A, B, C]


def test_several_labels_in_one_bracket() -> None:
    plan = plan_of(_marked(["1.", "2.", "3."], "。（牵头单位：{}；配合单位：县财政局、各乡镇）\n"))
    assert [[(d.name, d.role) for d in t.departments] for t in plan.tasks] == [
        [(unit, "lead"), ("县财政局", "related"), ("各乡镇", "related")] for unit in UNITS
    ]


@pytest.mark.parametrize(
    ("end", "roles"),
    [("。（{}牵头）\n", ["lead"]), ("。（{}负责）\n", ["responsible"]),
     ("。（{}牵头，县财政局配合）\n", ["lead", "related"]), ("。（{}）\n", ["responsible"])],
)  # fmt: skip
def test_brackets_without_label(end: str, roles: list[str]) -> None:
    plan = plan_of(_marked(["1.", "2.", "3."], end))
    assert [[d.role for d in t.departments] for t in plan.tasks] == [roles] * 3
    assert [t.departments[0].name for t in plan.tasks] == UNITS


@pytest.mark.parametrize(
    ("printed", "name"),
    [("县住房和城乡\n建设局", "县住房和城乡建设局"), ("县农业农\n村局", "县农业农村局"),
     ("县人力资源和社会\n保障局", "县人力资源和社会保障局"), ("县教育\n局", "县教育局"),
     ("县行\n政审批局", "县行政审批局")],
)  # fmt: skip
@pytest.mark.parametrize("end", ["。\n责任单位：{}、县财政局\n", "。（责任单位：{}、县财政局）\n"])
def test_names_broken_over_lines(printed: str, name: str, end: str) -> None:
    plan = plan_of(HEAD + "1." + A + end.format(printed) + "2." + B + end.format("县住建局"))
    assert _units(plan) == [[name, "县财政局"], ["县住建局", "县财政局"]]
    assert [i.text for t in plan.tasks for i in t.items] == [f"{A}。", f"{B}。"]
    assert plan.tasks[0].departments[0].split


# ---- what is no plan ------------------------------------------------------------------------

PROSE = [
    "近日，我县召开民生工作会议，县长出席并讲话。会议强调，要坚持以人民为中心的发展思想。",
    "一、提高认识。各部门要高度重视。\n二、加强领导。成立领导小组。\n三、强化督查。定期通报情况。",
    "联系人：张三\n电话：0311-1234567\n地址：某县人民路12号\n",
    "关于召开会议的通知\n各乡镇：\n定于2023年3月1日召开会议，请准时参加。\n某县人民政府办公室\n2023年2月27日",
    "目录\n第一章 总则\n第二章 职责\n第三章 附则\n",
    "abc\n1\n2\n3\n",
    "。。。。",
    "序号",
    "1.",
]


@pytest.mark.parametrize("text", PROSE, ids=[p[:10] for p in PROSE])
def test_prose_is_no_plan(text: str) -> None:
    plan = plan_of(text)
    assert plan.tasks == ()
    assert plan.document.layout == "none"


FURNITURE = "\n主办单位：某县人民政府  网站标识码：1309290001\n冀ICP备05001234号  冀公网安备13092902000101号\n"


def test_page_furniture_is_cut_off() -> None:
    text = _marked(["1.", "2.", "3."]) + "某县人民政府办公室\n2023年2月1日\n" + FURNITURE
    plan = plan_of(text)
    last = plan.tasks[-1]
    assert last.items[0].text == f"{C}。"
    assert [d.name for d in last.departments] == ["县人社局"]
    assert str(plan.document.issued) == "2023-02-01"


@pytest.mark.parametrize("label", ["主办单位", "承办单位"])
def test_a_label_on_the_last_line_is_no_furniture(label: str) -> None:
    plan = plan_of(_marked(["1.", "2.", "3."], f"。\n{label}：{{}}\n"))
    assert _units(plan) == [[unit] for unit in UNITS]


@pytest.mark.parametrize("date", ["2023年2月1日", "二〇二三年二月一日", "（2023年2月1日）"])
def test_a_signature_is_no_text_of_the_last_task(date: str) -> None:
    plan = plan_of(_marked(["1.", "2.", "3."]) + f"某县人民政府办公室\n{date}\n")
    assert plan.tasks[-1].items[0].text == f"{C}。"
    assert plan.tasks[-1].items[0].milestones == ()


# ---- outlines -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [_marked(["1.", "2.", "3."]), GROUPED.format(1, 2, 3, 4)],
)
def test_stretches_lie_inside_the_text_and_tasks_follow_each_other(text: str) -> None:
    outline = outline_document(document_of(text))
    assert outline.tasks
    places = [f.place for t in outline.tasks for i in t.items for f in i.fields]
    places += [f.place for t in outline.tasks for f in t.fields]
    places += [t.title for t in outline.tasks if t.title] + list(outline.prose) + [outline.head]
    assert all(0 <= p.begin <= p.end <= len(text) for p in places)
    begins = [min(f.place.begin for i in t.items for f in i.fields) for t in outline.tasks]
    assert begins == sorted(begins)
    assert len({t.path for t in outline.tasks}) == len(outline.tasks)
    for span in spans_of(plan_of(text)):
        assert text[span.begin : span.end] == span.quote
