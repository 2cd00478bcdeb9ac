"""Accuracy on generated plans: rendered in every layout family, read back, compared.

``python -m benchmarks generated [N] [--seed S] [--family F] [--noise]`` makes N plans
(200), lays each out in every family (with `--noise` in a random script, width and paging), and
prints the F1 per fact type and family; with `--misses` also a small plan that fails.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, find, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from benchmarks.accuracy import total
from benchmarks.scoring import Score, compare_records
from mskg.extract import extract_plan
from mskg.layout import outline_document
from mskg.model.record import plan_to_record
from mskg.readers import read_bytes

SUPPORT = Path(__file__).resolve().parents[1] / "tests" / "support"
sys.path.insert(0, str(SUPPORT))

from plan_generator import plans  # noqa: E402
from plan_renderers import FAMILIES, Noise, Rendering, comparable, render  # noqa: E402

if TYPE_CHECKING:
    from plan_generator import PlannedText

__all__ = ["main", "noises", "score_rendering"]

Scores = dict[str, Score]

KINDS = ("task", "title", "role", "indicator", "milestone", "stage_target")
_SHRINKING = 400  # plans read while a failure is made smaller

noises = st.builds(
    Noise, st.booleans(), st.booleans(), st.sampled_from([0, 28, 34, 42]), st.booleans()
)
_NOTHING = st.just(Noise())


def score_rendering(rendering: Rendering) -> Scores:
    """Return the scores of what is read from a rendered plan, fact type by fact type."""
    # By the reader of files, which drops the marks of pages.
    document = read_bytes(rendering.text.encode(), "plan.txt")
    found = plan_to_record(extract_plan(document, outline_document(document)))
    return compare_records(comparable(rendering.record), comparable(found))


def _fails(plan: PlannedText, family: str, noise: Noise) -> bool:
    scores = score_rendering(render(plan, family, noise))
    return any(scores[kind].missed or scores[kind].invented for kind in KINDS)


def _measure(
    family: str, count: int, number: int, noise: st.SearchStrategy[Noise]
) -> tuple[Scores, int, int]:
    """Return the scores over `count` plans, and how many plans there were and were read wrong."""
    gathered: list[Scores] = []
    wrong = 0

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(plans(), noise)
    def run(plan: PlannedText, drawn: Noise) -> None:
        nonlocal wrong
        scores = score_rendering(render(plan, family, drawn))
        wrong += any(scores[kind].missed or scores[kind].invented for kind in KINDS)
        gathered.append(scores)

    run()
    return total(gathered), len(gathered), wrong


def _smallest(family: str, noise: st.SearchStrategy[Noise]) -> tuple[Rendering, Scores] | None:
    """Return the smallest failing plan that hypothesis finds, rendered, and its scores."""
    left = _SHRINKING
    failed: set[str] = set()

    def fails(case: tuple[PlannedText, Noise]) -> bool:
        nonlocal left
        left -= 1  # hypothesis would go on for minutes to gain little
        # What has failed once is shown to fail again, whatever is left.
        if left > 0 and _fails(case[0], family, case[1]):
            failed.add(repr(case))
        return repr(case) in failed

    options: Any = settings(
        max_examples=_SHRINKING,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        plan, drawn = find(st.tuples(plans(), noise), fails, settings=options)
    except NoSuchExample:
        return None
    rendering = render(plan, family, drawn)
    return rendering, score_rendering(rendering)


def _misses(scores: Scores) -> list[str]:
    lines = []
    for kind in KINDS:
        for label, facts in (("missed", scores[kind].missed), ("invented", scores[kind].invented)):
            lines += [f"    {kind} {label}: {fact}" for fact in list(facts)[:4]]
    return lines


def main(arguments: list[str]) -> int:
    """Print the accuracy of each layout family, and its first misses."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks generated", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=200, help="plans for each family")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--family", choices=sorted(FAMILIES), action="append")
    parser.add_argument("--noise", action="store_true", help="other script, widths and page marks")
    parser.add_argument("--misses", action="store_true", help="shrink the failures and print them")
    options = parser.parse_args(arguments)
    noise = noises if options.noise else _NOTHING
    print(f"{'':16s} {'plans':>6s} {'wrong':>6s} " + " ".join(f"{k:>12s}" for k in KINDS))
    for family in options.family or FAMILIES:
        scores, count, wrong = _measure(family, options.count, options.seed, noise)
        shares = " ".join(f"{scores[kind].f1:12.4f}" for kind in KINDS)
        print(f"{family:16s} {count:6d} {wrong:6d} {shares}", flush=True)
        smallest = _smallest(family, noise) if wrong and options.misses else None
        if smallest:
            rendering, own = smallest
            print("  smallest failure:", *rendering.text.split("\n")[7:], sep="\n    ")
            print("\n".join(_misses(own)))
    return 0
