"""Bytes to text: BOM, then strict UTF-8, then GB18030 or Big5 by their common characters."""

from __future__ import annotations

import codecs

from mskg.errors import ReadError

__all__ = ["decode"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The most frequent characters of official texts in both scripts: a wrong decoding shows none.
_COMMON = frozenset(
    "的一是在人有为和民生实事项目工程单位责任市县区年月日建设实施完成改造政府办公室局"
    "為實項責縣區設這個國業務發電會學層應對產與關開"
)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of `data` and the name of its encoding.

    Raises
    ------
    ReadError
        If `data` is empty, binary, or in no encoding of Chinese text.
    """
    if not data.strip():
        raise ReadError(f"{name}: the file is empty")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, name), encoding.removesuffix("-sig")
    if b"\0" in data:
        raise ReadError(f"{name}: not a text file (binary data)", hint="save it as UTF-8 text")
    try:
        return _checked(data.decode("utf-8"), name), "utf-8"
    except UnicodeDecodeError:
        return _legacy(data, name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return _checked(data.decode(encoding), name)
    except UnicodeDecodeError as error:
        at = f"byte {error.start}"
        raise ReadError(f"{name}: damaged {encoding} text at {at}", hint="save it again") from error


def _legacy(data: bytes, name: str) -> tuple[str, str]:
    found: list[tuple[int, str, str]] = []
    for encoding in ("gb18030", "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        found.append((sum(c in _COMMON for c in text), encoding, text))
    if not found or max(found)[0] == 0:
        raise ReadError(f"{name}: unknown text encoding", hint="save it as UTF-8 text")
    _, encoding, text = max(found, key=lambda entry: entry[0])
    return _checked(text, name), encoding


def _checked(text: str, name: str) -> str:
    control = sum(c < " " and c not in "\t\n\r\f\v" for c in text)
    if control * 50 > len(text):
        raise ReadError(f"{name}: not a text file (binary data)", hint="save it as UTF-8 text")
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise ReadError(f"{name}: the file is empty")
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
