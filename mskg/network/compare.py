"""Two networks side by side: what the same functions do in two regions or years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mskg.network.measures import measures
from mskg.network.notes import Tell, quiet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.network.graph import Collaboration
    from mskg.network.measures import DepartmentMeasures, NetworkMeasures

__all__ = ["Comparison", "NodeChange", "PairChange", "compare"]


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A node in two networks; ranks count from 1, equal values share a rank.

    Ranks are by tasks (``rank``) and by betweenness (``between``); None where the node is
    not in that network.
    """

    iri: str
    name: str
    tasks: tuple[int | None, int | None]
    rank: tuple[int | None, int | None]
    degree: tuple[int | None, int | None]
    between: tuple[int | None, int | None]

    @property
    def change(self) -> int | None:
        """How many ranks by tasks the node rises from the first to the second network."""
        before, after = self.rank
        return None if before is None or after is None else before - after


@dataclass(frozen=True, slots=True)
class PairChange:
    """A pair with the tasks it shares in the first and in the second network."""

    first: str
    second: str
    tasks: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two networks have in common.

    ``overlap`` is the Jaccard index of their pairs among the nodes of both; ``correlation``
    Spearman's rank correlation of the tasks of these nodes, None where it is not defined.
    """

    titles: tuple[str, str]
    whole: tuple[NetworkMeasures, NetworkMeasures]
    nodes: tuple[NodeChange, ...]
    pairs: tuple[PairChange, ...]
    overlap: float | None
    correlation: float | None


def compare(
    first: Collaboration, second: Collaboration, *, lang: str = "zh", tell: Tell = quiet
) -> Comparison:
    """Return the comparison of two networks, node by node of the same IRI.

    Build both at the level ``function`` to compare two regions; departments are the same
    only within one region. Titles are in `lang` (``zh`` or ``en``);
    `tell` is called with the name of each costly step before it runs.
    """
    found = measures(first, tell=tell), measures(second, tell=tell)
    left, right = ({row.iri: row for row in side.departments} for side in found)
    ranks = [_ranks(list(side.departments)) for side in found]
    nodes = [
        _node_change(iri, (left.get(iri), right.get(iri)), ranks) for iri in sorted({*left, *right})
    ]
    nodes.sort(key=lambda node: (-sum(filter(None, node.tasks)), node.iri))
    pairs = _pair_changes(first, second)
    both = left.keys() & right.keys()
    return Comparison(
        (first.heading(lang), second.heading(lang)),
        (found[0].network, found[1].network),
        tuple(nodes),
        pairs,
        _overlap([pair for pair in pairs if {pair.first, pair.second} <= both]),
        _correlation([node for node in nodes if node.iri in both]),
    )


def _ranks(rows: Sequence[DepartmentMeasures]) -> tuple[dict[str, int], dict[str, int]]:
    tasks = {row.iri: float(row.tasks_accountable + row.tasks_related) for row in rows}
    return _ranked(tasks), _ranked({row.iri: row.betweenness for row in rows})


def _ranked(values: dict[str, float]) -> dict[str, int]:
    ordered = sorted(values.values(), reverse=True)
    place: dict[float, int] = {}
    for number, value in enumerate(ordered, 1):
        place.setdefault(value, number)
    return {iri: place[value] for iri, value in values.items()}


def _node_change(
    iri: str,
    rows: tuple[DepartmentMeasures | None, DepartmentMeasures | None],
    ranks: Sequence[tuple[dict[str, int], dict[str, int]]],
) -> NodeChange:
    name = next(row.name for row in rows if row)
    before, after = (
        None if row is None else row.tasks_accountable + row.tasks_related for row in rows
    )
    return NodeChange(
        iri, name, (before, after),
        (ranks[0][0].get(iri), ranks[1][0].get(iri)),
        (rows[0].degree if rows[0] else None, rows[1].degree if rows[1] else None),
        (ranks[0][1].get(iri), ranks[1][1].get(iri)),
    )  # fmt: skip


def _pair_changes(first: Collaboration, second: Collaboration) -> tuple[PairChange, ...]:
    left, right = ({(p.first, p.second): p.tasks for p in side.pairs} for side in (first, second))
    found = [PairChange(*ends, (left.get(ends, 0), right.get(ends, 0))) for ends in {*left, *right}]
    return tuple(
        sorted(
            found,
            key=lambda p: (-abs(p.tasks[0] - p.tasks[1]), -sum(p.tasks), p.first, p.second),
        )
    )


def _overlap(pairs: Sequence[PairChange]) -> float | None:
    return sum(min(pair.tasks) > 0 for pair in pairs) / len(pairs) if pairs else None


def _correlation(nodes: Sequence[NodeChange]) -> float | None:
    from scipy.stats import spearmanr

    before, after = ([node.tasks[side] for node in nodes] for side in (0, 1))
    if len(set(before)) < 2 or len(set(after)) < 2:
        return None
    return round(float(spearmanr(before, after).statistic), 12)
