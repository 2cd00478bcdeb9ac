"""Where a plan says who does a task: on lines of its own, apart from the list, with a time."""

from __future__ import annotations

import pytest
from reading_plans import plan_of

TITLE = "安平县2024年民生实事\n"
TEXTS = (
    "就业创业。新增城镇就业3200人。",
    "养老服务。新增养老床位200张。",
    "道路建设。新建农村公路30公里。",
)


def _duties(text: str) -> list[list[str]]:
    return [[f"{d.name} {d.role}" for d in task.departments] for task in plan_of(text).tasks]


def _plan(*behind: str) -> str:
    """Return a plan whose tasks are followed by what `behind` gives for each."""
    entries = zip("一二三", TEXTS, behind, strict=True)
    return TITLE + "".join(f"{no}、{text}{more}\n" for no, text, more in entries)


@pytest.mark.parametrize("sign", ["——", "  ——", "— ", ""])
def test_units_on_a_line_of_their_own(sign: str) -> None:
    lines = ("县人社局、县财政局", "县民政局", "县交通运输局、各乡镇人民政府")
    assert _duties(_plan(*(f"\n{sign}{line}" for line in lines))) == [
        ["县人社局 responsible", "县财政局 responsible"],
        ["县民政局 responsible"],
        ["县交通运输局 responsible", "各乡镇人民政府 responsible"],
    ]


def test_the_body_that_signs_is_no_unit() -> None:
    assert _duties(_plan("", "", "\n安平县人民政府办公室"))[2] == []


def test_the_unit_named_first_on_a_line_leads_where_the_plan_says_so() -> None:
    text = _plan("\n——县人社局、县财政局", "\n——县民政局", "\n——县交通局、县委宣传部")
    text = text.replace(TITLE, TITLE + "责任单位排在首位的为牵头单位。\n")
    assert _duties(text)[2] == ["县交通局 lead", "县委宣传部 related"]


@pytest.mark.parametrize(
    "behind",
    [
        "（牵头：县民政局；配合：县财政局）",
        "\n牵头：县民政局\n配合：县财政局",
        "主办：县民政局 协办：县财政局",
    ],
)
def test_labels_of_two_characters(behind: str) -> None:
    found = _duties(_plan("（牵头：县人社局）", behind, "（承办：县交通局）"))
    assert found[1] == ["县民政局 lead", "县财政局 related"]
    assert found[2] == ["县交通局 responsible"]


@pytest.mark.parametrize(
    ("time", "due"),
    [
        ("2024年10月底前完成", ["2024-10-31"]),
        ("6月底前完成50%，年底前全部完成", ["2024-06-30", "2024-12-31"]),
        ("其中80张8月底前完成，其余12月底前完成", ["2024-08-31", "2024-12-31"]),
        ("上半年完成", ["2024-06-30"]),
    ],
)
@pytest.mark.parametrize("opened", ["〔〕", "（）"])
def test_a_time_behind_the_units(time: str, due: list[str], opened: str) -> None:
    left, right = opened
    text = _plan("", f"{left}县民政局牵头，县财政局配合，{time}{right}", "")
    task = plan_of(text).tasks[1]
    assert [(d.name, d.role) for d in task.departments] == [
        ("县民政局", "lead"),
        ("县财政局", "related"),
    ]
    found = [m.due.isoformat() if m.due else "" for item in task.items for m in item.milestones]
    assert found == due


def test_a_label_for_the_schedule_behind_the_units() -> None:
    behind = "（牵头单位：县民政局  配合单位：县财政局  序时进度：6月底完成装修，10月底投入使用）"
    task = plan_of(_plan("", behind, "")).tasks[1]
    assert [d.name for d in task.departments] == ["县民政局", "县财政局"]
    assert [m.due.month for item in task.items for m in item.milestones if m.due] == [6, 10]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("第一项、第二项", "第三项至第六项"),
        ("第一项至第二项", "第三至六项"),
        ("第1-2项", "第3-6项"),
        ("第①②项", "第③④⑤⑥项"),
        ("第一、二项实事", "第三、四、五、六项实事"),
    ],
)
def test_duties_by_the_numbers_of_the_tasks(first: str, last: str) -> None:
    listed = "".join(f"{no}.{text}\n" for no, text in enumerate(TEXTS * 2, 1))
    text = (
        f"{TITLE}一、实事项目\n{listed}二、责任分工\n"
        f"{first}由县人社局牵头，县财政局配合；{last}由县交通局、县水利局分别负责。\n"
    )
    assert _duties(text) == [
        *[["县人社局 lead", "县财政局 related"]] * 2,
        *[["县交通局 responsible", "县水利局 responsible"]] * 4,
    ]


@pytest.mark.parametrize("words", ["牵头落实的任务", "牵头负责的重点工作", "牵头实施的项目"])
def test_the_heading_of_a_group_names_its_lead(words: str) -> None:
    text = (
        f"{TITLE}一、县住建局{words}（2项）\n1.新建公厕12座。配合单位：县财政局\n2.改造小区23个。\n"
        f"二、县教育局{words}（2项）\n3.新建幼儿园4所。\n4.新增学位960个。\n"
    )
    assert _duties(text) == [
        ["县住建局 lead", "县财政局 related"],
        ["县住建局 lead"],
        ["县教育局 lead"],
        ["县教育局 lead"],
    ]


def test_a_section_that_says_who_does_what_is_no_task() -> None:
    listed = "".join(f"{no}.{text}\n" for no, text in enumerate(TEXTS * 2, 1))
    duties = "".join(f"第{no}项：由县教育局牵头，县财政局配合。\n" for no in range(1, 7))
    text = f"{TITLE}一、实施内容\n{listed}二、责任分工\n{duties}三、工作要求\n（一）加强领导。\n"
    assert _duties(text) == [["县教育局 lead", "县财政局 related"]] * 6


def test_a_sentence_that_only_says_who_is_in_charge() -> None:
    behind = ("县人社局负责落实。", "由县民政局、县残联负责。", "县交通运输局牵头负责。")
    assert _duties(_plan(*behind)) == [
        ["县人社局 responsible"],
        ["县民政局 responsible", "县残联 responsible"],
        ["县交通运输局 lead"],
    ]


def test_a_collective_broken_over_two_lines() -> None:
    behind = ("\n责任单位：县人社局、各乡\n镇场", "\n责任单位：县民政局", "\n责任单位：县交通局")
    assert _duties(_plan(*behind))[0] == ["县人社局 responsible", "各乡镇场 responsible"]


@pytest.mark.parametrize("name", ["刘晓东", "何  莉", "欧阳明华"])
def test_leaders_of_a_group_behind_by(name: str) -> None:
    text = TITLE + f"一、由{name}同志负责\n1.新建公厕12座。\n2.改造道路8公里。\n"
    text += "二、由张红同志负责\n3.改造危房60户。\n4.安装路灯90盏。\n"
    leaders = [[leader.name for leader in task.leaders] for task in plan_of(text).tasks]
    assert leaders == [["".join(name.split())]] * 2 + [["张红"]] * 2


def test_a_chapter_behind_the_tasks_is_no_part_of_the_last_one() -> None:
    entries = "".join(
        f"{no}、{text}。\n责任部门：镇经济发展办　分管领导：张　斌\n\n"
        for no, text in enumerate(
            ["新建停车场1个", "改造公厕2座", "新建农家书屋5个", "维修路灯60盏"], 1
        )
    )
    plan = plan_of(
        f"石门镇2024年民生实事项目计划\n\n{entries}怎么抓落实：\n施工期间少占路、少扰民。\n"
        "一是定人。每件实事有一名经办人。\n二是定时。每月20日收一次进度。\n三是请人监督。7月视察两次。\n"
    )
    assert len(plan.tasks) == 4
    assert [leader.name for leader in plan.tasks[-1].leaders] == ["张斌"]
    last = plan.tasks[-1].items
    assert [i.unit for item in last for i in item.indicators] == ["盏"]
    assert not [m for item in last for m in item.milestones]


def test_a_paragraph_behind_the_units_of_the_last_task_speaks_of_the_whole_plan() -> None:
    texts = ["新建停车场1个", "改造公厕2座", "新建农家书屋5个", "维修路灯60盏"]
    entries = "".join(
        f"（{sign}）办好实事。{text}。\n责任分工：县住建局牵头，县财政局配合。\n"
        for sign, text in zip("一二三四", texts, strict=True)
    )
    plan = plan_of(
        f"某县2024年民生实事考核指标\n{entries}各单位要倒排工期，所有项目原则上在11月底前完成。"
        "县财政局要足额拨付资金，县政府督查室每季度开展一次督查。\n某县人民政府\n2024年3月1日\n"
    )
    assert len(plan.tasks) == 4
    assert not [m for item in plan.tasks[-1].items for m in item.milestones]
    assert [m.due.isoformat() for m in plan.program.deadlines if m.due] == ["2024-11-30"]
    roles = {(d.name, d.role) for d in plan.program.departments}
    assert roles == {("县财政局", "finance"), ("县政府督查室", "supervisor")}


@pytest.mark.parametrize("heading", ["{unit}", "{unit}（2项）", "◆{unit}"])
def test_a_line_of_a_unit_alone_is_over_the_tasks_below(heading: str) -> None:
    tasks = ("新建幼儿园6所", "改造厕所32座", "改造小区15个", "新增泊位2000个")
    first, second = (heading.format(unit=unit) for unit in ("县教育局", "县住建局"))
    lines = [f"{no}.{task}。" for no, task in enumerate(tasks, 1)]
    text = "\n".join([first, *lines[:2], second, *lines[2:]])
    plan = plan_of(f"某县2023年民生实事任务分解表\n{text}\n")
    units = [[(d.name, d.role) for d in task.departments] for task in plan.tasks]
    assert units == [[("县教育局", "responsible")]] * 2 + [[("县住建局", "responsible")]] * 2
    assert [task.title for task in plan.tasks] == list(tasks)


def test_a_deadline_behind_the_lead_is_no_name() -> None:
    plan = plan_of(
        "某县2023年民生实事安排\n（一）幼儿园建设。由县教育局牵头，新建公办幼儿园6所，8月底前投用。\n"
        "（二）小区改造。由县住建局牵头，改造小区15个。\n（三）公路。由县交通局牵头，改造公路8公里。\n"
    )
    assert [[d.name for d in task.departments] for task in plan.tasks] == [
        ["县教育局"], ["县住建局"], ["县交通局"],
    ]  # fmt: skip


def test_numbered_headings_of_units_lead_where_others_help() -> None:
    text = (
        "一、县教育科技局（2项）\n1．新建公办幼儿园12所。（配合单位：县自然资源局）\n2．改造厕所32座。\n"
        "二、县水务局（2项）\n1．新建水厂2座。\n2．改造管网46公里。（配合单位：县住建局）\n"
        "三、织金供电局（1项）\n1．改造电网120公里。\n"
    )
    plan = plan_of("织金县2019年民生实事任务按牵头部门分解\n" + text)
    leads = [[d.name for d in task.departments if d.role == "lead"] for task in plan.tasks]
    assert leads == [["县教育科技局"]] * 2 + [["县水务局"]] * 2 + [["织金供电局"]]


@pytest.mark.parametrize("name", ["县公路段", "县养路段", "县粮库", "县种子站"])
def test_a_body_that_no_table_knows_among_bureaus(name: str) -> None:
    text = "".join(
        f"{n}.硬化道路{n + 3}公里（县交通运输局、{name}、县园林局）。\n" for n in range(1, 5)
    )
    for task in plan_of("沁县2019年民生实事\n" + text).tasks:
        assert [d.name for d in task.departments] == ["县交通运输局", name, "县园林局"]


def test_a_sentence_about_all_brackets_closes_the_list() -> None:
    text = (
        "".join(f"({n})硬化道路{n + 3}公里(县交通运输局、县财政局)。" for n in range(1, 5))
        + "以上括号内排在首位的单位为牵头单位,其余为配合单位。每季度末月25日前报县政府督查室。\n"
    )
    tasks = plan_of("沁县2019年民生实事\n今年办好4件实事。" + text).tasks
    assert [[(d.name, d.role) for d in task.departments] for task in tasks] == [
        [("县交通运输局", "lead"), ("县财政局", "related")]
    ] * 4
    assert not any(item.milestones for task in tasks for item in task.items)


def test_units_by_number_in_a_list_behind_the_tasks() -> None:
    numbers = "一二三四"
    roads = enumerate(numbers, 1)
    tasks = "".join(f"第{n}件实事：改造公路{at}47公里。\n" for at, n in roads)
    duties = "".join(
        f"第{n}件实事，责任单位：市交通局、市水利局；协办单位：市财政局。\n" for n in numbers
    )
    plan = plan_of(f"永州市2010年为民办实事\n{tasks}责任分工如下。\n{duties}")
    assert len(plan.tasks) == 4
    for task in plan.tasks:
        assert [(d.name, d.role) for d in task.departments] == [
            ("市交通局", "responsible"),
            ("市水利局", "responsible"),
            ("市财政局", "related"),
        ]
