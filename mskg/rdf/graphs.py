"""Between term tuples and rdflib: graphs, datasets, and files of them.

rdflib is imported inside the functions: it takes longer to load than a plan to map.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from mskg.errors import InputError, ReadError, system_reason
from mskg.ns import PREFIXES, document_iri
from mskg.rdf import vocabulary as v
from mskg.rdf.derived import derived_graph, derived_triples
from mskg.rdf.files import RDF_FORMATS, parse_rdf
from mskg.rdf.jsonld import jsonld_text
from mskg.rdf.mapping import plan_triples
from mskg.rdf.reading import plan_from_triples
from mskg.rdf.terms import Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import rdflib

    from mskg.model import Plan

__all__ = [
    "bind_prefixes",
    "from_rdflib",
    "graph_text",
    "plan_dataset",
    "plan_text",
    "plans_from_file",
    "to_rdflib",
]

_OUTPUTS: Final = ("turtle", "json-ld", "trig", "nquads", "nt")


def to_rdflib(triples: Iterable[Triple], graph: rdflib.Graph | None = None) -> rdflib.Graph:
    """Return an rdflib graph of `triples`, with the prefixes of the project bound.

    Parameters
    ----------
    graph:
        The graph to add to, instead of a new one.
    """
    import rdflib

    if graph is None:
        graph = rdflib.Graph(bind_namespaces="none")
        bind_prefixes(graph)
    iris: dict[str, rdflib.URIRef | rdflib.BNode] = {}

    def iri(text: str) -> rdflib.URIRef | rdflib.BNode:
        found = iris.get(text)
        if found is None:
            # Only results of free queries have blank nodes.
            blank = text.startswith("_:")
            found = iris[text] = rdflib.BNode(text[2:]) if blank else rdflib.URIRef(text)
        return found

    for subject, predicate, value in triples:
        if isinstance(value, Literal):
            term: rdflib.term.Node = rdflib.Literal(
                value.value,
                lang=value.language or None,
                datatype=rdflib.URIRef(value.datatype) if value.datatype else None,
                normalize=False,
            )
        else:
            term = iri(value)
        graph.add((iri(subject), iri(predicate), term))
    return graph


def from_rdflib(graph: rdflib.Graph) -> Iterator[Triple]:
    """Yield the triples of an rdflib graph.

    Raises
    ------
    InputError
        If the graph holds a blank node: data of mskg has none.
    """
    import rdflib

    for subject, predicate, value in graph:
        if isinstance(subject, rdflib.BNode) or isinstance(value, rdflib.BNode):
            raise InputError(
                f"blank node at <{predicate}>",
                hint="give every node an IRI",
                zh=f"<{predicate}> 处有空白节点（请给每个节点一个 IRI）",
            )
        if isinstance(value, rdflib.Literal):
            datatype = "" if value.datatype == rdflib.XSD.string else str(value.datatype or "")
            yield str(subject), str(predicate), Literal(str(value), datatype, value.language or "")
        else:
            yield str(subject), str(predicate), str(value)


def plan_dataset(plans: Iterable[Plan], *, derived: bool = True) -> rdflib.Dataset:
    """Return a dataset with the named graph of every plan, and of what follows from it.

    Parameters
    ----------
    derived:
        Whether to add the graphs of `derived_triples`.
    """
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    bind_prefixes(dataset)
    for plan in plans:
        to_rdflib(plan_triples(plan), _named(dataset, document_iri(plan.document.key)))
        if derived:
            to_rdflib(derived_triples(plan), _named(dataset, derived_graph(plan)))
    return dataset


def plan_text(plan: Plan, form: str = "turtle") -> str:
    """Return `plan` as RDF text, the same bytes every time.

    Parameters
    ----------
    form:
        turtle, json-ld or nt for the document graph; trig or nquads with its name
        and the derived graph.

    Raises
    ------
    InputError
        If the form is unknown.
    """
    if form not in _OUTPUTS:
        raise InputError(
            f"unknown RDF form {form!r}",
            hint="one of " + ", ".join(_OUTPUTS),
            zh=f"没有 RDF 格式 {form!r}（可用 {'、'.join(_OUTPUTS)}）",
        )
    document = list(plan_triples(plan))
    if form == "json-ld":
        return jsonld_text(document)
    if form in ("turtle", "nt"):
        return graph_text(document, form)
    name = document_iri(plan.document.key)
    graphs = {name: document, derived_graph(plan): list(derived_triples(plan))}
    return _trig(graphs) if form == "trig" else _nquads(graphs)


def graph_text(triples: Iterable[Triple], form: str = "turtle") -> str:
    """Return `triples` as ``turtle`` or sorted ``nt``, the same bytes every time.

    ``json-ld`` and ``xml`` are written too, in the order that rdflib gives them.
    """
    text = to_rdflib(triples).serialize(format=form)
    if form != "nt":
        return text
    return "".join(f"{line}\n" for line in sorted(text.split("\n")) if line)


# The dataset serialisers of rdflib keep no order of the graphs; those of one graph do.


def _trig(graphs: dict[str, list[Triple]]) -> str:
    prefixes = "".join(f"@prefix {prefix}: <{ns}> .\n" for prefix, ns in PREFIXES.items())
    blocks = []
    for name, triples in graphs.items():
        _, _, body = graph_text(triples, "turtle").partition("\n\n")
        blocks.append(f"\n<{name}> {{\n{body.strip()}\n}}\n")
    return prefixes + "".join(blocks)


def _nquads(graphs: dict[str, list[Triple]]) -> str:
    return "".join(
        f"{line.removesuffix(' .')} <{name}> .\n"
        for name, triples in graphs.items()
        for line in graph_text(triples, "nt").split("\n")
        if line
    )


def plans_from_file(path: Path | str) -> list[Plan]:
    """Return the plans in an RDF file: Turtle, TriG, N-Quads, N-Triples, JSON-LD, RDF/XML.

    Raises
    ------
    ReadError
        If the file can't be opened or is no RDF.
    InputError
        If it holds no plan, or a plan that is not complete.
    """
    import rdflib

    path = Path(path)
    form = RDF_FORMATS.get(path.suffix.lower())
    if form is None:
        known = ", ".join(RDF_FORMATS)
        raise ReadError(
            f"{path}: not an RDF file by its suffix",
            hint=f"known: {known}",
            zh=f"{path}：从后缀看不是 RDF 文件（可用 {known}）",
        )
    holding = rdflib.URIRef(v.PLAN_DOCUMENT)
    graphs = [graph for graph in _parse(path, form) if (None, rdflib.RDF.type, holding) in graph]
    if not graphs:
        raise InputError(
            f"{path}: holds no mskg:PlanDocument", zh=f"{path}：里面没有 mskg:PlanDocument"
        )
    try:
        return [plan_from_triples(from_rdflib(graph)) for graph in graphs]
    except InputError as error:
        raise InputError(f"{path}: {error}", zh=f"{path}：{error.line('zh')}") from error


def _parse(path: Path, form: str) -> list[rdflib.Graph]:
    """Return the graphs in a file, ordered by their names."""
    import rdflib

    try:
        parsed = parse_rdf(path.read_bytes(), form)
    except OSError as error:
        raise ReadError(
            f"{path}: {error.strerror or error}", zh=f"{path}：打不开（{system_reason(error)}）"
        ) from error
    except InputError as error:
        raise ReadError(f"{path}: {error}", zh=f"{path}：{error.line('zh')}") from error
    if isinstance(parsed, rdflib.Dataset):
        return sorted(parsed.graphs(), key=lambda graph: str(graph.identifier))
    return [parsed]


def _named(dataset: rdflib.Dataset, iri: str) -> rdflib.Graph:
    import rdflib

    return dataset.graph(rdflib.URIRef(iri))


def bind_prefixes(graph: rdflib.Graph) -> None:
    """Bind the prefixes of the project."""
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)
