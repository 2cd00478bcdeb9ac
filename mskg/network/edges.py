"""The edges of a network file or drawing, as plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from mskg.network.attributes import kind_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mskg.network.graph import Collaboration
    from mskg.network.projection import Pair
    from mskg.network.significance import Significance

__all__ = ["EdgeRow", "Value", "arc_edges", "duty_edges", "shared_edges", "with_program_edges"]

Value: TypeAlias = str | int | float

_COLOURS: Final = {
    "accountable": "#334155",
    "related": "#a3b1c2",
    "shared": "#64748b",
    "with-collective": "#b7791f",
    "leads": "#64748b",
    "coordinates": "#b0413e",
}


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge; ``strength`` is its weight over the heaviest (0–1).

    ``kind`` is one of `mskg.network.attributes.KINDS`; ``yearly`` are the years in which it
    holds, each with the weight of that year.
    """

    id: str
    source: str
    target: str
    kind: str
    weight: float
    colour: str
    strength: float
    values: dict[str, Value]
    yearly: tuple[tuple[int, float], ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which it holds."""
        return tuple(year for year, _ in self.yearly)


def shared_edges(collaboration: Collaboration, backbone: Significance | None) -> list[EdgeRow]:
    """Return an edge for each pair that shares tasks, or for those that `backbone` keeps."""
    pairs = collaboration.pairs
    kept = range(len(pairs)) if backbone is None else backbone.keep.nonzero()[0].tolist()
    yearly = collaboration.yearly_weights()
    several = len(collaboration.incidence.years()) > 1
    heaviest = max((pairs[row].weight(collaboration.weight) for row in kept), default=1.0)
    found = []
    for row in kept:
        pair = pairs[row]
        ends = (collaboration.departments[iri].kind for iri in (pair.first, pair.second))
        kind = "with-collective" if "collective" in ends else "shared"
        values = {**_pair_values(pair), **_surprise(backbone, row)}
        when = yearly.get((pair.first, pair.second), ())
        found.append(_pair_edge(collaboration, pair, kind, heaviest, values, when, several=several))
    return found


def arc_edges(collaboration: Collaboration) -> list[EdgeRow]:
    """Return an edge from each unit that leads to each that supports it."""
    arcs = collaboration.arcs
    heaviest = max((arc.weight(collaboration.weight) for arc in arcs), default=1.0)
    yearly = collaboration.yearly_weights(directed=True)
    several = len(collaboration.incidence.years()) > 1
    return [
        _pair_edge(
            collaboration, arc, "leads", heaviest, _pair_values(arc),
            yearly.get((arc.first, arc.second), ()), several=several,
        )
        for arc in arcs
    ]  # fmt: skip


def _pair_values(pair: Pair) -> dict[str, Value]:
    return {
        "tasks": pair.tasks,
        "newman": round(pair.newman, 6),
        "jaccard": round(pair.jaccard, 6),
    }


def _pair_edge(
    collaboration: Collaboration,
    pair: Pair,
    kind: str,
    heaviest: float,
    values: dict[str, Value],
    yearly: tuple[tuple[int, float], ...],
    *,
    several: bool,
) -> EdgeRow:
    weight = pair.weight(collaboration.weight)
    if several:
        values["years"] = " ".join(f"{year}:{part:.6g}" for year, part in yearly)
    return EdgeRow(
        f"{kind}-{_last(pair.first)}-{_last(pair.second)}", pair.first, pair.second, kind,
        round(weight, 6), _COLOURS[kind], weight / heaviest, values, yearly,
    )  # fmt: skip


def _last(iri: str) -> str:
    return "/".join(iri.split("/")[-2:])


def _surprise(backbone: Significance | None, row: int) -> dict[str, Value]:
    if backbone is None:
        return {}
    if backbone.model == "disparity":
        return {"disparity_p": round(float(backbone.p[row]), 9)}
    return {
        "expected": round(float(backbone.expected[row]), 6),
        "p_value": float(f"{backbone.p[row]:.6g}"),
        "q_value": float(f"{backbone.q[row]:.6g}"),
    }


def duty_edges(collaboration: Collaboration, lang: str) -> list[EdgeRow]:
    """Return an edge from each department to each of its tasks."""
    rows = [
        (department, task, side)
        for task in collaboration.tasks.values()
        for department, side in sorted(task.members.items())
    ]
    return [
        EdgeRow(
            id=str(number),
            source=department,
            target=task.iri,
            kind=side,
            weight=1.0,
            colour=_COLOURS[side],
            strength=0.6 if side == "accountable" else 0.25,
            values={"side": kind_name(side, lang)},
            yearly=() if task.year is None else ((task.year, 1.0),),
        )
        for number, (department, task, side) in enumerate(rows)
    ]


def with_program_edges(
    edges: list[EdgeRow], collaboration: Collaboration, graph: str, lang: str
) -> list[EdgeRow]:
    """Return `edges` and the duties for whole programs.

    They lead to the program in the bipartite graph, else to each of its departments. Two nodes
    have one edge: where they share tasks too, the duty is an attribute of that edge.
    """
    found = {_ends(edge, graph): edge for edge in edges}
    for edge in _program_edges(collaboration, graph, lang):
        known = found.get(_ends(edge, graph))
        if known is None:
            found[_ends(edge, graph)] = edge
        else:
            words = [*str(known.values.get("coordinates", "")).split("、")]
            words.append(str(edge.values["coordinates"]))
            known.values["coordinates"] = "、".join(dict.fromkeys(filter(None, words)))
    return list(found.values())


def _ends(edge: EdgeRow, graph: str) -> tuple[str, str]:
    ends = (edge.source, edge.target)
    return ends if graph == "directed" else (min(ends), max(ends))


def _program_edges(collaboration: Collaboration, graph: str, lang: str) -> list[EdgeRow]:
    roles: dict[tuple[str, str], list[str]] = {}
    when: dict[tuple[str, str], set[int]] = {}
    for row in collaboration.coordination:
        for target in _coordinated(collaboration, row.program, graph):
            if target != row.department:
                ends = (row.department, target)
                roles.setdefault(ends, []).append(kind_name(row.role, lang))
                when.setdefault(ends, set()).update(() if row.year is None else (row.year,))
    return [
        EdgeRow(
            id=f"program-{number}",
            source=source,
            target=target,
            kind="coordinates",
            weight=1.0,
            colour=_COLOURS["coordinates"],
            strength=0.15,
            values={"coordinates": "、".join(dict.fromkeys(found))},
            yearly=tuple((year, 1.0) for year in sorted(when[source, target])),
        )
        for number, ((source, target), found) in enumerate(sorted(roles.items()))
    ]


def _coordinated(collaboration: Collaboration, program: str, graph: str) -> Iterable[str]:
    if graph == "bipartite":
        return [program]
    incidence = collaboration.incidence
    rows = zip(incidence.task.tolist(), incidence.node.tolist(), strict=True)
    return sorted(
        {
            incidence.nodes[node].iri
            for task, node in rows
            if incidence.tasks[task].program == program
        }
    )
