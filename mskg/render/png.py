"""A drawing as PNG, with a font of the system that has Chinese letters."""

from __future__ import annotations

import io
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mskg.errors import InputError
from mskg.render.svg import Label, Line, Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mskg.render.svg import Drawing

__all__ = ["find_font", "png_bytes"]

_SCALE: Final = 2.0
_SMOOTH: Final = 2
_LARGEST: Final = 60_000_000
_FONTS: Final = (
    *("NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf"),
    *("NotoSansSC[wght].ttf", "NotoSansCJK-VF.otf.ttc", "SourceHanSansSC-Regular.otf"),
    *("SourceHanSans.ttc", "PingFang.ttc", "Hiragino Sans GB.ttc", "STHeiti Light.ttc"),
    *("msyh.ttc", "msyh.ttf", "simhei.ttf", "simsun.ttc", "wqy-zenhei.ttc", "wqy-microhei.ttc"),
    *("DroidSansFallbackFull.ttf", "NotoSerifCJK-Regular.ttc"),
)


def png_bytes(drawing: Drawing, *, scale: float = _SCALE) -> bytes:
    """Return `drawing` as a PNG picture, `scale` pixels to each of its units.

    Raises
    ------
    InputError
        If no font with Chinese letters is found, or the picture would be too large.
    """
    from PIL import Image, ImageDraw

    fine = scale * _SMOOTH
    width, height = round(drawing.width * fine), round(drawing.height * fine)
    if width * height > _LARGEST * _SMOOTH:
        raise InputError(
            f"a picture of {width // _SMOOTH} × {height // _SMOOTH} pixels is too large for PNG",
            hint="write .svg, or a smaller network",
            zh=f"{width // _SMOOTH}×{height // _SMOOTH} 像素的图太大（请写 .svg，或缩小网络）",
        )
    image = Image.new("RGB", (width, height), "#ffffff")
    pen = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        if not isinstance(shape, Label):
            _shape(pen, shape, fine)
    image = image.resize((width // _SMOOTH, height // _SMOOTH), Image.Resampling.LANCZOS)
    pen = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        if isinstance(shape, Label):
            _label(pen, shape, scale)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _shape(pen: Any, shape: Line | Mark, scale: float) -> None:
    if isinstance(shape, Line):
        ends = [value * scale for value in (shape.x1, shape.y1, shape.x2, shape.y2)]
        # Pillow draws without transparency: mixed with the white paper instead.
        pen.line(ends, _mixed(shape.colour, shape.opacity), max(1, round(shape.width * scale)))
        corners = [(x * scale, y * scale) for x, y in shape.arrow()]
        if corners:
            pen.polygon(corners, fill=_mixed(shape.colour, min(1.0, shape.opacity + 0.2)))
        return
    left, top = (shape.x - shape.radius) * scale, (shape.y - shape.radius) * scale
    size = 2 * shape.radius * scale
    box = (left, top, left + size, top + size)
    draw = pen.rectangle if shape.square else pen.ellipse
    draw(box, fill=shape.colour, outline="#ffffff", width=round(1.5 * scale))


def _label(pen: Any, label: Label, scale: float) -> None:
    font = _font(round(label.size * scale))
    width = pen.textlength(label.text, font=font)
    shift = {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    place = (label.x * scale - shift, label.y * scale)
    rim = round(1.5 * scale)
    pen.text(place, label.text, label.colour, font, "ls", stroke_width=rim, stroke_fill="#ffffff")
    pen.text(place, label.text, label.colour, font, "ls")
    if label.bold:
        # The fonts have no bold cut in one file: a second print half a pixel aside thickens.
        pen.text((place[0] + scale / 4, place[1]), label.text, label.colour, font, "ls")


def _mixed(colour: str, opacity: float) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (part - 255) * opacity):02x}" for part in parts)


@cache
def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(find_font(), size)


@cache
def find_font() -> str:
    """Return the path of the first known font with Chinese letters on this system.

    Raises
    ------
    InputError
        If there is none.
    """
    there = {path.name.lower(): path for folder in _folders() for path in _files(folder)}
    for name in _FONTS:
        if name.lower() in there:
            return str(there[name.lower()])
    raise InputError(
        "no font with Chinese letters is installed, so no PNG can be drawn",
        hint="install Noto Sans CJK (apt-get install fonts-noto-cjk), or write .svg",
        zh="系统没有中文字体，不能画 PNG（请安装 fonts-noto-cjk，或改写 .svg）",
    )


def _folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield Path("C:/Windows/Fonts")
        yield home / "AppData/Local/Microsoft/Windows/Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
        yield from (home / ".local/share/fonts", home / ".fonts")


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in folder.rglob("*") if path.is_file())
