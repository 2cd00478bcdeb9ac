"""Measures of a collaboration network: one row per node, one for the whole.

What each measure means is told by `mskg.network.attributes`, in Chinese and English. Numbers do
not depend on the hash seed; what is estimated instead of exact is named in ``methods``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mskg.network.centrality import (
    betweenness,
    brokerage,
    component_members,
    constraint,
    core_numbers,
    distances,
    eigenvector,
    pagerank,
)
from mskg.network.communities import communities
from mskg.network.duty import organ_level
from mskg.network.notes import Note, Tell, quiet
from mskg.network.whole import (
    assortativity,
    centralisation,
    core_periphery,
    cross_share,
    density,
    nestedness,
)

if TYPE_CHECKING:
    import networkx as nx

    from mskg.network.graph import Collaboration

__all__ = ["DepartmentMeasures", "Measures", "NetworkMeasures", "measures"]

_PLACES: Final = 12


@dataclass(frozen=True, slots=True)
class DepartmentMeasures:
    """What the network says about one node; None where a measure is not defined.

    ``load`` holds months (``2023-06``) with the number of tasks in which something falls due.
    """

    iri: str
    name: str
    tasks_accountable: int
    tasks_related: int
    degree: int
    weighted_degree: float
    betweenness: float
    eigenvector: float
    pagerank: float
    constraint: float | None
    brokerage: int
    participation: float | None
    lead_share: float
    core: int
    community: int
    load: tuple[tuple[str, int], ...]

    @property
    def peak(self) -> tuple[str, int] | None:
        """The month in which most duties fall due, and how many."""
        return min(self.load, key=lambda month: (-month[1], month[0]), default=None)


@dataclass(frozen=True, slots=True)
class NetworkMeasures:
    """Measures of the whole network; None where a measure is not defined.

    ``methods`` says of each measure that has more than one method how it was computed.
    """

    departments: int
    tasks: int
    edges: int
    density: float
    components: int
    degree_centralisation: float | None
    betweenness_centralisation: float | None
    core_size: int
    core_fit: float | None
    communities: int
    modularity: float
    stability: float | None
    nestedness: float | None
    assortativity_function: float | None
    assortativity_level: float | None
    cross_level_share: float | None
    lead_hhi: float
    methods: dict[str, Note]


@dataclass(frozen=True, slots=True)
class Measures:
    """All measures; the nodes are in order of tasks, then of weighted degree.

    ``algorithm`` is the one that found the communities.
    """

    departments: tuple[DepartmentMeasures, ...]
    network: NetworkMeasures
    algorithm: str

    def _repr_html_(self) -> str:
        """Show the measures as tables in a notebook."""
        from mskg.network.display import measures_html

        return measures_html(self)


def measures(
    collaboration: Collaboration, *, algorithm: str = "louvain", tell: Tell = quiet
) -> Measures:
    """Return the measures of the projection of `collaboration`.

    Parameters
    ----------
    algorithm:
        How communities are found: ``louvain`` (networkx) or ``leiden`` (graspologic-native,
        an extra).
    tell:
        Called with the name of each costly step before it runs.

    Raises
    ------
    InputError
        If `algorithm` is unknown or its library is not installed.
    """
    graph = integer_graph(collaboration)
    tell(Note("群组", "communities"))
    found = communities(graph, algorithm)
    tell(Note("中介中心性", "betweenness"))
    between, how = betweenness(graph)
    tell(Note("各节点的指标", "measures of nodes"))
    rows = _rows(collaboration, graph, between, found.groups)
    tell(Note("整个网络的指标", "measures of the whole network"))
    functions = [
        node.functions[0] if node.functions else "" for node in collaboration.incidence.nodes
    ]
    levels = [organ_level(node.iri) for node in collaboration.incidence.nodes]
    core, fit = core_periphery(graph)
    nested, nested_how = nestedness(collaboration.incidence)
    whole = NetworkMeasures(
        departments=len(graph),
        tasks=len(collaboration.incidence.tasks),
        edges=graph.number_of_edges(),
        density=density(graph),
        components=len(component_members(graph)),
        degree_centralisation=centralisation(
            [degree / (len(graph) - 1) for _, degree in graph.degree] if len(graph) > 1 else [],
            star=1 - 1 / (len(graph) - 1) if len(graph) > 1 else 0.0,
        ),
        betweenness_centralisation=centralisation(list(between.values()), star=1.0),
        core_size=core,
        core_fit=fit,
        communities=len(found.groups),
        modularity=found.modularity,
        stability=found.stability,
        nestedness=nested,
        assortativity_function=assortativity(graph, functions),
        assortativity_level=assortativity(graph, levels),
        cross_level_share=cross_share(graph, levels),
        lead_hhi=round(sum(row.lead_share**2 for row in rows), _PLACES),
        methods={
            "betweenness": how,
            "betweenness_centralisation": how,
            "communities": found.method,
            "nestedness": nested_how,
        },
    )
    return Measures(tuple(rows), whole, algorithm)


def integer_graph(collaboration: Collaboration) -> nx.Graph[int]:
    """Return the projection with numbers as nodes; edge attributes weight and distance."""
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(collaboration.departments)))
    columns = collaboration.columns
    weights = columns.weight(collaboration.weight).tolist()
    apart = distances(weights)
    rows = zip(columns.first.tolist(), columns.second.tolist(), weights, apart, strict=True)
    graph.add_edges_from(
        (first, second, {"weight": weight, "distance": distance})
        for first, second, weight, distance in rows
    )
    return graph


def _rows(
    collaboration: Collaboration,
    graph: nx.Graph[int],
    between: dict[int, float],
    groups: list[list[int]],
) -> list[DepartmentMeasures]:
    group_of = {number: place for place, group in enumerate(groups, 1) for number in group}
    accountable, related = _duty_counts(collaboration)
    led = sum(accountable)
    fields, load = _fields_and_load(collaboration)
    main = [min(areas, key=lambda a: (-areas[a], a), default="") for areas in fields]
    central, rank, held = eigenvector(graph), pagerank(graph), constraint(graph)
    between_areas, core = brokerage(graph, main), core_numbers(graph)
    rows = [
        DepartmentMeasures(
            iri=node.iri,
            name=node.name,
            tasks_accountable=accountable[number],
            tasks_related=related[number],
            degree=graph.degree(number),
            weighted_degree=round(float(graph.degree(number, weight="weight")), _PLACES),
            betweenness=round(between[number], _PLACES),
            eigenvector=round(central[number], _PLACES),
            pagerank=round(rank[number], _PLACES),
            constraint=held[number],
            brokerage=between_areas[number],
            participation=_participation(fields[number]),
            lead_share=accountable[number] / led if led else 0.0,
            core=core[number],
            community=group_of[number],
            load=tuple(sorted(load[number].items())),
        )
        for number, node in enumerate(collaboration.incidence.nodes)
    ]
    rows.sort(key=lambda row: (-row.tasks_accountable - row.tasks_related, -row.weighted_degree,
                               row.iri))  # fmt: skip
    return rows


def _duty_counts(collaboration: Collaboration) -> tuple[list[int], list[int]]:
    import numpy as np

    incidence, count = collaboration.incidence, len(collaboration.departments)
    led, supported = (
        np.bincount(incidence.node[incidence.side == side], minlength=count).tolist()
        for side in (0, 1)
    )
    return led, supported


def _fields_and_load(
    collaboration: Collaboration,
) -> tuple[list[Counter[str]], list[Counter[str]]]:
    """Count for every node the policy areas and the due months of its tasks."""
    incidence = collaboration.incidence
    fields: dict[int, Counter[str]] = defaultdict(Counter)
    load: dict[int, Counter[str]] = defaultdict(Counter)
    for task, node in zip(incidence.task.tolist(), incidence.node.tolist(), strict=True):
        info = incidence.tasks[task]
        if info.areas:
            fields[node].update(info.areas)
        if info.months:
            load[node].update(info.months)
    numbers = range(len(collaboration.departments))
    return [fields[n] for n in numbers], [load[n] for n in numbers]


def _participation(areas: Counter[str]) -> float | None:
    """Return 1 − Σ share²: 0 where all tasks are of one area (Guimerà and Amaral 2005)."""
    total = sum(areas.values())
    if not total:
        return None
    return round(1 - sum((count / total) ** 2 for count in areas.values()), _PLACES)
