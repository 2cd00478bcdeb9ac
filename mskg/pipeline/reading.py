"""From a file to a plan: read, outline, extract, resolve."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mskg.errors import InputError, NotAPlanError, ReadError, system_reason

if TYPE_CHECKING:
    from mskg.model import Document, Plan
    from mskg.model.outline import Outline
    from mskg.readers import ReadOptions
    from mskg.resolve import Corrections

__all__ = ["RECORD", "read_document_plan", "read_plan"]

RECORD = ".json"  # suffix of a plan record


def read_document_plan(
    path: Path | str,
    *,
    region: str = "",
    corrections: Corrections | None = None,
    options: ReadOptions | None = None,
) -> tuple[Document, Plan]:
    """Read a document and return it with the plan understood from it.

    Parameters
    ----------
    path:
        The file.
    region:
        Six-digit code of the region, where the document does not print it.
    corrections:
        A person's decisions, which win over every rule.
    options:
        Options of the slow readers, such as who is told of each page of a scan.

    Raises
    ------
    ReadError
        If the file can't be opened or decoded.
    NotAPlanError
        If it holds no list of tasks.
    """
    from mskg.extract import extract_plan, template_plan
    from mskg.layout import outline_document
    from mskg.lexicon.regions import region_table
    from mskg.readers import read_document
    from mskg.resolve import (
        apply_corrections,
        foreign_place_issues,
        resolve_plan,
        vague_issues,
    )
    from mskg.text import FoldedText

    if region and region not in region_table().by_code:
        raise InputError(
            f"{region!r} is no region code",
            hint="give six digits, such as 410411",
            zh=f"没有行政区划代码 {region!r}（应为六位数字，如 410411）",
        )
    document = read_document(path, options)
    plan = template_plan(document)
    if plan is None:
        folded = FoldedText(document.text)
        outline = outline_document(document, folded)
        if not outline.tasks:
            raise _no_plan(path, outline)
        plan = extract_plan(document, outline, folded)
    elif not plan.tasks:
        raise NotAPlanError(
            f"{path}: the template holds no task yet",
            hint="fill in a row on the sheet of tasks",
            zh=f"{path}：模板里还没有任务（请在“任务”表里填写）",
        )
    if region:
        plan = replace(plan, program=replace(plan.program, region_code=region))
    plan = resolve_plan(plan, document.text, corrections=corrections)
    plan = apply_corrections(plan, corrections) if corrections else plan
    found = (*foreign_place_issues(plan, document), *vague_issues(plan, document))
    return document, replace(plan, issues=(*plan.issues, *found))


def _no_plan(path: Path | str, outline: Outline) -> NotAPlanError:
    reason = next((i for i in outline.issues if i.code == "not-a-plan"), None)
    if reason:
        return NotAPlanError(
            f"{path}: read, but it is no plan",
            hint=reason.message_en,
            zh=f"{path}：读了，但不是计划：{reason.message}",
        )
    return NotAPlanError(
        f"{path}: read, but it holds no list of tasks",
        hint="this is no plan, or its layout is not known",
        zh=f"{path}：读了，但里面没有任务清单（不是计划，或是没见过的版式）",
    )


def read_plan(
    path: Path | str,
    *,
    region: str = "",
    corrections: Corrections | None = None,
    options: ReadOptions | None = None,
) -> Plan:
    """Return the plan of a document, or of a plan record (``.json``).

    Takes and raises what `read_document_plan` does, and InputError for a wrong record. A
    record is taken as it is: region and corrections were given when it was made.
    """
    if Path(path).suffix.lower() == RECORD:
        return _read_record(Path(path))
    found = read_document_plan(path, region=region, corrections=corrections, options=options)
    return found[1]


def _read_record(path: Path) -> Plan:
    from mskg.model.record import plan_from_record

    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReadError(
            f"{path}: can't be opened ({error.strerror})",
            zh=f"{path}：打不开（{system_reason(error)}）",
        ) from error
    except ValueError as error:
        raise ReadError(
            f"{path}: no JSON in UTF-8 ({error})", zh=f"{path}：不是 UTF-8 的 JSON（{error}）"
        ) from error
    try:
        return plan_from_record(record)
    except InputError as error:
        raise InputError(f"{path}: {error}", zh=f"{path}：{error.line('zh')}") from error
