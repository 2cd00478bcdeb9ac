"""Validate whatever a file holds: a document, a plan record, or RDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mskg.errors import InputError, MskgError
from mskg.pipeline.job import Advance, fault, ignore
from mskg.pipeline.reading import RECORD, read_document_plan, read_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    import rdflib

    from mskg.model import Plan
    from mskg.resolve import Corrections
    from mskg.validation import Checked, Draft, Report

__all__ = ["check", "check_many", "to_graph", "validate"]


def validate(
    path: Path | str,
    *,
    region: str = "",
    corrections: Corrections | None = None,
    shapes_extra: Sequence[Path | str] = (),
    strict: bool = False,
) -> Report:
    """Return the findings on a document, a plan record (``.json``) or an RDF file.

    Parameters
    ----------
    region:
        Six-digit code of the region, where the document does not print it.
    corrections:
        A person's decisions on documents; records and RDF are checked as they are.
    shapes_extra, strict:
        As in `mskg.validation.validate_plan`.

    Raises
    ------
    InputError
        If the file can't be read, is no plan, or a shape file can't be used.
    """
    return check(
        path, region=region, corrections=corrections, shapes_extra=shapes_extra, strict=strict
    ).report


def check(
    path: Path | str,
    *,
    region: str = "",
    corrections: Corrections | None = None,
    shapes_extra: Sequence[Path | str] = (),
    strict: bool = False,
) -> Checked:
    """Validate a file as `validate` does; return the findings with what they are about.

    Takes and raises what `validate` does.
    """
    from mskg.rdf.files import RDF_FORMATS
    from mskg.validation import Checked, Draft, validate_graph, validate_plan

    file = Path(path)
    if file.suffix.lower() in RDF_FORMATS:
        report = validate_graph(file, shapes_extra=shapes_extra, strict=strict)
        return Checked(file, report, _draft_of_graph(file))
    document = None
    if file.suffix.lower() == RECORD:
        plan = read_plan(file)
        draft = Draft.of_plan(plan)
    else:
        document, plan = read_document_plan(file, region=region, corrections=corrections)
        draft = Draft.of_document(document, plan)
    report = validate_plan(plan, shapes_extra=shapes_extra, strict=strict)
    return Checked(file, report, draft, from_document=document is not None, plan=plan)


def _draft_of_graph(path: Path) -> Draft:
    """Return the draft of the plans in an RDF file; an empty one where they are not whole."""
    from mskg.rdf import plans_from_file
    from mskg.validation import Draft

    try:
        plans = plans_from_file(path)
    except InputError:  # the findings say what is missing
        return Draft()
    drafts = [Draft.of_plan(plan) for plan in plans]
    return Draft(
        drafts[0].title,
        tuple(task for draft in drafts for task in draft.tasks),
        tuple(stretch for draft in drafts for stretch in draft.stretches),
    )


def check_many(
    paths: Sequence[Path | str],
    *,
    region: str = "",
    corrections: Corrections | None = None,
    shapes_extra: Sequence[Path | str] = (),
    strict: bool = False,
    advance: Advance = ignore,
) -> list[Checked | MskgError]:
    """Check every file; return for each, in order, what was found or the error it gave.

    Plans that belong together are compared too (`mskg.validation.validate_together`).

    Parameters are those of `validate`; `advance` is called with the name of each file.
    """
    found: list[Checked | MskgError] = []
    for path in map(Path, paths):
        try:
            checked = check(
                path,
                region=region,
                corrections=corrections,
                shapes_extra=shapes_extra,
                strict=strict,
            )
            found.append(checked)
        except MskgError as error:
            found.append(error)
        except Exception as error:
            found.append(fault(path, error))
        advance(path.name)
    return _compared(found)


def _compared(found: list[Checked | MskgError]) -> list[Checked | MskgError]:
    """Add what only plans side by side show: shares of a total, units of last year."""
    plans = {e.plan.document.key: e.plan for e in found if not isinstance(e, MskgError) and e.plan}
    if len(plans) < 2:
        return found
    from mskg.validation import validate_together

    more = validate_together(list(plans.values()))

    def completed(entry: Checked | MskgError) -> Checked | MskgError:
        if isinstance(entry, MskgError) or entry.plan is None:
            return entry
        added = more.get(entry.plan.document.key, ())
        return replace(entry, report=entry.report.with_findings(added)) if added else entry

    return [completed(entry) for entry in found]


def to_graph(plan: Plan) -> rdflib.Graph:
    """Return `plan` as an rdflib graph: its document graph with what follows from it."""
    from mskg.rdf import derived_triples, plan_triples, to_rdflib

    return to_rdflib([*plan_triples(plan), *derived_triples(plan)])
