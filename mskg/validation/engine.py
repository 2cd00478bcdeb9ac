"""Run pySHACL: the only module that knows it.

pySHACL evaluates a SPARQL constraint once for every focus node and has rdflib parse the
same text again each time, which is nine tenths of its time. `PreparedGraph` is a graph that
parses a text once; pySHACL itself stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyshacl
from pyshacl.entrypoints import meta_validate
from pyshacl.errors import ReportableRuntimeError
from rdflib import Graph

from mskg.errors import ShapesError
from mskg.validation.queries import prepare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result

__all__ = ["PreparedGraph", "check_shapes", "run"]


class PreparedGraph(Graph):
    """A view of a graph that parses every query text once for each set of prefixes."""

    @classmethod
    def of(cls, graph: Graph) -> PreparedGraph:
        """Return a prepared view of `graph`; both share their triples."""
        return cls(store=graph.store, identifier=graph.identifier, bind_namespaces="none")

    def query(
        self,
        query_object: str | Query,
        processor: Any = "sparql",
        result: Any = "sparql",
        initNs: Mapping[str, Any] | None = None,  # noqa: N803 - rdflib's name
        initBindings: Mapping[str, Any] | None = None,  # noqa: N803 - rdflib's name
        use_store_provided: bool = True,
        **kwargs: Any,
    ) -> Result:
        """Query the graph as `rdflib.Graph.query` does."""
        if isinstance(query_object, str):
            namespaces = initNs or dict(self.namespaces())
            key = tuple(sorted((prefix, str(iri)) for prefix, iri in namespaces.items()))
            query_object = prepare(query_object, key)
        return super().query(
            query_object, processor, result, initNs, initBindings, use_store_provided, **kwargs
        )


def run(data: Graph, shapes: Graph) -> Graph:
    """Validate `data` against `shapes` and return the SHACL validation report.

    Nothing is inferred, imported or fetched; neither graph gets new statements about the plan.

    Raises
    ------
    ShapesError
        If a shape is ill-formed or a query of it can't be evaluated.
    """
    try:
        _, report, text = pyshacl.validate(PreparedGraph.of(data), shacl_graph=shapes)
    except (ReportableRuntimeError, re.error) as error:
        raise ShapesError(
            f"the shapes can't be evaluated: {_one_line(error)}",
            zh=f"规则无法执行：{_one_line(error)}",
        ) from error
    if not isinstance(report, Graph):
        raise ShapesError(
            f"the validation failed: {_one_line(text)}", zh=f"检查没有完成：{_one_line(text)}"
        )
    return report


def check_shapes(shapes: Graph) -> str:
    """Return what is wrong with `shapes` by the SHACL rules for shapes, empty if nothing."""
    conforms, _, text = meta_validate(shapes)
    return "" if conforms else _one_line(text)


def _one_line(message: object) -> str:
    return " ".join(str(message).split())[:300]
