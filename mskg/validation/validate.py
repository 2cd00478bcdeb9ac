"""Validate plans and plan graphs: the two calls of this package.

rdflib and pySHACL take half a second to import, so that happens in the calls.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mskg.rdf import derived_triples, plan_triples, to_rdflib

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rdflib import Graph

    from mskg.model import Plan
    from mskg.rdf.terms import Triple
    from mskg.validation.report import Report

__all__ = ["validate_graph", "validate_plan"]


def validate_plan(
    plan: Plan, *, shapes_extra: Sequence[str | Path] = (), strict: bool = False
) -> Report:
    """Return the findings on `plan`.

    What is validated is the graph of the document and its derived graph; both hold only
    the organisations, regions and concepts that the document names.

    Parameters
    ----------
    shapes_extra:
        Shape files (Turtle or another RDF format) to apply beside those of mskg, such as a
        government's own rules.
    strict:
        Whether warnings, too, keep the plan from conforming.

    Raises
    ------
    ShapesError
        If a shape file can't be read or used.
    """
    triples = [*plan_triples(plan), *derived_triples(plan)]
    return validate_graph(triples, shapes_extra=shapes_extra, strict=strict)


def validate_graph(
    source: Iterable[Triple] | Graph | str | Path,
    *,
    shapes_extra: Sequence[str | Path] = (),
    strict: bool = False,
) -> Report:
    """Return the findings on a plan graph.

    Parameters
    ----------
    source:
        Triples of `mskg.rdf`, an rdflib graph or dataset (the union of its graphs is
        validated), or the path of an RDF file.
    shapes_extra, strict:
        As in `validate_plan`.

    Raises
    ------
    ShapesError
        If the file or a shape file can't be read or used, or the graph is empty or holds
        nothing that the shapes look at: such a graph never conforms in silence.
    """
    from mskg.validation import engine, findings, graphs, shapes

    chosen = shapes.load_shapes(shapes_extra)
    data = _graph(source)
    graphs.require_instances(data, chosen.graph)
    result = engine.run(data, chosen.graph)
    return findings.make_report(result, data, chosen, strict=strict)


def _graph(source: Iterable[Triple] | Graph | str | Path) -> Graph:
    from rdflib import Graph as RdfGraph

    from mskg.validation import graphs

    if isinstance(source, str | Path):
        return graphs.read_graph(Path(source))
    if isinstance(source, RdfGraph):
        return graphs.merge(source)
    return to_rdflib(source)
