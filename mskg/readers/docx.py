"""Word documents (ECMA-376): the text as printed, tracked changes taken as accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.readers.composing import Composer
from mskg.readers.docx_body import Walk
from mskg.readers.docx_numbering import Numbering
from mskg.readers.docx_xml import W, normalised
from mskg.readers.packages import Package, damaged

if TYPE_CHECKING:
    from mskg.model import Document
    from mskg.readers.composing import Source

__all__ = ["read_docx"]


def read_docx(data: bytes, source: Source) -> Document:
    """Return the document of a Word file.

    Automatic numbers stand before their paragraphs, insertions are kept, deletions and
    hidden text dropped; headers and footers are left out, notes follow the text.

    Raises
    ------
    ReadError
        If the file is damaged or holds no text.
    """
    package = Package(data, source.name)
    main = package.main_part()
    root = package.xml(main)
    body = None if root is None else normalised(root).find(f"{W}body")
    if body is None:
        raise damaged(source.name, "docx")
    parts = {kind.rsplit("/", 1)[-1]: path for kind, path in package.relations(main)}

    def part(kind: str) -> object:
        found = package.xml(parts.get(kind, f"word/{kind}.xml"))
        return None if found is None else normalised(found)

    walk = Walk(Numbering(part("numbering"), part("styles")))  # type: ignore[arg-type]
    composer = Composer()
    composer.content(walk.blocks(body))
    for kind in ("footnotes", "endnotes"):
        notes = part(kind)
        for note in notes if notes is not None else ():  # type: ignore[attr-defined]
            if note.get(f"{W}id") in walk.cited[kind]:
                composer.content(walk.blocks(note))
    if any(words.strip() for words in walk.struck):
        composer.note(f"划掉的文字没有读：{''.join(walk.struck)}")
    if walk.embedded:
        composer.note("文档里嵌入了另一个文件的内容，没有读它")
    return composer.document(source)
