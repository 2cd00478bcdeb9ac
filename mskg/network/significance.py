"""Is it more than chance? How surprising each edge is.

Projections of plans with large tasks are nearly complete, so an edge alone says little. Three
answers:

``disparity``
    Is the edge heavy for one of its ends? (Serrano, Boguñá and Vespignani 2009, PNAS 106.)
``hypergeometric``
    Would two units that draw their tasks at random from those of the program share so many?
    Exact, keeps the number of tasks of each unit (Tumminello et al. 2011, PLoS ONE 6).
``bicm``
    The same, but large tasks draw more units: keeps the numbers of tasks *and*, on average,
    the sizes of tasks (bipartite configuration model; Saracco et al. 2017, New J. Phys. 19).

The two null models draw within each program, because a unit of one place can't take a task
of another. Their p values are corrected for the false discovery rate over all pairs that have
a program in common (Benjamini and Hochberg 1995).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import comb
from typing import TYPE_CHECKING, Any, Final

from mskg.errors import InputError
from mskg.network.bicm import membership_chances, tail_of_sum
from mskg.network.duty import choose
from mskg.network.notes import EXACT, Note

if TYPE_CHECKING:
    from mskg.network.graph import Collaboration
    from mskg.network.incidence import Incidence

__all__ = ["MODELS", "Significance", "significance"]

MODELS: Final = ("disparity", "hypergeometric", "bicm")
_EXACT_LIMIT: Final = 100_000
_FITTED: Final = Note(
    "拟合概率上的精确泊松二项分布尾", "exact Poisson-binomial tail on fitted chances"
)
_NORMAL: Final = Note(
    f"正态近似（超过{_EXACT_LIMIT:,}对）",
    f"normal approximation (more than {_EXACT_LIMIT:,} pairs)",
)


@dataclass(frozen=True)
class Significance:
    """How surprising each pair of a network is; arrays in the order of its pairs.

    ``expected`` and ``q`` are None for the disparity filter, which has no null count and no
    correction. ``keep`` are the pairs with p (disparity) or q of at most ``alpha``.
    """

    model: str
    alpha: float
    method: Note
    tested: int
    p: Any
    q: Any
    expected: Any
    keep: Any


def significance(
    collaboration: Collaboration, model: str = "hypergeometric", alpha: float = 0.05
) -> Significance:
    """Return how surprising the pairs of `collaboration` are.

    Parameters
    ----------
    model:
        One of `MODELS`.
    alpha:
        Level at which an edge is kept, between 0 and 1.

    Raises
    ------
    InputError
        If `model` is unknown, `alpha` no level, or a network too large for `model`.
    """
    choose("model", model, MODELS)
    if not 0 < alpha < 1:
        raise InputError(
            f"alpha must lie between 0 and 1, not {alpha}",
            hint="0.05 is usual",
            zh=f"alpha 须在 0 与 1 之间，不能是 {alpha}（常用 0.05）",
        )
    if model == "disparity":
        p = _disparity(collaboration)
        return Significance(model, alpha, EXACT, len(p), p, None, None, p <= alpha)
    strata = _Strata(collaboration.incidence)
    pairs = collaboration.columns
    if model == "bicm":
        expected, p = _bicm(collaboration, strata)
        method = _FITTED
    elif len(pairs) > _EXACT_LIMIT:
        expected, p = _approximated(strata, pairs)
        method = _NORMAL
    else:
        expected, p = _hypergeometric(strata, pairs)
        method = EXACT
    q = _corrected(p, strata.possible_pairs())
    return Significance(model, alpha, method, strata.possible_pairs(), p, q, expected, q <= alpha)


def _disparity(collaboration: Collaboration) -> Any:
    """Return the smaller of (1 − w/s)^(k−1) at both ends; 1 at an end with one partner."""
    import numpy as np

    pairs, count = collaboration.columns, len(collaboration.departments)
    weight = pairs.weight(collaboration.weight)
    ends = np.concatenate([pairs.first, pairs.second])
    degree = np.bincount(ends, minlength=count)
    strength = np.bincount(ends, weights=np.concatenate([weight, weight]), minlength=count)
    sides = [
        np.where(degree[end] > 1, (1 - weight / strength[end]) ** (degree[end] - 1), 1.0)
        for end in (pairs.first, pairs.second)
    ]
    return np.minimum(*sides)


class _Strata:
    """How many tasks each node has in each program, and how many each program has."""

    def __init__(self, incidence: Incidence) -> None:
        import numpy as np
        from scipy import sparse

        self.incidence = incidence
        numbers: dict[str, int] = {}
        self.program = np.array(
            [numbers.setdefault(task.program, len(numbers)) for task in incidence.tasks]
        )
        self.size = np.bincount(self.program, minlength=len(numbers))
        shape = (len(incidence.nodes), len(numbers))
        ones = np.ones(len(incidence.task), dtype=np.int64)
        entries = (ones, (incidence.node, self.program[incidence.task]))
        self.counts = sparse.csr_array(entries, shape=shape)
        self.counts.sum_duplicates()

    def common(self, first: int, second: int) -> list[int]:
        """Return the programs in which both nodes have tasks."""
        left, right = self.of(first), self.of(second)
        return sorted(left.keys() & right.keys())

    @cache  # noqa: B019 - lives as long as one call of `significance`
    def of(self, node: int) -> dict[int, int]:
        """Return program → number of tasks of a node."""
        begin, end = self.counts.indptr[node : node + 2]
        programs = self.counts.indices[begin:end].tolist()
        return dict(zip(programs, self.counts.data[begin:end].tolist(), strict=True))

    def possible_pairs(self) -> int:
        """Return the number of pairs of nodes that have a program in common."""
        from scipy import sparse

        pattern = self.counts.astype(bool).astype(int)
        return int(sparse.triu(pattern @ pattern.T, 1).nnz)


def _hypergeometric(strata: _Strata, pairs: Any) -> tuple[Any, Any]:
    """Return expectations and exact tails; several programs add up (convolution)."""
    import numpy as np

    expected, p = np.empty(len(pairs)), np.empty(len(pairs))
    columns = (pairs.first.tolist(), pairs.second.tolist(), pairs.tasks.tolist())
    for row, (first, second, tasks) in enumerate(zip(*columns, strict=True)):
        drawn = []
        for program in strata.common(first, second):
            a, b = sorted((strata.of(first)[program], strata.of(second)[program]))
            drawn.append((int(strata.size[program]), a, b))
        expected[row] = sum(a * b / size for size, a, b in drawn)
        p[row] = _tail(tuple(sorted(drawn)), tasks)
    return expected, p


@cache
def _tail(drawn: tuple[tuple[int, int, int], ...], tasks: int) -> float:
    """Return the chance that hypergeometric draws (size, a, b) add up to `tasks` or more."""
    import numpy as np

    total = np.ones(1)
    for size, a, b in drawn:
        total = np.convolve(total, _chances_of_overlap(size, a, b))
    return min(float(total[tasks:].sum()), 1.0)


@cache
def _chances_of_overlap(size: int, a: int, b: int) -> tuple[float, ...]:
    """Return the chances that `a` and `b` of `size` tasks have 0, 1 … a in common."""
    ways = comb(size, b)
    return tuple(comb(a, k) * comb(size - a, b - k) / ways if k <= b else 0.0 for k in range(a + 1))


def _approximated(strata: _Strata, pairs: Any) -> tuple[Any, Any]:
    """Return expectations, and tails of the normal with their mean and variance."""
    import numpy as np
    from scipy import sparse
    from scipy.stats import norm

    size = strata.size.astype(float)
    counts = strata.counts.astype(float).tocsc()
    rest = counts.copy()
    rest.data = counts.data * (np.repeat(size, np.diff(counts.indptr)) - counts.data)
    by_size = sparse.diags_array(1 / size)
    by_spread = sparse.diags_array(1 / (size**2 * np.maximum(size - 1, 1)))
    rows = slice(0, len(pairs.first))
    mean = _products(counts @ by_size, counts, pairs, rows)
    spread = np.sqrt(_products(rest @ by_spread, rest, pairs, rows))
    above = pairs.tasks - 0.5 - mean
    certain = np.where(above > 0, np.inf, -np.inf)
    score = np.divide(above, spread, out=certain, where=spread > 0)
    return mean, norm.sf(score)


def _products(left: Any, right: Any, pairs: Any, rows: slice) -> Any:
    """Return the products of the rows of two matrices, pair by pair."""
    first, second = pairs.first[rows], pairs.second[rows]
    return left.tocsr()[first].multiply(right.tocsr()[second]).sum(axis=1)


def _bicm(collaboration: Collaboration, strata: _Strata) -> tuple[Any, Any]:
    import numpy as np

    pairs = collaboration.columns
    if len(pairs) > _EXACT_LIMIT:
        raise InputError(
            f"bicm is for up to {_EXACT_LIMIT:,} pairs, not {len(pairs):,}",
            hint="choose a region or a year, or the model hypergeometric",
            zh=f"bicm 最多用于 {_EXACT_LIMIT:,} 对部门，这里有 {len(pairs):,} 对"
            "（请选定地区或年度，或用 hypergeometric）",
        )
    chances = _chances(strata)
    expected, p = np.empty(len(pairs)), np.empty(len(pairs))
    columns = (pairs.first.tolist(), pairs.second.tolist(), pairs.tasks.tolist())
    for row, (first, second, tasks) in enumerate(zip(*columns, strict=True)):
        both = np.concatenate(
            [
                chances[program][first] * chances[program][second]
                for program in strata.common(first, second)
            ]
        )
        expected[row] = both.sum()
        p[row] = tail_of_sum(both, tasks)
    return expected, p


def _chances(strata: _Strata) -> list[dict[int, Any]]:
    """Return for every program: node → chances to be in each of its tasks."""
    import numpy as np

    incidence = strata.incidence
    of_row = strata.program[incidence.task]
    found = []
    for program in range(len(strata.size)):
        rows = np.flatnonzero(of_row == program)
        nodes, node = np.unique(incidence.node[rows], return_inverse=True)
        tasks, task = np.unique(incidence.task[rows], return_inverse=True)
        chances = membership_chances(
            np.bincount(node, minlength=len(nodes)), np.bincount(task, minlength=len(tasks))
        )
        found.append(dict(zip(nodes.tolist(), chances, strict=True)))
    return found


def _corrected(p: Any, tested: int) -> Any:
    """Return Benjamini–Hochberg q values; pairs that share nothing have p = 1."""
    import numpy as np
    from scipy.stats import false_discovery_control

    if not len(p):
        return p
    everything = np.concatenate([p, np.ones(max(tested - len(p), 0))])
    return false_discovery_control(everything)[: len(p)]
