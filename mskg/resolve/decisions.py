"""A person's decisions on names and places, at work inside the resolution of one plan."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from mskg.model import Issue
from mskg.resolve.corrections import ANY_DOCUMENT, KINDS, region_of, squeeze
from mskg.resolve.departments import provisional, resolve_folded
from mskg.resolve.regions import RegionFinding
from mskg.text.folding import fold, unspaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mskg.model import Span
    from mskg.resolve.corrections import Correction
    from mskg.resolve.organisations import Resolved
    from mskg.resolve.places import Scope

__all__ = ["Decisions", "corrected_issue", "decide_region", "unused_issues"]

_ID: Final = re.compile(r"[a-z0-9-]+/[a-z0-9-]+\Z")


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions on the names of one document; without rows nothing is changed."""

    rows: tuple[Correction, ...] = ()
    scope: Scope | None = None

    def apart(self, one: str, other: str) -> bool:
        """Tell whether two printed names must never be taken for one body."""
        pair = {squeeze(one), squeeze(other)}
        return any({row.words, squeeze(row.value)} == pair for row in self._of("never-same-body"))

    def apply(self, names: dict[str, Resolved]) -> dict[str, Resolved]:
        """Return what folded printed `names` resolve to when every decision is followed."""
        if self.scope is None or not self.rows:
            return names
        out = dict(names)
        # Most rows for all documents speak of names that this one does not print.
        present = _by_words(names)
        for row in self._of("org"):
            for name in present.get(row.words, ()):
                out[name] = self._named(row, self.scope)
        for row in self._of("same-body"):
            for name in present.get(row.words, ()):
                out[name] = self._body(row, out, self.scope)(out[name])
        for row in self._of("never-same-body"):
            other = present.get(squeeze(row.value), ())
            ids = {row.value, *(out[name].org_id for name in other)}
            for name in present.get(row.words, ()):
                if out[name].org_id in ids:
                    alone = provisional(squeeze(name), self.scope)
                    out[name] = replace(alone, functions=out[name].functions, rule="decided")
        return out

    def used(self, names: dict[str, Resolved]) -> list[Correction]:
        """Return the rows that speak of what the document prints."""
        present = _by_words(names) if self.rows else {}
        others = present.keys() | {found.org_id for found in names.values()}
        return [
            row
            for row in self.rows
            if row.words in present
            and (row.kind != "never-same-body" or others & {squeeze(row.value), row.value})
        ]

    def _of(self, kind: str) -> list[Correction]:
        return [row for row in self.rows if row.kind == kind]

    def _named(self, row: Correction, scope: Scope) -> Resolved:
        """Return the body with the full name of `row`, which a person has verified."""
        found = resolve_folded(fold(row.value), scope)
        name = unspaced(row.value)
        return replace(found, org=name, verified=True, suspect="", short=False, rule="decided")

    def _body(self, row: Correction, names: dict[str, Resolved], scope: Scope) -> _Change:
        """Return how a name changes that is one body with another name or with an id."""
        if _ID.match(row.value):
            known = next((r for r in names.values() if r.org_id == row.value), None)
            return _Change(known, row.value)
        target = self._last(row)
        printed = _by_words(names).get(squeeze(target))
        return _Change(names[printed[0]] if printed else resolve_folded(fold(target), scope))

    def _last(self, row: Correction) -> str:
        """Follow a chain of decisions: 甲 is 乙 and 乙 is 丙."""
        further = {other.words: other.value for other in self._of("same-body")}
        target, seen = row.value, {row.words}
        while squeeze(target) in further and squeeze(target) not in seen:
            seen.add(squeeze(target))
            target = further[squeeze(target)]
        return target


@dataclass(frozen=True, slots=True)
class _Change:
    """What becomes of a name: another body, or only another id."""

    body: Resolved | None
    org_id: str = ""

    def __call__(self, found: Resolved) -> Resolved:
        if self.body is None:
            return replace(found, org_id=self.org_id, suspect="", rule="decided")
        rule = self.body.rule if self.body.rule in {"decided", "none"} else "same"
        return replace(self.body, suspect="", rule=rule)


def _by_words(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(squeeze(name), []).append(name)
    return found


def decide_region(
    rows: Sequence[Correction], finding: RegionFinding, text: str
) -> tuple[RegionFinding, list[Correction]]:
    """Return the place that a person decided on, else `finding`, and the rows that were used.

    Parameters
    ----------
    text:
        Folded text of the document; it must print the quote of a row, if there is one.
    """
    rows = [row for row in rows if row.kind == "region"]
    printed = unspaced(text) if rows else ""
    used = [row for row in rows if row.words in printed]
    region = region_of(used[0].value) if used else None
    return (RegionFinding(region, "given", name=region.name), used) if region else (finding, [])


def corrected_issue(row: Correction, span: Span | None) -> Issue:
    """Return the note that `row` changed something, so that every decision stays visible."""
    zh, en = _WORDS[row.kind]
    if row.quote and row.kind != "region":
        zh, en = f"“{row.quote}”{zh}", f"{row.quote!r} {en}"
    if KINDS[row.kind][0]:
        zh, en = f"{zh} {row.value}", f"{en} {row.value}"
    if row.by:
        zh, en = f"{zh}（{row.by}）", f"{en} ({row.by})"
    return Issue("info", "corrected", f"已按人工更正处理：{zh}", f"corrected by hand: {en}", span)


def unused_issues(rows: Sequence[Correction]) -> tuple[Issue, ...]:
    """Return a warning for each row of this very document that changed nothing."""
    return tuple(
        Issue(
            "warning",
            "correction-unused",
            f"更正没有用上：{row.place}，文中没有“{row.quote}”（{row.kind}）",
            f"correction without effect: {row.place}, {row.kind} {row.quote!r} is not found",
        )
        for row in rows
        if row.document != ANY_DOCUMENT
    )


_WORDS: Final = {
    "not-a-task": ("不是任务", "is no task"),
    "not-an-indicator": ("不是指标", "is no indicator"),
    "value": ("的数值是", "has the value"),
    "name": ("指的是", "counts"),
    "belongs-to": ("属于任务", "belongs to the task"),
    "unit": ("的单位是", "has the unit"),
    "org": ("是", "is"),
    "same-body": ("同", "is one body with"),
    "never-same-body": ("不同于", "is another body than"),
    "region": ("本文件属于", "the document belongs to"),
}
