"""Scans: pictures of pages, alone or in a PDF, read by recognition."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from mskg.errors import ReadError
from mskg.readers.composing import Composer
from mskg.readers.ocr import has_recogniser, missing_recogniser
from mskg.readers.packages import damaged
from mskg.readers.pages import Page, compose_pages
from mskg.readers.scan_page import doubts, scanned_content
from mskg.readers.scan_picture import flattened, read_upright

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mskg.model import Document
    from mskg.readers.composing import Source
    from mskg.readers.options import ReadOptions

__all__ = ["read_image", "recognised_pages"]

_DOTS = 144  # per inch; measured as good as 200, and quicker
_WIDEST = 2200  # pixels of a page; larger pictures are made smaller
_MOST_PIXELS = 200_000_000
_MOST_PAGES = 500


def read_image(data: bytes, source: Source, options: ReadOptions) -> Document:
    """Return the document of a picture file; every frame of it is a page.

    Raises
    ------
    ReadError
        If the extra ``ocr`` is not installed, or the picture is damaged or too large.
    """
    if not has_recogniser():
        raise missing_recogniser(source.name)
    composer = Composer()
    frames = list(_frames(data, source))
    pages = []
    for number, frame in enumerate(frames, 1):
        pages.append(_page(frame, number, options, composer))
        options.progress(number, len(frames))
    compose_pages(pages, composer)
    return composer.document(source)


def recognised_pages(
    data: bytes, numbers: Sequence[int], options: ReadOptions, composer: Composer
) -> Iterator[Page]:
    """Yield the pages of a PDF with these numbers as recognition reads them."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    try:
        for done, number in enumerate(numbers, 1):
            page = pdf[number - 1]
            width, height = page.get_size()
            scale = min(_DOTS / 72, _WIDEST / max(width, 1), 2 * _WIDEST / max(height, 1))
            picture = page.render(scale=scale, grayscale=True).to_numpy()
            yield _page(picture.squeeze(), number, options, composer)
            options.progress(done, len(numbers))
    finally:
        pdf.close()


def _page(picture: Any, number: int, options: ReadOptions, composer: Composer) -> Page:
    picture, read = read_upright(flattened(picture), options.cache)
    lines, tables = scanned_content(read, picture, number)
    for note in doubts(lines, read, number):
        composer.note(note)
    composer.note("文字由图片识别得来，数字和名称请对照原件")
    height, width = picture.shape[:2]
    return Page(number, float(width), float(height), lines, tables)


def _frames(data: bytes, source: Source) -> Iterator[Any]:
    """Yield the frames of a picture file as arrays, upright and not larger than needed."""
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > _MOST_PIXELS or (
                getattr(image, "n_frames", 1) > _MOST_PAGES
            ):
                raise ReadError(
                    f"{source.name}: a picture of {image.width} × {image.height} pixels",
                    hint="make it smaller, or split it",
                    zh=f"{source.name}：图片太大（{image.width} × {image.height}；请缩小或拆分）",
                )
            for frame in ImageSequence.Iterator(image):
                upright = ImageOps.exif_transpose(frame).convert("L")
                if upright.width > _WIDEST:
                    size = _WIDEST, round(upright.height * _WIDEST / upright.width)
                    upright = upright.resize(size)
                yield np.asarray(upright)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise damaged(source.name, source.format) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise damaged(source.name, source.format) from error
