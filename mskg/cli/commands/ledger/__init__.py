"""``mskg ledger``: the commands of the ledger, from promise to delivery."""

from __future__ import annotations

from mskg.cli.language import t

HELP = t(
    "台账：导出填报表、导入实际值、启动、销号、调整、看进度。\n"
    "数据都按报告和事件存成各自的图，从不覆盖；进度按日期现算，从不存储。",
    "The ledger: a sheet to fill in, reported values, start, closing, adjustment, standing.\n"
    "Reports and events are graphs of their own and never overwritten; the standing is computed"
    " for a date and never stored.",
)
EXAMPLES = t(
    "mskg ledger export --region 泾源县 --out 台账.xlsx     写出填报表\n"
    "mskg ledger import 台账.xlsx --as-of 2023-06-30 --reporter 泾源县督查室   导入填好的表\n"
    "mskg ledger status --as-of 2023-06-30 --region 泾源县  这一天的进度\n",
    "mskg ledger export --region 640424 --out ledger.xlsx   write the sheet to fill in\n"
    "mskg ledger import ledger.xlsx --as-of 2023-06-30 --reporter NAME   take it in\n"
    "mskg ledger status --as-of 2023-06-30 --region 640424  the standing on that day\n",
)
# The module of each command: ``import`` is no name for one.
COMMANDS = {
    "export": "exporting",
    "import": "importing",
    "status": "status",
    "start": "start",
    "close": "close",
    "reopen": "reopen",
    "adjust": "adjust",
}
