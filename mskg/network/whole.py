"""Measures of a whole network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mskg.network.notes import EXACT, Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

    from mskg.network.incidence import Incidence

__all__ = [
    "assortativity",
    "centralisation",
    "core_periphery",
    "cross_share",
    "density",
    "nestedness",
]

_PLACES: Final = 12
_OVERLAPS: Final = 10_000_000
_UNDEFINED: Final = Note(
    "只有一个部门或一个任务，没有定义", "not defined for one department or one task"
)
_TOO_MANY: Final = Note(
    "未计算：重叠的任务对太多", "not computed: too many overlapping pairs of tasks"
)


def density(graph: nx.Graph[int]) -> float:
    """Return edges over possible edges."""
    import networkx as nx

    return float(nx.density(graph))


def centralisation(values: Sequence[float], *, star: float) -> float | None:
    """Return Freeman's centralisation (1979): 0 where all are equal, 1 for a star.

    Parameters
    ----------
    values:
        A normalised centrality of every node.
    star:
        By how much the centre of a star is above each other node in this centrality.
    """
    if len(values) < 3:
        return None
    most = max(values)
    return round(sum(most - value for value in values) / ((len(values) - 1) * star), _PLACES)


def core_periphery(graph: nx.Graph[int]) -> tuple[int, float | None]:
    """Return the size of the core, and how well core and periphery fit (−1 to 1).

    The discrete model of Borgatti and Everett (1999): a full core, an empty periphery. With
    k nodes in the core the number of pairs against the model is k(k−1)/2 + m − Σ degrees of
    the core, so the best core holds the nodes of highest degree (Lip 2011, arXiv:1102.5511).
    The fit is the correlation of joined pairs with the pattern, pairs of core and periphery
    left out. networkx has no function for it.
    """
    count, edges = len(graph), graph.number_of_edges()
    order = sorted(graph, key=lambda node: (-graph.degree(node), node))
    best, size, degrees = edges, 0, 0
    for number, node in enumerate(order, 1):
        degrees += graph.degree(node)
        against = number * (number - 1) // 2 + edges - degrees
        if against < best:
            best, size = against, number
    core = set(order[:size])
    inside = sum(a in core and b in core for a, b in graph.edges)
    outside = sum(a not in core and b not in core for a, b in graph.edges)
    full, empty = size * (size - 1) // 2, (count - size) * (count - size - 1) // 2
    return size, _phi(inside, full - inside, outside, empty - outside)


def _phi(a: int, b: int, c: int, d: int) -> float | None:
    """Return the correlation of a two-by-two table; None where a row or column is empty."""
    product = (a + b) * (c + d) * (a + c) * (b + d)
    return round((a * d - b * c) / float(product) ** 0.5, _PLACES) if product else None


def nestedness(incidence: Incidence) -> tuple[float | None, Note]:
    """Return NODF of departments × tasks (0–100), and how it was computed.

    Almeida-Neto et al. (2008): over all pairs of rows and of columns, the share of the
    smaller set that the larger one holds; 0 for pairs of equal size. networkx has no
    function for it, and the libraries that have one are for ecologists or not kept up.
    """
    import numpy as np
    from scipy import sparse

    shape = (len(incidence.nodes), len(incidence.tasks))
    by_node = np.bincount(incidence.node, minlength=shape[0]).astype(np.int64)
    by_task = np.bincount(incidence.task, minlength=shape[1]).astype(np.int64)
    if min(shape) < 2:
        return None, _UNDEFINED
    if int((by_node**2).sum() + (by_task**2).sum()) > _OVERLAPS:
        return None, _TOO_MANY
    ones = np.ones(len(incidence.node), dtype=np.int64)
    matrix = sparse.csr_array((ones, (incidence.node, incidence.task)), shape=shape)
    total = _overlap(matrix @ matrix.T, by_node) + _overlap(matrix.T @ matrix, by_task)
    pairs = shape[0] * (shape[0] - 1) / 2 + shape[1] * (shape[1] - 1) / 2
    return round(100 * total / pairs, _PLACES), EXACT


def _overlap(common: Any, sizes: Any) -> float:
    import numpy as np
    from scipy import sparse

    pairs = sparse.triu(common, 1).tocoo()
    first, second = sizes[pairs.row], sizes[pairs.col]
    share = np.where(first == second, 0.0, pairs.data / np.minimum(first, second))
    return float(share.sum())


def assortativity(graph: nx.Graph[int], kinds: Sequence[str]) -> float | None:
    """Return Newman's assortativity (2003) of a kind; None where fewer than two are joined."""
    import networkx as nx

    known = [node for node in graph if kinds[node]]
    inner = graph.subgraph(known).copy()
    joined = {kinds[node] for edge in inner.edges for node in edge}
    if len(joined) < 2:
        return None
    nx.set_node_attributes(inner, {node: kinds[node] for node in known}, "kind")
    return round(float(nx.attribute_assortativity_coefficient(inner, "kind")), _PLACES)


def cross_share(graph: nx.Graph[int], kinds: Sequence[str]) -> float | None:
    """Return the share of weight between nodes of different known kinds."""
    within = across = 0.0
    for first, second, data in graph.edges(data=True):
        weight = data["weight"]
        if kinds[first] and kinds[second]:
            if kinds[first] == kinds[second]:
                within += weight
            else:
                across += weight
    return round(across / (within + across), _PLACES) if within + across else None
