"""Resolution of a whole plan: its place, departments, areas, counted things, identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.lexicon.regions import Region, region_table
from mskg.model import Assignment, Issue, Item, Plan, Program, Task, with_changes
from mskg.resolve.areas import find_areas
from mskg.resolve.corrections import squeeze
from mskg.resolve.decisions import Decisions, corrected_issue, decide_region, unused_issues
from mskg.resolve.departments import Resolved, Scope, resolve_folded
from mskg.resolve.inside import inside_unit, issuing_bureau
from mskg.resolve.keys import document_key
from mskg.resolve.regions import RegionFinding, read_folded_region
from mskg.resolve.things import fill_things
from mskg.resolve.unify import unify
from mskg.text.folding import fold, unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mskg.resolve.corrections import Correction, Corrections

__all__ = ["resolve_plan"]

_NAME_KINDS = frozenset({"org", "same-body", "never-same-body"})


def resolve_plan(
    plan: Plan, text: str = "", *, key: str = "", corrections: Corrections | None = None
) -> Plan:
    """Return `plan` with place, organisations, areas, counted things and document key filled in.

    Parameters
    ----------
    plan:
        The plan as extracted; names stay as printed.
    text:
        Text of the whole document, for places that are printed outside the header.
    key:
        Document key given by the user; wins over the one made from the document.
    corrections:
        A person's decisions on names and on the place. The key of the document stays as it
        is without them, so that its other corrections and its stored graph are found again.
    """
    info = plan.document
    # A text known to be simplified needs no folding for words; width matters in names only.
    simplified = info.script == "simplified"
    body = text or "\n".join(item.text for task in plan.tasks for item in task.items)
    text = text or "\n".join([info.title, info.issuer, plan.program.region, body])
    folded = text if simplified else fold(text)
    finding = _region(plan, folded)
    code = finding.region.code if finding.region else ""
    made_key = key or document_key(plan, code, body)
    rows = corrections.of(made_key) if corrections else ()
    finding, used = decide_region(rows, finding, folded)
    scope = Scope(finding.region, folded, made_key)
    decisions = Decisions(tuple(row for row in rows if row.kind in _NAME_KINDS), scope)
    names = _names(plan, decisions)
    used += decisions.used(names)
    program = _program(plan.program, finding, scope, names)
    made = with_changes(
        plan,
        program=program,
        tasks=fill_things(_tasks(plan, names, finding.region, simplified=simplified)),
        issues=(
            *plan.issues,
            *_region_issues(finding),
            *_name_issues(plan, names, finding.region),
            *_decision_issues(plan, rows, used),
        ),
    )
    return with_changes(made, document=with_changes(info, key=made_key))


def _names(plan: Plan, decisions: Decisions) -> dict[str, Resolved]:
    """Resolve every printed name of the plan once."""
    assert decisions.scope is not None
    scope = decisions.scope
    printed = tuple(dict.fromkeys(entry.name for entry in _assignments(plan)))
    folded = _fold_all(printed)
    bureau = issuing_bureau(fold(plan.document.issuer), scope)
    alone = {
        name: (bureau and inside_unit(name, bureau)) or resolve_folded(name, scope)
        for name in dict.fromkeys(folded)
    }
    found = unify(alone, decisions)
    return {name: found[text] for name, text in zip(printed, folded, strict=True)}


def _fold_all(texts: Sequence[str]) -> list[str]:
    """Fold many texts in one call, which is many times quicker than one by one."""
    return fold("\x00".join(texts)).split("\x00") if texts else []


def _region(plan: Plan, text: str) -> RegionFinding:
    known = region_table().by_code.get(plan.program.region_code)
    if known is not None:
        return RegionFinding(known, "given", name=known.name)
    info = plan.document
    title, issuer, number, printed = _fold_all(
        [info.title, info.issuer, info.doc_number, plan.program.region]
    )
    return read_folded_region(title, issuer, number, text, printed)


def _program(
    program: Program, finding: RegionFinding, scope: Scope, names: dict[str, Resolved]
) -> Program:
    region: Region | None = finding.region
    return with_changes(
        program,
        region=scope.label(region) if region else finding.name or program.region,
        region_code=region.code if region else "",
        departments=_resolved(program.departments, names),
    )


def _assignments(plan: Plan) -> Iterator[Assignment]:
    yield from plan.program.departments
    for task in plan.tasks:
        yield from task.departments
        for item in task.items:
            yield from item.departments


def _resolved(
    entries: tuple[Assignment, ...], names: dict[str, Resolved]
) -> tuple[Assignment, ...]:
    return tuple(_assigned(entry, names[entry.name]) for entry in entries)


def _assigned(entry: Assignment, found: Resolved) -> Assignment:
    return with_changes(
        entry,
        org=found.org,
        org_id=found.org_id,
        functions=found.functions,
        verified=found.verified,
        collective=found.collective or entry.collective,
        suspect=found.suspect or entry.suspect,
    )


def _item(item: Item, names: dict[str, Resolved]) -> Item:
    if not item.departments:
        return item
    return with_changes(item, departments=_resolved(item.departments, names))


def _tasks(
    plan: Plan, names: dict[str, Resolved], region: Region | None, *, simplified: bool
) -> Iterator[Task]:
    # 市定 in the plan of a city is its own decision; in the plan of a county it is not.
    level = "province" if region and region.is_province else ""
    level = "prefecture" if region and region.is_prefecture else level
    titles = [task.title for task in plan.tasks]
    texts = ["".join(item.text for item in task.items) for task in plan.tasks]
    if not simplified:
        titles, texts = _fold_all(titles), _fold_all(texts)
    for task, title, text in zip(plan.tasks, titles, texts, strict=True):
        yield with_changes(
            task,
            departments=_resolved(task.departments, names),
            items=tuple(_item(item, names) for item in task.items),
            areas=task.areas or find_areas(title, text),
            origins=tuple(sorted({"own" if o == level else o for o in task.origins})),
        )


def _region_issues(finding: RegionFinding) -> tuple[Issue, ...]:
    if finding.region is not None:
        return ()
    if finding.choices:
        table = region_table()
        places = "、".join(
            "".join(r.name for r in reversed(table.chain(c))) for c in finding.choices
        )
        return (
            Issue(
                "warning",
                "ambiguous-region",
                f"“{finding.name}”不止一处，文中没有上级地名可以判断：{places}",
                f"{finding.name!r} is the name of several places and nothing tells which",
            ),
        )
    return (
        Issue(
            "info",
            "unknown-region",
            "文中没有可以认定的行政区",
            "The document names no place of its own",
        ),
    )


def _name_issues(
    plan: Plan, names: dict[str, Resolved], region: Region | None
) -> tuple[Issue, ...]:
    issues: list[Issue] = []
    told: set[object] = set()
    for entry in _assignments(plan):
        found = names[entry.name]
        # A misprint is told wherever it stands, but once where task and item share it.
        place = (entry.name, entry.span) if found.suspect else unspaced(entry.name)
        if place in told:
            continue
        told.add(place)
        if found.suspect:
            issues.append(_wrong(entry, found))
        elif found.rule == "none" and not found.collective:
            issues.append(_unresolved(entry, found))
        elif other := _other_place(found, region):
            issues.append(_elsewhere(entry, other))
    return tuple(issues)


def _other_place(found: Resolved, region: Region | None) -> Region | None:
    """Return the place of a body that neither lies in the document's own nor holds it."""
    table = region_table()
    place = table.by_code.get(found.org_id.partition("/")[0])
    if place is None or region is None or found.rule == "decided":
        return None
    return None if place in table.chain(region) or region in table.chain(place) else place


def _elsewhere(entry: Assignment, place: Region) -> Issue:
    name = "".join(part.name for part in reversed(region_table().chain(place)))
    return Issue(
        "warning",
        "other-place",
        f"“{entry.name}”是{name}的机构，不在本文件的地区",
        f"{entry.name!r} belongs to {name}, which is not the place of the document",
        entry.span,
    )


def _wrong(entry: Assignment, found: Resolved) -> Issue:
    code = "wrong-place" if found.rule == "repair" else "misprinted-name"
    return Issue(
        "warning",
        code,
        f"“{entry.name}”疑有误，{found.suspect}，按“{found.org}”处理",
        f"{entry.name!r} looks like a printing error and is read as {found.org!r}",
        entry.span,
    )


def _unresolved(entry: Assignment, found: Resolved) -> Issue:
    return Issue(
        "info",
        "unresolved-name",
        f"机构表中没有“{entry.name}”，暂记为“{found.org}”；请核对名称是否写错",
        f"{entry.name!r} is in no authority table and is kept as {found.org!r}: check its spelling",
        entry.span,
    )


def _decision_issues(
    plan: Plan, rows: Sequence[Correction], used: Sequence[Correction]
) -> tuple[Issue, ...]:
    """Tell which decisions on names and places were followed, and which found nothing."""
    if not rows:
        return ()
    spans = {squeeze(entry.name): entry.span for entry in reversed(list(_assignments(plan)))}
    told = [corrected_issue(row, spans.get(row.words)) for row in used]
    mine = [row for row in rows if row.kind in _NAME_KINDS or row.kind == "region"]
    return (*told, *unused_issues([row for row in mine if row not in used]))
