"""Scans: recognised where the extra is installed, one clear line where it is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mskg.errors import ReadError
from mskg.readers import ReadOptions, read_document
from mskg.readers.ocr import has_recogniser, paired

FILES = Path(__file__).parent / "files"
needs_ocr = pytest.mark.skipif(not has_recogniser(), reason="the extra 'ocr' is not installed")


@pytest.mark.parametrize("name", ["table-scan.pdf", "table-scan.jpg"])
def test_missing_extra_is_said_in_one_line(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # In this order: the second module takes the function from the first when imported.
    monkeypatch.setattr("mskg.readers.scan.has_recogniser", lambda: False)
    monkeypatch.setattr("mskg.readers.ocr.has_recogniser", lambda: False)
    with pytest.raises(ReadError, match=r"pip install 'mskg\[ocr\]'"):
        read_document(FILES / name)


@needs_ocr
def test_scanned_table_is_read_and_kept(tmp_path: Path) -> None:
    pages: list[tuple[int, int]] = []
    options = ReadOptions(cache=tmp_path, progress=lambda page, of: pages.append((page, of)))
    document = read_document(FILES / "table-scan.pdf", options)
    assert pages == [(n, len(pages)) for n in range(1, len(pages) + 1)]
    plain = (FILES / "table.txt").read_text("utf-8")
    for cell in ("公共充电设施建设工程", "新建公共充电桩420个，新增停车泊位900个。", "区水务局"):
        assert cell in plain
        assert cell in document.text
    kept = list(tmp_path.rglob("*.json"))
    assert len(kept) == len(pages)
    kept[0].write_text("damaged", "utf-8")
    assert read_document(FILES / "table-scan.pdf", options).text == document.text
    assert any("请对照原件" in note for note in document.notes)


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("云政办发[2024]15号", "云政办发〔2024〕15号"),
        ("云政办发〔2024]15号", "云政办发〔2024〕15号"),
        ("云政办发（2024）15号", "云政办发（2024）15号"),
        ("见[2024]年报", "见[2024]年报"),
    ],
)
def test_brackets_of_document_numbers(read: str, kept: str) -> None:
    assert "".join(paired(tuple(read))) == kept


@needs_ocr
def test_picture_file(tmp_path: Path) -> None:
    shutil.copy(FILES / "table-scan.jpg", tmp_path / "a.png")
    document = read_document(tmp_path / "a.png", ReadOptions(cache=tmp_path))
    assert document.format == "jpg"
    assert any(b.kind == "cell" for b in document.blocks)
