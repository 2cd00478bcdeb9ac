"""Plan ⇄ RDF: term tuples for bulk work, rdflib graphs for one plan.

One plan is one named graph without blank nodes; its IRI is that of the document. The same
plan always gives the same triples, and the triples give the same plan back::

    from mskg.rdf import plan_from_triples, plan_triples

    assert plan_from_triples(plan_triples(plan)) == plan
"""

from __future__ import annotations

from mskg.rdf.concepts import parent_region
from mskg.rdf.decisions import correction_triples
from mskg.rdf.derived import derived_graph, derived_triples, run_of, run_triples
from mskg.rdf.graphs import (
    from_rdflib,
    graph_text,
    plan_dataset,
    plan_text,
    plans_from_file,
    to_rdflib,
)
from mskg.rdf.jsonld import jsonld_dataset
from mskg.rdf.mapping import plan_triples
from mskg.rdf.people import personal_words, without_people
from mskg.rdf.progress import (
    TABLE_FORMAT,
    event_node,
    event_triples,
    report_node,
    report_triples,
)
from mskg.rdf.publishing import region_file, scheme_files
from mskg.rdf.reading import plan_from_triples
from mskg.rdf.regions import region_reference
from mskg.rdf.schemes import SCHEMES, reference_triples, scheme_triples
from mskg.rdf.tallies import (
    Tallies,
    add_tallies,
    contribution,
    tallies_header,
    tally_numbers,
    tally_triples,
)
from mskg.rdf.terms import Literal, Term, Triple
from mskg.rdf.writer import program_node

__all__ = [
    "SCHEMES",
    "TABLE_FORMAT",
    "Literal",
    "Tallies",
    "Term",
    "Triple",
    "add_tallies",
    "contribution",
    "correction_triples",
    "derived_graph",
    "derived_triples",
    "event_node",
    "event_triples",
    "from_rdflib",
    "graph_text",
    "jsonld_dataset",
    "parent_region",
    "personal_words",
    "plan_dataset",
    "plan_from_triples",
    "plan_text",
    "plan_triples",
    "plans_from_file",
    "program_node",
    "reference_triples",
    "region_file",
    "region_reference",
    "report_node",
    "report_triples",
    "run_of",
    "run_triples",
    "scheme_files",
    "scheme_triples",
    "tallies_header",
    "tally_numbers",
    "tally_triples",
    "to_rdflib",
    "without_people",
]
