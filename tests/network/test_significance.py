"""More than chance? Against closed forms, enumeration, scipy, and the library bicm."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_plans import reference_plan
from scipy import integrate, stats

from mskg.errors import InputError
from mskg.network import Collaboration, Duty, collaboration, significance
from mskg.network.bicm import membership_chances, tail_of_sum
from mskg.network.significance import _approximated, _Strata

DAVIS = json.loads((Path(__file__).parent / "davis_bicm.json").read_text(encoding="utf-8"))


def southern_women() -> Collaboration:
    """Return the women and events of Davis, Gardner and Gardner (1941)."""
    graph = nx.davis_southern_women_graph()
    women = sorted(graph.graph["top"])
    return Collaboration(
        Duty(f"t:{event}", event, f"d:{woman}", woman, "related")
        for woman in women
        for event in graph[woman]
    )


def duty(task: str, department: str, program: str = "") -> Duty:
    return Duty(f"t:{program}:{task}", task, f"d:{department}", department, "related",
                program=program)  # fmt: skip


def davis_matrix() -> np.ndarray:
    graph = nx.davis_southern_women_graph()
    return nx.bipartite.biadjacency_matrix(
        graph, graph.graph["top"], graph.graph["bottom"]
    ).toarray()


def test_chances_equal_those_of_the_library_bicm() -> None:
    matrix = davis_matrix()
    chances = membership_chances(matrix.sum(axis=1), matrix.sum(axis=0))
    assert np.abs(chances - np.array(DAVIS["chances"])).max() < 1e-8


def test_p_values_equal_those_of_the_library_bicm() -> None:
    found = significance(southern_women(), "bicm")
    graph = nx.davis_southern_women_graph()
    number = {woman: place for place, woman in enumerate(graph.graph["top"])}
    network = southern_women()
    for pair, p in zip(network.pairs, found.p, strict=True):
        first, second = (number[iri.removeprefix("d:")] for iri in (pair.first, pair.second))
        assert p == pytest.approx(DAVIS["p"][first][second], abs=1e-8)
    # bicm validates no pair at 5 % either.
    assert not found.keep.any()


@given(
    st.integers(2, 14).flatmap(
        lambda n: st.lists(st.lists(st.booleans(), min_size=n, max_size=n), min_size=2, max_size=14)
    )
)
def test_chances_keep_every_degree(rows: list[list[bool]]) -> None:
    matrix = np.array(rows, dtype=int)
    chances = membership_chances(matrix.sum(axis=1), matrix.sum(axis=0))
    assert ((chances >= 0) & (chances <= 1)).all()
    assert np.abs(chances.sum(axis=1) - matrix.sum(axis=1)).max() < 1e-6
    assert np.abs(chances.sum(axis=0) - matrix.sum(axis=0)).max() < 1e-6


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.integers(0, 12))
def test_tail_equals_the_poisson_binomial_of_scipy(chances: list[float], least: int) -> None:
    expected = stats.poisson_binom.sf(least - 1, chances) if least else 1.0
    assert tail_of_sum(np.array(chances), least) == pytest.approx(expected, abs=1e-9)


def test_hypergeometric_by_hand() -> None:
    # Ten tasks; a in tasks 0–3, b in 0–2, c in 7–9, d in all.
    rows = [duty(str(n), "a") for n in range(4)] + [duty(str(n), "b") for n in range(3)]
    rows += [duty(str(n), "c") for n in (7, 8, 9)] + [duty(str(n), "d") for n in range(10)]
    network = Collaboration(rows)
    found = significance(network, "hypergeometric")
    by_pair = {
        (p.first[-1], p.second[-1]): (found.p[n], found.expected[n])
        for n, p in enumerate(network.pairs)
    }
    # All three of b among the four of a: C(4,3)/C(10,3) = 4/120.
    assert by_pair["a", "b"] == (pytest.approx(4 / 120), pytest.approx(12 / 10))
    assert by_pair["a", "d"] == (pytest.approx(1.0), pytest.approx(4.0))
    assert found.tested == 6
    # Benjamini–Hochberg over six pairs: the smallest p is multiplied by six.
    assert found.q.min() == pytest.approx(6 * 4 / 120)


def test_hypergeometric_of_the_southern_women_equals_scipy() -> None:
    network = southern_women()
    found = significance(network, "hypergeometric")
    for pair, p in zip(network.pairs, found.p, strict=True):
        first, second = (len(network.tasks_of(iri)) for iri in (pair.first, pair.second))
        assert p == pytest.approx(stats.hypergeom.sf(pair.tasks - 1, 14, first, second))
    expected = stats.false_discovery_control([*found.p, *[1.0] * (153 - len(found.p))])
    assert found.tested == 153
    assert found.q == pytest.approx(expected[: len(found.p)])


def test_programs_add_up_by_enumeration() -> None:
    # Two programs of four and three tasks; a and b draw in each.
    rows = [duty("0", "a", "x"), duty("1", "a", "x"), duty("0", "b", "x"), duty("1", "b", "x")]
    rows += [duty("0", "a", "y"), duty("0", "b", "y"), duty("1", "b", "y")]
    rows += [duty(str(n), "z", "x") for n in range(4)] + [duty(str(n), "z", "y") for n in range(3)]
    network = Collaboration(rows)
    found = significance(network, "hypergeometric")
    at = next(n for n, p in enumerate(network.pairs) if (p.first, p.second) == ("d:a", "d:b"))
    assert network.pairs[at].tasks == 3
    draws = [
        len({*ax} & {*bx}) + len({*ay} & {*by})
        for ax in combinations(range(4), 2)
        for bx in combinations(range(4), 2)
        for ay in combinations(range(3), 1)
        for by in combinations(range(3), 2)
    ]
    assert found.p[at] == pytest.approx(sum(d >= 3 for d in draws) / len(draws))
    assert found.expected[at] == pytest.approx(sum(draws) / len(draws))


def test_units_of_different_programs_are_not_compared() -> None:
    rows = [duty("1", name, "x") for name in "ab"] + [duty("1", name, "y") for name in "cd"]
    assert significance(Collaboration(rows), "hypergeometric").tested == 2


def test_a_pair_that_always_meets_among_many_tasks_is_found() -> None:
    rows = [duty(str(n), name) for n in range(60) for name in (f"u{n % 9}", f"v{n % 7}")]
    rows += [duty(str(n), name) for n in range(0, 60, 5) for name in ("left", "right")]
    network = Collaboration(rows)
    for model in ("hypergeometric", "bicm"):
        found = significance(network, model)
        kept = {(network.pairs[n].first, network.pairs[n].second) for n in found.keep.nonzero()[0]}
        assert ("d:left", "d:right") in kept
        assert len(kept) < len(network.pairs) / 3


def test_approximation_is_near_the_exact_tail() -> None:
    generator = np.random.default_rng(3)
    rows = [
        duty(str(n), str(d), str(p))
        for p in range(25)
        for n in range(20)
        for d in generator.choice(8, 3, replace=False)
    ]
    network = Collaboration(rows)
    expected, p = _approximated(_Strata(network.incidence), network.columns)
    exact = significance(network, "hypergeometric")
    assert expected == pytest.approx(exact.expected)
    assert np.abs(p - exact.p).max() < 0.01


def test_disparity_equals_the_integral_of_its_paper() -> None:
    network = collaboration(reference_plan("004"))
    found = significance(network, "disparity")
    graph = network.projection
    for pair, p in zip(network.pairs[:20], found.p, strict=False):
        chances = []
        for end in (pair.first, pair.second):
            k, strength = graph.degree(end), graph.degree(end, weight="weight")
            share = pair.tasks / strength
            # Serrano et al. (2009), equation 2.
            integral, _ = integrate.quad(lambda x, k=k: (1 - x) ** (k - 2), 0, share)
            chances.append(1 - (k - 1) * integral)
        assert p == pytest.approx(min(chances))


def test_disparity_keeps_the_heavy_edge_of_a_hub() -> None:
    rows = [
        duty(f"{n}-{m}", name) for n in range(10) for m in range(1) for name in ("hub", f"l{n}")
    ]
    rows += [duty(f"x{n}", name) for n in range(40) for name in ("hub", "l0")]
    network = Collaboration(rows)
    found = significance(network, "disparity", 0.01)
    kept = [network.pairs[n].second for n in found.keep.nonzero()[0]]
    assert kept == ["d:l0"]


def test_zhanhe_has_no_pair_beyond_chance() -> None:
    # Ten tasks among 33 departments can't tell: the most frequent pair shares 6 of 9 and 6.
    network = collaboration(reference_plan("004"))
    for model in ("hypergeometric", "bicm"):
        found = significance(network, model)
        assert not found.keep.any()
        assert found.tested == 33 * 32 / 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"model": "chance"}, "unknown model 'chance' (one of: disparity, hypergeometric, bicm)"),
        ({"alpha": 1.5}, "alpha must lie between 0 and 1, not 1.5 (0.05 is usual)"),
        ({"alpha": 0}, "alpha must lie between 0 and 1, not 0 (0.05 is usual)"),
    ],
)
def test_wrong_option_is_one_clear_line(options: dict[str, object], words: str) -> None:
    with pytest.raises(InputError) as error:
        significance(Collaboration([duty("1", "a"), duty("1", "b")]), **options)  # type: ignore[arg-type]
    assert str(error.value) == words


def test_network_without_pairs_has_nothing_to_test() -> None:
    for model in ("disparity", "hypergeometric", "bicm"):
        found = significance(Collaboration([duty("1", "a"), duty("2", "b")]), model)
        assert len(found.p) == 0
