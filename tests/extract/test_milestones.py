"""Milestones: the date of each stage, its words, its targets, and what they are stages of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading_plans import item_of

if TYPE_CHECKING:
    from mskg.model import Item

# clause, then one line a milestone: date or rule, then its targets behind colons
MILESTONES = [
    ("6月底前完成主体工程，10月底前交付使用。", ["2023-06-30", "2023-10-31"]),
    ("9月，10月交付使用。", ["2023-09-30", "2023-10-31"]),
    ("10月1日前建成。", ["2023-10-01"]),
    # a part of what is counted stands before its date
    ("改造学校6所，其中城区2所学校9月1日前投用。", ["2023-09-01:2 所 eq"]),
    ("改造小区60个，30%以上的小区6月底前启动。", ["2023-06-30:30 % ge"]),
    ("某某学校等5所学校确保9月1日前投用。", ["2023-09-01:5 所 eq"]),
    # the clause behind speaks of other things, or goes on
    ("综合楼9月投入使用，幼儿园扩建4个班。", ["2023-09-30"]),
    ("综合楼9月封顶，累计完成工程量的60%。", ["2023-09-30:60 % eq"]),
    # a date alone in its bracket
    ("汛期前（4月15日前）完成清淤5处。", ["2023-04-15:5 处 eq"]),
    ("5月上旬开工，5月下旬完成招标，6月中旬进场。", ["2023-05-10", "2023-05-31", "2023-06-20"]),
    ("3月初启动，3月中完成。", ["2023-03-10", "2023-03-20"]),
    ("年底前建成12个站点。", ["2023-12-31:12 个 eq"]),
    ("2023年底前完成。", ["2023-12-31"]),
    ("预计2024年5月竣工。", ["2024-05-31"]),
    ("2024年6月底完成主体，10月底完工。", ["2024-06-30", "2024-10-31"]),
    ("9月30日前建成投用3所学校。", ["2023-09-30:3 所 eq"]),
    ("6月底前完成工程量的30%。", ["2023-06-30:30 % eq"]),
    ("一季度完成招标，三季度完成50%。", ["2023-03-31", "2023-09-30:50 % eq"]),
    ("上半年完成50%，下半年全部完成。", ["2023-06-30:50 % eq", "2023-12-31"]),
    (
        "3月：完成招标；6月：完成30%；9月：完成70%；12月：完工。",
        ["2023-03-31", "2023-06-30:30 % eq", "2023-09-30:70 % eq", "2023-12-31"],
    ),
    (
        "1月-3月，完成前期工作；4月-6月，完成总工程量的50%；10月-12月，竣工验收。",
        ["2023-03-31", "2023-06-30:50 % eq", "2023-12-31"],
    ),
    (
        "5月底前新建充电桩50个、8月底前新建充电桩100个。",
        ["2023-05-31:50 个 eq", "2023-08-31:100 个 eq"],
    ),
    (
        "12月底前，完成农村公路100公里，安装路灯200盏。",
        ["2023-12-31:100 公里 eq:200 盏 eq"],
    ),
    ("6月底前完成不少于2200人。", ["2023-06-30:2200 人 ge"]),
    ("2023年3月1日至12月31日开展培训100场。", ["2023-12-31:100 场 eq"]),
    ("6月至8月开展防溺水宣传20场。", ["2023-08-31:20 场 eq"]),
    ("完成培训500人，11月底前完成。", ["2023-11-30"]),
    ("於六月底前完成30%，十二月底前完成100%。", ["2023-06-30:30 % eq", "2023-12-31:100 % eq"]),
    ("４月底前完成３０％。", ["2023-04-30:30 % eq"]),
    ("6月\n底前完成30%。", ["2023-06-30:30 % eq"]),
    ("于10月底前建成，并于12月底前投用。", ["2023-10-31", "2023-12-31"]),
    ("2022年9月已开工，2023年6月底前完工。", ["2023-06-30"]),
    (
        "3月底、6月底、9月底前分别完成20%、50%、80%。",
        ["2023-03-31:20 % eq", "2023-06-30:50 % eq", "2023-09-30:80 % eq"],
    ),
    # recurring rules
    ("逐月按时兑付工资。", ["monthly"]),
    ("每月发放养老金。", ["monthly"]),
    ("按月报送进度。", ["monthly"]),
    ("每月5日前报送上月进度。", ["monthly"]),
    ("每季度通报一次。", ["quarterly"]),
    ("一月一调度。", ["monthly"]),
]

# Dates that are no milestones.
NONE = [
    "全年持续推进。",
    "推进2023年度老旧小区改造。",
    "实施2022年续建项目。",
    "截至3月底已完成20户。",
    "每人每月补助10元。",
    "补助标准为每月300元。",
    "为6-12月龄婴儿体检。",
    "实施3个月集中攻坚。",
    "2022年6月底前已完成10户。",
]


def _shown(item: Item) -> list[str]:
    lines = []
    for stage in item.milestones:
        targets = "".join(f":{i.value} {i.unit} {i.op}" for i in stage.indicators)
        lines.append(f"{stage.due or stage.recurrence}{targets}")
    return lines


@pytest.mark.parametrize(("clause", "wanted"), MILESTONES, ids=[m[0] for m in MILESTONES])
def test_milestones(clause: str, wanted: list[str]) -> None:
    item, _ = item_of(clause)
    assert _shown(item) == wanted


@pytest.mark.parametrize("clause", NONE)
def test_no_milestone(clause: str) -> None:
    item, _ = item_of(clause)
    assert [m for m in item.milestones if not m.optional] == []


@pytest.mark.parametrize("clause", ["年内建成12个站点。", "全年建成12个站点。"])
def test_within_the_year_is_a_plain_target(clause: str) -> None:
    item, _ = item_of(clause)
    assert [(i.value, i.unit) for i in item.indicators] == [(12, "个")]
    assert [m for m in item.milestones if not m.optional or m.indicators] == []


def test_a_number_of_a_stage_stands_only_there() -> None:
    item, _ = item_of("新增就业4400人，6月底前完成2200人。")
    assert [i.value for i in item.indicators] == [4400]
    assert [i.value for m in item.milestones for i in m.indicators] == [2200]


def test_a_stage_ends_with_its_sentence() -> None:
    item, _ = item_of("6月底前完成招标。新增学位630个。")
    assert [i.value for i in item.indicators] == [630]
    assert [m.text for m in item.milestones] == ["6月底前完成招标"]


@pytest.mark.parametrize(
    ("clause", "optional"), [("10月前完成招标。", True), ("10月底前完成招标。", False)]
)
def test_a_bare_month_with_before_is_optional(clause: str, optional: bool) -> None:
    (stage,) = item_of(clause)[0].milestones
    assert stage.optional is optional
    assert str(stage.due) == "2023-10-31"


def test_the_whole_year_and_what_comes_after_are_no_stage() -> None:
    item, _ = item_of("上半年救助不少于70人，全年救助不少于130人")
    assert [int(i.value) for i in item.indicators] == [130]
    assert [[int(i.value) for i in m.indicators] for m in item.milestones] == [[70]]
    item, _ = item_of("11月底前完成主体工程，建成后可增加学位1080个")
    assert [int(i.value) for i in item.indicators] == [1080]


def test_a_part_whose_mark_runs_together_with_its_date() -> None:
    item, _ = item_of("1．新建厂房2栋。\n3．9月底前全部开工")
    assert [m.due.isoformat() for m in item.milestones if m.due] == ["2023-09-30"]


def test_a_start_is_no_deadline() -> None:
    (stage,) = item_of("从7月1日起提高补助标准。")[0].milestones
    assert (str(stage.due), stage.optional) == ("2023-07-01", True)


# stages and what they are stages of
@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("全年新增就业4400人。6月底前完成2200人，9月底前完成3300人，年底前完成4400人。", ""),
        ("城镇新增就业4400人。6月底前新增就业2200人，12月底前新增就业4400人。", "稳就业工程"),
        ("建设农村公路20公里，6月底前完成8公里，年底前完成20公里。", "农村公路工程"),
    ],
)
def test_stages_hang_on_the_target_and_are_cumulative(text: str, title: str) -> None:
    item, _ = item_of(text, title=title)
    (target,) = item.indicators
    stages = [i for m in item.milestones for i in m.indicators]
    assert [s.of for s in stages] == [target.id] * len(stages)
    assert target.accumulation == "cumulative"
    assert {s.accumulation for s in stages} == {"cumulative"}


@pytest.mark.parametrize(
    "text",
    [
        "改造老旧小区20个，3月底前完成5个，6月底前再完成8个，12月底前完成剩余7个。",
        "改造老旧小区20个，3月底前完成5个，6月底前完成8个，12月底前完成7个。",
    ],
)
def test_stages_that_add_up_to_the_target_are_per_period(text: str) -> None:
    item, _ = item_of(text)
    (target,) = item.indicators
    stages = [stage for milestone in item.milestones for stage in milestone.indicators]
    assert [int(stage.value) for stage in stages] == [5, 8, 7]
    assert {stage.of for stage in stages} == {target.id}
    assert {target.accumulation, *(stage.accumulation for stage in stages)} == {"per period"}


def test_stages_find_their_own_target_among_several() -> None:
    item, _ = item_of("新建幼儿园4所，改造小学6所。6月底前新建幼儿园2所，改造小学3所。")
    nursery, school = item.indicators
    stages = [i for m in item.milestones for i in m.indicators]
    assert [s.of for s in stages] == [nursery.id, school.id]


def test_a_stage_of_another_unit_hangs_on_nothing() -> None:
    item, _ = item_of("新建幼儿园4所。6月底前完成投资300万元。")
    assert [i.of for m in item.milestones for i in m.indicators] == [""]


def test_people_and_visits_are_not_the_same() -> None:
    item, _ = item_of("开展免费体检5000人次。6月底前培训医生200人。")
    assert [i.of for m in item.milestones for i in m.indicators] == [""]


def test_a_share_of_the_task_goes_on_over_the_stages() -> None:
    item, _ = item_of("6月底前完成工程量的30%，9月底前完成60%，12月底前完成100%。")
    stages = [i for m in item.milestones for i in m.indicators]
    assert [s.value for s in stages] == [30, 60, 100]
    assert len({s.basis for s in stages}) == 1
    assert stages[0].basis != "absolute"
    assert all("工程量" in s.name for s in stages)


def test_deadline_cells_have_parts() -> None:
    text = "（一）新建项目\n3月底前完成招标；\n6月底前完成30%。\n（二）改造项目\n年底前完成。"
    item, _ = item_of(text, kind="deadline")
    assert [(p.label, p.title) for p in item.parts] == [
        ("（一）", "新建项目"),
        ("（二）", "改造项目"),
    ]
    assert [(str(m.due), m.part) for m in item.milestones] == [
        ("2023-03-31", "（一）"), ("2023-06-30", "（一）"), ("2023-12-31", "（二）"),
    ]  # fmt: skip


def test_undated_targets_of_a_deadline_cell_are_targets_of_the_item() -> None:
    item, _ = item_of("全年完成改造20个小区。\n6月底前完成5个。", kind="deadline")
    assert [i.value for i in item.indicators] == [20]
    assert [i.value for m in item.milestones for i in m.indicators] == [5]


def test_progress_gives_no_targets() -> None:
    item, unused = item_of("1-9月已完成改造300户，占任务的60%。", kind="progress")
    assert item.indicators == item.milestones == ()
    assert [p.text for p in item.progress] == ["1-9月已完成改造300户，占任务的60%。"]
    assert "300户" in [u.text for u in unused]


@pytest.mark.parametrize("kind", ["funding", "site"])
def test_text_fields(kind: str) -> None:
    item, unused = item_of("县财政安排500万元", kind=kind)
    field = getattr(item, kind)
    assert field.text == field.span.quote == "县财政安排500万元"
    numbers = [u.text for u in unused] + [i.span.quote for i in item.indicators if i.span]
    assert numbers == ["500万元"]
