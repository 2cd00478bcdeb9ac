"""Department collaboration networks and their measures, on networkx."""

from __future__ import annotations

from mskg.network.graph import LEVELS, WEIGHTS, Collaboration, Department, Duty, Pair, TaskNode
from mskg.network.load import collaboration, duties_from_plan, duties_from_store
from mskg.network.measures import DepartmentMeasures, Measures, NetworkMeasures, measures

__all__ = [
    "LEVELS",
    "WEIGHTS",
    "Collaboration",
    "Department",
    "DepartmentMeasures",
    "Duty",
    "Measures",
    "NetworkMeasures",
    "Pair",
    "TaskNode",
    "collaboration",
    "duties_from_plan",
    "duties_from_store",
    "measures",
]
