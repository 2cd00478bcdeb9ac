"""Pages about the ontology: its terms, the concept schemes, the questions of users.

Everything on them comes from the ontology, the tables and the catalogue of queries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from mskg.export.diagram import core_diagram
from mskg.export.files import write_files
from mskg.export.ontology import ontology_files
from mskg.query import Catalogue, competency_questions
from mskg.rdf import SCHEMES
from mskg.rdf.ontology import ontology_header, ontology_terms, scheme_concepts
from mskg.render.svg import FONTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mskg.rdf.ontology import OntologyTerm, SchemeConcept

    _Match = tuple[OntologyTerm, str, str, str]

__all__ = ["site_pages", "write_site"]

_MODULES: Final = {
    "core": ("核心术语", "Core terms"),
    "reading": ("读取术语", "Reading terms"),
    "progress": ("进展术语", "Progress terms"),
    "derived": ("派生术语", "Derived terms"),
}
_VOCABULARIES: Final = {
    "http://qudt.org/vocab/unit/": "unit:",
    "http://metadata.un.org/sdg/": "sdg:",
}


def write_site(folder: Path) -> tuple[Path, ...]:
    """Write the pages and the files they link to, and return their paths.

    Raises
    ------
    InputError
        If the folder can't be written.
    """
    files = {folder / name: page.encode() for name, page in site_pages()}
    files |= {folder / "files" / name: content for name, content in ontology_files().items()}
    return write_files(files)


def site_pages() -> Iterator[tuple[str, str]]:
    """Yield name and HTML text of every page."""
    render = _renderer()
    terms = ontology_terms()
    shared: dict[str, Any] = {
        "header": ontology_header(),
        "schemes": SCHEMES,
        "modules": _MODULES,
        "pages": {term.name: f"{term.module}.html#{term.name}" for term in terms},
    }
    questions = competency_questions()
    yield (
        "index.html",
        render("index", **shared, terms=terms, diagram=core_diagram(terms), questions=questions),
    )
    for module in _MODULES:
        mine = [term for term in terms if term.module == module]
        yield f"{module}.html", render("terms", **shared, module=module, groups=_groups(mine))
    yield "alignments.html", render("alignments", **shared, rows=_matches(terms))
    queries = {query.name: query for query in Catalogue()}
    yield (
        "questions.html",
        render("questions", **shared, questions=questions, queries=queries),
    )
    for name, scheme in SCHEMES.items():
        concepts = scheme_concepts(name)
        yield (
            f"scheme-{scheme.file}.html",
            render("scheme", **shared, name=name, scheme=scheme, concepts=concepts),
        )


def _groups(terms: list[OntologyTerm]) -> dict[tuple[str, str], list[OntologyTerm]]:
    found = {
        ("类", "Classes"): [term for term in terms if term.kind == "class"],
        ("对象属性", "Object properties"): [t for t in terms if t.kind == "object property"],
        ("数据属性", "Datatype properties"): [t for t in terms if t.kind == "datatype property"],
        ("注释属性", "Annotation properties"): [
            term for term in terms if term.kind == "annotation property"
        ],
    }
    return {title: group for title, group in found.items() if group}


def _matches(
    terms: tuple[OntologyTerm, ...],
) -> dict[str, list[tuple[OntologyTerm, str, str, str]]]:
    """Return the matches of all terms by the vocabulary of the other side."""
    found: dict[str, list[_Match]] = {}
    for term in terms:
        for how, other, iri in term.matches:
            found.setdefault(other.partition(":")[0], []).append((term, how, other, iri))
    return dict(sorted(found.items()))


def _renderer() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("mskg", "export/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"fonts": FONTS, "concept_link": _ConceptLinks()}

    def render(page: str, **values: Any) -> str:
        return environment.get_template(f"{page}.html").render(**values).rstrip() + "\n"

    return render


class _ConceptLinks:
    """From the IRI of a concept to the place on our pages and the words to show for it."""

    def __init__(self) -> None:
        self._known: Mapping[str, tuple[str, str]] = {
            concept.iri: (f"scheme-{scheme.file}.html#{_anchor(concept)}", _shown(concept))
            for name, scheme in SCHEMES.items()
            for concept in scheme_concepts(name)
        }

    def __call__(self, iri: str) -> tuple[str, str]:
        if iri in self._known:
            return self._known[iri]
        for namespace, prefix in _VOCABULARIES.items():
            if iri.startswith(namespace):
                return iri, prefix + iri.removeprefix(namespace)
        return iri, iri


def _anchor(concept: SchemeConcept) -> str:
    return quote(concept.notation)


def _shown(concept: SchemeConcept) -> str:
    return concept.label.zh or concept.notation
