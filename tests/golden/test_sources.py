"""The bundled documents are the ones that ``data/sources.csv`` describes."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from mskg.lexicon.regions import region_table
from mskg.pipeline import read_plan

FOLDER = Path(__file__).resolve().parents[2] / "data" / "documents"
with (FOLDER.parent / "sources.csv").open(encoding="utf-8", newline="") as _file:
    SOURCES = list(csv.DictReader(_file))


def test_every_document_has_a_row_and_every_row_a_document() -> None:
    files = sorted(p.name for p in FOLDER.iterdir() if p.is_file())
    assert [row["file"] for row in SOURCES] == files
    assert len(files) >= 5


@pytest.mark.parametrize("row", SOURCES, ids=lambda row: row["file"][:3])
def test_hashes_agree(row: dict[str, str]) -> None:
    assert hashlib.sha256((FOLDER / row["file"]).read_bytes()).hexdigest() == row["sha256"]


@pytest.mark.parametrize("row", SOURCES, ids=lambda row: row["file"][:3])
def test_the_program_reads_what_the_row_says(row: dict[str, str]) -> None:
    plan = read_plan(FOLDER / row["file"])
    assert plan.document.sha256 == row["sha256"]
    assert plan.document.type == row["kind"]
    assert str(plan.program.year) == row["year"]
    assert (plan.program.region, plan.program.region_code) == (row["place"], row["region_code"])
    assert region_table().by_code[row["region_code"]].name == row["place"]
