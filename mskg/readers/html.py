"""Web pages: the main content of the page, its tables with their merged cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mskg.errors import ReadError
from mskg.lexicon.cues import cue_pattern
from mskg.readers.composing import Composer, Source
from mskg.readers.decoding import decode, has_bom
from mskg.readers.html_flow import STRUCK, LinkLine, flow
from mskg.readers.html_main import main_content
from mskg.readers.html_styles import apply_styles, is_struck
from mskg.text.folding import unspaced

if TYPE_CHECKING:
    from lxml.etree import _Element

    from mskg.model import Document
    from mskg.readers.composing import Content

__all__ = ["read_html"]

_CHARSET = re.compile(rb"""(?i)<(?:meta|\?xml)[^>]+?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""")
_NUMBER = r"[\u4e00-\u9fff]{2,12}[\[(（〔【]\s*(?:19|20)\d\d\s*[\])）〕】]\s*(?:第\s*)?\d+\s*号"
_NUMBER_FIELD = re.compile(rf"(?:发文字号|文件编号|文\s*号)[】\]]?\s*[:：]?\s*({_NUMBER})")
_ALONE = re.compile(rf"\s*{_NUMBER}\s*")
_CELL_END = re.compile(r"[\n\t|]")
_SITE_NAME = re.compile(r"(?:政府|网|网站|首页|门户|平台|频道|栏目)\Z")
_FILE_NAME = re.compile(r"(?i)\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|ofd)\b")
_INLINE = re.compile(rb"(?i)</?(?:font|b|strong|i|em|u|span|big|small|o:p|st1:\w+)(?:\s[^<>]*)?>")
_SHORT = 60  # characters of a line of site furniture, at most
_MANY_LINKS = 3  # lines in a row that are links and nothing else: a menu


def read_html(data: bytes, source: Source) -> Document:
    """Return the document of a web page, saved as HTML or as a web archive (MHT).

    Raises
    ------
    ReadError
        If the page holds no text.
    """
    declared = ""
    if source.format == "mht":
        data, declared = _archived_page(data, source.name)
    match = _CHARSET.search(data[:8192]) if not has_bom(data) else None
    declared = match[1].decode("ascii", "replace") if match else declared
    text, encoding = decode(data, source.name, declared)
    root = _parsed(text, source.name)
    apply_styles(root)
    composer = Composer()
    main = main_content(root)
    content = _without_furniture(flow(main))
    printed = unspaced("".join(p if isinstance(p, str) else p.lines() for p in content))
    for line in _head_lines(root, printed):
        composer.paragraph(line)
    composer.content(content)
    if struck := _struck(main):
        composer.note(f"划掉的文字没有读：{'、'.join(struck)}")
    return composer.document(Source(source.name, "html", source.sha256, encoding))


def _struck(main: _Element) -> list[str]:
    """Return the words that the page shows struck out."""
    found = (e for e in main.iter() if e.tag in STRUCK or is_struck(e.get("style") or ""))
    words = (_line("".join(map(str, element.itertext()))) for element in found)
    return list(dict.fromkeys(word for word in words if word))


def _archived_page(data: bytes, name: str) -> tuple[bytes, str]:
    """Return the page inside a web archive and the encoding that the archive names."""
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        payload: Any = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and payload:
            return payload, part.get_content_charset() or ""
    raise ReadError(f"{name}: a web archive without a page", zh=f"{name}：网页存档里没有网页")


def _parsed(text: str, name: str) -> _Element:
    from lxml import etree

    data = text.replace("\0", "").encode("utf-8", "replace")
    for markup in (data, _INLINE.sub(b"", data)):
        parser = etree.HTMLParser(
            encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        root = etree.fromstring(markup, parser)
        # The parser leaves out what is nested too deep. Font tags that are never closed
        # nest so, and can go; other elements never do.
        if not any("depth" in entry.message for entry in parser.error_log):
            break
    else:
        raise ReadError(
            f"{name}: nested deeper than a document can be",
            hint="don't trust this file",
            zh=f"{name}：嵌套层数远超正常文档（文件不可信）",
        )
    if root is None:
        raise ReadError(f"{name}: holds no text", zh=f"{name}：里面没有文字")
    return root


def _head_lines(root: _Element, printed: str) -> list[str]:
    """Return number and title of the document where only the page around the text has them."""
    lines = []
    parts = [p if isinstance(p, str) else p.lines() for p in flow(root)]
    alone = {line for part in parts for line in _CELL_END.split(part) if _ALONE.fullmatch(line)}
    if len(alone) == 1 and unspaced(*alone) not in printed:
        lines += [line.strip() for line in alone]  # below the title, where no text is yet
    elif not re.search(_NUMBER, printed):
        number = _NUMBER_FIELD.search(re.sub(r"\s+", " ", " ".join(parts)))
        lines += [number[1]] if number else []
    title = _title(root)
    if title and unspaced(title) not in printed:
        lines.append(title)
    return lines


def _title(root: _Element) -> str:
    """Return the title that the page gives its article, empty where it names only the site."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle" and meta.get("content"):
            return _line(meta.get("content") or "")
    found = [_line("".join(map(str, head.itertext()))) for head in root.iter("h1")]
    for element in root.iter("title"):
        found += re.split(r"[_|｜]|\s[-–—]+\s", _line(element.text or ""))
    good = (title.strip() for title in found)
    return next((t for t in good if len(t) >= 10 and not _SITE_NAME.search(t)), "")


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _without_furniture(content: list[Content]) -> list[Content]:
    """Return `content` without menus, and without furniture at its two ends."""
    kept = _without_menus(content)
    begin, end = 0, len(kept)
    while begin < end and _is_furniture(kept[begin]):
        begin += 1
    while end > begin and _is_furniture(kept[end - 1]):
        end -= 1
    return kept[begin:end]


def _without_menus(content: list[Content]) -> list[Content]:
    kept: list[Content] = []
    run: list[Content] = []
    for part in [*content, ""]:
        if isinstance(part, LinkLine) and not _FILE_NAME.search(part):
            run.append(part)
            continue
        kept += run if len(run) < _MANY_LINKS else []
        run = []
        if part:
            kept.append(part)
    return kept


def _is_furniture(part: Content) -> bool:
    if not isinstance(part, str) or len(part) > _SHORT:
        return False
    # A duty line of a plan (主办单位：…) looks the same; only its head and foot are cut.
    line = unspaced(part).replace("：", ":")
    return (
        cue_pattern("furniture").search(line) is not None
        or re.fullmatch(
            r"[\[【(（]?(?:打印|关闭|收藏|分享|返回顶部|首页|大|中|小|[|│/、\]】)）\[【(（])+", line
        )
        is not None
    )
