"""Numbers in context: comparators far from them, numbers inside names, what is done already."""

from __future__ import annotations

import pytest
from reading_plans import item_of

CASES = [
    # a comparator with its measure between it and the number
    ("基本生活标准不低于当地最低生活保障标准的1.3倍。", ["1.3 倍 ge"]),
    ("困难群众救助标准不少于法定标准的105%。", ["105 % ge"]),
    # numbers of roads and kinds inside names
    ("综合提升816南北路街区，改造816路西侧。", []),
    ("新建3人制篮球场20个，改扩建20轨制高中1所。", ["20 个 eq", "1 所 eq"]),
    ("新增3路公交线路2条，完成2条国道206公里改造。", ["2 条 eq", "2 条 eq", "206 公里 eq"]),
    # thousands parted by spaces, as GB/T 15835 has it
    (
        "惠及居民7 215户，种树1 200 000株，培训5 000人。",
        ["7215 户 eq", "1200000 株 eq", "5000 人 eq"],
    ),
    # a bound that is printed once for several
    ("婚检率、孕检率分别达到97%、90%以上。", ["97 % ge", "90 % ge"]),
    ("为妇女免费提供宫颈癌、乳腺癌筛查，各不少于2500人次。", ["2500 人次 ge", "2500 人次 ge"]),
    # 以下 includes its number, as 以上 does
    ("管网漏损率由11.5%降至9%以下。", ["9 % le"]),
    # years of a plan, and the number of a part
    ("2021-2023 建设学校2所。", ["2 所 eq"]),
    ("1.1 社区食堂提质，新增助餐点2个。", ["2 个 eq"]),
    # how high or deep something lies
    (
        "修建65.00高程以上排水渠9公里，水位52.5米，建设海拔1200米以上的安置点3处。",
        ["9 公里 eq", "3 处 eq"],
    ),
    # a word that only begins like a measure word
    ("安排450000 支持符合条件的家庭，新增5家庭医生签约点。", []),
    # parts of what is done already; a later promise is none of them
    ("目前已开工39所，其中，幼儿园11所、小学10所。年内建成20所。", ["20 所 eq"]),
    ("截至9月底，已改造老旧小区12个，惠及800户，力争年内再改造5个。", ["5 个 eq"]),
    ("截至2019年12月底，全市完成脱贫7.5万人，其中：东区6962人；西区完成3619人。", []),
    ("截至4月底，接种1800剂次（年度任务2000剂次）。", ["2000 剂次 eq"]),
    # a bound that says for whom something is done, and one that is promised
    ("为家庭人均耕地低于0.3亩、满60周岁的农民每人每月补助80元。", ["80 元 eq"]),
    ("单位能耗低于0.3吨标准煤，培训农民50人。", ["0.3 吨标准煤 lt", "50 人 eq"]),
    # people counted before the number, which a comparator follows
    ("实现全年城镇新增就业人数24万以上，帮扶5户。", ["240000  ge", "5 户 eq"]),
]


@pytest.mark.parametrize(("clause", "wanted"), CASES)
def test_numbers_in_context(clause: str, wanted: list[str]) -> None:
    item, _ = item_of(clause)
    stages = [indicator for stage in item.milestones for indicator in stage.indicators]
    found = [f"{i.value:f} {i.unit} {i.op}" for i in (*item.indicators, *stages)]
    assert found == wanted


def test_united_functions_do_not_end_the_name() -> None:
    item, _ = item_of("建设18个集养老、救孤、济困等功能于一体的县级社会福利中心。")
    assert [i.name.removeprefix("建设") for i in item.indicators] == ["县级社会福利中心"]
