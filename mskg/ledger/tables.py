"""Standings as a table, and as an explanation of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.ledger.events import row_name
from mskg.ledger.profile import status_word
from mskg.ledger.sheet import KINDS
from mskg.ledger.words import SIGNS, shown
from mskg.query.table import ResultTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mskg.ledger.rows import Report, Standing
    from mskg.model import Event
    from mskg.query.table import Value

__all__ = ["explanation", "status_table"]

_COLUMNS = {
    "regionName": "地区", "taskNumber": "任务序号", "title": "任务名称", "kind": "类型",
    "label": "指标或节点", "department": "责任单位", "target": "目标", "unit": "单位",
    "due": "期限", "expected": "应达到", "actual": "实际", "actualDate": "截至", "state": "状态",
    "pace": "进度", "light": "亮灯", "why": "依据", "row": "行",
}  # fmt: skip
_SHORT = ("taskNumber", "label", "target", "unit", "due", "actual", "state", "pace", "why")
_EVENTS = {"started": "启动", "closed": "销号", "reopened": "重新打开", "adjusted": "调整"}


def status_table(
    standings: Sequence[Standing], language: str = "zh", *, short: bool = False
) -> ResultTable:
    """Return `standings` as a table.

    Parameters
    ----------
    short:
        Only the columns that a terminal has room for.
    """
    names = _SHORT if short else tuple(_COLUMNS)
    rows = tuple(tuple(_cells(entry, language)[name] for name in names) for entry in standings)
    return ResultTable(names, rows, tuple(_COLUMNS[name] for name in names), "ledger-status")


def _cells(standing: Standing, language: str) -> dict[str, Value]:
    row, actual = standing.row, standing.actual
    named = row.accountable or row.departments
    sign = SIGNS.get(row.comparator, "")
    mark = ("（假定）", " (assumed)")[language == "en"] if standing.assumed else ""
    return {
        "regionName": row.region,
        "taskNumber": row.task_number,
        "title": row.task_title,
        "kind": KINDS[row.kind][language],
        "label": row.label,
        "department": "、".join(entry.name for entry in named),
        "target": "" if standing.target is None else f"{sign}{shown(standing.target)}",
        "unit": row.unit,
        "due": standing.due.end if standing.due else None,
        "expected": "" if standing.expected is None else shown(standing.expected) + mark,
        "actual": shown(actual.value) if actual else "",
        "actualDate": actual.at if actual else None,
        "state": status_word(standing.state, language),
        "pace": status_word(standing.pace, language),
        "light": standing.colour_zh if language == "zh" else standing.colour_en,
        "why": standing.why_zh if language == "zh" else standing.why_en,
        "row": row_name(row.id),
    }


def explanation(standing: Standing, language: str = "zh") -> str:
    """Return from which targets, reports, events and rule a standing came, as lines."""
    return "\n".join(_lines(standing, language == "zh"))


def _lines(standing: Standing, zh: bool) -> Iterator[str]:
    row = standing.row
    language = "zh" if zh else "en"
    words = [status_word(entry, language) for entry in (standing.state, standing.pace) if entry]
    light = standing.colour_zh if zh else standing.colour_en
    yield f"{row.region} {row.task_number} {row.task_title} · {row.label}"
    yield f"  {standing.at}: {' / '.join(words)} [{light}]"
    why = standing.why_zh if zh else standing.why_en
    yield f"  {'规则' if zh else 'rule'} {standing.rule}: {why}"
    if standing.target is not None:
        goal = f"{SIGNS.get(row.comparator, '')}{shown(standing.target)} {row.unit}"
        yield f"  {'目标' if zh else 'target'}: {goal}"
    if standing.due:
        due = standing.due
        words_of = f" “{due.words}”" if due.words else ""
        scopes = {
            "own": "本行", "item": "本项", "task": "任务", "program": "整份清单",
        }  # fmt: skip
        scope = scopes[due.scope] if zh else due.scope
        yield f"  {'期限' if zh else 'due'}: {due.end} ({scope}){words_of}"
    place = row.locator.words(language)
    source = " ".join(filter(None, (row.document_title or row.document, place)))
    yield f"  {'原文' if zh else 'words'}: “{row.quote}” {source}"
    yield from (f"  {_report(report, zh)}" for report in standing.history)
    yield from (f"  {_event(event, zh)}" for event in standing.events)
    yield f"  {'行' if zh else 'row'}: {row_name(row.id)}"


def _report(report: Report, zh: bool) -> str:
    language = "zh" if zh else "en"
    said = [f"{shown(report.value)} {report.unit}".strip()] if report.value is not None else []
    said += [status_word(report.state, language)] if report.state else []
    said += [report.note] if report.note else []
    said += [report.evidence] if report.evidence else []
    old = ("（已被更正）" if zh else " (corrected since)") if report.superseded else ""
    head = "报告" if zh else "report"
    handed_in = f"{report.reporter}, {report.reported}"
    return f"{head} {report.at}: {'; '.join(said)} ({handed_in}){old}"


def _event(event: Event, zh: bool) -> str:
    kind = _EVENTS[event.kind] if zh else event.kind
    new = [shown(event.value)] if event.value is not None else []
    new += [event.due.isoformat()] if event.due else []
    said = "; ".join(filter(None, [*new, event.by, event.evidence, event.note]))
    return f"{'事件' if zh else 'event'} {event.at}: {kind} ({said})"
