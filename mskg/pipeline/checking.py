"""Validate whatever a file holds: a document, a plan record, or RDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mskg.errors import MskgError
from mskg.pipeline.many import Advance, fault, ignore
from mskg.pipeline.reading import read_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    import rdflib

    from mskg.model import Plan
    from mskg.resolve import Corrections
    from mskg.validation import Report

__all__ = ["to_graph", "validate", "validate_many"]


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
    from mskg.rdf.files import RDF_FORMATS
    from mskg.validation import validate_graph, validate_plan

    if Path(path).suffix.lower() in RDF_FORMATS:
        return validate_graph(path, shapes_extra=shapes_extra, strict=strict)
    plan = read_plan(path, region=region, corrections=corrections)
    return validate_plan(plan, shapes_extra=shapes_extra, strict=strict)


def validate_many(
    paths: Sequence[Path | str],
    *,
    region: str = "",
    corrections: Corrections | None = None,
    shapes_extra: Sequence[Path | str] = (),
    strict: bool = False,
    advance: Advance = ignore,
) -> list[tuple[Path, Report | MskgError]]:
    """Validate every file; return for each, in order, its report or the error it gave.

    Parameters are those of `validate`; `advance` is called with the name of each file.
    """
    found: list[tuple[Path, Report | MskgError]] = []
    for path in map(Path, paths):
        try:
            report = validate(
                path,
                region=region,
                corrections=corrections,
                shapes_extra=shapes_extra,
                strict=strict,
            )
            found.append((path, report))
        except MskgError as error:
            found.append((path, error))
        except Exception as error:
            found.append((path, fault(path, error)))
        advance(path.name)
    return found


def to_graph(plan: Plan) -> rdflib.Graph:
    """Return `plan` as an rdflib graph: its document graph with what follows from it."""
    from mskg.rdf import derived_triples, plan_triples, to_rdflib

    return to_rdflib([*plan_triples(plan), *derived_triples(plan)])
