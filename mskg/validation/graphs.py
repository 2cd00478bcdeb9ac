"""Read RDF files for validation, with one clear line for whatever is wrong with them."""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rdflib import RDF, Dataset, Graph
from rdflib.namespace import SH

from mskg.errors import ShapesError
from mskg.ns import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterator
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
        with _quiet():
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


@contextmanager
def _quiet() -> Iterator[None]:
    """Hold back what rdflib says beside its errors.

    It logs a traceback for every literal like "2023-13-45"^^xsd:date, which the shapes
    report in one line, and warns about deprecated names of its own that it still uses.
    """
    logger = logging.getLogger("rdflib.term")

    def drop(_: logging.LogRecord) -> bool:
        return False

    logger.addFilter(drop)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        logger.removeFilter(drop)


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
        f"the graph says nothing about a plan ({_vocabularies(data)}), "
        "so there is nothing to validate",
        hint=f"a plan uses the classes of {VOCABULARY}, such as mskg:PlanDocument",
        zh=f"图里没有关于计划的内容（{_vocabularies(data)}），没有可检查的；"
        f"计划用的是 {VOCABULARY} 的类，如 mskg:PlanDocument",
    )


def _vocabularies(data: Graph) -> str:
    kinds = map(str, set(data.objects(None, RDF.type)))
    spaces = sorted({kind[: max(kind.rfind("#"), kind.rfind("/")) + 1] for kind in kinds})
    return "types from " + ", ".join(spaces[:3]) if spaces else "no node has a type"


def _reason(error: Exception, kind: str) -> str:
    if isinstance(error, IndexError):  # what rdflib's Turtle parser runs into
        return f"not valid {kind}: it ends in the middle of a statement"
    line = getattr(error, "lines", None)  # rdflib's Turtle parser counts from 0
    where = f"line {line + 1}: " if isinstance(line, int) else ""
    why = getattr(error, "_why", "") or str(error) or type(error).__name__
    return f"{where}not valid {kind}: {' '.join(str(why).split())[:160]}"
