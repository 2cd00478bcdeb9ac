"""Read RDF files for validation, with one clear line for whatever is wrong with them."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Final

from rdflib import RDF, Dataset, Graph
from rdflib.namespace import SH

from mskg.errors import ShapesError
from mskg.ns import PREFIXES, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["FORMATS", "merge", "read_graph", "require_instances"]

FORMATS: Final = {
    ".ttl": "turtle",
    ".turtle": "turtle",
    ".nt": "nt",
    ".nq": "nquads",
    ".trig": "trig",
    ".jsonld": "json-ld",
    ".rdf": "xml",
    ".owl": "xml",
}
"""File name suffixes that are read as RDF."""

_WITH_NAMES: Final = {"nquads", "trig", "json-ld"}


def read_graph(path: Path) -> Graph:
    """Return the triples of the RDF file at `path`; named graphs are merged.

    Raises
    ------
    ShapesError
        If the file is missing, has an unknown suffix or can't be parsed.
    """
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        known = " ".join(FORMATS)
        raise ShapesError(
            f"{path}: not a known kind of RDF file",
            hint=f"wanted {known}",
            zh=f"{path}：不是认得的 RDF 文件（可用 {known}）",
        )
    parsed = Dataset() if kind in _WITH_NAMES else Graph()
    try:
        text = path.read_text(encoding="utf-8-sig")
        with warnings.catch_warnings():  # rdflib 7 warns about names of its own that it uses
            warnings.simplefilter("ignore", DeprecationWarning)
            parsed.parse(data=text, format=kind)
            return merge(parsed)
    except OSError as error:
        raise ShapesError(
            f"{path}: can't be opened: {error.strerror}", zh=f"{path}：打不开（{error.strerror}）"
        ) from error
    except UnicodeDecodeError as error:
        raise ShapesError(f"{path}: not UTF-8 text", zh=f"{path}：不是 UTF-8 文本") from error
    except Exception as error:  # every parser of rdflib has exceptions of its own
        raise ShapesError(
            f"{path}: {_reason(error, kind)}", zh=f"{path}：读不了：{_reason(error, kind)}"
        ) from error


def merge(graph: Graph) -> Graph:
    """Return `graph` as one plain graph: the union of its named graphs, if it has any."""
    if not isinstance(graph, Dataset):
        return graph
    union = Graph()
    for subject, predicate, value, _ in graph.quads():
        union.add((subject, predicate, value))
    return union


def require_instances(data: Graph, shapes: Graph) -> None:
    """Make sure that there is something to validate.

    Raises
    ------
    ShapesError
        If `data` is empty, or none of its nodes is one that `shapes` look at.
    """
    if not len(data):
        raise ShapesError(
            "the graph is empty: there is nothing to validate", zh="图是空的，没有可检查的"
        )
    if any((None, RDF.type, kind) in data for kind in shapes.objects(None, SH.targetClass)):
        return
    raise ShapesError(
        f"none of the {len(data)} triples is about a plan ({_vocabularies(data)}): "
        "there is nothing to validate",
        hint=f"a plan uses the classes of {VOCABULARY}, such as mskg:PlanDocument",
        zh=f"{len(data)} 条三元组里没有一条说的是计划（{_vocabularies(data)}），没有可检查的",
    )


def _vocabularies(data: Graph) -> str:
    types: Iterable[object] = set(data.objects(None, RDF.type))
    spaces = sorted({str(kind).rsplit("#", 1)[0].rsplit("/", 1)[0] for kind in types})
    named = {iri.rstrip("#/"): prefix for prefix, iri in PREFIXES.items()}
    words = [named.get(space, space) for space in spaces[:3]]
    return "types from " + ", ".join(words) if words else "no node has a type"


def _reason(error: Exception, kind: str) -> str:
    line = getattr(error, "lines", None)  # rdflib's Turtle parser counts from 0
    where = f"line {line + 1}: " if isinstance(line, int) else ""
    why = getattr(error, "_why", "") or str(error) or type(error).__name__
    return f"{where}not valid {kind}: {' '.join(str(why).split())[:160]}"
