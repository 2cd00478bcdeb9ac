"""A knowledge graph of Chinese local-government livelihood plans.

    >>> import mskg
    >>> plan = mskg.read_plan("data/documents/004_2e2739abd3124bd4.txt")  # doctest: +SKIP
    >>> plan.program.region, len(plan.tasks)  # doctest: +SKIP
    ('湛河区', 18)

Names are loaded when they are first used, so that ``import mskg`` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {
    "InputError": "mskg.errors",
    "MskgError": "mskg.errors",
    "NotAPlanError": "mskg.errors",
    "Plan": "mskg.model",
    "QueryError": "mskg.errors",
    "ReadError": "mskg.errors",
    "RecordFolder": "mskg.pipeline",
    "ShapesError": "mskg.errors",
    "StoreError": "mskg.errors",
    "build": "mskg.pipeline",
    "collaboration": "mskg.network",
    "diff_plans": "mskg.query",
    "find_files": "mskg.pipeline",
    "open_store": "mskg.store",
    "plan_from_record": "mskg.model.record",
    "plan_to_record": "mskg.model.record",
    "read_corrections": "mskg.resolve",
    "read_many": "mskg.pipeline",
    "read_plan": "mskg.pipeline",
    "record_many": "mskg.pipeline",
    "run_query": "mskg.query",
    "search": "mskg.query",
    "to_graph": "mskg.pipeline",
    "validate": "mskg.pipeline",
}

if TYPE_CHECKING:
    from mskg.errors import (
        InputError,
        MskgError,
        NotAPlanError,
        QueryError,
        ReadError,
        ShapesError,
        StoreError,
    )
    from mskg.model import Plan
    from mskg.model.record import plan_from_record, plan_to_record
    from mskg.network import collaboration
    from mskg.pipeline import (
        RecordFolder,
        build,
        find_files,
        read_many,
        read_plan,
        record_many,
        to_graph,
        validate,
    )
    from mskg.query import diff_plans, run_query, search
    from mskg.resolve import read_corrections
    from mskg.store import open_store

__all__ = [
    "InputError",
    "MskgError",
    "NotAPlanError",
    "Plan",
    "QueryError",
    "ReadError",
    "RecordFolder",
    "ShapesError",
    "StoreError",
    "__version__",
    "build",
    "collaboration",
    "diff_plans",
    "find_files",
    "open_store",
    "plan_from_record",
    "plan_to_record",
    "read_corrections",
    "read_many",
    "read_plan",
    "record_many",
    "run_query",
    "search",
    "to_graph",
    "validate",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(importlib.import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'mskg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
