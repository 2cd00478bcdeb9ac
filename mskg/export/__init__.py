"""Files for other programs: networks, result tables and plans."""

from __future__ import annotations

from mskg.export.dumps import dump_jsonld, dump_store
from mskg.export.explained import explain_html
from mskg.export.network import NETWORK_SUFFIXES, write_network
from mskg.export.network_report import network_report
from mskg.export.ontology import write_ontology
from mskg.export.plan_sheets import plan_sheets, write_plan
from mskg.export.rows import ROW_SUFFIXES, write_rows
from mskg.export.site import write_site
from mskg.export.template import template_workbook

__all__ = [
    "NETWORK_SUFFIXES",
    "ROW_SUFFIXES",
    "dump_jsonld",
    "dump_store",
    "explain_html",
    "network_report",
    "plan_sheets",
    "template_workbook",
    "write_network",
    "write_ontology",
    "write_plan",
    "write_rows",
    "write_site",
]
