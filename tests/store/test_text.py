"""Queries as text: finding the words that count."""

from __future__ import annotations

import pytest

from mskg.store.text import blank_out, query_form

HARMLESS = """# SERVICE in a comment
PREFIX ask: <http://example.org/SERVICE#>
SELECT ?service WHERE { ?service ask:me "SERVICE 'x' # no" ; ask:it '''DROP "''' . }"""


def test_blank_out_keeps_offsets() -> None:
    bare = blank_out(HARMLESS)
    assert len(bare) == len(HARMLESS)
    assert [len(line) for line in bare.splitlines()] == [
        len(line) for line in HARMLESS.splitlines()
    ]
    assert "SERVICE" not in bare
    assert "DROP" not in bare
    assert bare.index("?service") == HARMLESS.index("?service")


def test_blank_out_leaves_comparisons() -> None:
    query = "SELECT * { ?s ?p ?o FILTER(?a < ?b && ?c > ?d) }"
    assert blank_out(query) == query


@pytest.mark.parametrize(
    "before",
    [
        "?s ?p ex:a\\# . ",  # an escaped letter of a local name begins no comment
        "?s ?p ex:a\\' . ",  # nor a string
        "?s ?p <http://e/\\u0041'> . ",  # an IRI with an escape is an IRI
        "# a comment ends here\r",
    ],
)
def test_blank_out_hides_no_keyword(before: str) -> None:
    assert "SERVICE" in blank_out(f"SELECT * {{ {before}SERVICE <http://e/'> {{ ?a ?b ?c }} }}")


@pytest.mark.parametrize(
    ("query", "form"),
    [
        (HARMLESS, "SELECT"),
        ("PREFIX select: <http://e/> ASK { select:a ?p ?o }", "ASK"),
        ("construct where { ?s ?p ?o }", "CONSTRUCT"),
        ("DESCRIBE <http://e/SELECT>", "DESCRIBE"),
        ("# SELECT\nINSERT DATA { <http://e/a> <http://e/b> 'ASK' }", ""),
        ("", ""),
        ("INSERT { ?s ?p 1 } WHERE { SELECT * { ?s ?p ?o } }", ""),
        ("BASE <http://e/>\nprefix : <x#> PREFIX a.b: <y#>\nselect * {}", "SELECT"),
    ],
)
def test_query_form(query: str, form: str) -> None:
    assert query_form(query) == form
