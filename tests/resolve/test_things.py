"""Counted things: the table, single names (``things.csv``), whole plans, stages."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from reference_plans import STEMS, reference_plan

from mskg import resources
from mskg.lexicon.areas import areas
from mskg.lexicon.tables import read_table
from mskg.lexicon.things import things
from mskg.lexicon.units import units
from mskg.model import Indicator, Item, Milestone, Task
from mskg.pipeline import read_plan
from mskg.resolve.things import fill_things, find_thing
from mskg.text.folding import fold

FOLDER = Path(__file__).parent
DOCUMENTS = resources.folder("data") / "documents"


def _rows(name: str) -> list[tuple[str, ...]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


CASES = _rows("things.csv")
OF_PLANS = _rows("things_of_plans.csv")


class TestTable:
    def test_ids_are_slugs_unique_and_sorted(self) -> None:
        ids = [row["id"] for row in read_table("things")]
        assert ids == sorted(set(ids))
        assert [i for i in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", i)] == []

    def test_names_tell_things_apart(self) -> None:
        for language in ("zh", "en"):
            names = Counter(row[language] for row in read_table("things"))
            assert [name for name, count in names.items() if count > 1 or not name] == []

    def test_words_are_folded(self) -> None:
        for thing in things().values():
            words = [word for choice in thing.all for word in choice] + [*thing.any, *thing.none]
            assert fold(" ".join(words)) == " ".join(words)

    def test_every_thing_can_be_found(self) -> None:
        """No row is shadowed by another, and none excludes what it asks for."""
        lost = [
            thing.id
            for thing in things().values()
            for choices in [(*thing.all, thing.any or ("",))]
            if not any(
                find_thing("，".join(words), unit) == thing.id
                for words in product(*choices)
                for unit in thing.units
            )
        ]
        assert lost == []

    def test_units_are_known_and_of_one_kind(self) -> None:
        for thing in things().values():
            kinds = {(units().get(u) or units()[u.partition("(")[0]]).kind for u in thing.units}
            assert len(kinds) == 1, thing.id
            # A hundred persons, person-times or households are three different sizes.
            sizes = [{"人", "名", "位"}, {"人次"}, {"户"}, {"公里"}, {"元"}, {"亩"}]
            assert sum(bool(size & thing.units) for size in sizes) <= 1, thing.id

    def test_areas_exist_and_every_row_names_its_source(self) -> None:
        assert {thing.area for thing in things().values()} <= areas().keys()
        assert all(row["source"] for row in read_table("things"))


@pytest.mark.parametrize(("name", "unit", "title", "thing"), CASES)
def test_names(name: str, unit: str, title: str, thing: str) -> None:
    assert find_thing(name, unit, title) == thing


def test_the_cases_hold_enough_near_misses() -> None:
    assert len(CASES) >= 80
    assert sum(not thing for *_, thing in CASES) >= 30
    assert {thing for *_, thing in CASES if thing} <= things().keys()


def test_two_equal_things_cancel_each_other_out() -> None:
    assert find_thing("煤改电", "户") == "coal-to-electricity"
    assert find_thing("煤改气", "户") == "coal-to-gas"
    assert find_thing("煤改电和煤改气", "户") == ""


def test_the_thing_with_most_words_wins() -> None:
    assert find_thing("新建农村公路", "公里") == "rural-roads-new"
    assert find_thing("改建农村公路", "公里") == "rural-roads-renovated"
    assert find_thing("新建、改建农村公路", "公里") == "rural-roads-new-or-renovated"


def test_a_name_is_needed() -> None:
    assert find_thing("", "户", "老年人家庭适老化改造") == ""
    assert find_thing("改造", "户", "老年人家庭适老化改造") == "homes-adapted-for-age"


@pytest.mark.parametrize("stem", STEMS)
def test_annotated_plans(stem: str) -> None:
    """The rows were checked one by one against the text of the plans."""
    expected = [row[1:] for row in OF_PLANS if row[0] == stem[:3]]
    found = [
        (task.path, entry.name, entry.unit, entry.counted_thing)
        for task in fill_things(reference_plan(stem).tasks)
        for item in task.items
        for entry in item.indicators
        if entry.counted_thing
    ]
    assert found == expected


def _found(document: str) -> set[tuple[str, str, Decimal, str]]:
    plan = read_plan(next(DOCUMENTS.glob(f"{document}*")))
    return {
        (entry.counted_thing, task.path, entry.value, entry.unit)
        for task in plan.tasks
        for item in task.items
        for entry in item.indicators
    }


def test_plans_that_are_read_have_things() -> None:
    assert {
        ("shanty-housing-started", "1", Decimal(736), "套"),
        ("homes-adapted-for-age", "8", Decimal(13), "户"),
        ("legal-advice", "15", Decimal(408), "人次"),
        ("legal-aid-cases", "15", Decimal(300), "件"),
    } <= _found("000")
    assert {
        ("household-toilets", "1.6", Decimal(22580), "座"),
        ("public-toilets-new", "1.6", Decimal(81), "座"),
        ("shanty-housing-completed", "1.1", Decimal(15593), "套"),
        ("old-quarters", "1.2", Decimal(50), "個"),
    } <= _found("002")


class TestStages:
    """Stage targets, which take the thing of their indicator."""

    final = Indicator("1-1-1", "改造老旧小区", Decimal(11), "个")

    def _things(self, *stages: Indicator, final: Indicator | None = None) -> list[str]:
        milestone = Milestone(date(2023, 6, 30), "6月底前", indicators=stages)
        item = Item("x", indicators=(final or self.final,), milestones=(milestone,))
        task = fill_things([Task(1, "1", "改善居住条件", (item,))])[0]
        entries = (*task.items[0].indicators, *task.items[0].milestones[0].indicators)
        return [entry.counted_thing for entry in entries]

    def test_a_stage_has_the_thing_of_its_indicator(self) -> None:
        stage = Indicator("1-1-m1", "完成", Decimal(5), "个", of="1-1-1")
        assert self._things(stage) == ["old-quarters"] * 2
        assert self._things(replace(stage, unit="個")) == ["old-quarters"] * 2

    def test_but_no_share_of_the_work_and_no_other_unit(self) -> None:
        share = Indicator(
            "1-1-m1", "工程量", Decimal(50), "%", basis="share of the task", of="1-1-1"
        )
        assert self._things(share) == ["old-quarters", ""]
        assert self._things(replace(share, unit="户", basis="absolute")) == ["old-quarters", ""]

    def test_and_none_for_what_is_only_started(self) -> None:
        stage = Indicator("1-1-m1", "老旧小区改造开工", Decimal(5), "个", of="1-1-1")
        assert self._things(stage) == ["old-quarters", ""]

    def test_a_stage_of_nothing_goes_by_its_own_name(self) -> None:
        alone = Indicator("1-1-m1", "打通断头路", Decimal(1), "条")
        assert self._things(alone) == ["old-quarters", "dead-end-roads"]

    def test_a_thing_given_to_the_indicator_holds_for_its_stages(self) -> None:
        stage = Indicator("1-1-m1", "完成", Decimal(5), "个", of="1-1-2")
        other = replace(self.final, id="1-1-2", counted_thing="pocket-parks")
        assert self._things(stage, final=other) == ["pocket-parks"] * 2

    def test_what_is_given_stays(self) -> None:
        given = replace(self.final, counted_thing="x")
        stage = Indicator("1-1-m1", "完成", Decimal(5), "个", of="1-1-1", counted_thing="y")
        assert self._things(stage, final=given) == ["x", "y"]

    @pytest.mark.parametrize("kind", ["share", "change", "funding", "time standard"])
    def test_only_numbers_of_things_and_money_have_one(self, kind: str) -> None:
        assert self._things(final=replace(self.final, kind=kind)) == [""]
