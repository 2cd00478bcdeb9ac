"""Documents made from generated plans: one function a layout family, and kinds of noise.

Every renderer returns the text and the plan record that a reader should find in it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from mskg.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from plan_generator import PlannedTask, PlannedText, Statement

__all__ = ["FAMILIES", "TABLES", "Noise", "Rendering", "comparable", "render"]

Record = dict[str, Any]

_HAN = "一二三四五六七八九十"
_LABELS = {"lead": "牵头单位", "related": "配合单位", "responsible": "责任单位"}
_WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")
_WORDS = re.compile(r"[A-Za-z0-9.%—～-]+[万亿]?|.")
_LINES_PER_PAGE = 22


@dataclass(frozen=True)
class Rendering:
    """A document and the record of the facts in it."""

    text: str
    record: Record


@dataclass(frozen=True)
class Noise:
    """What befalls a document: script, wide digits, lines broken at a width, page marks."""

    traditional: bool = False
    wide: bool = False
    width: int = 0
    pages: bool = False


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (
        (_HAN[tens - 1] if tens > 1 else "")
        + ("十" if tens else "")
        + (_HAN[ones - 1] if ones else "")
    )


_MARKS: dict[str, Callable[[int], str]] = {
    "han": lambda n: f"{_han(n)}、",
    "han-bracket": lambda n: f"（{_han(n)}）",
    "dot": lambda n: f"{n}.",
    "comma": lambda n: f"{n}、",
    "bracket": lambda n: f"（{n}）",
    "circled": lambda n: chr(ord("①") + n - 1),
}


def _by_role(task: PlannedTask) -> dict[str, str]:
    names: dict[str, list[str]] = {}
    for department in task.departments:
        names.setdefault(department.role, []).append(department.name)
    return {role: "、".join(listed) for role, listed in names.items()}


def _labelled(task: PlannedTask) -> list[str]:
    return [f"{_LABELS[role]}：{names}" for role, names in _by_role(task).items()]


def _bracket(task: PlannedTask) -> str:
    return f"（{'；'.join(_labelled(task))}）"


def _duties(task: PlannedTask) -> str:
    """由县教育局牵头，县财政局、各乡镇配合."""
    words = {"lead": "牵头", "related": "配合", "responsible": "负责"}
    first, *rest = (f"{names}{words[role]}" for role, names in _by_role(task).items())
    return "，".join([f"由{first}", *rest])


def _body(task: PlannedTask) -> str:
    """Return the statements as sentences: dated ones stand alone, at the end."""
    texts = [s.text for s in task.statements if not s.milestones]
    dated = [s.text for s in task.statements if s.milestones]
    return "。".join(["，".join(texts), *dated]) + "。"


def _item(statements: Sequence[Statement], label: str | None = None) -> Record:
    return {
        "label": label,
        "text": "，".join(s.text for s in statements),
        "indicators": [i for s in statements for i in s.indicators],
        "milestones": [m for s in statements for m in s.milestones],
    }


def _entry(
    task: PlannedTask, number: int, items: list[Record] | None = None, group: str | None = None
) -> Record:
    return {
        "no": number,
        "group": group,
        "title": task.title,
        "departments": [{"name": d.name, "org": d.name, "role": d.role} for d in task.departments],
        "items": items or [_item(task.statements)],
    }


def _document(plan: PlannedText, lines: Sequence[str], tasks: list[Record]) -> Rendering:
    region, year = plan.region, plan.year
    head = [
        f"{region}人民政府办公室关于印发{region}{year}年民生实事实施方案的通知",
        "",
        f"各乡镇人民政府，{region[-1]}政府各部门：",
        f"《{region}{year}年民生实事实施方案》已经{region[-1]}政府同意，现印发给你们，请认真组织实施。",
        "",
        f"{region}{year}年民生实事实施方案",
        "",
        f"{year}年，{region}实施{len(plan.tasks)}件民生实事，具体安排如下。",
    ]
    program = {"region": region, "year": year, "deadlines": [], "departments": []}
    record = {"document": {}, "program": program, "tasks": tasks}
    return Rendering("\n".join([*head, *lines]) + "\n", record)


def _numbered(mark: Callable[[int], str]) -> Callable[[PlannedText], Rendering]:
    """1.名称。内容。（牵头单位：…；配合单位：…）"""

    def family(plan: PlannedText) -> Rendering:
        tasks = list(enumerate(plan.tasks, 1))
        lines = [f"{mark(n)}{t.title}。{_body(t)}{_bracket(t)}" for n, t in tasks]
        return _document(plan, lines, [_entry(t, n) for n, t in tasks])

    return family


def _label_lines(plan: PlannedText) -> Rendering:
    lines, tasks = [], []
    for number, task in enumerate(plan.tasks, 1):
        lines += ["", f"{_han(number)}、{task.title}", f"目标任务：{_body(task)}", *_labelled(task)]
        lines.append(f"完成时限：{task.deadline.text}")
        tasks.append(_entry(task, number, [_item([*task.statements, task.deadline])]))
    return _document(plan, lines, tasks)


def _parts(plan: PlannedText) -> Rendering:
    lines, tasks = [], []
    for number, task in enumerate(plan.tasks, 1):
        items = []
        lines.append(f"{_han(number)}、{task.title}")
        for part, statement in enumerate(task.statements, 1):
            label = f"（{part}）" if len(task.statements) > 1 else ""  # one part is no part
            lines.append(f"{label}{statement.text}。")
            items.append(_item([statement], label or None))
        lines += _labelled(task)
        tasks.append(_entry(task, number, items))
    return _document(plan, lines, tasks)


def _prose(plan: PlannedText) -> Rendering:
    """一是…。由…牵头，…配合。二是…"""
    pieces, tasks = [], []
    for number, task in enumerate(plan.tasks, 1):
        pieces.append(f"{_han(number)}是{task.title}。{_body(task)}{_duties(task)}。")
        tasks.append(_entry(task, number))
    return _document(plan, ["".join(pieces)], tasks)


def _sections(plan: PlannedText) -> Iterator[tuple[int, str, list[tuple[int, PlannedTask]]]]:
    begin = 0
    for section, (name, size) in enumerate(plan.groups, 1):
        yield section, name, list(enumerate(plan.tasks[begin : begin + size], begin + 1))
        begin += size


def _grouped(*, restart: bool) -> Callable[[PlannedText], Rendering]:
    def family(plan: PlannedText) -> Rendering:
        lines, tasks = [], []
        for section, name, members in _sections(plan):
            lines.append(f"{_han(section)}、{name}")
            for number, task in members:
                shown = number - members[0][0] + 1 if restart else number
                lines.append(f"{shown}.{task.title}。{_body(task)}{_bracket(task)}")
                tasks.append(_entry(task, shown, group=name))
        return _document(plan, lines, tasks)

    return family


def _with_measures(plan: PlannedText) -> Rendering:
    """一、实事内容 （一）… 二、保障措施 （一）加强组织领导。"""
    numbered = list(enumerate(plan.tasks, 1))
    lines = ["一、实事内容"]
    lines += [f"（{_han(n)}）{t.title}。{_body(t)}{_bracket(t)}" for n, t in numbered]
    lines += ["二、保障措施", "（一）加强组织领导。各有关单位要高度重视，明确专人负责。"]
    lines += ["（二）加强督促检查。定期通报进展情况，确保各项工作落到实处。"]
    lines += ["（三）加强宣传引导。充分利用各类媒体，营造良好氛围。"]
    return _document(plan, lines, [_entry(t, n) for n, t in numbered])


def _cells(plan: PlannedText) -> tuple[list[list[str]], list[Record]]:
    """Return the rows of a table, its header first, and the records of the rows."""
    roles = list(dict.fromkeys(d.role for task in plan.tasks for d in task.departments))
    header = ["序号", "项目名称", "主要内容", *(_LABELS[role] for role in roles), "完成时限"]
    rows, tasks = [header], []
    for number, task in enumerate(plan.tasks, 1):
        names = _by_role(task)
        duties = [names.get(role, "") for role in roles]
        rows.append([str(number), task.title, _body(task), *duties, task.deadline.text])
        tasks.append(_entry(task, number, [_item([*task.statements, task.deadline])]))
    return rows, tasks


def _tab_rows(plan: PlannedText) -> Rendering:
    rows, tasks = _cells(plan)
    return _document(plan, ["\t".join(row) for row in rows], tasks)


def _pipe_rows(plan: PlannedText) -> Rendering:
    rows, tasks = _cells(plan)
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return _document(plan, ["", *lines], tasks)


def _tabbed_cells(plan: PlannedText) -> Rendering:
    rows, tasks = _cells(plan)
    lines = [line for row in rows for line in (*(f"\t{cell}" for cell in row), "")]
    return _document(plan, lines, tasks)


def _plain_cells(plan: PlannedText) -> Rendering:
    rows, tasks = _cells(plan)
    return _document(plan, [cell for row in rows for cell in row if cell], tasks)


def _piped_cells(plan: PlannedText) -> Rendering:
    """Return a page whose cells each end with a pipe and a line break."""
    rows, tasks = _cells(plan)
    return _document(
        plan, [line for row in rows for line in (*(f"{c} |" for c in row), "|")], tasks
    )


def _spaced_rows(plan: PlannedText) -> Rendering:
    rows, tasks = _cells(plan)
    return _document(plan, [" ".join(cell for cell in row if cell) for row in rows], tasks)


def _announced_lines(plan: PlannedText) -> Rendering:
    """N件民生实事，具体包括：, and then a line for each."""
    lines, tasks = [f"今年办好{len(plan.tasks)}件民生实事。具体包括："], []
    for number, task in enumerate(plan.tasks, 1):
        lines.append(f"{task.title}。{_body(task)}{_bracket(task)}")
        tasks.append(_entry(task, number))
    return _document(plan, lines, tasks)


def _run_together(plan: PlannedText) -> Rendering:
    rows, tasks = _cells(plan)
    return _document(plan, ["".join(cell for row in rows for cell in row)], tasks)


FAMILIES: dict[str, Callable[[PlannedText], Rendering]] = {
    **{f"list-{style}": _numbered(mark) for style, mark in _MARKS.items()},
    "label-lines": _label_lines,
    "parts": _parts,
    "prose": _prose,
    "groups-running": _grouped(restart=False),
    "groups-restart": _grouped(restart=True),
    "with-measures": _with_measures,
    "tab-rows": _tab_rows,
    "pipe-rows": _pipe_rows,
    "tabbed-cells": _tabbed_cells,
    "plain-cells": _plain_cells,
    "piped-cells": _piped_cells,
    "spaced-rows": _spaced_rows,
    "announced-lines": _announced_lines,
    "run-together": _run_together,
}
"""Layout families by name."""

TABLES = frozenset(
    {"tab-rows", "pipe-rows", "tabbed-cells", "plain-cells", "piped-cells", "spaced-rows"}
    | {"announced-lines", "run-together"}
)
"""Families whose lines are entries, rows or cells, so that they can't be broken at a width."""


def render(plan: PlannedText, family: str, noise: Noise | None = None) -> Rendering:
    """Return `plan` as a document of `family`, with `noise`."""
    rendering, noise = FAMILIES[family](plan), noise or Noise()
    text = rendering.text
    if noise.width and family not in TABLES:
        text = "\n".join(_broken(line, noise.width) for line in text.split("\n"))
    if noise.pages and family not in TABLES:
        text = _paged(text)
    if noise.traditional:
        text = _to_traditional()(text)
    return Rendering(text.translate(_WIDE) if noise.wide else text, rendering.record)


def comparable(record: Record) -> Record:
    """Return `record` with all texts in simplified script and half width."""
    folded: Record = json.loads(json.dumps(record), object_hook=_folded)
    return folded


def _folded(entry: Record) -> Record:
    lists = {
        k: [fold(v) if isinstance(v, str) else v for v in vs]
        for k, vs in entry.items()
        if isinstance(vs, list)
    }
    return {k: fold(v) if isinstance(v, str) else lists.get(k, v) for k, v in entry.items()}


def _broken(line: str, width: int) -> str:
    """Break `line` as a word processor does: not inside numbers, no stop at a line's begin."""
    lines = [""]
    for word in _WORDS.findall(line):
        if len(lines[-1]) + len(word) > width and word not in "，。、；：）”":
            lines.append("")
        lines[-1] += word
    return "\n".join(lines)


def _paged(text: str) -> str:
    lines = text.split("\n")
    pages = [lines[at : at + _LINES_PER_PAGE] for at in range(0, len(lines), _LINES_PER_PAGE)]
    return "\n".join(
        line for number, page in enumerate(pages, 1) for line in (*page, "", f"— {number} —", "")
    )


@cache
def _to_traditional() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("s2t").convert
    return convert
