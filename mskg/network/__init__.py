"""Department collaboration networks and their measures, on networkx."""

from __future__ import annotations

from mskg.network.compare import Comparison, NodeChange, PairChange, compare
from mskg.network.duty import LEVELS, SHARES, WEIGHTS, Duty
from mskg.network.evidence import Mention, TaskText, task_texts
from mskg.network.graph import Collaboration, Coordination, TaskNode
from mskg.network.incidence import Department
from mskg.network.load import collaboration, duties_from_plan, duties_from_store, store_of
from mskg.network.measures import DepartmentMeasures, Measures, NetworkMeasures, measures
from mskg.network.notes import Note
from mskg.network.projection import Pair
from mskg.network.records import duties_from_rows
from mskg.network.significance import MODELS, Significance, significance

__all__ = [
    "LEVELS",
    "MODELS",
    "SHARES",
    "WEIGHTS",
    "Collaboration",
    "Comparison",
    "Coordination",
    "Department",
    "DepartmentMeasures",
    "Duty",
    "Measures",
    "Mention",
    "NetworkMeasures",
    "NodeChange",
    "Note",
    "Pair",
    "PairChange",
    "Significance",
    "TaskNode",
    "TaskText",
    "collaboration",
    "compare",
    "duties_from_plan",
    "duties_from_rows",
    "duties_from_store",
    "measures",
    "significance",
    "store_of",
    "task_texts",
]
