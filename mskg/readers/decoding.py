"""Bytes to text: BOM, then strict UTF-8, then GB18030 or Big5 by their common characters."""

from __future__ import annotations

import codecs

from mskg.errors import ReadError

__all__ = ["decode", "has_bom"]

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
# GB18030 holds all of its forerunners, which name themselves on pages that use more.
_DECLARED = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cp950"), "big5hkscs"),
    **dict.fromkeys(("utf-16", "utf-16le", "unicode"), "utf-16-le"),
    "utf-16be": "utf-16-be",
}


def has_bom(data: bytes) -> bool:
    """Tell whether `data` opens with a byte order mark."""
    return any(data.startswith(bom) for bom, _ in _BOMS)


def decode(data: bytes, name: str, declared: str = "") -> tuple[str, str]:
    """Return the text of `data` and the name of its encoding.

    Parameters
    ----------
    declared:
        The encoding that the file itself names. Valid UTF-8 wins over it, because pages
        are often converted without changing what they say.

    Raises
    ------
    ReadError
        If `data` is empty, binary, or in no encoding of Chinese text.
    """
    if not data.strip():
        raise _empty(name)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, name), encoding.removesuffix("-sig")
    if b"\0" in data:
        if encoding := _bare_utf16(data):
            return _strict(data, encoding, name), encoding
        raise _binary(name)
    try:
        return _checked(data.decode("utf-8"), name), "utf-8"
    except UnicodeDecodeError:
        return _legacy(data, name, _DECLARED.get(declared.strip().lower(), ""))


def _bare_utf16(data: bytes) -> str:
    """Return the byte order of UTF-16 without a mark; line breaks and digits show it."""
    little, big = data.count(b"\n\0"), data.count(b"\0\n")
    if len(data) % 2 or not little + big:
        return ""
    encoding = "utf-16-le" if little >= big else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return encoding if sum(c in _COMMON for c in text) * 50 > len(text) else ""


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return _checked(data.decode(encoding), name)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{name}: damaged {encoding} text at byte {error.start}",
            hint="save it again",
            zh=f"{name}：{encoding} 文本在第 {error.start} 字节处损坏（请重新保存）",
        ) from error


def _legacy(data: bytes, name: str, declared: str) -> tuple[str, str]:
    found: list[tuple[int, str, str]] = []
    for encoding in (declared,) if declared else ("gb18030", "big5", "big5hkscs"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        found.append((sum(c in _COMMON for c in text), encoding, text))
    if declared and not found:
        return _legacy(data, name, "")
    if not found or (max(found)[0] == 0 and not declared):
        raise ReadError(
            f"{name}: unknown text encoding",
            hint="save it as UTF-8 text",
            zh=f"{name}：文字编码不认识（请另存为 UTF-8 文本）",
        )
    _, encoding, text = max(found, key=lambda entry: entry[0])
    return _checked(text, name), encoding


def _checked(text: str, name: str) -> str:
    control = sum(map(text.count, _CONTROLS))
    if control * 50 > len(text):
        raise _binary(name)
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise _empty(name)
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


_CONTROLS = tuple(chr(code) for code in range(0x20) if chr(code) not in "\t\n\r\f\v")


def _empty(name: str) -> ReadError:
    return ReadError(f"{name}: the file is empty", zh=f"{name}：文件是空的")


def _binary(name: str) -> ReadError:
    return ReadError(
        f"{name}: not a text file (binary data)",
        hint="save it as UTF-8 text",
        zh=f"{name}：不是文本文件（二进制数据；请另存为 UTF-8 文本）",
    )
