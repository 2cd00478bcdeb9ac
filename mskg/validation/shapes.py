"""Load shapes: those that come with mskg, and those of the user."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import SH

from mskg import resources
from mskg.errors import ShapesError
from mskg.ns import VOCABULARY
from mskg.validation.compiled import compile_shape, top_shapes
from mskg.validation.fast import read_turtle
from mskg.validation.graphs import read_graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib.term import Node

    from mskg.validation.compiled import CompiledShape

__all__ = ["SHAPES", "ShapeSet", "cross_plan_shapes", "load_shapes", "shape_set"]

SHAPES: Final = "https://w3id.org/mskg/shape#"
"""Namespace of the shapes that come with mskg."""

_ISSUE_CODE: Final = URIRef(SHAPES + "issueCode")
_SH: Final = str(SH)
_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_NOT_RUN: Final = frozenset({"expression", "js", "rule", "target", "values"})
_TEXTS: Final = (SH.select, SH.ask)
_OUR_TERM: Final = re.compile(rf"(?:\bmskg:|<{re.escape(VOCABULARY)})(\w+)")


@dataclass(frozen=True)
class ShapeSet:
    """Shapes ready to use, with what reports need to know about them."""

    graph: Graph

    @cached_property
    def compiled(self) -> tuple[tuple[CompiledShape, ...], tuple[Node, ...]]:
        """The shapes that could be compiled, and those that could not."""
        tops = top_shapes(self.graph)
        made = [(shape, compile_shape(self.graph, shape)) for shape in tops]
        rest = tuple(shape for shape, entry in made if entry is None)
        return tuple(entry for _, entry in made if entry is not None), rest

    def iri(self, shape: Node | None) -> str:
        """Return the IRI of `shape`, or of the shape around it where it has none."""
        seen: set[Node] = set()
        while isinstance(shape, BNode) and shape not in seen:
            seen.add(shape)
            shape = min(self.graph.subjects(None, shape), key=str, default=None)
        return str(shape) if isinstance(shape, URIRef) else ""

    def templates(self, shape: Node) -> list[RdfLiteral]:
        """Return the messages of `shape` and of its SPARQL constraints, as written."""
        nodes = [shape, *self.graph.objects(shape, SH.sparql)]
        found = [message for node in nodes for message in self.graph.objects(node, SH.message)]
        return sorted(entry for entry in found if isinstance(entry, RdfLiteral))

    def names(self, shape: str) -> tuple[str, str]:
        """Return sh:name of `shape` in Chinese and English; empty where it has none."""
        found = [n for n in self.graph.objects(URIRef(shape), SH.name) if isinstance(n, RdfLiteral)]
        tagged = {(name.language or "").split("-")[0]: str(name) for name in sorted(found)}
        return tagged.get("zh", tagged.get("", "")), tagged.get("en", "")

    def issue_codes(self, shape: str) -> frozenset[str]:
        """Return the codes of reading issues that say the same as `shape`."""
        return frozenset(str(code) for code in self.graph.objects(URIRef(shape), _ISSUE_CODE))


def load_shapes(extra: Sequence[str | Path] = ()) -> ShapeSet:
    """Return the shapes of mskg and those of the files `extra`; parsed once, then kept.

    Raises
    ------
    ShapesError
        If a file can't be read or holds no shapes, or a shape is ill-formed.
    """
    return _load(tuple((path, _stamp(path)) for path in map(Path, extra)))


@lru_cache(maxsize=1)
def cross_plan_shapes() -> ShapeSet:
    """Return the shapes that compare plans (``cross-plan.ttl``) alone."""
    folder = resources.folder("shapes")
    return shape_set(read_turtle([folder / "cross-plan.ttl", folder / "shapes.ttl"]))


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0  # reading it gives the error, with its reason


@lru_cache(maxsize=8)
def _load(extra: tuple[tuple[Path, int], ...]) -> ShapeSet:
    union = read_turtle(sorted(resources.folder("shapes").glob("*.ttl")))
    for path, _ in extra:
        added = read_graph(path)
        _check(path, added)
        for shape in _named_shapes(added) & _named_shapes(union):
            _forget(union, shape)  # the file says it anew: a changed copy of a shape of ours
        union += added
    return shape_set(union)


def _named_shapes(graph: Graph) -> set[Node]:
    kinds = (SH.NodeShape, SH.PropertyShape)
    found = (shape for kind in kinds for shape in graph.subjects(RDF.type, kind))
    return {shape for shape in found if isinstance(shape, URIRef)}


def _forget(graph: Graph, node: Node) -> None:
    """Remove what `graph` says of `node`, nameless nodes below it included."""
    for triple in list(graph.triples((node, None, None))):
        graph.remove(triple)
        if isinstance(triple[2], BNode):
            _forget(graph, triple[2])


def shape_set(shapes: Graph) -> ShapeSet:
    """Return `shapes` made ready to use; the graph is changed for that."""
    _give_targets_to_properties(shapes)
    return ShapeSet(shapes)


def _give_targets_to_properties(shapes: Graph) -> None:
    """Let property shapes have the targets of their node shape, instead of hanging on it.

    The results are the same, but pySHACL then looks at all nodes of a class in one go
    instead of setting up every property shape again for every node: three times faster.
    """
    for owner, shape in list(shapes.subject_objects(SH.property)):
        targets = [(name, value) for name in _TARGETS for value in shapes.objects(owner, name)]
        free = (owner, SH.deactivated, None) not in shapes and (None, None, owner) not in shapes
        # Which shapes are siblings is told by their common owner; one of several reports twice.
        free = free and (shape, SH.qualifiedValueShapesDisjoint, None) not in shapes
        free = free and len(list(shapes.subjects(SH.property, shape))) == 1
        if targets and free and isinstance(shape, URIRef):
            shapes.remove((owner, SH.property, shape))
            for name, value in targets:
                shapes.add((shape, name, value))


def _check(path: Path, shapes: Graph) -> None:
    if not any((None, RDF.type, kind) in shapes for kind in (SH.NodeShape, SH.PropertyShape)):
        raise ShapesError(
            f"{path}: holds no sh:NodeShape or sh:PropertyShape",
            zh=f"{path}：里面没有 sh:NodeShape 或 sh:PropertyShape",
        )
    terms = {str(term) for triple in shapes for term in triple[1:] if isinstance(term, URIRef)}
    for name in sorted(term.removeprefix(_SH) for term in terms if term.startswith(_SH)):
        if not hasattr(SH, name):
            raise ShapesError(
                f"{path}: sh:{name} is no term of SHACL",
                hint="check its spelling",
                zh=f"{path}：SHACL 没有 sh:{name} 这个词（请核对拼写）",
            )
    for name in sorted(_NOT_RUN & {term.removeprefix(_SH) for term in terms}):
        raise ShapesError(
            f"{path}: sh:{name} belongs to the SHACL Advanced Features, which mskg does not run",
            hint="say it with SHACL Core or sh:sparql",
            zh=f"{path}：sh:{name} 属于 SHACL 高级特性，mskg 不执行"
            "（请改用 SHACL Core 或 sh:sparql）",
        )
    for text in (text for name in _TEXTS for text in shapes.objects(None, name)):
        _check_query(path, str(text))
    _check_terms(path, shapes)
    from mskg.validation.engine import check_shapes

    if problem := check_shapes(shapes):
        raise ShapesError(
            f"{path}: ill-formed shapes: {problem}", zh=f"{path}：规则不合格：{problem}"
        )


def _check_terms(path: Path, shapes: Graph) -> None:
    """Make sure that `shapes` speak of terms that the ontology has: others match nothing."""
    used = {str(term) for triple in shapes for term in triple if isinstance(term, URIRef)}
    texts = [str(text) for name in _TEXTS for text in shapes.objects(None, name)]
    named = {name for text in texts for name in _OUR_TERM.findall(text)}
    named |= {term.removeprefix(VOCABULARY) for term in used if term.startswith(VOCABULARY)}
    known = _our_terms()
    for name in sorted(named - known - {""}):
        near = difflib.get_close_matches(name, sorted(known), 1)
        raise ShapesError(
            f"{path}: mskg:{name} is no term of the ontology",
            hint=f"did you mean mskg:{near[0]}?" if near else "check its spelling",
            zh=f"{path}：本体里没有 mskg:{name} 这个词"
            + (f"（是不是 mskg:{near[0]}？）" if near else "（请核对拼写）"),
        )


@lru_cache(maxsize=1)
def _our_terms() -> frozenset[str]:
    ontology = read_graph(resources.folder("ontology") / "mskg.ttl")
    found = {str(term) for term in ontology.subjects() if str(term).startswith(VOCABULARY)}
    return frozenset(term.removeprefix(VOCABULARY) for term in found)


def _check_query(path: Path, text: str) -> None:
    # The parser takes a tenth of a second to import, and only rules of a user need it.
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parseQuery(text)
    except Exception as error:  # pyparsing and rdflib raise several kinds
        reason = " ".join(str(error).split())[:160]
        raise ShapesError(
            f"{path}: a query of a shape can't be parsed: {reason}",
            zh=f"{path}：规则里的查询有语法错误：{reason}",
        ) from error
