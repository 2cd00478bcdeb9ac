"""Communities of a weighted graph, and how much they depend on chance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING, Final

from mskg.errors import InputError
from mskg.network.duty import choose
from mskg.network.notes import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

__all__ = ["ALGORITHMS", "Communities", "adjusted_rand", "communities"]

ALGORITHMS: Final = ("louvain", "leiden")
_SEED: Final = 20230101
_RUNS: Final = ((500, 20), (5000, 5))
"""Nodes up to which so many runs with other seeds are compared."""
_PLACES: Final = 12


@dataclass(frozen=True, slots=True)
class Communities:
    """Groups of nodes, the largest first.

    ``stability`` is the mean adjusted Rand index of runs with other seeds against this one:
    1 where every run finds the same groups, near 0 where they agree no more than by chance,
    None in networks too large for several runs.
    """

    groups: list[list[int]]
    modularity: float
    stability: float | None
    method: Note


def communities(graph: nx.Graph[int], algorithm: str = "louvain") -> Communities:
    """Return the communities of `graph` with a fixed seed.

    Louvain (Blondel et al. 2008) by networkx, or Leiden (Traag et al. 2019) by
    graspologic-native.

    Raises
    ------
    InputError
        If `algorithm` is unknown or its library is not installed.
    """
    import networkx as nx

    choose("communities", algorithm, ALGORITHMS)
    find = _leiden if algorithm == "leiden" else _louvain
    groups = find(graph, _SEED)
    runs = next((runs for limit, runs in _RUNS if len(graph) <= limit), 1)
    label = _labels(groups, len(graph))
    others = [_labels(find(graph, _SEED + run), len(graph)) for run in range(1, runs)]
    agreement = [adjusted_rand(label, other) for other in others]
    joined = bool(graph.number_of_edges())
    modularity = nx.community.modularity(graph, [set(g) for g in groups]) if joined else 0.0
    return Communities(
        groups,
        round(float(modularity), _PLACES),
        round(sum(agreement) / len(agreement), _PLACES) if agreement else None,
        _method(algorithm, runs),
    )


def _method(algorithm: str, runs: int) -> Note:
    name = algorithm.title()
    several = runs > 1
    stable = f"稳定性由{runs}个种子得出" if several else "网络太大，未算稳定性"
    stable_en = f"stability over {runs} seeds" if several else "stability not computed at this size"
    return Note(f"{name}，种子 {_SEED}；{stable}", f"{name}, seed {_SEED}; {stable_en}")


def _louvain(graph: nx.Graph[int], seed: int) -> list[list[int]]:
    import networkx as nx

    return _in_order(nx.community.louvain_communities(graph, weight="weight", seed=seed))


def _leiden(graph: nx.Graph[int], seed: int) -> list[list[int]]:
    try:
        from graspologic_native import leiden
    except ImportError as error:
        raise InputError(
            "Leiden communities need the library graspologic-native",
            hint="pip install 'mskg[leiden]'",
            zh="Leiden 算法需要 graspologic-native（pip install 'mskg[leiden]'）",
        ) from error
    alone: list[set[int]] = [{node} for node in graph if not graph.degree(node)]
    if len(alone) == len(graph):
        return _in_order(alone)
    edges = [(str(a), str(b), data["weight"]) for a, b, data in graph.edges(data=True)]
    _, found = leiden(edges, seed=seed, trials=1, iterations=10)
    groups: dict[int, set[int]] = {}
    for node, group in found.items():
        groups.setdefault(group, set()).add(int(node))
    return _in_order([*groups.values(), *alone])


def _in_order(groups: Sequence[set[int]]) -> list[list[int]]:
    return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))


def _labels(groups: list[list[int]], count: int) -> list[int]:
    labels = [0] * count
    for label, group in enumerate(groups):
        for node in group:
            labels[node] = label
    return labels


def adjusted_rand(first: Sequence[int], second: Sequence[int]) -> float:
    """Return the adjusted Rand index of two labellings (Hubert and Arabie 1985)."""
    both = sum(comb(n, 2) for n in Counter(zip(first, second, strict=True)).values())
    left, right = (sum(comb(n, 2) for n in Counter(side).values()) for side in (first, second))
    pairs = comb(len(first), 2)
    expected = left * right / pairs if pairs else 0.0
    most = (left + right) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)
