"""What an entry of a list says for or against the list as one of tasks."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mskg.layout.entries import has_quantity
from mskg.layout.fields import ends_with_bodies
from mskg.layout.leader_lines import units_named
from mskg.lexicon.cues import any_of, cue_pattern, duty_label, line_label
from mskg.text import unspaced

if TYPE_CHECKING:
    from mskg.layout.marks import Node

__all__ = [
    "bears_duty",
    "evidence",
    "head_of",
    "heading_weight",
    "is_chapter",
    "is_other",
    "own_duty",
    "with_duties",
]

_HEAD_END = re.compile("[。,:]")
_CHAPTER = 8  # characters of the heading of a chapter


@cache
def _labelled() -> re.Pattern[str]:
    return re.compile(rf"{duty_label()}\**\s*[::]|[(\[【]{duty_label()}")


@cache
def _duty() -> re.Pattern[str]:
    bodies = rf"[局委办厅会院部]{any_of('role-manner')}?{any_of('role-verb')}"
    return re.compile(rf"{_labelled().pattern}|{bodies}")


def bears_duty(text: str) -> bool:
    """Tell whether `text` names units in charge, under a label, before a verb or in brackets."""
    return _duty().search(text) is not None or ends_with_bodies(text)


def with_duties(folded: str, node: Node) -> bool:
    """Tell whether most entries below a heading name units."""
    duties = sum(bears_duty(folded[child.body : child.end]) for child in node.children)
    return duties * 2 > len(node.children)


def own_duty(folded: str, node: Node) -> bool:
    """Tell whether an entry names its units, as a field, before its parts do."""
    own = folded[node.body : node.children[0].begin if node.children else node.end]
    return _labelled().search(own) is not None or ends_with_bodies(own)


def is_chapter(folded: str, node: Node) -> bool:
    """Tell a chapter such as 工作要求, which names no units, from an entry."""
    head = head_of(folded, node)
    named = len(head) <= _CHAPTER and cue_pattern("heading-other").search(head) is not None
    return named and not bears_duty(folded[node.body : node.end])


def evidence(folded: str, node: Node) -> tuple[float, int]:
    """Return how far an entry speaks for its list as one of tasks, and whether it names units."""
    line = folded.find("\n", node.body, node.end)
    if node.children and units_named(folded, node.body, line if line >= 0 else node.end):
        return -1.0, 0  # 一、县教育局（4项）: over the tasks of a unit
    return _evidence_in(folded[node.body : node.end])


@lru_cache(maxsize=256)  # the same entry is weighed in several lists of one document
def _evidence_in(text: str) -> tuple[float, int]:
    head = unspaced(text[:60])
    label = line_label(head)
    if label and label.kind != "title":
        return -1.0, 0  # （一）责任领导：…: a field of the entry above, no entry
    if cue_pattern("heading-duties").fullmatch(text.partition("\n")[0].strip(" \t*#")):
        return -3.0, 0  # 二、责任分工: who does the tasks above, none of them
    other = is_other(head[:16])
    duty = _labelled().search(text) is not None if other else bears_duty(text)
    score = 3.0 * duty + (1.0 if has_quantity(text) else 0.0)
    if cue_pattern("build-verb").match(head):
        score += 0.7
    if _project_name().search(head[:40]):
        score += 0.7
    if not duty and other:
        score -= 3.0
    return score, int(duty)


@cache
def _project_name() -> re.Pattern[str]:
    return re.compile(rf"{any_of('project-noun')}(?:[。:\n]|\Z)")


def is_other(head: str) -> bool:
    """Tell the opening of what is no task: 加强组织领导, 保障措施."""
    return any(cue_pattern(group).search(head) for group in ("item-other", "heading-other"))


def head_of(folded: str, node: Node) -> str:
    """Return the first words behind the mark of a node."""
    line = folded[node.body : min(node.end, node.body + 40)].partition("\n")[0]
    return _HEAD_END.split(line, maxsplit=1)[0][:24]


def heading_weight(folded: str, parent: Node | None, duties: bool) -> float:
    """Return how far the headings above a list speak for it (2), against it (0), or neither."""
    node = parent
    weight = 1.0
    while node is not None:
        head = head_of(folded, node)
        if cue_pattern("heading-tasks").search(head):
            weight = max(weight, 1.5)
        elif cue_pattern("heading-other").search(head) and not duties:
            return 0.0
        node = node.parent
    return weight
