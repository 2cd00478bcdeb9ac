"""What users can get wrong about graphs and shapes: one clear line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rdflib import Graph
from reference_plans import reference_plan

from mskg import resources
from mskg.errors import ShapesError
from mskg.rdf import plan_text
from mskg.validation import validate_graph, validate_plan

if TYPE_CHECKING:
    from pathlib import Path

PREFIXES = """
@prefix ex: <https://example.org/rules#> .
@prefix mskg: <https://w3id.org/mskg/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


@pytest.fixture
def write(tmp_path: Path):
    def write_file(text: str, name: str = "rules.ttl") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


@pytest.mark.parametrize("suffix", ["ttl", "nt", "nq", "trig", "jsonld"])
def test_files_of_every_rdf_format_are_read(write, suffix: str) -> None:
    forms = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "jsonld": "json-ld"}
    plan = reference_plan("001")
    path = write(plan_text(plan, forms[suffix]), f"plan.{suffix}")
    found = [(entry.shape, entry.focus) for entry in validate_graph(path).findings]
    assert found == [(entry.shape, entry.focus) for entry in validate_plan(plan).findings]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("plan.ttl", PREFIXES + "ex:a mskg:number ;", r"plan\.ttl: line \d+: not valid turtle"),
        ("plan.jsonld", "{", r"plan\.jsonld: .*not valid json-ld"),
        ("plan.trig", "<a> { <b> <c> }", r"plan\.trig: .*not valid trig"),
        ("plan.doc", "x", r"plan\.doc: not a known kind of RDF file \(wanted \.ttl"),
        ("plan.ttl", "", "the graph is empty"),
        ("plan.ttl", PREFIXES, "the graph is empty"),
        ("plan.ttl", PREFIXES + "ex:a a ex:Plan .", r"types from https://example\.org/rules#"),
        ("plan.ttl", PREFIXES + "ex:a mskg:number 1 .", "no node has a type"),
    ],
)
def test_a_graph_that_is_no_plan_never_conforms(write, name: str, text: str, message: str) -> None:
    with pytest.raises(ShapesError, match=message) as raised:
        validate_graph(write(text, name))
    assert "\n" not in str(raised.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match=r"none\.ttl: can't be opened"):
        validate_graph(tmp_path / "none.ttl")


def test_text_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "plan.ttl"
    path.write_bytes("# 民生".encode("gb18030"))
    with pytest.raises(ShapesError, match="not UTF-8 text"):
        validate_graph(path)


def test_an_empty_graph() -> None:
    with pytest.raises(ShapesError, match="the graph is empty"):
        validate_graph(Graph())
    with pytest.raises(ShapesError, match="the graph is empty"):
        validate_graph([])


def test_an_impossible_date_is_one_finding_and_no_noise(write, caplog) -> None:
    text = (
        PREFIXES
        + 'ex:end a mskg:Deadline ; mskg:due "2023-13-45"'
        + "^^<http://www.w3.org/2001/XMLSchema#date> ."
    )
    (finding,) = validate_graph(write(text, "plan.ttl")).findings
    assert finding.shape.endswith("deadline-due")
    assert finding.value == "2023-13-45"
    assert caplog.records == []


RULE = """
ex:unit a sh:NodeShape ; sh:targetClass mskg:Task ;
    sh:property [ sh:path mskg:accountableDepartment ; sh:maxCount 1 ; sh:severity sh:Warning ;
        sh:message "只能有一个牵头单位"@zh , "one lead only"@en ] .
"""


def test_rules_of_ones_own_apply_beside_ours(write) -> None:
    plan = reference_plan("000")
    ours = validate_plan(plan).findings
    report = validate_plan(plan, shapes_extra=[write(PREFIXES + RULE)])
    (added,) = set(report.findings) - set(ours)
    assert (added.severity, added.task) == ("warning", "文化体育惠民项目")
    assert (added.message, added.message_en) == ("只能有一个牵头单位", "one lead only")
    assert added.shape == "https://example.org/rules#unit"  # the nearest shape with an IRI
    assert validate_plan(plan).findings == ours


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ex:a sh:path", r"rules\.ttl: not valid turtle: it ends in the middle"),
        ("ex:a sh:path ; .. ex:b .", r"rules\.ttl: line \d+: not valid turtle"),
        ("ex:a ex:b ex:c .", "holds no sh:NodeShape"),
        (RULE.replace("maxCount", "maxCuont"), "sh:maxCuont is no term of SHACL"),
        (RULE.replace("sh:maxCount 1", 'sh:maxCount "one"'), "ill-formed shapes"),
        (
            RULE.replace("sh:targetClass mskg:Task", "sh:target [ sh:select 'SELECT ?this {}' ]"),
            "sh:target belongs to the SHACL Advanced Features",
        ),
        (
            "ex:s a sh:NodeShape ; sh:targetClass mskg:Task ; "
            'sh:sparql [ sh:select "SELECT $this WHERE {" ] .',
            "a query of a shape can't be parsed",
        ),
        (RULE.replace("mskg:Task", "mskg:Taks"), r"mskg:Taks is no term .*did you mean mskg:Task"),
        (
            "ex:s a sh:NodeShape ; sh:targetClass mskg:Task ; sh:sparql [ sh:select 'PREFIX mskg: "
            "<https://w3id.org/mskg/ontology#> SELECT $this { $this mskg:titel ?x }' ] .",
            "mskg:titel is no term",
        ),
    ],
)
def test_broken_rules(write, text: str, message: str) -> None:
    with pytest.raises(ShapesError, match=message) as raised:
        validate_plan(reference_plan("000"), shapes_extra=[write(PREFIXES + text)])
    assert "\n" not in str(raised.value)


def test_a_changed_copy_of_our_rules_takes_their_place(write) -> None:
    """Alone, the copies would give each shape two paths and every finding twice."""
    ours = resources.read_text("shapes/task.ttl")
    plan = reference_plan("000")
    as_it_is = validate_plan(plan, shapes_extra=[write(ours)])
    assert as_it_is.findings == validate_plan(plan).findings
    begin = ours.index("msh:task-measured a")
    stricter = ours[:begin] + ours[begin:].replace(
        "sh:severity sh:Info", "sh:severity sh:Violation", 1
    )
    changed = validate_plan(plan, shapes_extra=[write(stricter, "own.ttl")])
    assert [f.severity for f in changed.findings if f.rule == "task-measured"] == ["violation"] * 5


def test_a_missing_rules_file(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match=r"none\.ttl: can't be opened"):
        validate_plan(reference_plan("000"), shapes_extra=[tmp_path / "none.ttl"])


def test_changed_rules_are_read_again(write) -> None:
    path = write(PREFIXES + RULE)
    plan = reference_plan("000")
    first = validate_plan(plan, shapes_extra=[path])
    assert len(first.findings) == 8
    import os

    path.write_text(PREFIXES + RULE.replace("sh:maxCount 1", "sh:maxCount 5"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert len(validate_plan(plan, shapes_extra=[path]).findings) == 7
