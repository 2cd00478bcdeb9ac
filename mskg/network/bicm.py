"""The bipartite configuration model: chances that keep all degrees on average.

Saracco, Di Clemente, Gabrielli and Squartini (2015), Scientific Reports 5: among all bipartite
graphs whose expected degrees are the observed ones, the one of greatest entropy joins node i
and task t with the chance x_i·y_t / (1 + x_i·y_t). The library ``bicm`` solves the same
equations but needs a compiler at run time (numba), so only the tests use it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mskg.errors import MskgError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["membership_chances", "tail_of_sum"]

_STEPS: Final = 200
_CLOSE: Final = 1e-9


def membership_chances(rows: ArrayLike, columns: ArrayLike) -> Any:
    """Return the matrix of chances for observed degrees of `rows` and `columns`.

    Rows and columns that are full or empty are certain; the others are fitted by Newton's
    method on the logarithms, whose likelihood is concave.

    Raises
    ------
    MskgError
        If the degrees have no solution.
    """
    import numpy as np

    left, right = np.array(rows, dtype=float), np.array(columns, dtype=float)
    chances = np.zeros((len(left), len(right)))
    open_rows, open_columns = np.ones(len(left), dtype=bool), np.ones(len(right), dtype=bool)
    changed = True
    while changed and open_rows.any() and open_columns.any():
        changed = False
        for degrees, own, other, others, matrix in (
            (left, open_rows, open_columns, right, chances),
            (right, open_columns, open_rows, left, chances.T),
        ):
            full = own & (degrees >= other.sum()) & other.any()
            empty = own & (degrees <= 0)
            if full.any():
                matrix[np.ix_(full, other)] = 1.0
                others[other] -= full.sum()
            own[full | empty] = False
            changed |= bool(full.any() or empty.any())
    if open_rows.any() and open_columns.any():
        fitted = _fit(left[open_rows], right[open_columns])
        chances[np.ix_(open_rows, open_columns)] = fitted
    return chances


def _fit(rows: Any, columns: Any) -> Any:
    """Solve for one parameter a distinct degree; equal degrees have equal parameters."""
    import numpy as np

    d, back_d, times_d = np.unique(rows, return_inverse=True, return_counts=True)
    k, back_k, times_k = np.unique(columns, return_inverse=True, return_counts=True)
    total = rows.sum()
    theta, eta = np.log(d / np.sqrt(total)), np.log(k / np.sqrt(total))
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-(theta[:, None] + eta[None, :])))
        gap = np.concatenate([(p @ times_k - d) * times_d, (times_d @ p - k) * times_k])
        if np.abs(gap).max() < _CLOSE:
            return p[np.ix_(back_d, back_k)]
        spread = p * (1 - p) * times_d[:, None] * times_k[None, :]
        hessian = np.block(
            [[np.diag(spread.sum(axis=1)), spread], [spread.T, np.diag(spread.sum(axis=0))]]
        )
        # One direction changes nothing (x times c, y over c): the least-squares step leaves it.
        step = np.linalg.lstsq(hessian, gap, rcond=1e-12)[0]
        step *= min(1.0, 2.0 / max(np.abs(step).max(), 1e-300))
        theta, eta = theta - step[: len(d)], eta - step[len(d) :]
    raise MskgError(
        f"the null model of {len(rows)} units and {len(columns)} tasks has no solution",
        hint="use the model hypergeometric",
        zh=f"{len(rows)} 个单位、{len(columns)} 项任务的零模型无解（请改用 hypergeometric）",
    )


def tail_of_sum(chances: Any, least: int) -> float:
    """Return the chance that independent events of these chances happen `least` times or more.

    The Poisson-binomial tail, summed from positive terms only, so that small ones stay exact.
    """
    import numpy as np

    if least <= 0:
        return 1.0
    below = np.zeros(least)
    below[0], reached = 1.0, 0.0
    for chance in chances:
        reached += below[-1] * chance
        below[1:] = below[1:] * (1 - chance) + below[:-1] * chance
        below[0] *= 1 - chance
    return float(min(reached, 1.0))
