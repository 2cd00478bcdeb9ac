"""Entries whose lines are promises without full stops, with and without bullets."""

# ruff: noqa: E501 - a line of Chinese text is a line of the plan

from __future__ import annotations

import pytest
from reading_plans import plan_of

HEAD = "某区2023年政府实事项目安排\n\n实事项目\n\n"


def _counts(text: str) -> list[list[tuple[str, int]]]:
    plan = plan_of(HEAD + text)
    return [
        [(i.name, int(i.value)) for t in [task] for i in t.items[0].indicators]
        for task in plan.tasks
    ]


@pytest.mark.parametrize("bullet", ["", "*", "●", "· "])
def test_every_line_is_a_clause_of_its_own(bullet: str) -> None:
    text = (
        f"01\n\n新增就业9000人\n\n{bullet}帮助430名长期失业青年实现就业创业\n\n开展职业培训5000人次\n\n"
        f"02\n\n新建社区助餐点15家\n\n{bullet}2家老年人日间服务中心\n\n"
        f"03\n\n改造老旧小区7个\n\n{bullet}新增充电桩30个\n\n{bullet}更新健身路径120处\n\n"
    )
    assert _counts(text) == [
        [("新增就业", 9000), ("帮助长期失业青年实现就业创业", 430), ("开展职业培训", 5000)],
        [("新建社区助餐点", 15), ("老年人日间服务中心", 2)],
        [("改造老旧小区", 7), ("新增充电桩", 30), ("更新健身路径", 120)],
    ]


def test_the_last_entry_keeps_all_its_promises() -> None:
    few = "".join(f"{n:02}\n\n新建公园{n}个\n\n改造公厕{n}座\n\n" for n in (1, 2))
    many = "03\n\n" + "".join(f"新建第{n}类站点1{n}处\n\n" for n in "123456")
    assert [len(found) for found in _counts(few + many)] == [2, 2, 6]


def test_a_sentence_broken_at_the_width_of_the_page_stays_whole() -> None:
    text = "".join(
        f"{n}.加强农村公路建设和养护管理，改造提升农村公路{n}00公\n里，实施村道安全生命防护工程{n}0公里\n"
        for n in range(1, 5)
    )
    names = [[name for name, _ in found] for found in _counts(text)]
    assert names == [["改造提升农村公路", "实施村道安全生命防护工程"]] * 4


NAMES = ("道路畅通项目", "饮水安全项目", "校舍改造项目", "养老服务项目")


def test_names_of_projects_alone_on_lines_over_their_promises() -> None:
    text = "".join(
        f"{name}\n△现场照片\n新建第{n}期设施{n + 4}处\n惠及{n}00户居民\n"
        for n, name in enumerate(NAMES, 1)
    )
    plan = plan_of("2021年某区民生实事项目出炉，产生了10个项目\n" + text)
    assert [task.title for task in plan.tasks] == list(NAMES)
    assert [int(task.items[0].indicators[0].value) for task in plan.tasks] == [5, 6, 7, 8]


def test_sentences_that_each_name_a_project() -> None:
    sentences = "".join(
        f"{name}，计划新建设施{n}处，惠及{n}00户。" for n, name in enumerate(NAMES, 2)
    )
    plan = plan_of(
        "某街道2025年重点民生实事投票结果\n据了解，民生实事已定。\n其中，" + sentences + "\n"
    )
    assert [task.title for task in plan.tasks] == list(NAMES)


def test_clauses_behind_namely_though_one_more_than_announced() -> None:
    clauses = "；".join(f"投资{n}00万元，建设{name[:-2]}工程" for n, name in enumerate(NAMES, 1))
    text = f"县政府确定办好三件民生实事。每一项都与群众切身利益相关，即{clauses}。\n"
    assert len(plan_of("某县2015年民生实事\n" + text).tasks) == 4


def test_headings_over_paragraphs_that_end_with_their_unit() -> None:
    text = (
        "强化路网建设缓解拥堵\n建成立交桥5个。责任单位：市城建委。\n新建地铁1条。责任单位：市轨道公司。\n"
        "加强环境治理\n新增绿地30万平方米。责任单位：市园林局。\n"
    )
    plan = plan_of("某市2014年十大实事进度安排\n" + text)
    assert [task.title for task in plan.tasks] == ["强化路网建设缓解拥堵", "加强环境治理"]
    units = [[d.name for d in task.departments] for task in plan.tasks]
    assert units == [["市城建委", "市轨道公司"], ["市园林局"]]


NEWS = "某县为民办十件实事敲定\n近日，县人大会议召开，公布了2021年为民办实事。\n"


def _values(text: str) -> list[list[int]]:
    plan = plan_of(text)
    return [[int(i.value) for item in t.items for i in item.indicators] for t in plan.tasks]


def test_a_paragraph_a_promise() -> None:
    lines = [
        "实施教育提升工程。完成10处操场建设。",
        "开工建设县中医院、疾控中心。",
        "新建污水管网18公里，改造城区管网11公里。",
        "加快养老服务中心建设，设置床位500张。",
        "为60岁以上老年人每人购买1份保险。",
    ]
    assert _values(NEWS + "\n".join(lines) + "\n") == [[10], [], [18, 11], [500], [1]]


def test_bullets_below_short_headings() -> None:
    text = "某市2021年民生措施一览\n教育：\n-新增1000个学位。\n-新建2所小学。\n医疗：\n-增加5000张床位。\n-新建9间诊所。\n"
    plan = plan_of(text)
    assert [task.title for task in plan.tasks] == [
        "新增1000个学位",
        "新建2所小学",
        "增加5000张床位",
        "新建9间诊所",
    ]
    assert _values(text) == [[1000], [2], [5000], [9]]


def test_clauses_of_one_sentence() -> None:
    clauses = "投资5958万元，改造道路2条；投资2.43亿元，新建2所小学；投资2638万元，安装床位220张；投资900万元，新建公厕12座"
    assert len(_values(NEWS + f"今年某县将{clauses}。\n")) == 4
    plain = "总投资13亿元的水库将在年内开工；县医院将新增床位300张；群众将免费乘坐80辆公交车；全县将有12个村通天然气"
    counted = "某县2015年要办的4件民生实事出炉。\n"
    assert [own[-1] for own in _values(counted + f"今年，{plain}。\n")] == [1300000000, 300, 80, 12]


def test_prose_is_no_list() -> None:
    prose = "记者在现场看到，工程已完成8公里。\n居民王某说，出行方便多了。\n去年全县完成投资3亿元。\n有关负责人表示将继续努力。\n"
    assert plan_of("某县民生实事见闻\n" + prose * 3).tasks == ()


def test_projects_that_run_on_and_labels_of_names() -> None:
    text = "某区十大民生实事项目概览\n项目一：病有所医 - 实施健康中心建设2个 [1] 项目二：老有所养 - 实施改造30户 [2] 项目三：学有所教 - 更新场地5片 [3]\n"
    assert [task.title for task in plan_of(text).tasks] == ["病有所医", "老有所养", "学有所教"]
    labelled = "某区为民办实事项目\n1.领办项目：路灯修复项目。修复路灯20盏。\n2.领办项目：车位规划项目。新增车位60个。\n3.领办项目：取暖提升项目。改造管网3公里。\n"
    assert [task.title for task in plan_of(labelled).tasks] == [
        "路灯修复项目",
        "车位规划项目",
        "取暖提升项目",
    ]


def test_the_dash_of_a_road_cuts_no_name() -> None:
    text = (
        HEAD
        + "1.实施中山路—建设路雨污分流改造，全长3公里。\n2.打通断头路（金山路—新建路）3条。\n3.新建公园2个。\n"
    )
    assert [t.title for t in plan_of(text).tasks][:2] == [
        "实施中山路—建设路雨污分流改造",
        "打通断头路（金山路—新建路）3条",
    ]


def test_dates_headings_and_signatures_are_no_promises() -> None:
    lines = [
        "新建公园2个",
        "改造公厕30座",
        "培训教师300人",
        "交通方面",
        "修建公路20公里",
        "新增停车位500个",
    ]
    text = NEWS + "\n".join(lines) + "\n某县人民政府办公室\n2021年3月1日\n"
    assert [t.title for t in plan_of(text).tasks] == [line for line in lines if line != "交通方面"]


def test_results_of_last_year_are_no_list() -> None:
    past = "一年来，我们新建学校3所；改造小区15个；修建公路20公里；培训教师3000人。\n"
    now = "今年要办好十件民生实事。新建幼儿园6所；改造厕所100座；建成公园5个；修建桥梁8座；发放补贴300万元。\n"
    assert [own[0] for own in _values("某县民生实事\n" + past + now)] == [6, 100, 5, 8, 3000000]


@pytest.mark.parametrize("line", ["一、招聘原则", "（一）范围", "名称：某县公务员招聘公告"])
def test_the_title_above_the_first_entry_tells_what_it_is(line: str) -> None:
    jobs = "".join(f"{n}.教师2{n}名。责任单位：县教育局。\n" for n in range(1, 5))
    assert plan_of(f"某县2023年公务员招聘公告\n{line}\n{jobs}").tasks == ()


def test_a_sentence_above_the_list_is_no_title() -> None:
    prose = (
        "会议审议了有关公告和条例，"
        + "并对今年的重点工作作出了安排，要求各单位认真组织，" * 4
        + "现予公布。"
    )
    tasks = "1.新建幼儿园2所。\n2.改造公厕30座。\n3.新增车位60个。\n"
    assert len(plan_of(f"某县2023年重点工作任务清单\n{prose}\n{tasks}").tasks) == 3


def test_paragraphs_that_open_with_short_names() -> None:
    text = (
        "农村学校供暖改造。更换锅炉和管网，完成36所学校的供暖改造。\n"
        "城区公厕提升。新建装配式公厕12座，改造旱厕30座。\n"
        "送戏下乡进村。组织剧团到村演出150场，放映电影800场次。\n"
        "高龄老人补贴。发放补贴3200人。\n"
    )
    plan = plan_of(HEAD + text)
    assert [task.title for task in plan.tasks] == [
        "农村学校供暖改造",
        "城区公厕提升",
        "送戏下乡进村",
        "高龄老人补贴",
    ]


def test_full_stops_behind_numbers_under_headings() -> None:
    text = (
        "一、道路建设\n1。改造县乡道路36公里。（牵头单位：县交通局）\n2。安装路灯450盏。（牵头单位：县城管局）\n"
        "二、饮水安全\n3。更换供水管道60公里。（牵头单位：县水利局）\n4。新打机井18眼。（牵头单位：县水利局）\n"
    )
    plan = plan_of(HEAD + text)
    assert [(task.no, task.group) for task in plan.tasks] == [
        (1, "道路建设"),
        (2, "道路建设"),
        (3, "饮水安全"),
        (4, "饮水安全"),
    ]
