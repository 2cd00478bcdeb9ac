"""What the bulletin says, on rows made by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from ledger_store import bundled_store
from standings import due, ledger_row, sample, standing

from mskg.ledger import ledger_rows, status_word
from mskg.ledger.bulletin import bulletin
from mskg.ledger.leaders import leaders_of
from mskg.ledger.reports import report
from mskg.render.paper import Bars, Figures, Grid, Growth, Notes, Paper, Section, Timeline, shown

AT = date(2023, 7, 31)


def paper(rows=None, at: date = AT, **options: object) -> Paper:
    return bulletin(sample(at) if rows is None else rows, at, profile="default", **options)


def section(found: Paper, name: str) -> Section:
    return next(part for part in found.sections if part.id == name)


def grids(found: Paper, name: str) -> list[list[list[str]]]:
    """Return the tables of a section as texts."""
    blocks = section(found, name).blocks
    return [
        [[shown(value) for value in row] for row in block.rows]
        for block in blocks
        if isinstance(block, Grid)
    ]


def everything(found: Paper) -> str:
    return repr(found)


def test_what_is_wrong_comes_first() -> None:
    found = paper()
    assert [part.id for part in found.sections] == [
        *("overview", "lagging", "soon", "half", "ranking", "tasks", "missing", "charts"),
        *("notes", "rules"),
    ]
    assert found.title == "泾源县2023年民生实事进展通报"
    assert found.sections[1].heading == "二、逾期和慢于序时"
    lagging = grids(found, "lagging")[0]
    assert [(row[3], row[9], row[10]) for row in lagging] == [
        ("改造农户分散供热设施", "逾期", "31"), ("发放创业担保贷款", "慢序时", "")
    ]  # fmt: skip
    assert lagging[1][4:7] == ["15,000,000 元", "7,500,000 元*", "4,000,000 元"]


def test_every_figure_has_its_rule_and_sentence() -> None:
    found = paper()
    notes = {note.id: note for block in section(found, "notes").blocks if isinstance(block, Notes)
             for note in block.notes}  # fmt: skip
    blocks = [block for part in found.sections for block in part.blocks]
    rows = [row for block in blocks if isinstance(block, Grid) and block.rows for row in block.rows
            if any(value.goal for value in row)]  # fmt: skip
    assert len(rows) > 12
    for row in rows:
        (goal,) = {value.goal for value in row if value.goal}
        assert notes[goal].quote
    heat = notes["e1"]
    assert heat.quote == "6月底，完成改造农户分散供热设施954户；"
    assert heat.place == "关于印发2023年民生实事的通知 第240行"
    assert any("规则 stage" in line for line in heat.lines)
    assert any("已报：700 户 推进中（2023-07-29）" in line for line in heat.lines)


def test_overview_counts_the_rows_of_each_status() -> None:
    first, second = (
        block for block in section(paper(), "overview").blocks if isinstance(block, Figures)
    )
    assert {f.label: f.value for f in first.figures} == {
        "任务": 3, "指标和节点": 6, "已完成": 1, "已销号": 1, "完成率": Decimal(1) / 6
    }  # fmt: skip
    paces = ("overdue", "behind", "no-data", "not-due", "ahead", "early")
    assert [f.label for f in second.figures] == [status_word(pace) for pace in paces]
    assert {f.value for f in second.figures} == {1}


def test_names_of_people_only_when_asked() -> None:
    hidden = everything(paper())
    assert "李四" not in hidden
    assert "王五" not in hidden
    shown_names = everything(paper(names={"https://example.org/泾源县/1": ["赵六", "副县长 钱七"]}))
    assert "报告人：李四" in shown_names
    assert "王五" in shown_names
    assert "责任领导：赵六、副县长 钱七" in shown_names


def test_leaders_of_a_plan_are_named_by_part_and_task_only_when_asked() -> None:
    store = bundled_store("003")
    hidden = report(store, AT, kind="bulletin")
    assert "责任领导" not in everything(hidden)
    named = report(store, AT, names=True)
    grid = next(block for block in section(named, "tasks").blocks if isinstance(block, Grid))
    place = [column.title for column in grid.columns].index("责任领导")
    third = grid.rows[2][place].value
    leaders = leaders_of(store)
    task = next(iter(row.task for row in ledger_rows(store) if row.task_number == "3"))
    assert third == "、".join(leaders[task])
    assert len(leaders[task]) == 2
    notes = next(block for block in section(named, "notes").blocks if isinstance(block, Notes))
    of_part = {
        line for note in notes.notes if note.head.startswith("3 ") for line in note.lines
        if line.startswith("责任领导")
    }  # fmt: skip
    assert of_part == {f"责任领导：{name}" for name in leaders[task]}  # each part has its own


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (date(2023, 7, 31), []),  # 31 days before the earlier reading
        (date(2023, 8, 1), ["60"]),
        (date(2023, 8, 31), ["30"]),
        (date(2023, 9, 30), ["0"]),
        (date(2023, 10, 1), []),  # past: no longer to come
    ],
)
def test_two_readings_of_a_deadline_warn_for_the_earlier_day(at: date, days: list[str]) -> None:
    bare = due(date(2023, 9, 30), "9月前", warn=date(2023, 8, 31))
    row = ledger_row(3, 1, "康复救助", due=bare)
    found = paper([standing(row, at, "not-due")], at)
    assert [line[-2] for line in grids(found, "soon")[0]] == days


def test_what_is_done_or_ended_is_not_announced() -> None:
    soon = due(AT + timedelta(days=5), "8月初")
    rows = [
        standing(ledger_row(1, 1, "甲", due=soon), AT, "early", met=AT),
        standing(ledger_row(1, 2, "乙", due=soon), AT, "not-due", state="terminated"),
        standing(ledger_row(1, 3, "丙", due=soon), AT, "not-due"),
    ]
    assert [line[3] for line in grids(paper(rows), "soon")[0]] == ["丙"]


def test_half_way_mark_only_at_mid_year() -> None:
    for at, there in ((date(2023, 6, 29), False), (date(2023, 6, 30), True),
                      (date(2023, 7, 31), True), (date(2023, 8, 1), False)):  # fmt: skip
        assert any(part.id == "half" for part in paper(at=at).sections) is there
    rows = {line[3]: line[5:9] for line in grids(paper(), "half")[0]}
    assert rows["城镇新增就业"] == ["250 人", "400 人", "80%", "是"]
    assert rows["发放创业担保贷款"] == ["7,500,000 元", "4,000,000 元", "26.6%", "否"]
    assert rows["残疾人培训"] == ["15 人", "", "", "无数据"]
    assert "开工建设" not in rows


def test_half_of_a_change_starts_at_its_baseline() -> None:
    row = ledger_row(1, 1, "机构数", baseline=Decimal(10), target=Decimal(20), unit="家")
    assert grids(paper([standing(row, AT, "behind", 14)]), "half")[0][0][5:9] == [
        "15 家", "14 家", "70%", "否"
    ]  # fmt: skip


def test_no_data_is_not_behind() -> None:
    rows = [standing(s.row, AT, "no-data") for s in sample(AT)]
    found = paper(rows)
    assert any("“无数据”不等于滞后" in line for line in found.lines)
    assert grids(found, "lagging") == [[]]
    assert [line[0] for line in grids(found, "ranking")[0]] == ["", "", ""]
    missing = grids(found, "missing")[0]
    assert [line[3] for line in missing] == ["改造农户分散供热设施", "开工建设", "残疾人培训"]
    assert "另有 3 行没有数据，但尚未到期。" in everything(found)
    assert "“无数据”不等于滞后" not in everything(paper())


@pytest.mark.parametrize(
    ("at", "words"),
    [(date(2022, 12, 31), "早于计划年度2023"), (date(2024, 1, 1), "晚于计划年度2023")],
)
def test_a_date_outside_the_year_is_told(at: date, words: str) -> None:
    assert any(words in line for line in paper(at=at).lines)


def test_several_places_are_ranked_and_named() -> None:
    rows = [*sample(), *[standing(s.row, AT, "ahead") for s in sample(region="湛河区")]]
    found = paper(rows)
    assert found.title == "2个地区2份清单民生实事进展通报"
    regions, departments, duties = grids(found, "ranking")
    assert [(line[0], line[1]) for line in regions] == [("1", "湛河区 2023"), ("2", "泾源县 2023")]
    assert {line[0] for line in duties} == {"泾源县 2023", "湛河区 2023"}
    assert len(departments) == 6
    bars = next(block for block in section(found, "charts").blocks if isinstance(block, Bars))
    assert [bar.label for bar in bars.bars] == ["泾源县 2023", "湛河区 2023"]


def test_charts_count_what_the_tables_count() -> None:
    blocks = {type(block): block for block in section(paper(), "charts").blocks}
    bars, timeline, growth = blocks[Bars], blocks[Timeline], blocks[Growth]
    assert [(bar.done, bar.expected) for bar in bars.bars] == [
        (Decimal("0.5"), Decimal(1)), (Decimal(0), Decimal(0)), (Decimal(0), Decimal("0.5"))
    ]  # fmt: skip
    days = [[(m.day.month, m.count) for m in lane.moments] for lane in timeline.lanes]
    assert days == [[(3, 1), (6, 1)], [(12, 2)], [(5, 1), (9, 1)]]
    points = {day.month: (over, done) for day, over, done in growth.points}
    assert (points[2], points[3], points[7], points[12]) == ((0, 0), (1, 1), (3, 1), (6, None))


def test_english_has_no_chinese_of_its_own() -> None:
    row = ledger_row(1, 1, "heating", region="Jingyuan", quote="a sentence", task_title="Heating",
                     document_title="Notice", due=due(AT, "end of July"),
                     departments=(), unit="m")  # fmt: skip
    found = paper([standing(row, AT, "behind", 3, colour_zh="")], lang="en", window=7)
    words = everything(found).replace("施工中", "").replace("验收单第3号", "")
    assert not [sign for sign in words if "\u4e00" <= sign <= "\u9fff" and sign not in "月前"]


def test_same_rows_same_paper_in_any_order_of_plans() -> None:
    here, there = sample(), sample(region="湛河区")
    assert paper([*here, *there]) == paper([*there, *here])
