"""Every shape has an example that it finds something in, and the same example mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from mskg import resources
from mskg.validation import validate_graph
from mskg.validation.shapes import SHAPES

HERE = Path(__file__).parent
SOURCES = sorted(resources.folder("shapes").glob("*.ttl"))


def _shapes() -> Graph:
    union = Graph()
    for path in SOURCES:
        union.parse(path)
    return union


def _checking(shapes: Graph) -> list[str]:
    """Return the shapes that can report something: property shapes, and nodes with a message."""
    found = set(shapes.subjects(RDF.type, SH.PropertyShape))
    found |= {shape for shape in shapes.subjects(SH.message) if isinstance(shape, URIRef)}
    return sorted(str(shape).removeprefix(SHAPES) for shape in found)


NAMES = _checking(_shapes())


def _example(folder: str, name: str) -> Graph:
    graph = Graph()
    graph.parse(HERE / "base.ttl")
    graph.parse(HERE / folder / f"{name}.ttl")
    return graph


def test_the_base_is_in_order() -> None:
    report = validate_graph(HERE / "base.ttl")
    assert report.lines("en") == ["conforms: 0 violation, 0 warning, 0 info"]


@pytest.mark.parametrize("folder", ["valid", "invalid"])
def test_there_is_one_example_a_shape(folder: str) -> None:
    assert sorted(path.stem for path in (HERE / folder).glob("*.ttl")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_invalid_example_is_found_by_its_shape_alone(name: str) -> None:
    found = {finding.shape for finding in validate_graph(_example("invalid", name)).findings}
    assert found == {SHAPES + name}


@pytest.mark.parametrize("name", NAMES)
def test_the_valid_example_is_in_order(name: str) -> None:
    assert validate_graph(_example("valid", name)).findings == ()
