"""The fast path finds what pySHACL finds: for every shape, with data that violates it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Store
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node
from reference_plans import STEMS, reference_plan

from mskg.errors import ShapesError
from mskg.rdf import derived_triples, plan_triples, to_rdflib
from mskg.rdf.tuples import graph_over
from mskg.validation import engine, fast, validate_graph
from mskg.validation.compiled import compile_shape
from mskg.validation.findings import make_report
from mskg.validation.shapes import SHAPES, ShapeSet, load_shapes
from mskg.validation.solving import SparqlConstraint
from mskg.validation.validate import results

EXAMPLES = Path(__file__).parents[1] / "shapes"
NAMES = sorted(path.stem for path in (EXAMPLES / "invalid").glob("*.ttl"))
MSKG = "https://w3id.org/mskg/ontology#"
EX = "https://example.org/rules#"
PREFIXES = f"""
@prefix ex: <{EX}> .
@prefix mskg: <https://w3id.org/mskg/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def example(name: str) -> Graph:
    graph = Graph()
    graph.parse(EXAMPLES / "base.ttl")
    graph.parse(EXAMPLES / "invalid" / f"{name}.ttl")
    return graph


def by_pyshacl(data: Graph, shapes=None) -> list[dict[str, object]]:
    chosen = shapes or load_shapes()
    report = make_report(engine.run(data, chosen.graph), data, chosen)
    return [finding.to_dict() for finding in report.findings]


def by_us(data: object) -> list[dict[str, object]]:
    return [finding.to_dict() for finding in validate_graph(data).findings]


def compare(data: Graph, rules: Graph) -> int:
    """Assert that `rules` find the same on both ways; return how much."""
    chosen = ShapeSet(rules)
    result = results(data, fast.tuples_of(data), chosen)
    report = make_report(result, data, chosen)
    assert [finding.to_dict() for finding in report.findings] == by_pyshacl(data, chosen)
    return len(report.findings)


def suspects(triples: object, shapes: object) -> dict[Node, list[URIRef]]:
    judge = fast.Judge.of(triples)
    assert judge is not None
    return {entry.shape: nodes for entry, nodes in judge.suspects(shapes)}


def parsed(text: str) -> Graph:
    rules = Graph()
    rules.parse(data=PREFIXES + text)
    return rules


def test_every_shape_of_ours_is_compiled() -> None:
    compiled, rest = load_shapes().compiled
    assert rest == ()
    assert {str(entry.shape).removeprefix(SHAPES) for entry in compiled} >= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_findings_for_data_that_violates(name: str) -> None:
    """Focus, path, value, component, message in both languages, place: all that is reported."""
    data = example(name)
    found = by_us(data)
    assert found == by_pyshacl(data)
    assert found
    triples = fast.tuples_of(data)
    found = suspects(triples, load_shapes().compiled[0])
    assert URIRef(SHAPES + name) in found, "found by the query itself"


def test_all_violations_in_one_graph() -> None:
    data = Graph()
    for path in (EXAMPLES / "base.ttl", *sorted((EXAMPLES / "invalid").glob("*.ttl"))):
        data.parse(path)
    found = by_us(data)
    assert found == by_pyshacl(data)
    assert len({entry["shape"] for entry in found}) > 60


@pytest.mark.parametrize("stem", STEMS)
def test_the_same_findings_on_whole_plans(stem: str) -> None:
    plan = reference_plan(stem)
    triples = [*plan_triples(plan), *derived_triples(plan)]
    assert by_us(triples) == by_pyshacl(to_rdflib(triples))


def test_nodes_in_order_are_not_looked_at_again() -> None:
    plan = reference_plan("004")
    triples = [*plan_triples(plan), *derived_triples(plan)]
    found = suspects(triples, load_shapes().compiled[0])
    assert {str(shape).removeprefix(SHAPES) for shape in found} <= {
        *("assignment-one-role", "assignment-suspect", "issue-warning", "issue-violation"),
        *("task-measured", "item-vague", "program-deadlines", "assignment-outside"),
    }


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("_:a a mskg:Task .", "blank node"),
        ('ex:a a mskg:Task ; mskg:ordinalPath "1"^^xsd:string .', "a type written out"),
    ],
)
def test_graphs_that_oxigraph_reads_otherwise_go_to_pyshacl(data: str, why: str) -> None:
    graph = Graph()
    graph.parse(data=PREFIXES + data)
    assert fast.tuples_of(graph) is None, why
    assert len(validate_graph(graph).findings) > 3


@pytest.mark.parametrize(
    "data",
    [
        f"mskg:Sub <{RDFS.subClassOf}> mskg:Task . ex:a a mskg:Sub , ex:B .",
        "ex:a a mskg:Target ; mskg:value 1.0 , 1.00 .",
    ],
)
def test_subclasses_and_numbers_that_are_spelled_twice_go_to_pyshacl(data: str) -> None:
    graph = Graph()
    graph.parse(data=PREFIXES + data)
    assert fast.Judge.of(fast.tuples_of(graph)) is None


SHAPE = "ex:s a sh:{kind} ; sh:targetClass mskg:Task ; {body} ."
VARIANTS = [
    ("sh:path mskg:number ; sh:minCount 2", False),
    ("sh:path mskg:number ; sh:maxCount 2", True),
    ("sh:path mskg:number ; sh:minExclusive 2", True),
    ("sh:path mskg:number ; sh:maxExclusive 2", True),
    ("sh:path mskg:number ; sh:maxInclusive 2 ; sh:minInclusive 1", True),
    ("sh:path mskg:ordinalPath ; sh:pattern '^[A-Z]+$'", True),
    ("sh:path mskg:ordinalPath ; sh:pattern '^A' ; sh:flags 'i'", False),
    ("sh:path mskg:ordinalPath ; sh:maxLength 0", True),
    ("sh:path mskg:ordinalPath ; sh:in ( '1' '2' )", True),
    ("sh:path mskg:ordinalPath ; sh:hasValue '1'", True),
    ("sh:path mskg:number ; sh:in ( 1 2 )", True),
    ("sh:path mskg:inProgram ; sh:nodeKind sh:Literal", True),
    ("sh:path mskg:inProgram ; sh:nodeKind sh:BlankNode", False),
    ("sh:path ( mskg:inProgram mskg:year ) ; sh:datatype xsd:string", True),
    ("sh:path [ sh:inversePath mskg:hasTask ] ; sh:class mskg:Item", True),
    ("sh:path [ sh:zeroOrMorePath mskg:hasItem ] ; sh:class mskg:Item", True),
    ("sh:path [ sh:oneOrMorePath mskg:hasItem ] ; sh:class mskg:Task", True),
    ("sh:path [ sh:zeroOrOnePath mskg:hasItem ] ; sh:class mskg:Task", True),
    ("sh:path mskg:hasItem ; sh:node [ sh:property [ sh:path mskg:text ; sh:maxLength 9 ] ]", True),
    ("sh:path mskg:hasItem ; sh:property [ sh:path mskg:position ; sh:minInclusive 2 ]", True),
    ("sh:path mskg:hasItem ; sh:or ( [ sh:class mskg:Task ] [ sh:nodeKind sh:Literal ] )", True),
    ("sh:path mskg:hasItem ; sh:and ( [ sh:class mskg:Item ] [ sh:class mskg:Task ] )", True),
    ("sh:path mskg:hasItem ; sh:not [ sh:class mskg:Item ]", True),
    ("sh:path mskg:hasItem ; sh:not [ sh:node [ sh:class mskg:Item ] ]", False),
    ("sh:path mskg:hasItem ; sh:xone ( [ sh:class mskg:Item ] [ sh:nodeKind sh:IRI ] )", False),
    ("sh:path mskg:number ; sh:equals mskg:position", False),
    ("sh:path <http://purl.org/dc/terms/title> ; sh:languageIn ( 'en' )", True),
    ("sh:path mskg:number ; sh:lessThan mskg:ordinalPath", True),
    ("sh:path mskg:hasItem ; sh:qualifiedMinCount 1 ; "
     "sh:qualifiedValueShape [ sh:class mskg:Task ]", True),
    ("sh:path mskg:hasItem ; sh:qualifiedMaxCount 0 ; "
     "sh:qualifiedValueShape [ sh:class mskg:Item ]", False),
    ("sh:closed true ; sh:property [ sh:path mskg:number ]", False),
    ("sh:node ex:s", False),
    ("sh:class mskg:Item", True),
    (f"sh:sparql [ sh:select 'SELECT $this {{ $this <{MSKG}number> ?n FILTER(?n > 1) }}' ]", True),
    ("sh:sparql [ sh:message 'no {?n}' ; sh:select 'SELECT $this ?n { { SELECT (COUNT(?t) AS ?n) "
     f"{{ ?t a <{MSKG}Task> }} }} FILTER(?n > 1) }}' ]", True),
]  # fmt: skip


@pytest.mark.parametrize(("body", "compiled"), VARIANTS)
def test_rules_of_a_user_give_the_same(body: str, compiled: bool) -> None:
    """Each construct, compiled or left to pySHACL, on tasks that violate it."""
    kind = "PropertyShape" if body.startswith("sh:path") else "NodeShape"
    rules = parsed(SHAPE.format(kind=kind, body=body))
    assert (compile_shape(rules, URIRef(EX + "s")) is not None) == compiled
    if body == "sh:node ex:s":
        return  # recursive: SHACL leaves open what that means
    data = Graph()
    data.parse(EXAMPLES / "base.ttl")
    found = compare(data, rules)
    if "maxCount 2" not in body and "[ sh:nodeKind sh:IRI ]" not in body:
        assert found, "the data violates the rule"


OWN = """
ex:Even a sh:ConstraintComponent ; sh:parameter [ sh:path ex:even ] ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:message "odd" ;
        sh:ask "ASK { FILTER ($value / 2 = FLOOR($value / 2)) }" ] .
ex:s a sh:PropertyShape ; sh:targetClass mskg:Task ; sh:path mskg:number ; ex:even true .
"""


def test_constraint_components_of_a_user_go_to_pyshacl() -> None:
    data = Graph()
    data.parse(EXAMPLES / "base.ttl")
    assert compile_shape(parsed(OWN), URIRef(EX + "s")) is None
    assert compare(data, parsed(OWN)) == 2


SPELLED = '''
ex:s a sh:NodeShape ; sh:targetClass ex:Thing ; sh:sparql
  [ sh:message "sum {?sum}" ; sh:select
    """SELECT $this (SUM(?n) AS ?sum) { $this <https://example.org/rules#p> ?n
      FILTER (isNumeric(?n)) } GROUP BY $this""" ] ,
  [ sh:message "{?value} of {?name}" ; sh:select "SELECT $this ?value ?name { $this \
<https://example.org/rules#p> ?value ; <https://example.org/rules#q> ?name }" ] .
'''


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ("ex:p 0.5 , 1.5 ; ex:q 'x'", "sum 2.0"),
        ("ex:p 1.50 ; ex:q 'x'", "1.50 of x"),
        ("ex:p '2024-02-29'^^xsd:date , 3 ; ex:q '长桥'@zh-Hans", "2024-02-29 of 长桥"),
    ],
)
def test_what_solutions_hold_is_spelled_as_pyshacl_spells_it(facts: str, said: str) -> None:
    data = parsed(f"ex:a a ex:Thing ; {facts} .")
    assert compare(data, parsed(SPELLED)) > 1
    report = make_report(
        results(data, fast.tuples_of(data), ShapeSet(parsed(SPELLED))),
        data,
        ShapeSet(parsed(SPELLED)),
    )
    assert said in [finding.message for finding in report.findings]


def test_what_sparql_constraints_find_needs_no_pyshacl(monkeypatch: pytest.MonkeyPatch) -> None:
    data, rules = parsed("ex:a a ex:Thing ; ex:p 1 , 2 ; ex:q 'x' ."), ShapeSet(parsed(SPELLED))
    monkeypatch.setattr("mskg.validation.validate._run", None)
    report = make_report(results(data, fast.tuples_of(data), rules), data, rules)
    assert [finding.message for finding in report.findings] == ["1 of x", "2 of x", "sum 3"]


@pytest.mark.parametrize("inner", ["{ SELECT ?n { $this ?p ?n } }", "MINUS { $this ?p 1 }"])
def test_a_query_that_shacl_forbids_is_refused_as_pyshacl_does(inner: str) -> None:
    text = f"SELECT $this {{ $this ?p ?n {inner} }}"
    rules = parsed(SHAPE.format(kind="NodeShape", body=f"sh:sparql [ sh:select '{text}' ]"))
    data = example(NAMES[0])
    with pytest.raises(ShapesError):
        results(data, fast.tuples_of(data), ShapeSet(rules))


def test_a_query_that_oxigraph_refuses_goes_to_pyshacl() -> None:
    rules = parsed(SHAPE.format(kind="NodeShape", body=VARIANTS[-2][0]))
    (entry,) = ShapeSet(rules).compiled[0]
    broken = replace(
        entry, constraints=(SparqlConstraint(BNode(), "SELECT $this WHERE { not sparql", False),)
    )
    data = Graph()
    data.parse(EXAMPLES / "base.ttl")
    found = suspects(fast.tuples_of(data), [broken])
    assert len(found[entry.shape]) == 3, "every target is looked at"


def test_every_query_of_ours_is_one_that_oxigraph_takes() -> None:
    store = Store()
    for entry in load_shapes().compiled[0]:
        for text in (entry.targets, entry.core, *(one.query for one in entry.constraints)):
            if text:
                assert list(store.query(text)) == []


@pytest.mark.parametrize(
    "kind", ["integer", "decimal", "boolean", "date", "gYear", "string", "double"]
)
def test_every_lexical_form_is_judged_as_pyshacl_does(kind: str) -> None:
    forms = [
        *("1", "-1", "+1", "01", "1.0", "1.", ".5", "1e3", "", " 1 ", "true", "True", "0"),
        *("2023-02-28", "2023-02-29", "2024-02-29", "2023-04-31", "2023-12-31", "2023-6-1"),
        *("2023-06-30Z", "12023-01-01", "0000-01-01", "2023", "-2023", "abc", "NaN"),
    ]
    data = Graph()
    data.parse(EXAMPLES / "base.ttl")
    for number, form in enumerate(forms):
        node = URIRef(f"{EX}{kind}{number}")
        data.add((node, RDF.type, URIRef(EX + "Thing")))
        typed = Literal(form, datatype=None if kind == "string" else XSD[kind], normalize=False)
        data.add((node, URIRef(EX + "p"), typed))
        data.add((node, URIRef(EX + "q"), Literal(form)))
    body = f"a sh:PropertyShape ; sh:targetClass ex:Thing ; sh:datatype xsd:{kind}"
    rules = parsed(f"ex:s {body} ; sh:path ex:p . ex:t {body} ; sh:path ex:q .")
    assert compare(data, rules) > 10 or kind == "string"


def test_a_graph_over_tuples_answers_like_a_graph() -> None:
    plan = reference_plan("000")
    triples = [*plan_triples(plan), *derived_triples(plan)]
    lazy, plain = graph_over(triples), to_rdflib(triples)
    assert len(lazy) == len(plain)
    assert set(lazy) == set(plain)
    for subject, predicate, value in list(plain)[::50]:
        for pattern in (
            (subject, None, None), (None, predicate, None), (None, None, value),
            (subject, predicate, None), (None, predicate, value), (subject, predicate, value),
        ):  # fmt: skip
            assert set(lazy.triples(pattern)) == set(plain.triples(pattern))
    assert list(lazy.objects(BNode(), RDFS.label)) == []
    assert (None, SH.path, None) not in lazy
