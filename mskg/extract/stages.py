"""Stage targets: which indicator a dated number is a stage of."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from mskg.model import with_changes

if TYPE_CHECKING:
    from mskg.model import Indicator, Milestone

__all__ = ["SHARE", "link_stages"]

SHARE = "share of the task"
_ALIKE = 0.6
_DATE_ONLY = 8  # characters of a date without anything due


def link_stages(
    indicators: list[Indicator], milestones: list[Milestone], title: str
) -> tuple[list[Indicator], list[Milestone]]:
    """Link each stage target to the indicator of the same part, unit and thing.

    A share of the task (完成工程量的30%) is no stage of a count: it gets no link unless the
    item has one indicator alone. A stage that names nothing takes the name of its target.
    Linked stages that end at the target are cumulative; those that add up to it are per period.
    """
    linked = []
    milestones = _distributed(milestones)
    share: Indicator | None = None
    for milestone in milestones:
        stages = []
        for printed in milestone.indicators:
            stage = _goes_on(_of_task(printed), share)
            share = stage if stage.basis == SHARE else share
            found = _of_each(stage, indicators) or [_linked(stage, indicators, title)]
            stages += [entry if _core(entry.name) else _titled(entry, title) for entry in found]
        linked.append(with_changes(milestone, indicators=tuple(stages)) if stages else milestone)
    by_target: dict[str, list[Indicator]] = {}
    for milestone in linked:
        for stage in milestone.indicators:
            if stage.of:
                by_target.setdefault(stage.of, []).append(stage)
    counted = {i.id: _accumulation(i, by_target.get(i.id, [])) for i in indicators}
    own = [with_changes(i, accumulation=how) if (how := counted[i.id]) else i for i in indicators]
    return own, [_marked(m, counted) if m.indicators else m for m in linked]


def _titled(stage: Indicator, title: str) -> Indicator:
    return with_changes(stage, name=title + stage.name)


def _distributed(milestones: list[Milestone]) -> list[Milestone]:
    """Pair 3月底、6月底、9月底前分别完成20%、50%、80%: each date gets its own number."""
    out = list(milestones)
    for index, last in enumerate(milestones):
        count = len(last.indicators)
        before = out[max(0, index - count + 1) : index]
        if count < 2 or len(before) < count - 1 or "分别" not in last.text:
            continue
        if any(m.indicators or len(m.text) > _DATE_ONLY for m in before):
            continue
        for milestone, stage in zip(
            range(index - count + 1, index + 1), last.indicators, strict=True
        ):
            out[milestone] = with_changes(out[milestone], indicators=(stage,))
    return out


def _of_task(stage: Indicator) -> Indicator:
    """Read 8月底前完成50% as a share of the task: nothing else is named."""
    if stage.unit != "%" or _core(stage.name):
        return stage
    return with_changes(stage, name=stage.name.removesuffix("任务") + "任务", basis=SHARE)


def _goes_on(stage: Indicator, share: Indicator | None) -> Indicator:
    """Read 9月底前完成60% like the share of the task named for the date before."""
    if share is None or stage.basis != SHARE or _core(stage.name):
        return stage
    return with_changes(stage, name=share.name, basis=share.basis)


def _marked(milestone: Milestone, counted: dict[str, str]) -> Milestone:
    stages = []
    for stage in milestone.indicators:
        how = "cumulative" if stage.basis == SHARE else counted.get(stage.of, "")
        stages.append(with_changes(stage, accumulation=how) if how else stage)
    return with_changes(milestone, indicators=tuple(stages))


def _of_each(stage: Indicator, indicators: list[Indicator]) -> list[Indicator]:
    """Return the stages of each thing that 各完成5000人 counts; none where it names its own."""
    if _core(stage.name) != "各":
        return []
    lettered = [i for i in indicators if i.id[-1].isalpha() and _unit(i.unit) == _unit(stage.unit)]
    whole = {i.id[:-1] for i in lettered}
    if len(whole) != 1:
        return []
    return [with_changes(stage, id=stage.id + i.id[-1], of=i.id, name=i.name) for i in lettered]


def _linked(stage: Indicator, indicators: list[Indicator], title: str) -> Indicator:
    if stage.basis == SHARE:
        return with_changes(stage, of=indicators[0].id if len(indicators) == 1 else "")
    units = [i for i in indicators if _unit(i.unit) == _unit(stage.unit)]
    inside = [i for i in units if i.part == stage.part] or units
    best = max(
        inside, key=lambda i: (_likeness(i.name, stage.name), i.value >= stage.value), default=None
    )
    if best is not None and _likeness(best.name, stage.name) >= _ALIKE:
        twins = [i for i in inside if i.id[:-1] == best.id[:-1] and i.id[-1].isalpha()]
        if len(twins) > 1:  # 各3800人: the stage counts all of them together
            return with_changes(stage, name="、".join(i.name for i in twins))
        return with_changes(stage, of=best.id)
    if len(inside) == 1 and (not _core(stage.name) or stage.name == title):
        # 6月底前完成2200人: nothing else is counted so
        return with_changes(stage, of=inside[0].id, name=inside[0].name)
    return stage


def _unit(unit: str) -> str:
    # 名 and 人 count the same people; 人次 counts visits and stays apart.
    return {"名": "人", "位": "人", "個": "个", "戶": "户", "場": "场"}.get(unit, unit)


def _likeness(first: str, second: str) -> float:
    """Return the share of the shorter name's characters that the longer one holds."""
    a, b = _core(first), _core(second)
    if not a or not b:
        return 0.0
    return sum((Counter(a) & Counter(b)).values()) / min(len(a), len(b))


def _core(name: str) -> str:
    return _FRAME.sub("", name)


_FRAME = re.compile(
    r"[^\w]|完成|建成|达到|全面|实现|新增|任务|工作|全县|全市|全区|再|剩余|其余|余下|继续"
)


def _accumulation(indicator: Indicator, stages: list[Indicator]) -> str:
    """Return how the stages of a target are counted, empty where they don't tell."""
    values = [stage.value for stage in stages]
    if len(values) < 2:
        return ""
    if values[-1] == indicator.value and all(a <= b for a, b in pairwise(values)):
        return "cumulative"
    return "per period" if sum(values) == indicator.value else ""
