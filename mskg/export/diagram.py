"""The diagram of the core: where each class stands, and which properties are drawn.

Only the places are decided here; names come from the ontology, and a test holds the lines
against its domains and ranges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mskg.rdf.ontology import OntologyTerm

__all__ = ["EDGES", "PLACES", "Diagram", "core_diagram"]

_WIDTH, _HEIGHT = 168, 58
_STEP_X, _STEP_Y = 268, 138
_MARGIN = 24

PLACES: Final = {
    "DocumentLink": (0, 0),
    "PlanDocument": (0, 1),
    "Region": (0, 2),
    "Program": (1, 1),
    "Department": (1, 2),
    "Collective": (1, 3),
    "Post": (2, 0),
    "Task": (2, 1),
    "Assignment": (2, 2),
    "Event": (2, 3),
    "ProgressNote": (3, 0),
    "Item": (3, 1),
    "Milestone": (3, 2),
    "Deadline": (3, 3),
    "Observation": (4, 0),
    "Indicator": (4, 1),
    "Target": (4, 2),
}
"""Column and row of every class of the core."""

EDGES: Final = (
    ("PlanDocument", "hasLink", "DocumentLink"),
    ("PlanDocument", "announces", "Program"),
    ("Program", "region", "Region"),
    ("Program", "hasTask", "Task"),
    ("Task", "hasLeader", "Post"),
    ("Task", "hasItem", "Item"),
    ("Task", "hasAssignment", "Assignment"),
    ("Assignment", "department", "Department"),
    ("Assignment", "department", "Collective"),
    ("Department", "inRegion", "Region"),
    ("Collective", "inRegion", "Region"),
    ("Item", "hasProgress", "ProgressNote"),
    ("Item", "hasIndicator", "Indicator"),
    ("Item", "hasMilestone", "Milestone"),
    ("Milestone", "hasDeadline", "Deadline"),
    ("Indicator", "hasTarget", "Target"),
    ("Target", "dueAt", "Milestone"),
    ("Event", "affects", "Deadline"),
    ("Observation", "sosa:observedProperty", "Indicator"),
)
"""Class, property, class of every line."""


class Box(NamedTuple):
    """A class in the drawing; lengths in pixels."""

    x: int
    y: int
    name: str
    label: str


class Arrow(NamedTuple):
    """A property in the drawing, with the middle of its line for the text."""

    x1: float
    y1: float
    x2: float
    y2: float
    name: str
    label: str
    upright: bool

    @property
    def middle(self) -> tuple[float, float]:
        """The point halfway."""
        return (self.x1 + self.x2) / 2, (self.y1 + self.y2) / 2


class Diagram(NamedTuple):
    """Boxes and arrows with the size of the whole and of a box."""

    width: int
    height: int
    box_width: int
    box_height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def core_diagram(terms: Iterable[OntologyTerm]) -> Diagram:
    """Return the drawing of the classes of the core, named as `terms` name them."""
    labels = {term.name: term.label.zh for term in terms}
    boxes = {name: Box(*_corner(*place), name, labels[name]) for name, place in PLACES.items()}
    arrows = tuple(
        _arrow(boxes[one], boxes[other], name, labels.get(name, "观测的指标"))
        for one, name, other in EDGES
    )
    columns, rows = (max(place[axis] for place in PLACES.values()) for axis in (0, 1))
    return Diagram(
        2 * _MARGIN + columns * _STEP_X + _WIDTH,
        2 * _MARGIN + rows * _STEP_Y + _HEIGHT,
        _WIDTH,
        _HEIGHT,
        tuple(boxes.values()),
        arrows,
    )


def _corner(column: int, row: int) -> tuple[int, int]:
    return _MARGIN + column * _STEP_X, _MARGIN + row * _STEP_Y


def _arrow(one: Box, other: Box, name: str, label: str) -> Arrow:
    """Join the nearest sides: left and right where the columns differ, else top and bottom."""
    if one.x == other.x:
        down = one.y < other.y
        x = one.x + _WIDTH / 2
        y1, y2 = (one.y + _HEIGHT, other.y) if down else (one.y, other.y + _HEIGHT)
        return Arrow(x, y1, x, y2, name, label, upright=True)
    right = one.x < other.x
    x1, x2 = (one.x + _WIDTH, other.x) if right else (one.x, other.x + _WIDTH)
    return Arrow(x1, one.y + _HEIGHT / 2, x2, other.y + _HEIGHT / 2, name, label, upright=False)
