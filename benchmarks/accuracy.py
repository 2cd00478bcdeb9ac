"""Accuracy on annotated plans: what the program reads against what people marked.

``python -m benchmarks accuracy [SET] [STEM…] [--diff] [--json]``. A SET is a folder of
``tests/golden`` (default: reference, the five bundled plans); a STEM such as ``003`` picks one
document. The matching rules are in `benchmarks.matching` and `benchmarks.scoring`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.scoring import Score, compare_records
from mskg.model.record import plan_to_record
from mskg.pipeline import read_plan

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Hashable, Iterable, Sequence

    from mskg.model import Plan

__all__ = ["main", "score_documents", "total", "unknown_numbers"]

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
DOCUMENTS = ROOT / "data" / "documents"

Scores = dict[str, Score]

_SHOWN = ("task", "role", "org", "indicator", "indicator_name", "milestone", "stage_target")


def score_documents(
    stems: Sequence[str] = (), collection: str = "reference"
) -> dict[str, tuple[Scores, Plan]]:
    """Read annotated documents and return for each its scores and its plan.

    Parameters
    ----------
    stems:
        Beginnings of file names; empty for all documents.
    collection:
        Folder of ``tests/golden`` with the annotations, and with the documents where they
        are not bundled.
    """
    found: dict[str, tuple[Scores, Plan]] = {}
    for path in sorted((GOLDEN / collection).glob("*.json")):
        if not stems or path.stem.startswith(tuple(stems)):
            wanted: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            plan = read_plan(_document_of(path))
            found[path.stem] = compare_records(wanted, plan_to_record(plan)), plan
    return found


def _document_of(annotation: Path) -> Path:
    beside = (path for path in annotation.parent.glob(f"{annotation.stem}.*") if path != annotation)
    return next(beside, None) or next(DOCUMENTS.glob(f"{annotation.stem}.*"))


def total(several: Iterable[Scores]) -> Scores:
    """Return the sum of the scores of several documents, fact type by fact type."""
    summed: Scores = {}
    for scores in several:
        for kind, score in scores.items():
            summed.setdefault(kind, Score()).add(score)
    return summed


def unknown_numbers(plans: Iterable[Plan]) -> tuple[int, int]:
    """Return how many numbers nobody could explain, and how many numbers there are in all."""
    unknown = everything = 0
    for plan in plans:
        unused = [number for number in plan.unused_numbers if number.task]
        unknown += sum(number.rule == "unknown" for number in unused)
        everything += len(unused)
        for item in (item for task in plan.tasks for item in task.items):
            everything += len(item.indicators)
            everything += sum(1 + len(stage.indicators) for stage in item.milestones)
    return unknown, everything


def _table(title: str, scores: Scores) -> str:
    head = f"{title:22.22s} {'P':>6s} {'R':>6s} {'F1':>6s} {'hit':>6s} {'miss':>5s} {'extra':>5s}"
    lines = [head]
    for kind, score in scores.items():
        shares = f"{score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f}"
        counts = f"{score.hits:6d} {score.missed.total():5d} {score.invented.total():5d}"
        lines.append(f"{kind:22s} {shares} {counts}")
    return "\n".join(lines)


def _layouts(found: dict[str, tuple[Scores, Plan]]) -> str:
    """Return a table of the F1 of each fact type by the layout that was recognised."""
    groups: dict[str, list[Scores]] = {}
    for scores, plan in found.values():
        groups.setdefault(plan.document.layout, []).append(scores)
    lines = [f"{'F1 by layout':16s} {'plans':>5s} " + " ".join(f"{kind:>14s}" for kind in _SHOWN)]
    for layout, several in sorted(groups.items()):
        summed = total(several)
        cells = " ".join(f"{summed[kind].f1:14.3f}" for kind in _SHOWN)
        lines.append(f"{layout:16s} {len(several):5d} {cells}")
    return "\n".join(lines)


def _differences(scores: Scores) -> str:
    lines = []
    for kind, score in scores.items():
        for label, facts in (("missed", score.missed), ("invented", score.invented)):
            lines += [f"  {kind:20s} {label:8s} {line}" for line in _facts(facts)]
    return "\n".join(lines)


def _facts(facts: Counter[Hashable]) -> list[str]:
    return [f"{fact}" + (f" ×{count}" if count > 1 else "") for fact, count in facts.items()]


def _numbers(scores: Scores) -> dict[str, dict[str, float]]:
    return {
        kind: {
            "precision": score.precision,
            "recall": score.recall,
            "f1": score.f1,
            "hits": score.hits,
            "missed": score.missed.total(),
            "invented": score.invented.total(),
        }
        for kind, score in scores.items()
    }


def main(arguments: list[str]) -> int:
    """Print the accuracy of each document and of all together."""
    words = [argument for argument in arguments if not argument.startswith("--")]
    collection = "reference"
    if words and (GOLDEN / words[0]).is_dir():
        collection, *words = words
    wrong = {a for a in arguments if a.startswith("--")} - {"--diff", "--json"}
    found = {} if wrong else score_documents(words, collection)
    if not found:
        print(f"no such option, set or document: {' '.join(arguments)}", file=sys.stderr)
        return 2
    documents = {stem: scores for stem, (scores, _) in found.items()}
    summed = total(documents.values())
    if "--json" in arguments:
        everything = {**documents, "total": summed}
        shown = {name: _numbers(scores) for name, scores in everything.items()}
        print(json.dumps(shown, ensure_ascii=False, indent=1))
        return 0
    for stem, scores in documents.items():
        print(_table(stem, scores), end="\n\n")
        if "--diff" in arguments:
            print(_differences(scores), end="\n\n")
    print(_table(f"all {len(documents)} documents", summed), end="\n\n")
    print(_layouts(found))
    unknown, numbers = unknown_numbers(plan for _, plan in found.values())
    share = unknown / numbers if numbers else 0.0
    print(f"\nnumbers of task texts not understood: {unknown} of {numbers} ({share:.1%})")
    return 0
