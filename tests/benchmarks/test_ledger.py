"""The benchmark of the ledger measures what it says, on a size of a moment."""

from __future__ import annotations

import pytest

from benchmarks import ledger
from mskg.ns import document_iri
from mskg.pipeline import read_plan
from mskg.rdf import plan_triples


def test_a_moved_graph_is_that_of_the_moved_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = read_plan(min(ledger.DOCUMENTS.glob("*.txt")))
    graph, triples = ledger._moved(ledger._graphs(ledger._placed(plan))[0], "919191")
    monkeypatch.setattr(ledger, "_CODE", "919191")
    there = ledger._placed(plan)
    assert graph == document_iri(there.document.key)
    run = next(value for _, link, value in triples if link.endswith("wasGeneratedBy"))
    assert set(triples) == set(plan_triples(there, run=str(run)))


def test_a_line_for_each_size(capsys: pytest.CaptureFixture[str]) -> None:
    assert ledger.main(["9", "--months", "2"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "3", "9"]
    assert "obs/s" in head
    assert int(lines[2].split()[1]) > int(lines[0].split()[1]) > 0
