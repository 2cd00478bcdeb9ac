"""The differences of two plans as text and as a page that stands alone."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

from mskg.cli.language import language, t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.query import Change, PlanDiff

__all__ = ["diff_page", "diff_text"]

# kind → mark, Chinese, English
_KINDS: Final = {
    "declared-count": ("~", "声明任务数", "declared number of tasks"),
    "plan-due": ("~", "整体期限", "dates of the whole plan"),
    "task-added": ("+", "新增任务", "task added"),
    "task-dropped": ("-", "取消任务", "task dropped"),
    "title": ("~", "名称", "title"),
    "target-added": ("+", "新增目标", "target added"),
    "target-dropped": ("-", "取消目标", "target dropped"),
    "target-changed": ("~", "目标", "target"),
    "due": ("~", "期限", "due"),
    "department-added": ("+", "新增部门", "department added"),
    "department-dropped": ("-", "退出部门", "department dropped"),
    "department-moved": ("~", "部门调整", "department moved"),
    "role": ("~", "角色", "role"),
    "text": ("~", "文字", "wording"),
}
_ROLES: Final = {
    "lead": "牵头",
    "responsible": "责任",
    "related": "配合",
    "coordinator": "总协调",
    "supervisor": "督查考核",
    "finance": "资金保障",
    "audit": "审计",
    "other": "其他",
}
_DEPARTMENTS: Final = {"department-added", "department-dropped", "department-moved", "role"}
_STYLE: Final = """
body{font-family:system-ui,'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif;
 max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1f2933;line-height:1.5}
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:1.6rem 0 .3rem}
table{border-collapse:collapse;width:100%}td,th{border:1px solid #cbd2d9;padding:.3rem .5rem;
 text-align:left;vertical-align:top;white-space:pre-wrap;overflow-wrap:anywhere}
th{background:#f0f4f8}.added td{background:#e3f9e5}.dropped td{background:#ffe3e3}
.kind{width:9rem}.value{width:30%}p.sum{color:#52606d}
"""


def diff_text(found: PlanDiff) -> str:
    """Return the differences as lines for people, task by task."""
    lines = [f"--- {found.before}", f"+++ {found.after}", _summary(found)]
    for (number, title), changes in _by_task(found):
        lines += ["", f"{number} {title}".strip() or t("整份清单", "the whole plan")]
        lines += [f"  {_line(change)}" for change in changes]
    return "\n".join(lines) + "\n"


def diff_page(found: PlanDiff) -> str:
    """Return the differences as an HTML page: before on the left, after on the right."""
    title = t("清单对比", "Two plans side by side")
    parts = [
        "<!doctype html>",
        f'<html lang="{"zh-CN" if language() == "zh" else "en"}"><head><meta charset="utf-8">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        f'<p class="sum">{escape(_summary(found))}</p>',
    ]
    head = "".join(
        f"<th{mark}>{escape(text)}</th>"
        for mark, text in (
            (' class="kind"', t("类型", "kind")),
            ("", t("内容", "what")),
            (' class="value"', found.before),
            (' class="value"', found.after),
        )
    )
    for (number, name), changes in _by_task(found):
        heading = f"{number} {name}".strip() or t("整份清单", "the whole plan")
        parts.append(f"<h2>{escape(heading)}</h2><table><tr>{head}</tr>")
        parts += [_page_row(change) for change in changes]
        parts.append("</table>")
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _by_task(found: PlanDiff) -> Iterator[tuple[tuple[str, str], list[Change]]]:
    """Yield number and title of each task with its changes; first the whole plan."""

    def task(change: Change) -> tuple[str, str, str]:
        return change.task_before, change.task_after, change.title

    for (old, new, title), changes in groupby(found.changes, key=task):
        number = new if old in {"", new} else f"{old} → {new}" if new else old
        yield (number, title), list(changes)


def _page_row(change: Change) -> str:
    mark, *names = _KINDS[change.kind]
    style = {"+": ' class="added"', "-": ' class="dropped"'}.get(mark, "")
    cells = (t(*names), change.what, *_values(change))
    return f"<tr{style}>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _line(change: Change) -> str:
    mark, *names = _KINDS[change.kind]
    before, after = _values(change)
    value = f"{before or '∅'} → {after or '∅'}" if mark == "~" else before or after
    return f"{mark} " + " ".join(filter(None, (t(*names), change.what, value)))


def _values(change: Change) -> tuple[str, str]:
    if change.kind not in _DEPARTMENTS or language() != "zh":
        return change.before, change.after
    return _ROLES.get(change.before, change.before), _ROLES.get(change.after, change.after)


def _summary(found: PlanDiff) -> str:
    counts = found.counts()
    parts = [f"{t(*_KINDS[kind][1:])} {counts[kind]}" for kind in _KINDS if kind in counts]
    same = t(f"{len(found.unchanged)} 项任务没有变化", f"{len(found.unchanged)} tasks unchanged")
    return t("，", ", ").join([*parts, same])
