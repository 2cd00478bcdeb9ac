"""One suite for every backend: what the `Store` protocol promises."""

from __future__ import annotations

import pytest

from mskg.errors import QueryError, StoreError
from mskg.ns import PREFIXES
from mskg.rdf.terms import Literal, Triple
from mskg.store import QuerySyntaxError, Solutions, Store

G1 = "https://example.org/graph/1"
G2 = "https://example.org/graph/2"
S = "https://example.org/s"
P = "https://example.org/p"
Q = "https://example.org/q"
XSD = PREFIXES["xsd"]
AWKWARD = 'quotes " \\ line\nbreak\ttab  残疾儿童（“一卡通”）\r 𠮷'

ONE: list[Triple] = [(S, P, Literal("一", "", "zh")), (S, Q, "https://example.org/o")]


def values(store: Store, query: str) -> list[object]:
    return sorted(row[0] for row in store.select(query).rows)


def test_is_a_store(store: Store) -> None:
    assert isinstance(store, Store)
    assert store.writable


def test_starts_empty(store: Store) -> None:
    assert store.graphs() == []
    assert store.select("SELECT * { ?s ?p ?o }").rows == ()
    assert store.ask("ASK { ?s ?p ?o }") is False
    assert "".join(store.dump("nq")) == ""


def test_replace_graph_replaces_that_graph_only(store: Store) -> None:
    store.replace_graph(G1, ONE)
    store.replace_graph(G2, [(S, P, Literal("二"))])
    store.replace_graph(G1, [(S, P, Literal("三"))])
    assert store.graphs() == [G1, G2]
    assert values(store, f"SELECT ?o {{ <{S}> <{P}> ?o }}") == [Literal("三"), Literal("二")]
    assert store.ask(f"ASK {{ <{S}> <{Q}> ?o }}") is False


def test_replace_graph_twice_is_once(store: Store) -> None:
    store.replace_graph(G1, ONE)
    first = "".join(store.dump("nq"))
    store.replace_graph(G1, iter(ONE + ONE))
    assert "".join(store.dump("nq")) == first
    assert first.count("\n") == 2


def test_drop_graph(store: Store) -> None:
    store.replace_graph(G1, ONE)
    store.replace_graph(G2, ONE)
    store.drop_graph(G1)
    store.drop_graph("https://example.org/never-there")
    assert store.graphs() == [G2]


def test_a_graph_without_triples_is_no_graph(store: Store) -> None:
    store.replace_graph(G1, ONE)
    store.replace_graph(G1, [])
    assert store.graphs() == []


def test_default_graph_is_the_union(store: Store) -> None:
    store.replace_graph(G1, [(S, P, "https://example.org/m")])
    store.replace_graph(G2, [("https://example.org/m", Q, Literal("far"))])
    assert values(store, f"SELECT ?o {{ <{S}> <{P}>/<{Q}> ?o }}") == [Literal("far")]
    graphs = store.select(f"SELECT ?g {{ GRAPH ?g {{ ?s <{Q}> ?o }} }}")
    assert graphs == Solutions(("g",), ((G2,),))


def test_terms_come_back_as_they_were(store: Store) -> None:
    terms = {
        Literal(AWKWARD),
        Literal("plain", "", "zh-hans"),
        Literal("2023-06-30", XSD + "date"),
        Literal("2023", XSD + "gYear"),
        Literal("4400", XSD + "integer"),
        Literal("0.459666", XSD + "decimal"),
        Literal("true", XSD + "boolean"),
        "https://example.org/a%20b?c=d#e",
    }
    store.replace_graph(G1, [(S, P, term) for term in terms])
    found = store.select(f"SELECT ?o {{ <{S}> <{P}> ?o }}")
    assert {row[0] for row in found.rows} == terms
    assert {triple[2] for triple in store.construct("CONSTRUCT WHERE { ?s ?p ?o }")} == terms


def test_language_tags_are_lower_case_and_strings_have_no_type(store: Store) -> None:
    store.replace_graph(
        G1, [(S, P, Literal("x", "", "zh-Hans")), (S, Q, Literal("y", XSD + "string"))]
    )
    assert values(store, f"SELECT ?o {{ <{S}> <{P}> ?o }}") == [Literal("x", "", "zh-hans")]
    assert values(store, f"SELECT ?o {{ <{S}> <{Q}> ?o }}") == [Literal("y")]


def test_unbound_variables_are_none(store: Store) -> None:
    store.replace_graph(G1, ONE)
    found = store.select(f"SELECT ?s ?none {{ ?s <{P}> ?o OPTIONAL {{ ?s <{S}> ?none }} }}")
    assert found == Solutions(("s", "none"), ((S, None),))


def test_dates_and_decimals_compare(store: Store) -> None:
    store.replace_graph(
        G1,
        [
            (S, P, Literal("2023-06-30", XSD + "date")),
            (S, P, Literal("2023-12-31", XSD + "date")),
            (S, Q, Literal("9.5", XSD + "decimal")),
        ],
    )
    early = f'SELECT ?o {{ ?s <{P}> ?o FILTER(?o <= "2023-09-30"^^<{XSD}date>) }}'
    assert values(store, early) == [Literal("2023-06-30", XSD + "date")]
    assert store.ask(f"ASK {{ ?s <{Q}> ?o FILTER(?o < 10) }}") is True


def test_construct_is_sorted_and_each_once(store: Store) -> None:
    store.replace_graph(G1, ONE)
    store.replace_graph(G2, ONE)
    assert store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }") == sorted(ONE)
    assert store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p 'no' }") == []
    assert store.construct(f"DESCRIBE <{S}>") == sorted(ONE)


def test_dump_nquads(store: Store) -> None:
    store.replace_graph(G2, [(S, P, Literal("b")), (S, P, Literal('a"'))])
    store.replace_graph(G1, ONE)
    assert "".join(store.dump("nq")) == (
        f'<{S}> <{P}> "一"@zh <{G1}> .\n'
        f"<{S}> <{Q}> <https://example.org/o> <{G1}> .\n"
        f'<{S}> <{P}> "a\\"" <{G2}> .\n'
        f'<{S}> <{P}> "b" <{G2}> .\n'
    )


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning:rdflib")
def test_dump_trig_reads_back(store: Store) -> None:
    import rdflib

    mskg = PREFIXES["mskg"]
    store.replace_graph(
        G1,
        [
            (S, mskg + "value", Literal("4400", XSD + "decimal")),
            (S, PREFIXES["rdf"] + "type", mskg + "Target"),
            (S, mskg + "text", Literal(AWKWARD, "", "zh")),
        ],
    )
    text = "".join(store.dump("trig"))
    assert f'  <{S}> a mskg:Target ;\n    mskg:text "quotes' in text
    assert 'mskg:value "4400"^^xsd:decimal .' in text
    read = rdflib.Dataset()
    read.parse(data=text, format="trig")
    graph = read.graph(rdflib.URIRef(G1))
    assert graph.value(rdflib.URIRef(S), rdflib.URIRef(mskg + "text")) == rdflib.Literal(
        AWKWARD, lang="zh"
    )
    assert len(graph) == 3


def test_dump_is_the_same_whatever_the_order(store: Store) -> None:
    store.replace_graph(G1, ONE)
    store.replace_graph(G2, ONE)
    dumps = {form: "".join(store.dump(form)) for form in ("nq", "trig")}
    store.drop_graph(G1)
    store.replace_graph(G2, ONE[::-1])
    store.replace_graph(G1, ONE[::-1])
    assert {form: "".join(store.dump(form)) for form in ("nq", "trig")} == dumps


def test_dump_of_an_unknown_format(store: Store) -> None:
    with pytest.raises(StoreError, match="unknown dump format 'n3'"):
        list(store.dump("n3"))


@pytest.mark.parametrize(
    "query", ["SELECT ?s WHERE {\n ?s ?p \n}", "SELECT * { ?s nowhere:p ?o }", "", "DROP ALL"]
)
def test_syntax_errors_are_query_errors(store: Store, query: str) -> None:
    store.replace_graph(G1, ONE)
    with pytest.raises(QuerySyntaxError) as caught:
        store.select(query)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    assert store.graphs() == [G1]


def test_syntax_errors_tell_the_place(store: Store) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        store.select("SELECT ?s\nWHERE { ?s ?p }")
    assert (caught.value.at_line, caught.value.at_column) == (2, 16)


def test_a_query_of_another_form_is_a_query_error(store: Store) -> None:
    with pytest.raises(QueryError, match="SELECT"):
        store.select("ASK {}")
    with pytest.raises(QueryError, match="ASK"):
        store.ask("SELECT * {}")
    with pytest.raises(QueryError, match="CONSTRUCT"):
        store.construct("SELECT * {}")


@pytest.mark.parametrize(
    "triple",
    [
        (S, P, "no iri"),
        (S, "relative", Literal("x")),
        ("https://example.org/>", P, Literal("x")),
        (S, P, Literal("x", "", 'zh" .')),
    ],
)
def test_malformed_terms_change_nothing(store: Store, triple: Triple) -> None:
    store.replace_graph(G1, ONE)
    with pytest.raises(StoreError):
        store.replace_graph(G1, [*ONE, triple])
    assert store.construct("CONSTRUCT WHERE { ?s ?p ?o }") == sorted(ONE)


def test_an_error_while_triples_are_made_changes_nothing(store: Store) -> None:
    def broken() -> object:
        yield ONE[0]
        raise RuntimeError("reading failed")

    store.replace_graph(G1, ONE)
    with pytest.raises(RuntimeError, match="reading failed"):
        store.replace_graph(G1, broken())  # type: ignore[arg-type]
    assert store.construct("CONSTRUCT WHERE { ?s ?p ?o }") == sorted(ONE)


def test_writing_groups_writes_and_shows_them(store: Store) -> None:
    with store.writing() as group:
        group.replace_graph(G1, ONE)
        assert group.graphs() == [G1]
        group.replace_graph(G2, ONE)
        group.drop_graph(G1)
    assert store.graphs() == [G2]


def test_a_time_limit_that_is_kept(store: Store) -> None:
    store.replace_graph(G1, ONE)
    assert store.ask(f"ASK {{ <{S}> ?p ?o }}", timeout=20) is True
    assert store.select(f"SELECT ?o {{ <{S}> <{P}> ?o }}", timeout=20).rows == (
        (Literal("一", "", "zh"),),
    )
    assert store.construct("CONSTRUCT WHERE { ?s ?p ?o }", timeout=20) == sorted(ONE)
    with pytest.raises(QuerySyntaxError) as caught:
        store.select("SELECT ?s\nWHERE { ?s ?p }", timeout=20)
    assert caught.value.at_line == 2
    with pytest.raises(QueryError, match="ASK"):
        store.ask("SELECT * {}", timeout=20)


def test_a_time_limit_that_is_not_kept(store: Store) -> None:
    store.replace_graph(G1, [(f"{S}{n}", P, Literal(str(n))) for n in range(120)])
    triads = "?a ?p ?x . ?b ?p ?y . ?c ?p ?z FILTER(CONCAT(?x, ?y) != CONCAT(?z, ?x))"
    slow = f"SELECT (COUNT(*) AS ?n) {{ {triads} }}"
    with pytest.raises(QueryError, match=r"0\.3 s"):
        store.select(slow, timeout=0.3)


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.ask("ASK {}")
    with pytest.raises(StoreError, match="closed"):
        store.replace_graph(G1, ONE)
    store.close()
