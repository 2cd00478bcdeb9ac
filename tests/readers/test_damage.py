"""Damaged, encrypted, hostile and foreign files: one clear line each, in bounded time."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from pathlib import Path

import pytest

from mskg.errors import ReadError
from mskg.readers import read_bytes

FILES = Path(__file__).parent / "files"
FUZZED = [
    "list.docx",
    "table.xlsx",
    "table.ods",
    "table.html",
    "list.pdf",
    "table-open.pdf",
    "table.txt",
]


def refused(data: bytes, name: str) -> str:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name)
    error = caught.value
    assert "\n" not in str(error)
    assert error.zh
    assert name in str(error)
    return str(error)


def package(**parts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.docx", "empty"),
        (b" \n", "a.pdf", "empty"),
        (b"PK\x03\x04 broken", "a.docx", "damaged docx"),
        (b"PK\x03\x04 broken", "a.xlsx", "damaged xlsx"),
        (b"%PDF-1.7 broken", "a.pdf", "damaged"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.doc", "damaged doc"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.msi", "no text document"),
        (b"\xd0\xcf\x11\xe0" + "Bookmark".encode("utf-16-le"), "a.doc", "damaged doc"),
        (b"<table><tr>" + b"<td>x" * 1001, "a.html", "1000 columns"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage\0".encode("utf-16-le"), "a.docx", "password"),
        (b"\x01\x02\x00\x03", "a.docx", "damaged"),
        (b"Rar!\x1a", "a.rar", "unpack"),
        (package(a_xml=b"<a/>"), "a.zip", "unpack"),
        ("正文".encode(), "a.xyz", "can't be read"),
        (b"<html><body></body></html>", "a.html", "holds no text"),
    ],
)
def test_one_clear_line(data: bytes, name: str, words: str) -> None:
    assert words in refused(data, name)


def test_zip_bomb() -> None:
    bomb = package(word__document_xml=b"<a>" + bytes(300 * 2**20))
    assert len(bomb) < 2**20
    assert "unpacks to more" in refused(bomb, "a.docx")


def test_entities_are_refused() -> None:
    declared = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
    outside = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]><w>&a;</w>'
    for xml in (declared, outside):
        assert "entities" in refused(package(word__document_xml=xml.encode()), "a.docx")


def test_entities_of_a_page_are_not_fetched() -> None:
    markup = b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname">]><html><p>a&a;b</p></html>'
    assert Path("/etc/hostname").exists() is False or (
        Path("/etc/hostname").read_text().strip() not in read_bytes(markup, "a.html").text
    )


def test_deep_nesting() -> None:
    names = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    deep = b"<w:document " + names + b">" + b"<w:body>" * 5000
    assert "deep" in refused(package(word__document_xml=deep), "a.docx")
    page = b"<table><tr><td>" * 2000 + "民".encode()
    assert "nested" in refused(page, "a.html")


def test_huge_tables() -> None:
    page = b"<table>" + b"<tr>" + b"<td colspan=1000 rowspan=60000>x" * 3 + b"<tr><td>y" * 40_000
    with pytest.raises(ReadError):
        read_bytes(page, "a.html")
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = (
        f'<worksheet {names}><sheetData><row r="1"><c r="A1" t="str"><v>甲</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="str"><v>乙</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = (
        f'<workbook {names} xmlns:r="{relation}"><sheets><sheet name="a" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>"
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relation}/worksheet" Target="s.xml"/></Relationships>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", relations)
        archive.writestr("xl/s.xml", sheet)
    assert read_bytes(packed.getvalue(), "a.xlsx").text.startswith("甲")


def test_pdf_bomb() -> None:
    packed = zlib.compress(bytes(300 * 2**20))
    head = f"%PDF-1.4\n1 0 obj <</Length {len(packed)}/Filter/FlateDecode>>\nstream\n".encode()
    assert "larger than" in refused(head + packed + b"\nendstream\nendobj\n", "a.pdf")


def test_encrypted_pdf() -> None:
    plain = (FILES / "list.pdf").read_bytes()
    at = plain.rindex(b"trailer")
    lock = b"/Encrypt <</Filter/Standard/V 1/R 2/O(" + b"x" * 32 + b")/U(" + b"y" * 32 + b")/P -4>>"
    locked = plain[:at] + plain[at:].replace(b"<<", b"<<" + lock + b"/ID[(a)(a)]", 1)
    message = refused(locked, "a.pdf")
    assert "password" in message or "damaged" in message


@pytest.mark.parametrize("name", FUZZED)
def test_random_damage(name: str) -> None:
    chance = random.Random(name)
    data = (FILES / name).read_bytes()
    languages = []
    for _ in range(12):
        broken = bytearray(data[: chance.randrange(len(data) // 2, len(data))])
        for _ in range(chance.randrange(30)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            languages.append(read_bytes(bytes(broken), name).script)
        except ReadError as error:
            languages.append(error.zh)
    assert len(languages) == 12
    assert all(languages)
