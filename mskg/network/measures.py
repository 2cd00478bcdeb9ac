"""Measures of a collaboration network: one row per department, one for the whole.

All algorithms are the pure-Python ones of networkx, on a graph of sorted integers, so that
results depend neither on the hash seed nor on numpy.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import networkx as nx

    from mskg.network.graph import Collaboration

__all__ = ["DepartmentMeasures", "Measures", "NetworkMeasures", "measures"]

_SEED: Final = 20230101
_EXACT_LIMIT: Final = 1500
_SAMPLES: Final = 300


@dataclass(frozen=True, slots=True)
class DepartmentMeasures:
    """What the network says about one department.

    ``degree`` is the number of partners, ``weighted_degree`` the sum of edge weights;
    ``betweenness`` is normalised, on the distance 1/weight; ``lead_share`` is the
    share of all duties in charge; ``core`` the largest k of a k-core it is in;
    ``community`` counts from 1, the largest first.
    """

    iri: str
    name: str
    tasks_accountable: int
    tasks_related: int
    degree: int
    weighted_degree: float
    betweenness: float
    lead_share: float
    core: int
    community: int


@dataclass(frozen=True, slots=True)
class NetworkMeasures:
    """Measures of the whole network.

    ``density`` is edges over possible edges; ``modularity`` belongs to the Louvain
    communities; ``lead_hhi`` is the Herfindahl–Hirschman index of duties in charge (1/n
    when all lead equally, 1 when one leads all); ``betweenness_method`` is ``exact`` or
    names the sample.
    """

    departments: int
    tasks: int
    edges: int
    density: float
    components: int
    communities: int
    modularity: float
    lead_hhi: float
    betweenness_method: str


@dataclass(frozen=True, slots=True)
class Measures:
    """All measures; the departments are in order of tasks, then of weighted degree."""

    departments: tuple[DepartmentMeasures, ...]
    network: NetworkMeasures


def measures(collaboration: Collaboration) -> Measures:
    """Return the measures of the projection of `collaboration`.

    Betweenness (Brandes 2001) is exact up to 1,500 departments, above that estimated from
    300 of them; communities are Louvain's (Blondel et al. 2008) with a fixed seed.
    """
    import networkx as nx

    graph = _integer_graph(collaboration)
    groups = _communities(graph)
    group_of = {number: place for place, group in enumerate(groups, 1) for number in group}
    samples = _SAMPLES if len(graph) > _EXACT_LIMIT else None
    between = nx.betweenness_centrality(graph, k=samples, weight="distance", seed=_SEED)
    core = nx.core_number(graph)
    duties = _duty_counts(collaboration)
    led = sum(accountable for accountable, _ in duties.values())
    rows = [
        DepartmentMeasures(
            iri, department.name, *duties[iri], graph.degree(number),
            float(graph.degree(number, weight="weight")), between[number],
            duties[iri][0] / led if led else 0.0, core[number], group_of[number],
        )
        for number, (iri, department) in enumerate(collaboration.departments.items())
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row.tasks_accountable - row.tasks_related, -row.weighted_degree,
                               row.iri))  # fmt: skip
    whole = NetworkMeasures(
        departments=len(graph),
        tasks=len(collaboration.tasks),
        edges=graph.number_of_edges(),
        density=float(nx.density(graph)),
        components=nx.number_connected_components(graph),
        communities=len(groups),
        modularity=nx.community.modularity(graph, map(set, groups))
        if graph.number_of_edges()
        else 0.0,
        lead_hhi=sum(row.lead_share**2 for row in rows),
        betweenness_method=f"estimated from {samples} departments" if samples else "exact",
    )
    return Measures(tuple(rows), whole)


def _integer_graph(collaboration: Collaboration) -> nx.Graph[int]:
    import networkx as nx

    number = {iri: place for place, iri in enumerate(collaboration.departments)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(number.values())
    for pair in collaboration.pairs:
        weight = pair.weight(collaboration.weight)
        graph.add_edge(number[pair.first], number[pair.second], weight=weight, distance=1 / weight)
    return graph


def _communities(graph: nx.Graph[int]) -> list[list[int]]:
    import networkx as nx

    found = nx.community.louvain_communities(graph, weight="weight", seed=_SEED)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))


def _duty_counts(collaboration: Collaboration) -> dict[str, tuple[int, int]]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for task in collaboration.tasks.values():
        for department, side in task.members.items():
            counts[department][side != "accountable"] += 1
    return {iri: (counts[iri][0], counts[iri][1]) for iri in collaboration.departments}
