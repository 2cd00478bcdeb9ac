"""Looking into a set of triples: values of a node, one by one or in their order."""

from __future__ import annotations

from decimal import InvalidOperation
from typing import TYPE_CHECKING, Any

from mskg.errors import InputError
from mskg.rdf import fields as f
from mskg.rdf import vocabulary as v
from mskg.rdf.terms import Literal, Term, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["GraphView"]


class GraphView:
    """The triples of one graph, indexed by subject and predicate.

    Every method that reads one value raises `InputError` where there are several.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._nodes: dict[str, dict[str, list[Term]]] = {}
        for subject, predicate, value in triples:
            self._nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)

    def nodes(self, type_: str) -> list[str]:
        """Return the nodes of the class `type_`."""
        return [node for node in self._nodes if type_ in self._values(node, v.TYPE)]

    def counted(self) -> dict[str, str]:
        """Return the indicator node of every target (one without a type counts too)."""
        containers = (v.ITEM, v.MILESTONE)
        return {
            target: node
            for node in self._nodes
            if not any(type_ in containers for type_ in self._values(node, v.TYPE))
            for target in self.links(node, v.HAS_TARGET)
        }

    def links(self, node: str, predicate: str) -> list[str]:
        """Return the nodes that `predicate` links `node` to, in the order of their positions."""
        found = [value for value in self._values(node, predicate) if isinstance(value, str)]
        return self.ordered(found) if len(found) > 1 else found

    def ordered(self, nodes: Iterable[str]) -> list[str]:
        """Return `nodes` in the order of `mskg:position`, then of their IRIs (2 before 10)."""
        return sorted(nodes, key=lambda node: (self._position(node), len(node), node))

    def link(self, node: str, predicate: str) -> str:
        """Return the one node that `predicate` links `node` to; empty where there is none."""
        found = self.links(node, predicate)
        if len(found) > 1:
            raise _several(node, predicate, len(found))
        return found[0] if found else ""

    def literal(self, node: str, predicate: str, language: str = "") -> str | None:
        """Return the one literal of `node`, its language tag beginning with `language`."""
        found = [
            value.value
            for value in self._values(node, predicate)
            if isinstance(value, Literal) and value.language.lower().startswith(language)
        ]
        if len(found) > 1:
            raise _several(node, predicate, len(found))
        return found[0] if found else None

    def text(self, node: str, predicate: str, language: str = "") -> str:
        """Return the one literal of `node`, or an empty text."""
        return self.literal(node, predicate, language) or ""

    def flag(self, node: str, predicate: str, default: bool) -> bool:
        """Return the truth value of `node`, or `default` where it has none."""
        lexical = self.literal(node, predicate)
        return default if lexical is None else lexical in ("true", "1")

    def fields(self, node: str, table: tuple[f.Field, ...]) -> dict[str, Any]:
        """Return the fields of `table` as keyword arguments."""
        return {field.name: self._field(node, field) for field in table}

    def notations(self, node: str, predicate: str, *, in_order: bool = True) -> tuple[str, ...]:
        """Return the notations of the concepts that `predicate` links `node` to.

        The kept order of a node is that of its areas or functions; others are sorted.
        """
        order = self.literal(node, v.CONCEPT_ORDER) if in_order else None
        if order is not None:
            return tuple(order.split(" ")) if order else ()
        return tuple(sorted(self._notation(concept) for concept in self.links(node, predicate)))

    def notation(self, node: str, predicate: str) -> str:
        """Return the notation of the one concept of `node`; empty where there is none."""
        concept = self.link(node, predicate)
        return self._notation(concept) if concept else ""

    def _values(self, node: str, predicate: str) -> list[Term]:
        return self._nodes.get(node, {}).get(predicate, [])

    def _notation(self, concept: str) -> str:
        # A graph written by hand may leave out the concept; the IRI ends in the notation.
        return self.text(concept, v.NOTATION) or concept.rpartition("/")[2]

    def _position(self, node: str) -> int:
        lexical = self.text(node, v.POSITION)
        return int(lexical) if lexical.isdecimal() else 0

    def _field(self, node: str, field: f.Field) -> Any:
        lexical = self.literal(node, field.predicate)
        if lexical is None:
            if field.required:
                raise InputError(
                    f"<{node}> has no value of <{field.predicate}>",
                    zh=f"<{node}> 缺少 <{field.predicate}>",
                )
            return field.default
        try:
            return field.codec.read(lexical)
        except (ValueError, InvalidOperation) as error:
            message = f"<{node}>: {lexical!r} can't be read as the value of <{field.predicate}>"
            zh = f"<{node}>：{lexical!r} 不能作 <{field.predicate}> 的值"
            raise InputError(message, zh=zh) from error


def _several(node: str, predicate: str, count: int) -> InputError:
    return InputError(
        f"<{node}> has {count} values of <{predicate}>, but one is allowed",
        zh=f"<{node}> 的 <{predicate}> 有 {count} 个值，只能有一个",
    )
