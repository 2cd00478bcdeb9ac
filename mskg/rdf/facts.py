"""Plan → triples, continued: items with their indicators, targets, milestones, parts.

An indicator of the model becomes two nodes: what is counted (`mskg:Indicator`) and the value
committed to (`mskg:Target`). A stage target of an indicator stated elsewhere becomes a
target only, which hangs on that indicator. `dcterms:identifier` keeps the id of both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.ns import child_iri
from mskg.rdf import fields as f
from mskg.rdf import vocabulary as v
from mskg.rdf.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.model import Indicator, Item, Milestone
    from mskg.rdf.writer import PlanWriter

__all__ = ["number_indicators", "write_item", "write_milestones"]


def number_indicators(writer: PlanWriter) -> None:
    """Give every indicator its node first, so that indicators can refer to later ones."""
    for holder, prefix, container, indicators in _lists(writer):
        for position, indicator in enumerate(indicators, 1):
            kind = "target" if indicator.of else "indicator"
            tail = indicator.id.removeprefix(prefix)
            node = writer.unused(child_iri(holder, kind, tail))
            writer.measures[container, position] = node
            writer.by_id.setdefault(indicator.id, node)
            if not indicator.of:
                writer.counted.setdefault(indicator.id, node)


def _lists(writer: PlanWriter) -> Iterator[tuple[str, str, str, tuple[Indicator, ...]]]:
    """Yield holder of the nodes, prefix of the ids, container, indicators: every list."""
    for number, milestone in enumerate(writer.plan.program.deadlines, 1):
        container = child_iri(writer.program, "milestone", number)
        yield writer.program, "", container, milestone.indicators
    for task, node in zip(writer.plan.tasks, writer.tasks, strict=True):
        for position, item in enumerate(task.items, 1):
            holder, prefix = child_iri(node, "item", position), f"{task.path}-{position}-"
            yield holder, prefix, holder, item.indicators
            for number, milestone in enumerate(item.milestones, 1):
                yield holder, prefix, child_iri(holder, "milestone", number), milestone.indicators


def write_item(writer: PlanWriter, node: str, item: Item) -> None:
    """Add the fields, parts, indicators and milestones of an item."""
    writer.fields(node, item, f.ITEM)
    writer.evidence(node, item.span)
    if item.funding:
        writer.add(node, v.FUNDING_TEXT, Literal(item.funding.text))
        writer.evidence(node, item.funding.span, v.FUNDING_EVIDENCE)
    if item.site:
        writer.add(node, v.SITE_TEXT, Literal(item.site.text))
        writer.evidence(node, item.site.span, v.SITE_EVIDENCE)
    for number, part in enumerate(item.parts, 1):
        child = writer.listed(node, v.HAS_PART, "part", number, v.PART)
        writer.fields(child, part, f.PART)
        writer.evidence(child, part.span)
    for number, progress in enumerate(item.progress, 1):
        child = writer.listed(node, v.HAS_PROGRESS, "progress", number, v.PROGRESS_NOTE)
        writer.fields(child, progress, f.PROGRESS)
        writer.evidence(child, progress.span)
    for position, indicator in enumerate(item.indicators, 1):
        target = _write_indicator(writer, node, node, position, indicator)
        if indicator.of:
            writer.add(node, v.HAS_TARGET, target)
    write_milestones(writer, node, item.milestones)


def write_milestones(writer: PlanWriter, holder: str, milestones: tuple[Milestone, ...]) -> None:
    """Add the milestones of an item or program with their deadlines and stage targets."""
    for number, milestone in enumerate(milestones, 1):
        node = writer.listed(holder, v.HAS_MILESTONE, "milestone", number, v.MILESTONE)
        writer.fields(node, milestone, f.MILESTONE)
        deadline = f"{node}/deadline"
        writer.add(node, v.HAS_DEADLINE, deadline)
        writer.add(deadline, v.TYPE, v.DEADLINE)
        writer.fields(deadline, milestone, f.DEADLINE)
        writer.evidence(node, milestone.span)
        for position, indicator in enumerate(milestone.indicators, 1):
            target = _write_indicator(writer, holder, node, position, indicator)
            writer.add(node, v.HAS_TARGET, target)
            writer.add(target, v.DUE_AT, node)


def _write_indicator(
    writer: PlanWriter, holder: str, container: str, position: int, indicator: Indicator
) -> str:
    """Add the nodes of one indicator of the model; return its target."""
    node = writer.measures[container, position]
    if indicator.of:
        counted, target = _referred(writer, writer.counted, indicator.of), node
    else:
        counted, target = node, f"{node}/target"
        writer.add(holder, v.HAS_INDICATOR, counted)
        writer.add(counted, v.TYPE, v.INDICATOR)
        writer.add(counted, v.IDENTIFIER, Literal(indicator.id))
        writer.fields(counted, indicator, f.LABELLED)
        writer.measure_unit(counted, indicator.unit)
    writer.add(counted, v.HAS_TARGET, target)
    writer.add(target, v.TYPE, v.TARGET)
    writer.add(target, v.IDENTIFIER, Literal(indicator.id))
    writer.add(target, v.POSITION, f.integer(position))
    writer.fields(target, indicator, f.LABELLED)
    writer.measure_unit(target, indicator.unit)
    writer.fields(target, indicator, f.TARGET)
    writer.fields(node, indicator, f.MEASURE)
    if indicator.counted_thing:
        writer.concepts(node, v.COUNTED_THING, "thing", (indicator.counted_thing,))
    if indicator.part_of:
        writer.add(node, v.PART_OF, _referred(writer, writer.by_id, indicator.part_of))
    writer.evidence(target, indicator.span)
    return target


def _referred(writer: PlanWriter, nodes: dict[str, str], name: str) -> str:
    """Return the node of the indicator id `name`.

    An id that no indicator has gets a node with nothing but the id: the plan stays whole,
    and the shapes report the node.
    """
    node = nodes.get(name)
    if node is None:
        node = nodes[name] = writer.unused(child_iri(writer.program, "unknown", name))
        writer.add(node, v.IDENTIFIER, Literal(name))
    return node
