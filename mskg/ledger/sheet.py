"""The ledger as a sheet that people fill in: workbook, CSV or JSON, all with the same columns."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from mskg.errors import InputError
from mskg.ledger.history import reports_of
from mskg.ledger.private import hidden_rows
from mskg.ledger.profile import status_word
from mskg.ledger.reading import ledger_rows, ledger_tasks
from mskg.ledger.series import series_of
from mskg.ledger.words import SIGNS, shown
from mskg.lexicon.tables import read_table
from mskg.render.csv import csv_bytes
from mskg.render.locked import LockedColumn, LockedSheet, locked_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.ledger.rows import LedgerRow, Report
    from mskg.ledger.series import Series
    from mskg.store import Store

__all__ = [
    "KINDS",
    "LEDGER_SUFFIXES",
    "VOTES",
    "LedgerColumn",
    "all_columns",
    "ledger_bytes",
    "ledger_columns",
    "reported_states",
]

LEDGER_SUFFIXES: Final = (".xlsx", ".csv", ".json")
KINDS: Final = {
    "indicator": {"zh": "指标", "en": "indicator"},
    "stage": {"zh": "阶段", "en": "stage"},
    "milestone": {"zh": "节点", "en": "milestone"},
    "task": {"zh": "任务", "en": "task"},
}
VOTES: Final = {"satisfied": "满意票", "fairly-satisfied": "基本满意票", "dissatisfied": "不满意票"}
"""Columns of votes, and the unit in which each is kept."""
_TITLES: Final = {
    "ledger": {"zh": "台账", "en": "Ledger"},
    "mid-year-review": {"zh": "年中评议", "en": "Mid-year review"},
    "satisfaction-vote": {"zh": "满意度测评", "en": "Satisfaction vote"},
}
_CONGRESS: Final = "congress"
_NO_UNIT: Final = {"zh": "未列责任单位", "en": "no unit named"}
_WRONG: Final = {"zh": "填写有误", "en": "Not allowed here"}
_NOTES: Final = {
    "zh": (
        "填写说明",
        (
            "一、只填橙色表头的几列；灰色的格子是计划里的内容，已锁定。",
            "二、实际值：截至报告日的累计数，按“单位”列的单位，只填数字。没有数据留空，不填 0。",
            "三、节点（如开工、竣工）和没有数字的任务，选“状态”；完成的写上日期。",
            "四、同一指标的年度目标和各阶段各占一行，实际值填在其中一行即可。",
            "五、实际值比上次少，或远超目标的，在“说明”里写明原因，否则不予导入。",
            "六、发现填错：改好再导入，报送日期写后来的一天；以后报的为准，先报的留作记录。",
            "七、导入：mskg ledger import 这张表.xlsx --as-of 2023-06-30 --reporter 单位名称",
        ),
    ),
    "en": (
        "How to fill in",
        (
            "1. Fill in the columns with an orange heading; grey cells are the plan, and locked.",
            "2. Value: what was reached by the date of the report, in the unit of the row, digits"
            " only. Leave it empty where there is no data; 0 means nothing was done.",
            "3. Milestones and tasks without a number: choose a state, and the date it was done.",
            "4. An indicator and its stages have a row each; one of them is enough for a value.",
            "5. A value that fell, or is far beyond the target, needs a note that says why.",
            "6. To correct a value, import it again with a later day of reporting; the later one"
            " counts, the earlier one stays on record.",
            "7. Then: mskg ledger import THIS.xlsx --as-of 2023-06-30 --reporter NAME",
        ),
    ),
}

_VOTE_NOTES: Final = {
    "zh": (
        "填写说明",
        (
            "一、只填橙色表头的几列：满意、基本满意、不满意各多少票，意见写在“说明”里。",
            "二、没有表决的任务留空，不填 0。",
            "三、导入：mskg ledger import 这张表.xlsx --as-of 表决日期 --reporter 人大常委会",
        ),
    ),
    "en": (
        "How to fill in",
        (
            "1. Fill in the columns with an orange heading: votes of each kind, and what was said.",
            "2. Leave tasks without a vote empty; 0 means nobody voted so.",
            "3. Then: mskg ledger import THIS.xlsx --as-of DATE --reporter NAME",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column of the ledger: ``use`` is shown, hidden or fill; titles and notes by language."""

    id: str
    sheets: list[str]
    kind: str
    use: str
    width: int
    title: dict[str, str]
    note: dict[str, str]


@cache
def all_columns() -> tuple[LedgerColumn, ...]:
    """Return the columns of all sheets in their order (``ledger_columns.csv``)."""
    return tuple(
        LedgerColumn(
            row["id"],
            row["sheets"].split(),
            row["kind"],
            row["use"],
            int(row["width"]),
            {"zh": row["zh"], "en": row["en"]},
            {"zh": row["note_zh"], "en": row["note_en"]},
        )
        for row in sorted(read_table("ledger_columns"), key=lambda row: float(row["place"]))
    )


def ledger_columns(kind: str = "ledger") -> tuple[LedgerColumn, ...]:
    """Return the columns of the ledger, or those of a review or vote."""
    sheet = "ledger" if kind == "ledger" else "review"
    return tuple(column for column in all_columns() if sheet in column.sheets)


@cache
def reported_states() -> dict[str, dict[str, str]]:
    """Return the states that can be reported, from the first to the last, by language.

    Closing and adjusting are events, which need evidence, so they can't be reported in a sheet.
    """
    rows = [row for row in read_table("statuses") if row["kind"] == "reported"]
    return {
        row["id"]: {"zh": row["zh"], "en": row["en"]}
        for row in sorted(rows, key=lambda row: int(row["place"]))
        if row["id"] not in ("closed", "adjusted")
    }


def ledger_bytes(  # noqa: PLR0913 - each parameter is a choice of the user's
    store: Store,
    suffix: str,
    *,
    kind: str = "ledger",
    region: str | Sequence[str] | None = None,
    year: int | None = None,
    program: str | Sequence[str] | None = None,
    department: str | None = None,
    per_department: bool = False,
    language: str = "zh",
    names: bool = False,
) -> tuple[bytes, int]:
    """Return the ledger as the bytes of a file, and its number of rows.

    Parameters
    ----------
    suffix:
        ``.xlsx``, ``.csv`` or ``.json``.
    kind:
        ``ledger``, or ``mid-year-review`` and ``satisfaction-vote`` of the people's congress:
        a row for each task it voted for (票决), for each task where the plan names none.
    region, year, program, department:
        See `ledger_rows`.
    per_department:
        One sheet for each body that answers for rows; of several the first one gets the row.
    language:
        Of headings and notes.
    names:
        Whether names and telephone numbers in the words of a plan are kept; else they are □.
        Either sheet comes back alike: rows are matched by id and fingerprint.

    Raises
    ------
    InputError
        If nothing is chosen, or no ledger has that suffix.
    """
    if suffix not in LEDGER_SUFFIXES:
        known = " ".join(LEDGER_SUFFIXES)
        raise InputError(
            f"no ledger has the suffix {suffix!r}",
            hint=f"one of {known}",
            zh=f"台账没有后缀为 {suffix!r} 的格式（可用 {known}）",
        )
    chosen = {"region": region, "year": year, "program": program, "department": department}
    rows, cells = _content(store, kind, chosen, language, names=names)
    columns = ledger_columns(kind)
    if suffix == ".json":
        objects = [dict(zip((c.id for c in columns), line, strict=True)) for line in cells]
        text = json.dumps(objects, ensure_ascii=False, indent=1, default=_plain)
        return (text + "\n").encode(), len(rows)
    if suffix == ".csv":
        titles = [column.title[language] for column in columns]
        return csv_bytes(titles, cells, bom=True), len(rows)
    groups: dict[str, list[list[object]]] = {}
    for row, line in zip(rows, cells, strict=True):
        title = _sheet_of(row, language) if per_department else _TITLES[kind][language]
        groups.setdefault(title, []).append(line)
    sheets = [LockedSheet(title, group) for title, group in groups.items()]
    notes = (_NOTES if kind == "ledger" else _VOTE_NOTES)[language]
    shaped = [_column(column, language) for column in columns]
    return locked_bytes(shaped, sheets, notes, _WRONG[language]), len(rows)


def _content(
    store: Store, kind: str, chosen: dict[str, Any], language: str, *, names: bool
) -> tuple[tuple[LedgerRow, ...], list[list[object]]]:
    """Return the rows of a sheet, and the cells of each."""
    if kind == "ledger":
        rows = ledger_rows(store, **chosen)
        history = reports_of(store, [row.id for row in rows], words=False)
        series = series_of(rows, history, {})
        rows = rows if names else hidden_rows(store, rows)
        lines = [_cells(row, series[row.series], language) for row in rows]
    else:
        rows = ledger_tasks(store, **chosen)
        voted = tuple(row for row in rows if _CONGRESS in row.origins)
        rows = voted or rows
        rows = rows if names else hidden_rows(store, rows)
        lines = [_shared(row) | _reviewed(row, kind, language) for row in rows]
    ids = [column.id for column in ledger_columns(kind)]
    return rows, [[line.get(name) for name in ids] for line in lines]


def _sheet_of(row: LedgerRow, language: str) -> str:
    named = row.accountable or row.departments
    return named[0].name if named else _NO_UNIT[language]


def _column(column: LedgerColumn, language: str) -> LockedColumn:
    options = tuple(words[language] for words in reported_states().values())
    listed = column.kind == "state"
    return LockedColumn(
        column.title[language],
        "list" if listed else column.kind,
        column.use,
        column.width,
        column.note[language],
        options if listed else (),
    )


def _shared(row: LedgerRow) -> dict[str, object]:
    return {
        "task-number": row.task_number,
        "task": row.task_title,
        "departments": "、".join(entry.name for entry in row.departments),
        "region": row.region,
        "year": row.year,
        "id": row.id,
        "fingerprint": row.fingerprint,
    }


def _reviewed(row: LedgerRow, kind: str, language: str) -> dict[str, object]:
    words = {entry["id"]: entry[language] for entry in read_table("origins")}
    return {
        "origin": "、".join(words.get(origin, origin) for origin in row.origins),
        "report-kind": kind,
    }


def _cells(row: LedgerRow, series: Series, language: str) -> dict[str, object]:
    last = _last(row, series)
    goal = f"{SIGNS.get(row.comparator, '')}{shown(row.target)}" if row.target is not None else ""
    return _shared(row) | {
        "kind": KINDS[row.kind][language],
        "label": row.label,
        "target": goal,
        "unit": row.unit,
        "due": row.due.end if row.due else None,
        "last-value": _told(last, language) if last else None,
        "last-date": last.at if last else None,
        "quote": row.quote,
    }


def _last(row: LedgerRow, series: Series) -> Report | None:
    found = series.values(row) if row.target is not None else series.states(row)
    return found[-1] if found else None


def _told(report: Report, language: str) -> object:
    """Return the value of a report; without one the state it tells."""
    if report.value is None and report.state:
        return status_word(report.state, language)
    return report.value


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else str(value)
