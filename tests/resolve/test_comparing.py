"""Targets that look alike but count other things are told apart, with the reason."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mskg.lexicon.comparing import differences, rules
from mskg.lexicon.things import things
from mskg.model import Indicator
from mskg.resolve import compare_indicators


def _indicator(thing: str, **changes: str) -> Indicator:
    return Indicator("1-1-1", "目标", Decimal(1), "个", counted_thing=thing, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "kind", "zh"),
    [
        # The pairs of the domain notes: questions 16, 17 and 18.
        ("shanty-housing-started", "shanty-housing-completed", "stage", "新开工"),
        ("legal-aid-cases", "legal-aid-services", "counting", "人次"),
        ("old-quarters", "old-quarter-households", "counting", "小区"),
        ("cervical-cancer-screening", "two-cancers-screening", "scope", "范围不同"),
        ("car-parks", "parking-spaces", "counting", "位"),
        ("pocket-parks", "household-toilets", "subject", "不是一回事"),
    ],
)
def test_things_that_can_t_be_compared(one: str, other: str, kind: str, zh: str) -> None:
    (reason, *_) = differences(one, other)
    assert reason.kind == kind
    assert zh in reason.zh
    comparison = compare_indicators(_indicator(one), _indicator(other))
    assert comparison.verdict == "not comparable"
    assert comparison.reasons[0] == reason


@pytest.mark.parametrize("thing", ["household-toilets", "legal-aid-cases"])
def test_targets_for_one_thing_are_comparable(thing: str) -> None:
    assert compare_indicators(_indicator(thing), _indicator(thing)) == ("comparable", ())


def test_several_differences_are_all_told() -> None:
    found = differences("old-quarters", "old-quarter-households-started")
    assert [reason.kind for reason in found] == ["counting", "stage"]


def test_a_thing_that_says_no_stage_differs_from_one_that_does() -> None:
    found = differences("shanty-households", "shanty-housing-started")
    assert "没有说明阶段" in found[1].zh


@pytest.mark.parametrize(
    "changes", [{"kind": "share"}, {"basis": "share of the task"}, {"kind": "funding"}]
)
def test_kind_and_basis_must_agree(changes: dict[str, str]) -> None:
    one, other = _indicator("pocket-parks"), _indicator("pocket-parks", **changes)
    comparison = compare_indicators(one, other)
    assert comparison.verdict == "not comparable"
    assert [reason.kind for reason in comparison.reasons] == ["kind"]


def test_cumulative_and_periodic_targets_differ() -> None:
    one = _indicator("new-urban-jobs", accumulation="cumulative")
    assert compare_indicators(one, _indicator("new-urban-jobs")).verdict == "comparable"
    other = _indicator("new-urban-jobs", accumulation="per period")
    assert compare_indicators(one, other).reasons[0].kind == "accumulation"


def test_without_a_counted_thing_nothing_is_certain() -> None:
    comparison = compare_indicators(_indicator(""), _indicator("pocket-parks"))
    assert comparison.verdict == "unknown"
    assert "目标" in comparison.reasons[0].zh


def test_comparing_is_symmetric() -> None:
    for one, other, reasons in rules():
        assert [reason.kind for reason in reasons] == [
            reason.kind for reason in differences(other, one)
        ]
        assert reasons


def test_an_unknown_thing_is_an_error() -> None:
    with pytest.raises(KeyError):
        differences("pocket-parks", "no-such-thing")


def test_every_family_has_several_members() -> None:
    families = [thing.family for thing in things().values() if thing.family]
    assert all(families.count(name) > 1 for name in families)
