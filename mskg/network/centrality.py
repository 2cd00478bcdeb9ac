"""Measures of nodes, on a projection with numbers as nodes."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import isnan, lcm
from typing import TYPE_CHECKING, Final

from mskg.network.notes import EXACT, Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

__all__ = [
    "betweenness",
    "brokerage",
    "component_members",
    "constraint",
    "core_numbers",
    "distances",
    "eigenvector",
    "pagerank",
]

_SEED: Final = 20230101
_EXACT_LIMIT: Final = 1500
_SAMPLES: Final = 300
_ESTIMATED: Final = Note(
    f"超过{_EXACT_LIMIT:,}个节点的连通部分由其中{_SAMPLES}个节点估计",
    f"estimated from {_SAMPLES} nodes in components above {_EXACT_LIMIT:,} nodes",
)
_PLACES: Final = 12
_DENOMINATOR: Final = 1_000_000
_BITS: Final = 200
_STEPS: Final = 5000
_CLOSE: Final = 1e-13


def component_members(graph: nx.Graph[int]) -> list[list[int]]:
    """Return the components, the largest first, their nodes in order."""
    import networkx as nx

    parts = (sorted(part) for part in nx.connected_components(graph))
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def distances(weights: Sequence[float]) -> Sequence[float]:
    """Return 1/weight for each weight, times one factor that makes whole numbers of them.

    Shortest paths of equal length must be seen as equal: 1/3 + 1/6 and 1/2 are, but not as
    floating-point numbers. Where the factor would be too large, they stay as they are.
    """
    exact = {weight: Fraction(weight).limit_denominator(_DENOMINATOR) for weight in set(weights)}
    factor = lcm(*(weight.numerator for weight in exact.values()))
    if factor.bit_length() > _BITS:
        return [1 / weight for weight in weights]
    found = {
        weight: factor * ratio.denominator // ratio.numerator for weight, ratio in exact.items()
    }
    return [found[weight] for weight in weights]


def betweenness(graph: nx.Graph[int]) -> tuple[dict[int, float], Note]:
    """Return normalised betweenness on the distance 1/weight, and how it was computed.

    Brandes (2001), component by component: exact in components of up to 1,500 nodes, in
    larger ones estimated from 300 of their nodes (Brandes and Pich 2007).
    """
    import networkx as nx

    count = len(graph)
    pairs = (count - 1) * (count - 2) / 2
    found = dict.fromkeys(graph, 0.0)
    sampled = 0
    for part in component_members(graph):
        if len(part) < 3:
            continue
        inner = graph.subgraph(part).copy() if len(part) < count else graph
        samples = _SAMPLES if len(part) > _EXACT_LIMIT else None
        sampled += samples is not None
        raw = nx.betweenness_centrality(
            inner, k=samples, weight="distance", normalized=False, seed=_SEED
        )
        found.update((node, value / pairs) for node, value in raw.items())
    return found, _ESTIMATED if sampled else EXACT


def eigenvector(graph: nx.Graph[int]) -> list[float]:
    """Return eigenvector centrality in the largest component, 0 outside it.

    Power iteration on A + I, as in networkx, whose function loops in Python and fails to
    converge where there are several components.
    """
    import networkx as nx
    import numpy as np
    from scipy import sparse

    found = [0.0] * len(graph)
    part = component_members(graph)[0]
    if len(part) < 2:
        return found
    matrix = nx.to_scipy_sparse_array(graph, nodelist=part, weight="weight").astype(float)
    matrix = matrix / matrix.max() + sparse.eye_array(len(part))
    vector = np.full(len(part), 1 / np.sqrt(len(part)))
    for _ in range(_STEPS):
        new = matrix @ vector
        new /= np.linalg.norm(new)
        if np.abs(new - vector).max() < _CLOSE:
            break
        vector = new
    for node, value in zip(part, new.tolist(), strict=True):
        found[node] = value
    return found


def pagerank(graph: nx.Graph[int]) -> list[float]:
    """Return weighted PageRank with damping 0.85 (Brin and Page 1998)."""
    import networkx as nx

    found = nx.pagerank(graph, weight="weight", tol=1e-10, max_iter=500)
    return [found[node] for node in range(len(graph))]


def constraint(graph: nx.Graph[int]) -> list[float | None]:
    """Return Burt's constraint (1992) on the weights; None for nodes without partners."""
    import networkx as nx

    if not graph.number_of_edges():
        return [None] * len(graph)
    joined = [node for node in range(len(graph)) if graph.degree(node)]
    values = nx.constraint(graph.subgraph(joined), weight="weight")
    found: list[float | None] = [None] * len(graph)
    for node, value in values.items():
        found[node] = None if isnan(value) else round(float(value), _PLACES)
    return found


def core_numbers(graph: nx.Graph[int]) -> dict[int, int]:
    """Return for every node the largest k of a k-core it is in (Seidman 1983)."""
    import networkx as nx

    found: dict[int, int] = nx.core_number(graph)
    return found


def brokerage(graph: nx.Graph[int], fields: Sequence[str]) -> list[int]:
    """Return how many pairs of partners from different fields meet only through each node.

    The partners share no task with each other and their main policy areas differ (the
    liaison and gatekeeper positions of Gould and Fernandez 1989, without direction).
    """
    neighbours = {node: set(graph[node]) for node in graph}
    return [
        sum(
            fields[a] != fields[b] and bool(fields[a] and fields[b]) and b not in neighbours[a]
            for a, b in combinations(sorted(neighbours[node]), 2)
        )
        for node in range(len(graph))
    ]
