"""The W3C test suite for SHACL, through the way that plans are validated.

The suite comes with the source distribution of pySHACL. `.ci/run` unpacks it; by hand::

    pip download --no-deps --no-binary :all: pyshacl && tar xzf pyshacl-*.tar.gz
    mkdir -p tests/.cache && mv pyshacl-*/test/resources/sht_tests tests/.cache/w3c-shacl
"""

from __future__ import annotations

import logging
import warnings
from collections import Counter
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, BNode, Graph, Namespace, URIRef
from rdflib.namespace import SH

from mskg.validation import fast
from mskg.validation.shapes import shape_set
from mskg.validation.validate import results

SUITE = Path(__file__).parents[1] / ".cache" / "w3c-shacl"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
KINDS = {"core": (98, 97), "sparql": (23, 22)}
"""Tests there are, and how many pySHACL passes (its version in constraints.txt)."""
FACTS = (
    *(SH.focusNode, SH.value, SH.sourceConstraintComponent),
    *(SH.resultSeverity, SH.sourceShape),
)


def _graph(path: Path) -> Graph:
    graph = Graph()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph.parse(path, format="turtle", publicID=path.as_uri())
    return graph


def _tests(kind: str) -> list[tuple[Path, URIRef]]:
    found = []
    for path in sorted((SUITE / kind).rglob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        if "sht:Validate" in text:
            found += [(path, test) for test in _graph(path).subjects(RDF.type, SHT.Validate)]
    return found


def _key(graph: Graph, node) -> tuple[str, ...]:
    values = [graph.value(node, name, any=True) for name in FACTS]
    path = graph.value(node, SH.resultPath)
    shown = ["_" if isinstance(v, BNode) else "" if v is None else v.n3() for v in values]
    return (*shown, "_" if isinstance(path, BNode) else str(path))


def _found(graph: Graph, report=None) -> Counter[tuple[str, ...]]:
    return Counter(_key(graph, node) for node in graph.objects(report, SH.result))


def _file(action: URIRef, graph: Graph, name: URIRef) -> Path:
    from urllib.parse import unquote, urlparse

    return Path(unquote(urlparse(str(graph.value(action, name))).path))


class Case:
    def __init__(self, path: Path, test: URIRef) -> None:
        manifest = _graph(path)
        action = manifest.value(test, MF.action)
        self.data_file = _file(action, manifest, SHT.dataGraph)
        self.shapes_file = _file(action, manifest, SHT.shapesGraph)
        self.expected = manifest.value(test, MF.result)
        self.wanted = _found(manifest, self.expected)

    def passes(self, validate) -> bool:
        """Tell whether `validate` gives what the test wants; a failure by any exception."""
        try:
            report = validate(_graph(self.data_file), _graph(self.shapes_file))
        except Exception:
            return self.expected == SHT.Failure
        return self.expected != SHT.Failure and _found(report) == self.wanted


def by_pyshacl(data: Graph, shapes: Graph) -> Graph:
    report = pyshacl.validate(data, shacl_graph=shapes)[1]
    if not isinstance(report, Graph):
        raise RuntimeError(report)
    return report


def by_us(data: Graph, shapes: Graph) -> Graph:
    return results(data, fast.tuples_of(data), shape_set(shapes))


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_pyshacl_passes_passes(kind: str) -> None:
    if not SUITE.is_dir():
        pytest.skip("needs the W3C suite in tests/.cache/w3c-shacl: see the head of this file")
    logging.disable(logging.CRITICAL)
    try:
        tests = _tests(kind)
        passed = {}
        for path, test in tests:
            case = Case(path, test)
            passed[path.relative_to(SUITE).as_posix()] = (
                case.passes(by_pyshacl),
                case.passes(by_us),
            )
    finally:
        logging.disable(logging.NOTSET)
    wanted, floor = KINDS[kind]
    lost = [name for name, (theirs, ours) in passed.items() if theirs and not ours]
    assert not lost, lost
    assert len(tests) == wanted
    assert sum(ours for _, ours in passed.values()) >= floor
