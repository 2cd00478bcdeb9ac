"""Pairs of nodes that share tasks, counted with sparse matrices."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.network.incidence import Incidence

__all__ = ["Pair", "PairColumns", "pair_columns"]


class Pair(NamedTuple):
    """Two nodes that share tasks, with every weight.

    ``newman`` is the sum of 1/(k−1) over the shared tasks, k being the number of nodes of
    the task (Newman 2001, Physical Review E 64, 016132); ``jaccard`` is shared tasks over
    tasks of either. Of a directed pair the first leads and the second supports; there
    ``jaccard`` is over the tasks that the first leads or the second supports.
    """

    first: str
    second: str
    tasks: int
    newman: float
    jaccard: float

    def weight(self, name: str) -> float:
        """Return the weight called `name`: count, newman or jaccard."""
        return float(self.tasks if name == "count" else getattr(self, name))


@dataclass(frozen=True)
class PairColumns:
    """The pairs as numpy arrays, in order of their nodes; nodes are numbers.

    An undirected pair stands once, the lower number first.
    """

    first: Any
    second: Any
    tasks: Any
    newman: Any
    jaccard: Any

    def weight(self, name: str) -> Any:
        """Return the column of the weight called `name`: count, newman or jaccard."""
        return self.tasks.astype(float) if name == "count" else getattr(self, name)

    def __len__(self) -> int:
        return len(self.first)

    def pairs(self, iris: list[str]) -> Iterator[Pair]:
        """Yield the pairs with the IRIs of their nodes."""
        columns = (self.first, self.second, self.tasks, self.newman, self.jaccard)
        for first, second, tasks, newman, jaccard in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            yield Pair(iris[first], iris[second], tasks, newman, jaccard)


def pair_columns(incidence: Incidence, *, directed: bool = False) -> PairColumns:
    """Return the pairs that share tasks; if `directed`, from who leads to who supports."""
    import numpy as np

    both = _sums(incidence, directed=directed)
    tasks = both.data.real.round().astype(np.int64)
    leads, supports = _duties(incidence, directed=directed)
    either = leads[both.row] + supports[both.col] - tasks
    return PairColumns(
        both.row.astype(np.int64), both.col.astype(np.int64), tasks, both.data.imag.copy(),
        tasks / either,
    )  # fmt: skip


def _sums(incidence: Incidence, *, directed: bool) -> Any:
    """Return a sparse matrix of tasks + Newman weight·i, in order of rows, then columns."""
    import numpy as np
    from scipy import sparse

    shape = (len(incidence.tasks), len(incidence.nodes))
    members = np.bincount(incidence.task, minlength=shape[0])
    # One complex number holds both sums, so that one product gives both.
    share = (1 + 1j / np.maximum(members - 1, 1)).astype(np.complex128)
    plain = np.ones(shape[0], dtype=bool)
    plain[list(incidence.loose)] = False
    keep = plain[incidence.task]
    task, node, side = incidence.task[keep], incidence.node[keep], incidence.side[keep]
    ones = sparse.csr_matrix((np.ones(len(task)), (task, node)), shape)
    if directed:
        left = sparse.csr_matrix(
            (np.ones((side == 0).sum()), (task[side == 0], node[side == 0])), shape
        )
        right = sparse.csr_matrix(
            (share[task[side == 1]], (task[side == 1], node[side == 1])), shape
        )
        product = left.T @ right
    else:
        product = sparse.triu(ones.T @ sparse.csr_matrix((share[task], (task, node)), shape), 1)
    rows, columns, values = _loose_sums(incidence, share, directed=directed)
    extra = sparse.csr_matrix((values, (rows, columns)), (shape[1], shape[1]))
    both = (sparse.csr_matrix(product) + extra).tocsr()
    both.sort_indices()
    return both.tocoo()


def _loose_sums(
    incidence: Incidence, share: Any, *, directed: bool
) -> tuple[list[int], list[int], list[complex]]:
    rows, columns, values = [], [], []
    sides = dict(_loose_sides(incidence)) if directed else {}
    for task, members in incidence.loose.items():
        pairs = permutations(members, 2) if directed else combinations(sorted(members), 2)
        for first, second in pairs:
            if directed and (sides[task, first], sides[task, second]) != (0, 1):
                continue
            if incidence.joined(task, first, second):
                rows.append(first)
                columns.append(second)
                values.append(complex(share[task]))
    return rows, columns, values


def _loose_sides(incidence: Incidence) -> Iterator[tuple[tuple[int, int], int]]:
    for task in incidence.loose:
        place, end = incidence.rows_of(task)
        for row in range(place, end):
            yield (task, int(incidence.node[row])), int(incidence.side[row])


def _duties(incidence: Incidence, *, directed: bool) -> tuple[Any, Any]:
    """Return how many tasks each node has as the first and as the second of a pair."""
    import numpy as np

    count = len(incidence.nodes)
    if not directed:
        all_tasks = np.bincount(incidence.node, minlength=count)
        return all_tasks, all_tasks
    led, supported = (
        np.bincount(incidence.node[incidence.side == side], minlength=count) for side in (0, 1)
    )
    return led, supported
