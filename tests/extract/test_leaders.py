"""Leaders: names and posts in fields, among units, in prose, in headings over several tasks."""

from __future__ import annotations

import pytest
from reading_plans import item_of, plan_of

from mskg.lexicon.persons import is_leader

LEADERS = [
    ("张三", ["张三"]),
    ("张 三", ["张三"]),
    ("李四 王小明", ["李四", "王小明"]),
    ("李 四 王小明", ["李四", "王小明"]),
    ("王小明 李 四", ["王小明", "李四"]),
    ("李 四 王 五", ["李四", "王五"]),
    ("李 李", ["李李"]),
    ("李四、王小明", ["李四", "王小明"]),
    ("李四\n王小明", ["李四", "王小明"]),
    ("欧阳修远", ["欧阳修远"]),
    ("买买提·艾力", ["买买提·艾力"]),
]


@pytest.mark.parametrize(("text", "names"), LEADERS, ids=[repr(t[0]) for t in LEADERS])
def test_leaders(text: str, names: list[str]) -> None:
    item, _ = item_of(text, kind="leader")
    assert [leader.name for leader in item.leaders] == names
    for leader in item.leaders:
        assert leader.span is not None
        assert text[leader.span.begin : leader.span.end] == leader.span.quote
        assert "".join(leader.span.quote.split()) == leader.name


def test_a_post_alone_stands_for_the_person_and_adds_none() -> None:
    found = {
        text: [(x.name, x.post) for x in item_of(text, kind="leader")[0].leaders]
        for text in ("王平（局长）", "区政府分管副区长", "孙国民  旗政府副旗长、公安局局长")
    }
    assert found["王平（局长）"] == [("王平", "局长")]
    assert found["区政府分管副区长"] == [("区政府分管副区长", "")]
    assert [name for name, _ in found["孙国民  旗政府副旗长、公安局局长"]] == ["孙国民"]


TASKS = (
    ("改造老旧小区", "改造老旧小区12个，惠及居民3400户", "县住建局"),
    ("新建公园", "新建口袋公园5个", "县城管局"),
    ("养老服务", "新建社区养老服务站8个", "县民政局"),
    ("就业培训", "开展职业技能培训2600人次", "县人社局"),
)
HEAD = "某某县人民政府关于印发2023年民生实事的通知\n\n2023年，全县办好以下4件民生实事。\n\n"
PEOPLE = ("张伟", "李 强", "乌日图那顺", "欧阳建国")
DUTIES = [
    "（责任领导：{n}；责任单位：{d}）",
    "\n责任领导：{n}　　责任单位：{d}",
    "\n责任领导：{n}（副县长）\n责任单位：{d}",
    "\n责任领导：副县长{n}\n责任单位：{d}",
    "\n县领导：{n}　牵头单位：{d}",
    "\n领衔领导：{n}\n责任单位：{d}",
    "\n——责任领导：{n}；责任单位：{d}。",
    "由副县长{n}牵头，{d}负责。",
    "（{n}副县长牵头，{d}负责）",
]


def _leaders(text: str) -> list[list[str]]:
    return [[leader.name for leader in task.leaders] for task in plan_of(text).tasks]


@pytest.mark.parametrize("duty", DUTIES)
def test_a_person_leads_and_is_no_unit(duty: str) -> None:
    rows = (
        f"{no}. {name}。{what}。{duty.format(n=person, d=unit)}"
        for no, ((name, what, unit), person) in enumerate(zip(TASKS, PEOPLE, strict=True), 1)
    )
    plan = plan_of(HEAD + "\n\n".join(rows) + "\n")
    names = [[leader.name for leader in task.leaders] for task in plan.tasks]
    assert names == [[name.replace(" ", "")] for name in PEOPLE]
    assert [[d.name for d in task.departments] for task in plan.tasks] == [[u] for _, _, u in TASKS]


HEADINGS = [
    "一、{n}副县长牵头（2项）",
    "一、副县长{n}牵头的项目",
    "一、县委常委、常务副县长{n}分管领域",
    "一、{n}（副县长）包抓项目",
    "一、住房领域（责任领导：{n}）",
    "一、住房领域\n责任领导：{n}",
    "责任领导：{n}",
    "【责任领导：{n}】",
    "★责任领导：副县长{n}（2项）",
    "◆{n}（副县长）",
    "第一组　责任领导：{n}",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_names_the_leader_of_the_tasks_below(heading: str) -> None:
    second = heading.replace("一", "二", 1)
    entries = [
        f"{no}. {name}。{what}。（责任单位：{unit}）\n"
        for no, (name, what, unit) in enumerate(TASKS, 1)
    ]
    text = HEAD + heading.format(n="张伟") + "\n" + "".join(entries[:2])
    text += second.format(n="李 强") + "\n" + "".join(entries[2:])
    assert _leaders(text) == [["张伟"], ["张伟"], ["李强"], ["李强"]]


@pytest.mark.parametrize("heading", ["责任领导：{n}", "副县长 {n}", "（一）{n}副县长牵头（2项）"])
def test_a_row_across_a_table_names_the_leader_of_the_rows_below(heading: str) -> None:
    rows = [f"{no}\t{name}\t{what}\t{unit}\n" for no, (name, what, unit) in enumerate(TASKS, 1)]
    text = HEAD + "序号\t项目名称\t主要内容\t责任单位\n" + heading.format(n="张伟") + "\n"
    text += "".join(rows[:2]) + heading.format(n="李 强") + "\n" + "".join(rows[2:])
    assert _leaders(text) == [["张伟"], ["张伟"], ["李强"], ["李强"]]


def test_the_person_in_brackets_is_no_part_of_a_unit() -> None:
    item, _ = item_of("县住建局（张伟）、县民政局（李 强、王芳）", kind="department", role="lead")
    assert [entry.name for entry in item.departments] == ["县住建局", "县民政局"]
    item, _ = item_of("市第三人民医院（精神卫生中心）", kind="department", role="lead")
    assert [entry.name for entry in item.departments] == ["市第三人民医院（精神卫生中心）"]


@pytest.mark.parametrize("name", ["卫健", "文旅", "林业", "高新区", "武警", "张庄镇", "白云区"])
def test_a_body_is_no_person(name: str) -> None:
    assert not is_leader(name)
