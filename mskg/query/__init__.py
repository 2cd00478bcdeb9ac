"""Ask a store: named queries of the catalogue, and free SPARQL.

::

    from mskg.query import run_query
    from mskg.store import open_store

    with open_store("mskg-store") as store:
        table = run_query(store, "shared-tasks", {"region": "湛河区", "min": 4})
        print(table.to_markdown())
"""

from __future__ import annotations

from mskg.query.catalogue import Catalogue, NamedQuery, Parameter
from mskg.query.differences import Change, PlanDiff, diff_plans
from mskg.query.names import known_values
from mskg.query.questions import ANSWERABLE, Question, competency_questions
from mskg.query.run import check, query_text, run_query
from mskg.query.searching import Found, open_index, search
from mskg.query.sparql import explain, run_sparql, select
from mskg.query.stored_plans import stored_plan
from mskg.query.table import ResultTable, Value

__all__ = [
    "ANSWERABLE",
    "Catalogue",
    "Change",
    "Found",
    "NamedQuery",
    "Parameter",
    "PlanDiff",
    "Question",
    "ResultTable",
    "Value",
    "check",
    "competency_questions",
    "diff_plans",
    "explain",
    "known_values",
    "open_index",
    "query_text",
    "run_query",
    "run_sparql",
    "search",
    "select",
    "stored_plan",
]
