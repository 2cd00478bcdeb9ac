"""Namespaces and IRI minting: every identifier of mskg is made here and nowhere else.

IRIs are ASCII, readable and deterministic; they depend on places in a document and on
codes, never on extracted wording, so that a better extractor keeps them.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

__all__ = [
    "CORRECTIONS_GRAPH",
    "DATA",
    "PREFIXES",
    "REFERENCE_GRAPH",
    "TALLIES_GRAPH",
    "VOCABULARY",
    "child_iri",
    "concept_iri",
    "digest",
    "document_iri",
    "event_iri",
    "evidence_iri",
    "organisation_iri",
    "place_code",
    "program_iri",
    "region_iri",
    "report_iri",
    "run_iri",
    "task_iri",
]

VOCABULARY: Final = "https://w3id.org/mskg/ontology#"
DATA: Final = "https://w3id.org/mskg/id/"
REFERENCE_GRAPH: Final = f"{DATA}graph/reference"
CORRECTIONS_GRAPH: Final = f"{DATA}graph/corrections"
TALLIES_GRAPH: Final = f"{DATA}graph/tallies"

PREFIXES: Final[dict[str, str]] = {
    "dcterms": "http://purl.org/dc/terms/",
    "id": DATA,
    "mskg": VOCABULARY,
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qudt": "http://qudt.org/vocab/unit/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sosa": "http://www.w3.org/ns/sosa/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_SAFE = re.compile(r"[a-z0-9][a-z0-9.-]*\Z")


def digest(text: str, length: int = 8) -> str:
    """Return the first `length` hex digits of the SHA-256 of `text`."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def _part(text: str) -> str:
    return text if _SAFE.match(text) else "x" + digest(text)


def place_code(code: str, name: str = "", document_key: str = "") -> str:
    """Return what stands for a region in IRIs: its `code`, else a hash.

    The hash is that of the `name`; where that is unknown too, of the `document_key`, so
    that two documents of unknown places are never taken for one program.
    """
    return code or f"x-{digest(name or document_key)}"


def child_iri(parent: str, kind: str, name: str | int) -> str:
    """Return the IRI of a thing inside another, such as item 2 of a task."""
    return f"{parent}/{kind}/{_part(str(name))}"


def region_iri(code: str) -> str:
    """Return the IRI of the region with the six-digit `code` (行政区划代码)."""
    return f"{DATA}region/{_part(code or 'x')}"


def document_iri(key: str) -> str:
    """Return the IRI of the document with `key`; its named graph has the same IRI."""
    return f"{DATA}doc/{_part(key)}"


def evidence_iri(key: str, begin: int, end: int) -> str:
    """Return the IRI of the evidence for characters `begin` up to `end` of a document."""
    return f"{document_iri(key)}/text/{begin}-{end}"


def program_iri(region_code: str, year: int | None, kind: str, ordinal: int = 1) -> str:
    """Return the IRI of a region's program of a `kind` in a `year`."""
    tail = f"/{ordinal}" if ordinal > 1 else ""
    return f"{DATA}program/{_part(region_code or 'x')}/{year or 'x'}/{_part(kind)}{tail}"


def task_iri(program: str, path: str) -> str:
    """Return the IRI of the task at the ordinal `path` (``1.3``) of the program IRI."""
    return f"{program}/task/{_part(path)}"


def organisation_iri(org_id: str) -> str:
    """Return the IRI of an organisation; `org_id` is ``<region code>/<slug>``."""
    region, _, slug = org_id.partition("/")
    return f"{DATA}org/{_part(region)}/{_part(slug)}"


def concept_iri(scheme: str, notation: str) -> str:
    """Return the IRI of the concept `notation` in a SKOS `scheme`, such as role/lead."""
    return f"{DATA}concept/{_part(scheme)}/{_part(notation)}"


def run_iri(inputs: str) -> str:
    """Return the IRI of the run whose inputs, rules and version `inputs` describes."""
    return f"{DATA}run/{digest(inputs, 16)}"


def report_iri(content: str) -> str:
    """Return the IRI of the progress report with this `content`; its named graph has the same."""
    return f"{DATA}report/{digest(content, 16)}"


def event_iri(content: str) -> str:
    """Return the IRI of the event with this `content`; its named graph has the same."""
    return f"{DATA}event/{digest(content, 16)}"
