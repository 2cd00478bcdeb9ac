"""Compiled shapes: SPARQL that finds, on Oxigraph, the nodes where a shape may find something.

Most shapes find nothing in most plans. A compiled shape is one query that returns every
target node which may violate it, often in a tenth of a millisecond. What a SPARQL constraint
finds there, its own solutions tell (`mskg.validation.solving`); at nodes that a SHACL Core
constraint may find something in, pySHACL looks. So a query for Core constraints may return
too many nodes, but never too few:

- where an exact test would depend on how a library reads a literal (Oxigraph stores 1.50 as
  1.5), the query lets the node through;
- a shape with any construct that is not listed here is not compiled, and pySHACL looks at
  all its targets.

SHACL Core constraints become one query a shape over all its targets. A SPARQL constraint is
evaluated for each target with ``$this`` substituted, as SHACL defines it; one that says of
itself that it may (``msh:setBased true``), once for all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH, XSD

from mskg.validation.solving import SparqlConstraint, is_special

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib.term import Node

__all__ = ["CompiledShape", "compile_shape", "top_shapes"]

TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_SAID: Final = {
    *(SH.name, SH.description, SH.message, SH.severity, SH.order, SH.group, SH.path),
    *(SH.defaultValue, SH.targetClass, SH.targetNode, SH.targetSubjectsOf),
    *(SH.targetObjectsOf, SH.flags, SH.property, SH.sparql, RDF.type, SH.qualifiedMinCount),
    *(SH.qualifiedMaxCount, SH.qualifiedValueShape, SH.maxCount, SH.minCount),
    *(SH.lessThan, SH.lessThanOrEquals, SH.uniqueLang, SH.hasValue),
}
"""Properties of a shape that state no test of single values, or that are read beside another."""
_SET_BASED: Final = URIRef("https://w3id.org/mskg/shape#setBased")
_SPARQL_SAID: Final = {RDF.type, SH.select, SH.message, SH.prefixes, _SET_BASED}
_CASTS: Final = {
    XSD.integer: "^[+-]?[0-9]+$",
    XSD.decimal: r"^[+-]?[0-9]+(\\.[0-9]+)?$",
    XSD.boolean: "^(true|false)$",
    XSD.date: "^[1-9][0-9]{3}-(02-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(0[1-9]|[12][0-9]|30)"
    "|(0[13578]|1[02])-31)$",
    XSD.gYear: "^[1-9][0-9]{3}$",
    XSD.string: "",
}
"""Lexical forms that every library takes as well-formed; others are left to pySHACL."""


class _Unknown(Exception):  # noqa: N818 - a signal inside this module, not an error of a user
    """The shape holds something that this module does not compile."""


@dataclass(frozen=True, slots=True)
class CompiledShape:
    """The queries of one shape.

    Parameters
    ----------
    shape:
        The shape.
    targets:
        Query for its target nodes, as ``?this``.
    core:
        Query for the targets that may violate its Core constraints; empty without any.
    constraints:
        Its SPARQL constraints.
    needs:
        Classes and properties of which the graph must use one, or there is no target;
        empty where that can't be told.
    """

    shape: Node
    targets: str
    core: str
    constraints: tuple[SparqlConstraint, ...]
    needs: frozenset[str]


def top_shapes(shapes: Graph) -> list[Node]:
    """Return the shapes that have targets, implicit class targets too, in a fixed order."""
    found = {shape for name in TARGETS for shape in shapes.subjects(name)}
    for kind in (SH.NodeShape, SH.PropertyShape):
        for shape in shapes.subjects(RDF.type, kind):
            if (shape, RDF.type, RDFS.Class) in shapes:
                found.add(shape)
    on = Literal(True)
    return sorted((s for s in found if (s, SH.deactivated, on) not in shapes), key=str)


def compile_shape(shapes: Graph, shape: Node) -> CompiledShape | None:
    """Return the queries of `shape`; None where it holds something not known here."""
    try:
        compiler = _Compiler(shapes)
        targets = compiler.targets(shape)
        branches = compiler.branches(shape, "?this")
        union = " UNION ".join(f"{{ {targets} {branch} }}" for branch in branches)
        return CompiledShape(
            shape,
            f"SELECT DISTINCT ?this WHERE {{ {targets} }}",
            f"SELECT DISTINCT ?this WHERE {{ {union} }}" if branches else "",
            tuple(compiler.constraints(shape)),
            compiler.needs(shape),
        )
    except _Unknown:
        return None


class _Compiler:
    """Turns one shape into SPARQL; each variable gets a number of its own."""

    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self._parameters = {
            path
            for parameter in shapes.objects(None, SH.parameter)
            for path in shapes.objects(parameter, SH.path)
        }
        """Properties that constraint components of a user's own read."""
        self._count = 0
        self._within: list[Node] = []

    def targets(self, shape: Node) -> str:
        """Return the graph pattern of the targets of `shape`, as ``?this``."""
        if (shape, RDF.type, RDFS.Class) in self._shapes:
            raise _Unknown
        found = [f"{{ ?this a {_term(c)} }}" for c in self._values(shape, SH.targetClass)]
        found += [f"{{ ?this {_term(p)} [] }}" for p in self._values(shape, SH.targetSubjectsOf)]
        found += [f"{{ [] {_term(p)} ?this }}" for p in self._values(shape, SH.targetObjectsOf)]
        nodes = self._values(shape, SH.targetNode)
        if nodes:
            found.append(f"{{ VALUES ?this {{ {' '.join(map(_term, nodes))} }} }}")
        return " UNION ".join(found) if len(found) == 1 else "{ " + " UNION ".join(found) + " }"

    def needs(self, shape: Node) -> frozenset[str]:
        """Return what a graph with targets of `shape` uses; empty with targets by name."""
        if self._values(shape, SH.targetNode):
            return frozenset()
        return frozenset(str(v) for name in TARGETS for v in self._values(shape, name))

    def constraints(self, shape: Node) -> Iterator[SparqlConstraint]:
        """Yield the SPARQL constraints of `shape`."""
        for constraint in self._values(shape, SH.sparql):
            if set(self._shapes.predicates(constraint)) - _SPARQL_SAID:
                raise _Unknown
            text = str(self._shapes.value(constraint, SH.select) or "")
            if not text or is_special(text):
                raise _Unknown
            set_based = Literal(True) in self._values(constraint, _SET_BASED)
            yield SparqlConstraint(constraint, self._prologue(constraint) + text, set_based)

    def _prologue(self, constraint: Node) -> str:
        lines = []
        for ontology in self._values(constraint, SH.prefixes):
            for entry in self._values(ontology, SH.declare):
                prefix = self._one(entry, SH.prefix)
                lines.append(f"PREFIX {prefix}: <{self._one(entry, SH.namespace)}>\n")
        return "".join(sorted(lines))

    def branches(self, shape: Node, this: str) -> list[str]:
        """Return graph patterns; where one has a solution, `this` may violate `shape`."""
        if shape in self._within:
            raise _Unknown  # a recursive shape
        self._within.append(shape)
        path = self._shapes.value(shape, SH.path)
        if path is None:
            found = self._node_branches(shape, this)
        else:
            found = self._property_branches(shape, this, self._path(path))
        self._within.pop()
        return found

    def _node_branches(self, shape: Node, this: str) -> list[str]:
        if self._values(shape, SH.hasValue):
            raise _Unknown
        test = self._test(shape, this)
        found = [f"FILTER({test})"] if test else []
        for inner in self._values(shape, SH.property):
            found += self._inner(inner, this)
        return found

    def _property_branches(self, shape: Node, this: str, path: str) -> list[str]:
        value = self._new()
        reach = f"{this} {path} {value} ."
        found = []
        if test := self._test(shape, value):
            found.append(f"{reach} FILTER({test})")
        found += self._counts(shape, this, path)
        for wanted in self._values(shape, SH.hasValue):
            found.append(f"FILTER NOT EXISTS {{ {this} {path} {_term(wanted)} }}")
        if Literal(True) in self._values(shape, SH.uniqueLang):
            a, b = self._new(), self._new()
            tests = f'!sameTerm({a}, {b}) && lang({a}) != "" && lcase(lang({a})) = lcase(lang({b}))'
            found.append(f"{this} {path} {a} , {b} . FILTER({tests})")
        for inner in self._values(shape, SH.property):
            found += [f"{reach} {branch}" for branch in self._inner(inner, value)]
        for name, sign in ((SH.lessThan, "<"), (SH.lessThanOrEquals, "<=")):
            for other in self._values(shape, name):
                second = self._new()
                test = f"COALESCE({value} {sign} {second}, false)"
                found.append(f"{reach} {this} {_term(other)} {second} . FILTER(!{test})")
        return found

    def _inner(self, shape: Node, this: str) -> list[str]:
        if self._values(shape, SH.sparql) or self._off(shape):
            raise _Unknown
        return self.branches(shape, this)

    def _off(self, shape: Node) -> bool:
        return (shape, SH.deactivated, None) in self._shapes

    def _counts(self, shape: Node, this: str, path: str) -> list[str]:
        found = []
        for least in map(_number, self._values(shape, SH.minCount)):
            if least == 1:
                found.append(f"FILTER NOT EXISTS {{ {this} {path} {self._new()} }}")
            elif least > 1:
                raise _Unknown
        for most in map(_number, self._values(shape, SH.maxCount)):
            # One more than is allowed, all different.
            values = [self._new() for _ in range(most + 1)]
            reach = " ".join(f"{this} {path} {value} ." for value in values)
            pairs = [f"!sameTerm({a}, {b})" for n, a in enumerate(values) for b in values[n + 1 :]]
            if most > 3:
                raise _Unknown
            found.append(f"{reach} FILTER({' && '.join(pairs) or 'true'})")
        if inner := self._values(shape, SH.qualifiedValueShape):
            found += self._qualified(shape, inner, this, path)
        return found

    def _qualified(self, shape: Node, inner: list[Node], this: str, path: str) -> list[str]:
        """Compile qualified counts whose shape asks for nothing but a class."""
        kinds = self._values(inner[0], SH["class"])
        said = set(self._shapes.predicates(inner[0])) - {RDF.type, SH["class"]}
        if len(inner) > 1 or len(kinds) != 1 or said:
            raise _Unknown
        kind = kinds[0]
        found = []
        for least in map(_number, self._values(shape, SH.qualifiedMinCount)):
            if least > 1:
                raise _Unknown
            if least == 1:
                value = self._new()
                pattern = f"{this} {path} {value} . {value} a {_term(kind)}"
                found.append(f"FILTER NOT EXISTS {{ {pattern} }}")
        for most in map(_number, self._values(shape, SH.qualifiedMaxCount)):
            if most != 1:
                raise _Unknown
            a, b = self._new(), self._new()
            found.append(
                f"{this} {path} {a} , {b} . {a} a {_term(kind)} . {b} a {_term(kind)} ."
                f" FILTER(!sameTerm({a}, {b}))"
            )
        return found

    # -------- tests of one value

    def _test(self, shape: Node, value: str) -> str:
        """Return an expression that is true where `value` may violate `shape`; "" if never."""
        tests = []
        for name in sorted(set(self._shapes.predicates(shape)) - _SAID, key=str):
            maker = _TESTS.get(str(name).removeprefix(str(SH)))
            if name in self._parameters:
                raise _Unknown
            if not str(name).startswith(str(SH)):
                continue  # an annotation
            if maker is None:
                raise _Unknown
            tests += [maker(self, entry, value, shape) for entry in self._values(shape, name)]
        return " || ".join(f"COALESCE({test}, true)" for test in tests)

    def class_(self, kind: Node, value: str, _: Node) -> str:
        return f"NOT EXISTS {{ {value} a {_term(kind)} }}"

    def datatype(self, kind: Node, value: str, _: Node) -> str:
        if kind not in _CASTS:
            raise _Unknown
        wrong = f"datatype({value}) != {_term(kind)}"
        form = _CASTS[kind]  # type: ignore[index]
        return f'{wrong} || !REGEX(STR({value}), "{form}")' if form else wrong

    def node_kind(self, kind: Node, value: str, _: Node) -> str:
        if kind not in (SH.IRI, SH.Literal):
            raise _Unknown
        return f"!isIRI({value})" if kind == SH.IRI else f"!isLiteral({value})"

    def in_(self, members: Node, value: str, _: Node) -> str:
        tests = [f"sameTerm({value}, {_term(member)})" for member in self._list(members)]
        return f"!({' || '.join(tests) or 'false'})"

    def languages(self, members: Node, value: str, _: Node) -> str:
        tests = [f'langMatches(lang({value}), "{m}")' for m in self._list(members)]
        return f"!({' || '.join(tests) or 'false'})"

    def min_length(self, length: Node, value: str, _: Node) -> str:
        return f"isNumeric({value}) || STRLEN(STR({value})) < {_number(length)}"

    def max_length(self, length: Node, value: str, _: Node) -> str:
        return f"isNumeric({value}) || STRLEN(STR({value})) > {_number(length)}"

    def pattern(self, pattern: Node, value: str, shape: Node) -> str:
        # rdflib's expressions are those of Python: only plain ones mean the same in both.
        if self._values(shape, SH.flags) or not re.fullmatch(
            r"[\w^$.\[\](){}|+*?,-]+", str(pattern)
        ):
            raise _Unknown
        return f"isNumeric({value}) || !REGEX(STR({value}), {Literal(str(pattern)).n3()})"

    def bound(self, limit: Node, value: str, sign: str) -> str:
        return f"!COALESCE({value} {sign} {_term(limit)}, false)"

    def or_(self, members: Node, value: str, _: Node) -> str:
        return "(" + " && ".join(f"({self._fails(m, value)})" for m in self._list(members)) + ")"

    def and_(self, members: Node, value: str, _: Node) -> str:
        return "(" + " || ".join(f"({self._fails(m, value)})" for m in self._list(members)) + ")"

    def not_(self, shape: Node, value: str, _: Node) -> str:
        """Compile a negation only of tests that are exact: a wider one would lose nodes."""
        said = set(self._shapes.predicates(shape)) - {RDF.type}
        if said == {SH.hasValue}:
            tests = [f"sameTerm({value}, {_term(v)})" for v in self._values(shape, SH.hasValue)]
        elif said == {SH["class"]}:
            kinds = self._values(shape, SH["class"])
            tests = [f"EXISTS {{ {value} a {_term(kind)} }}" for kind in kinds]
        else:
            raise _Unknown
        return f"({' && '.join(tests)})"

    def node(self, shape: Node, value: str, _: Node) -> str:
        return self._fails(shape, value)

    def _fails(self, shape: Node, value: str) -> str:
        """Return an expression that is true where `value` may violate the whole of `shape`."""
        if self._values(shape, SH.sparql) or self._off(shape):
            raise _Unknown
        if shape in self._within:
            raise _Unknown
        if self._shapes.value(shape, SH.path) is None and not self._values(shape, SH.property):
            self._within.append(shape)
            test = self._test(shape, value)
            self._within.pop()
            return test or "false"
        branches = self.branches(shape, value)
        return " || ".join(f"EXISTS {{ {branch} }}" for branch in branches) or "false"

    # -------- terms and paths

    def _path(self, path: Node) -> str:
        if isinstance(path, URIRef):
            return path.n3()
        if self._shapes.value(path, RDF.first) is not None:
            return "(" + "/".join(map(self._path, self._list(path))) + ")"
        for name, sign in _AFTER.items():
            if inner := self._values(path, name):
                return f"({self._path(inner[0])}){sign}"
        if inner := self._values(path, SH.inversePath):
            return f"^({self._path(inner[0])})"
        if inner := self._values(path, SH.alternativePath):
            return "(" + "|".join(map(self._path, self._list(inner[0]))) + ")"
        raise _Unknown

    def _list(self, node: Node) -> list[Node]:
        return list(Collection(self._shapes, node))

    def _values(self, node: Node, name: Node) -> list[Node]:
        return sorted(self._shapes.objects(node, name), key=str)

    def _one(self, node: Node, name: URIRef) -> str:
        return str(self._shapes.value(node, name) or "")

    def _new(self) -> str:
        self._count += 1
        return f"?v{self._count}"


def _term(term: Node) -> str:
    """Return an IRI or a string in SPARQL; numbers and the like depend on the library."""
    if isinstance(term, URIRef):
        return term.n3()
    if isinstance(term, Literal) and term.datatype in (None, XSD.string, XSD.integer):
        return Literal(str(term), lang=term.language, datatype=term.datatype).n3()
    raise _Unknown


def _number(term: Node) -> int:
    value = term.value if isinstance(term, Literal) else None
    if not isinstance(value, int) or isinstance(term, BNode):
        raise _Unknown
    return value


_AFTER: Final = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def _bound(sign: str) -> Callable[[_Compiler, Node, str, Node], str]:
    return lambda compiler, limit, value, _: compiler.bound(limit, value, sign)


_TESTS: Final[dict[str, Callable[[_Compiler, Node, str, Node], str]]] = {
    "class": _Compiler.class_,
    "datatype": _Compiler.datatype,
    "nodeKind": _Compiler.node_kind,
    "in": _Compiler.in_,
    "languageIn": _Compiler.languages,
    "minLength": _Compiler.min_length,
    "maxLength": _Compiler.max_length,
    "pattern": _Compiler.pattern,
    "minInclusive": _bound(">="),
    "minExclusive": _bound(">"),
    "maxInclusive": _bound("<="),
    "maxExclusive": _bound("<"),
    "not": _Compiler.not_,
    "or": _Compiler.or_,
    "and": _Compiler.and_,
    "node": _Compiler.node,
}
