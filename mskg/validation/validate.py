"""Validate plans and plan graphs: the two calls of this package.

rdflib and pySHACL take half a second to import, so that happens in the calls.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mskg.rdf import derived_triples, parent_region, plan_triples, program_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rdflib import Graph

    from mskg.model import Plan
    from mskg.rdf.terms import Triple
    from mskg.validation.report import Finding, Report
    from mskg.validation.shapes import ShapeSet

__all__ = ["results", "validate_graph", "validate_plan", "validate_together"]


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


def validate_together(plans: Sequence[Plan]) -> dict[str, tuple[Finding, ...]]:
    """Return what only several plans side by side show, by the key of the document.

    Compared are a region and the one above it in the same year, and two years of one region.
    """
    from mskg.rdf.tuples import graph_over
    from mskg.validation import findings, shapes

    chosen = shapes.cross_plan_shapes()
    found: dict[str, list[Finding]] = {}
    for one, other in _pairs(plans):
        triples = list(dict.fromkeys([*plan_triples(one), *plan_triples(other)]))
        data = graph_over(triples)
        report = findings.make_report(results(data, triples, chosen), data, chosen)
        owners = {program_node(plan): plan.document.key for plan in (one, other)}
        for finding in report.findings:
            found.setdefault(owners[finding.focus], []).append(finding)
    return {key: tuple(dict.fromkeys(entries)) for key, entries in found.items()}


def _pairs(plans: Sequence[Plan]) -> Iterator[tuple[Plan, Plan]]:
    """Yield the plans that belong together: the later or lower one first."""
    known: dict[tuple[str, int], list[Plan]] = {}
    for plan in plans:
        program = plan.program
        if program.region_code and program.year:
            known.setdefault((program.region_code, program.year), []).append(plan)
    for (code, year), own in known.items():
        above = parent_region(code)
        for other in (*known.get((above, year), ()), *known.get((code, year - 1), ())):
            yield from ((plan, other) for plan in own)


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
    from mskg.validation import findings, graphs, shapes

    chosen = shapes.load_shapes(shapes_extra)
    data, triples = _graph(source)
    name = str(source) if isinstance(source, str | Path) else ""
    graphs.require_instances(data, chosen.graph, name)
    result = results(data, triples, chosen)
    return findings.make_report(result, data, chosen, strict=strict)


def results(data: Graph, triples: list[Triple] | None, chosen: ShapeSet) -> Graph:
    """Return the SHACL report graph on `data`.

    Compiled shapes name the shapes and nodes that may hold something; Oxigraph's solutions tell
    what the SPARQL constraints among them find, pySHACL looks at the rest. Without `triples`,
    the same data as tuples, it looks at everything.
    """
    from rdflib import Graph as RdfGraph

    from mskg.validation import fast
    from mskg.validation.solving import add_results

    judge = fast.Judge.of(triples) if triples is not None else None
    if judge is None:
        return _run(data, chosen.graph)
    compiled, rest = chosen.compiled
    report = RdfGraph(bind_namespaces="none")
    left = {
        entry.shape: nodes
        for entry, nodes in judge.suspects(compiled)
        if not add_results(report, chosen.graph, entry, nodes, judge)
    }
    if left or rest:
        report += _run(data, fast.aimed(chosen.graph, left, rest))
    return report


def _run(data: Graph, shapes: Graph) -> Graph:
    # pySHACL takes a tenth of a second to import, and few plans need it.
    from mskg.validation import engine

    return engine.run(data, shapes)


def _graph(source: Iterable[Triple] | Graph | str | Path) -> tuple[Graph, list[Triple] | None]:
    """Return the data as an rdflib graph, and as tuples where the fast path can read it."""
    from rdflib import Graph as RdfGraph

    from mskg.rdf.tuples import graph_over
    from mskg.validation import fast, graphs

    if isinstance(source, str | Path):
        graph = graphs.read_graph(Path(source))
    elif isinstance(source, RdfGraph):
        graph = graphs.merge(source)
    else:
        triples = list(source)
        return graph_over(triples), triples
    return graph, fast.tuples_of(graph)
