"""What the words around a number make of it: road, name, past, measure word, comparator."""

from __future__ import annotations

import pytest
from reading_plans import item_of, plan_of

READ = [
    ("建设国道242冯原至县城公路", [], ["road"]),
    ("改造县道2条41公里", [(2, "条", "eq"), (41, "公里", "eq")], []),
    ("续建1958文化园", [], ["name"]),
    ("整治50项内街小巷", [(50, "项", "eq")], []),
    ("建设停车位5万个以内", [(50000, "个", "le")], []),
    ("新增装机容量100MW以上", [(100, "MW", "ge")], []),
    ("抽检不少于5.5批次/千人", [(5.5, "批次/千人", "ge")], []),
    ("建设2家长者照护之家", [(2, "家", "eq")], []),
    ("完成30台多层住宅电梯加装", [(30, "台", "eq")], []),
    ("采购设备50*30套", [], ["code", "code"]),
    ("按国家标准GB/T 7714执行", [], ["code"]),
    ("再开设一家社区食堂", [(1, "家", "eq")], []),
    ("近三年，全县累计回引创业人员9100人", [], ["past"]),
    ("2021年同类培训为1500人次", [], ["date", "past"]),
    ("2022年全省城镇新增就业48.6万人，为完成今年目标打下了基础", [], ["date", "past"]),
    ("改造2000年建成的小区23个", [(23, "个", "eq")], ["date"]),
    ("检查特种设备120项次", [(120, "项次", "eq")], []),
    ("2022年底普及率已达93.6%", [], ["date", "past"]),
    ("普及率由去年的71%提高到80%以上", [(80, "%", "ge")], ["baseline"]),
    ("完成20户以下已通电自然村通广播工程1.1万户", [(11000, "户", "eq")], ["condition"]),
    ("为卫生院添置彩超机一台、DR机一台", [(1, "台", "eq"), (1, "台", "eq")], []),
    ("送电影下乡，每村每月一场，第一批先行", [], []),
    ("投放AED100台", [(100, "台", "eq")], []),
    ("敷设DN300管道", [], ["code"]),
    ("改造危桥11座/420延米", [(11, "座", "eq"), (420, "延米", "eq")], []),
    ("每村至少发展1个特色产业项目", [(1, "个", "ge")], []),
    ("供养标准不低于上年度人均纯收入的60%", [(60, "%", "ge")], []),
    ("小学56人以上大班额全部消除", [], ["condition"]),
    ("村道由3.5米拓宽到5.5米", [(5.5, "米", "eq")], ["baseline"]),
    ("每天供餐不少于150客", [(150, "客", "ge")], []),
    ("2022年，全县完成同类项目61个，因土地问题未开工的3个结转本年", [], ["date", "past", "past"]),
    ("2022年，全县覆盖率为81.2%，今年达到85%以上", [(85, "%", "ge")], ["date", "past"]),
    ("去年我县已建成103所，累计完成率为71.6%", [], ["past", "past"]),
    ("老年人口已达61.2万人，占总人口的24.1%", [], ["past", "past"]),
    ("在前几年累计改造1.1万座的基础上，再改造户厕320座", [(320, "座", "eq")], ["baseline"]),
    ("推广测土配方施肥400万亩次", [(4000000, "亩次", "eq")], []),
    ("日均开放不得少于8小时", [(8, "小时", "ge")], []),
    ("为卫生院配置DR 3台、彩超4台", [(3, "台", "eq"), (4, "台", "eq")], []),
    ("集体收入超过20万元的村由4个增加到6个", [(6, "个", "eq")], ["condition", "baseline"]),
    ("某乡12个村顺延至下年度实施", [], ["condition"]),
    (
        "每人每月分别不低于30元、80元、300元",
        [(30, "元", "ge"), (80, "元", "ge"), (300, "元", "ge")],
        [],
    ),
    ("新建球类场地（篮球、羽毛球）各2片", [(2, "片", "eq"), (2, "片", "eq")], []),
    ("截止目前，8条河沟全部具备行洪能力", [], ["past"]),
]


@pytest.mark.parametrize(("text", "facts", "rules"), READ)
def test_numbers_and_the_words_around_them(
    text: str, facts: list[tuple[float, str, str]], rules: list[str]
) -> None:
    item, unused = item_of(text + "。")
    assert [(float(i.value), i.unit, i.op) for i in item.indicators] == facts
    assert [number.rule for number in unused] == rules


@pytest.mark.parametrize(
    "number", ["13887654321", "139-1234-5678", "0375-5051234", "(0312)8881234"]
)
def test_a_telephone_number_without_a_label_is_no_target(number: str) -> None:
    for behind in ("预约", "张三", "网格员"):
        item, unused = item_of(f"为2000名妇女免费筛查，请拨打{number}{behind}，投资13800138000元。")
        assert [int(i.value) for i in item.indicators] == [2000, 13800138000]
        assert [(n.rule, n.text) for n in unused] == [("contact", number)]


COUNTS = [
    ("现确定以下八类11个项目为2023年度民生实事项目。", 11),
    ("县政府确定11个民生实事项目。", 11),
    ("2023年民生实事项目3项。", 3),
    ("今年共安排2大类3项，计划筹资2亿元。", 3),
    ("本清单所列项目3个，经票决产生。", 3),
    ("会议从5个候选项目中表决产生了2023年度三方面县政府民生实事项目。", 3),
    ("区政府确定为民办实事项目3大项，总投资约6.4亿元。", 3),
]


@pytest.mark.parametrize(("prose", "count"), COUNTS)
def test_declared_counts(prose: str, count: int) -> None:
    tasks = "1.新建学校2所。\n2.改造小区3个。\n3.新建公厕4座。\n"
    assert plan_of(f"某县2023年民生实事\n{prose}\n{tasks}").program.declared_count == count


def test_a_deadline_for_all_others() -> None:
    tasks = "1.新建学校2所。\n2.改造小区3个。\n3.新建公厕4座。\n"
    plan = plan_of(f"某县2023年民生实事\n其余项目均计划在今年12月完成。\n{tasks}")
    assert [str(d.due) for d in plan.program.deadlines] == ["2023-12-31"]


def test_a_heading_with_a_number_above_a_longer_paragraph() -> None:
    entries = "".join(
        f"{mark}、新增{n}00个普惠性托位\n\n开展普惠托育服务专项行动，新建社区托育点{n}处，"
        "支持用人单位为职工提供普惠托育服务，建立备案和监管制度。\n"
        for mark, n in zip("一二三", (5, 6, 7), strict=True)
    )
    plan = plan_of("某省2022年民生实事\n" + entries)
    assert [task.title for task in plan.tasks] == [f"新增{n}00个普惠性托位" for n in (5, 6, 7)]
    assert [[int(i.value) for i in t.items[0].indicators] for t in plan.tasks] == [
        [500, 5], [600, 6], [700, 7],
    ]  # fmt: skip
