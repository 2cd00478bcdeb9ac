"""Recognition of page pictures with RapidOCR, a page once: results are kept by picture."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from dataclasses import asdict, dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mskg.errors import ReadError

__all__ = ["ReadLine", "has_recogniser", "missing_recogniser", "paired", "recognise"]

# The year of a document number stands in 〔〕 (GB/T 9704), which is often taken for [].
_YEAR = re.compile(
    r"〔(?P<a>(?:19|20)\d\d)[\])）】］]|[\[(（【［](?P<b>(?:19|20)\d\d)〕"
    r"|(?<=[\u4e00-\u9fff])[\[【［](?P<c>(?:19|20)\d\d)[\]】］](?=\d{1,4}号)"
)
_KIND = "rapidocr-3 cls-off chars"  # part of the key: other settings, other results


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as recognised: its letters, their quadrilaterals, and how sure it is (0–1)."""

    letters: tuple[str, ...]
    boxes: tuple[tuple[tuple[float, float], ...], ...]
    score: float


def has_recogniser() -> bool:
    """Tell whether the extra `ocr` is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def missing_recogniser(name: str) -> ReadError:
    """Return the error for pictures that nothing can read."""
    return ReadError(
        f"{name}: pictures of pages, which the extra 'ocr' reads",
        hint="pip install 'mskg[ocr]'",
        zh=f"{name}：是扫描图片，需要文字识别（请运行 pip install 'mskg[ocr]'）",
    )


def recognise(picture: Any, folder: Path | None) -> list[ReadLine]:
    """Return the lines on `picture` (an array), from `folder` where they are kept."""
    digest = hashlib.sha256(repr((_KIND, picture.shape)).encode())
    digest.update(picture.tobytes())
    kept = (folder or _cache_folder()) / "ocr" / f"{digest.hexdigest()}.json"
    if (found := _load(kept)) is not None:
        return found
    lines = _recognise(picture)
    _keep(kept, lines)
    return lines


def _recognise(picture: Any) -> list[ReadLine]:
    # Settings of one call stick to the engine, so all are given at every call.
    result = _engine()(
        picture, use_det=True, use_cls=False, use_rec=True,
        return_word_box=True, return_single_char_box=True,
    )  # fmt: skip
    lines = []
    for word, score in zip(result.word_results or (), result.scores or (), strict=False):
        entries = [(str(text), _points(box)) for text, _, box in word if box is not None]
        if entries:
            letters, boxes = zip(*entries, strict=True)
            lines.append(ReadLine(paired(letters), boxes, float(score)))
    return lines


def paired(letters: tuple[str, ...]) -> tuple[str, ...]:
    """Return `letters` with the year of a document number in brackets of one kind: 〔2023〕."""
    text = "".join(letters)
    if len(text) != len(letters):
        return letters
    return tuple(_YEAR.sub(lambda m: f"〔{m['a'] or m['b'] or m['c']}〕", text))


def _points(box: Any) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in box)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    # The classifier of upside-down lines loses whole lines of upright pages.
    return RapidOCR(params={"Global.use_cls": False, "Global.log_level": "error"})


def _cache_folder() -> Path:
    """Return the folder that the platform has for caches."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "mskg"


def _load(path: Path) -> list[ReadLine] | None:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [
            ReadLine(
                tuple(row["letters"]),
                tuple(tuple((x, y) for x, y in box) for box in row["boxes"]),
                row["score"],
            )
            for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return None  # not there, or damaged: recognise again


def _keep(path: Path, lines: list[ReadLine]) -> None:
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps([asdict(line) for line in lines]), encoding="utf-8")
        part.replace(path)
    except OSError:  # no room or no right to write: the next reading takes as long again
        part.unlink(missing_ok=True)
