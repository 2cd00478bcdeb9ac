"""Reports on the plans of `tests/support/plans`, with which the queries of the ledger are tested.

Made up. 昌黎县 2023: 老旧小区 1 by 30 June, then corrected to 2, then 4 by 30 September (the
stages ask for 2 and 5); 法律援助 130 by 31 December (target 120). 卢龙县 2024: 法律援助 51 by
30 June, and the milestone of 户厕 reported as under way. Events: 老旧小区 was started on 20 March
2023, its target lowered from 5 to 4 on 1 October; 法律援助 of 昌黎县 was closed on 5 January.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from mskg.model import Event, Observation, ProgressReport
from mskg.ns import DATA
from mskg.rdf import event_node, event_triples, report_node, report_triples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.rdf import Triple

__all__ = ["progress_graphs"]

_CHANGLI: Final = f"{DATA}program/130322/2023/livelihood/task"
_LULONG: Final = f"{DATA}program/130324/2024/livelihood/task"


def _said(indicator: str, at: date, value: int, unit: str, row: str = "") -> Observation:
    return Observation(row or indicator, at, Decimal(value), unit, indicator, note="")


def progress_graphs() -> Iterator[tuple[str, list[Triple]]]:
    """Yield IRI and triples of each report and event."""
    june, september, december = date(2023, 6, 30), date(2023, 9, 30), date(2023, 12, 31)
    homes = f"{_CHANGLI}/2/item/1/indicator/1"
    stage = f"{_CHANGLI}/2/item/1/target/5"
    aid = f"{_CHANGLI}/3/item/1/indicator/1"
    for report in (
        ProgressReport(june, june, "昌黎县督查室", (_said(homes, june, 1, "个"),)),
        ProgressReport(june, date(2023, 7, 5), "昌黎县督查室", (_said(homes, june, 2, "个"),)),
        ProgressReport(
            september, september, "昌黎县督查室", (_said(homes, september, 4, "个", stage),)
        ),
        ProgressReport(december, december, "昌黎县司法局", (_said(aid, december, 130, "件"),)),
        ProgressReport(
            date(2024, 6, 30),
            date(2024, 7, 2),
            "卢龙县督查室",
            (
                _said(f"{_LULONG}/2/item/1/indicator/1", date(2024, 6, 30), 51, "件"),
                Observation(
                    f"{_LULONG}/1/item/1/milestone/1", date(2024, 6, 30), state="under-way",
                    note="已开工", evidence="开工令",
                ),
            ),
        ),
    ):  # fmt: skip
        yield report_node(report), list(report_triples(report))
    for event in (
        Event("started", homes, date(2023, 3, 20), "昌黎县住建局", "开工令第3号"),
        Event("adjusted", homes, date(2023, 10, 1), "昌黎县政府", "40号文", value=Decimal(4)),
        Event("closed", f"{_CHANGLI}/3", date(2024, 1, 5), "昌黎县督查室", "验收单", "核验通过"),
    ):
        yield event_node(event), list(event_triples(event))
