"""Rows of a ledger and their standings, made by hand for tests of what is built on them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from mskg.ledger import Department, Due, LedgerRow, Report, Standing
from mskg.model import Event, Locator

COLOURS = {"overdue": "#c62828", "behind": "#f9a825", "no-data": "#9e9e9e"}
TITLES = {1: "冬季清洁取暖工程", 2: "就业创业服务提升工程", 3: "残疾人关爱工程"}
UNITS = {1: "住房和城乡建设局", 2: "人力资源和社会保障局", 3: "残疾人联合会"}


def ledger_row(task: int, position: int, label: str, **changes: object) -> LedgerRow:
    """Return a row of a made-up plan; `changes` are its other fields."""
    region = str(changes.get("region", "泾源县"))
    given: dict[str, object] = {
        "id": f"https://example.org/{region}/{task}/{position}",
        "kind": "indicator",
        "series": f"https://example.org/{region}/{task}/{label}",
        "program": f"https://example.org/{region}",
        "region": region,
        "year": 2023,
        "task": f"https://example.org/{region}/{task}",
        "task_number": str(task),
        "task_title": TITLES[task],
        "label": label,
        "departments": (
            Department(
                "lead", f"https://example.org/{region}/{task}/d", region + UNITS[task], True
            ),
            Department("related", f"https://example.org/{region}/f", region + "财政局"),
        ),
        "unit": "户",
        "target": Decimal(954),
        "kind_of_number": "count",
        "due": due(date(2023, 6, 30), "6月底"),
        "quote": f"6月底，完成{label}954户；",
        "fingerprint": "f",
        "locator": Locator(line=240),
        "document": "640424-2023-4",
        "document_title": "关于印发2023年民生实事的通知",
        "position": position,
    }
    return LedgerRow(**{**given, **changes})  # type: ignore[arg-type]


def due(end: date, words: str, **changes: object) -> Due:
    """Return a deadline of the last ten days up to `end`."""
    given = {"begin": end - timedelta(days=9), "precision": "late", "words": words}
    return Due(end, **{**given, **changes})  # type: ignore[arg-type]


def standing(row: LedgerRow, at: date, pace: str, value: int | None = None, **changes: object):
    """Return the standing of `row` with the pace given and, with `value`, a report of it."""
    report = None
    if value is not None:
        report = Report(
            row.id, at - timedelta(days=2), Decimal(value), row.unit, "under-way",
            note="施工中", evidence="验收单第3号", reported=at, reporter="李四",
        )  # fmt: skip
    given: dict[str, object] = {
        "state": "under-way" if report else "",
        "rule": "stage",
        "why_zh": f"到{at}应达到{row.target}，已报{value}",
        "why_en": f"{row.target} were due by {at}, {value} reported",
        "target": row.target,
        "due": row.due,
        "expected": row.target,
        "actual": report,
        "history": (report,) if report else (),
        "colour": COLOURS.get(pace, "#2e7d32"),
        "colour_zh": {"overdue": "红", "behind": "黄"}.get(pace, ""),
        "colour_en": {"overdue": "red", "behind": "yellow"}.get(pace, ""),
    }
    return Standing(row, at, pace=pace, **{**given, **changes})  # type: ignore[arg-type]


def sample(at: date = date(2023, 7, 31), region: str = "泾源县") -> list[Standing]:
    """Return a standing of every kind."""
    year_end = due(date(2023, 12, 31), "12月底", scope="program")
    bare = due(date(2023, 9, 30), "9月前", warn=date(2023, 8, 31))
    heat = ledger_row(1, 1, "改造农户分散供热设施", region=region)
    build = ledger_row(1, 2, "开工建设", region=region, kind="milestone", target=None, unit="",
                       kind_of_number="", due=due(date(2023, 3, 31), "3月底"))  # fmt: skip
    jobs = ledger_row(2, 3, "城镇新增就业", region=region, unit="人", target=Decimal(500),
                      comparator="ge", due=year_end)  # fmt: skip
    loans = ledger_row(2, 4, "发放创业担保贷款", region=region, unit="元", target=Decimal(15000000),
                       kind_of_number="money", due=year_end)  # fmt: skip
    care = ledger_row(
        3, 5, "残疾儿童康复救助", region=region, unit="名", target=Decimal(20), due=bare
    )
    train = ledger_row(3, 6, "残疾人培训", region=region, unit="人", target=Decimal(30),
                       due=due(date(2023, 5, 31), "5月底"))  # fmt: skip
    closed = Event("closed", build.id, date(2023, 4, 2), by="王五", evidence="验收报告")
    return [
        standing(heat, at, "overdue", 700),
        standing(build, at, "early", state="closed", met=date(2023, 3, 30), events=(closed,)),
        standing(jobs, at, "ahead", 400, expected=Decimal(250), assumed=True),
        standing(loans, at, "behind", 4000000, expected=Decimal(7500000), assumed=True),
        standing(care, at, "not-due"),
        standing(train, at, "no-data"),
    ]
