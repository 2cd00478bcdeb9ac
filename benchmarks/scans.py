"""Recognition of scans: pages rendered, spoiled in ways that scanners and phones do, read back.

``python -m benchmarks scans [NAME…] [--misses]``. A NAME is a way of spoiling (default: all).
For each it prints the character error rate against the text of the plan (white space left
out), F1 of what is extracted, and CPU seconds a page. Two invented plans of the tests are
used, a list and a ruled table, printed by LibreOffice. It needs the extra ``ocr``.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.scoring import Score, compare_records
from mskg.model.record import plan_to_record
from mskg.pipeline import read_document_plan
from mskg.readers import ReadOptions
from mskg.readers.ocr import has_recogniser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["WAYS", "character_errors", "main", "pages_of", "scanned"]

FILES = Path(__file__).resolve().parents[1] / "tests" / "readers" / "files"
PLANS = ("list", "table")
_SHOWN = ("task", "role", "indicator", "milestone")
_DOTS = 150  # per inch


def _grey(picture: Any) -> Any:
    import numpy as np

    return np.clip(picture, 0, 255).astype("uint8")


def _noisy(picture: Any) -> Any:
    import numpy as np

    return _grey(picture + np.random.default_rng(1).normal(0, 12, picture.shape))


def _turned(picture: Any, degrees: float) -> Any:
    import cv2

    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(picture, turn, (width, height), borderValue=255)


def _small(picture: Any) -> Any:
    import cv2

    return cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def _photo(picture: Any) -> Any:
    """Lay the sheet on a dark desk, seen from the side, lit from the right."""
    import cv2
    import numpy as np

    height, width = picture.shape
    across, down = round(1.15 * width), round(1.15 * height)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = np.array([[0.1, 0.07], [0.93, 0.04], [0.97, 0.95], [0.05, 0.91]], np.float32)
    turn = cv2.getPerspectiveTransform(corners, seen * np.array([across, down], np.float32))
    sheet = cv2.warpPerspective(picture, turn, (across, down), borderValue=70).astype(float)
    return _noisy(sheet * np.linspace(0.65, 1, across)[None, :])


WAYS: dict[str, Callable[[Any], Any]] = {
    "clean": lambda p: p,
    "noise": _noisy,
    "pale": lambda p: _grey(235 - (255 - p.astype(float)) * 0.25),
    "skew": lambda p: _turned(_noisy(p), 1.5),
    "small": _small,
    "photo": _photo,
    "sideways": lambda p: p.T[::-1],
    "headlong": lambda p: p[::-1, ::-1],
}
"""Ways of spoiling a page picture, by name."""


def pages_of(path: Path) -> list[Any]:
    """Return the pages of a PDF as grey pictures."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return [page.render(scale=_DOTS / 72, grayscale=True).to_numpy().squeeze() for page in pdf]


def scanned(pictures: Sequence[Any]) -> bytes:
    """Return a PDF of pictures, packed as JPEG as scanners do."""
    import numpy as np
    from PIL import Image

    packed = []
    for picture in pictures:
        data = io.BytesIO()
        Image.fromarray(np.ascontiguousarray(picture)).save(data, "JPEG", quality=50)
        packed.append(Image.open(data))
    result = io.BytesIO()
    packed[0].save(result, "PDF", save_all=True, append_images=packed[1:], resolution=_DOTS)
    return result.getvalue()


def character_errors(wanted: str, found: str) -> int:
    """Return how many characters must be put in, left out or changed, white space left out."""
    wanted, found = "".join(wanted.split()), "".join(found.split())
    row = list(range(len(found) + 1))
    for number, char in enumerate(wanted, 1):
        before, row[0] = row[0], number
        for place, other in enumerate(found, 1):
            kept = before + (char != other)
            before = row[place]
            row[place] = min(kept, row[place] + 1, row[place - 1] + 1)
    return row[-1]


def _measure(way: str, folder: Path) -> tuple[float, dict[str, Score], float]:
    """Return the error rate, the scores and the CPU seconds a page of a way of spoiling."""
    errors = length = pages = 0
    scores: dict[str, Score] = {}
    started = time.process_time()
    for stem in PLANS:
        pictures = [WAYS[way](picture) for picture in pages_of(FILES / f"{stem}.pdf")]
        (folder / f"{stem}.pdf").write_bytes(scanned(pictures))
        printed, wanted = read_document_plan(FILES / f"{stem}.pdf")
        document, found = read_document_plan(folder / f"{stem}.pdf", options=ReadOptions(folder))
        pages += len(pictures)
        length += len("".join(printed.text.split()))
        errors += character_errors(printed.text, document.text)
        compared = compare_records(plan_to_record(wanted), plan_to_record(found))
        for kind, score in compared.items():
            scores.setdefault(kind, Score()).add(score)
    return errors / length, scores, (time.process_time() - started) / pages


def main(arguments: list[str]) -> int:
    """Print how well pages are read that were spoiled in each way."""
    names = [a for a in arguments if not a.startswith("--")] or list(WAYS)
    if not set(names) <= set(WAYS) or set(arguments) - set(names) - {"--misses"}:
        print(f"no such way or option; ways: {' '.join(WAYS)}", file=sys.stderr)
        return 2
    if not has_recogniser():
        print("recognition is not installed: pip install 'mskg[ocr]'", file=sys.stderr)
        return 2
    print(f"{'way':10s} {'char errors':>11s} " + " ".join(f"{k:>10s}" for k in _SHOWN) + "  s/page")
    with tempfile.TemporaryDirectory() as folder:  # nothing recognised before counts
        for name in names:
            rate, scores, seconds = _measure(name, Path(folder))
            cells = " ".join(f"{scores[kind].f1:10.3f}" for kind in _SHOWN)
            print(f"{name:10s} {rate:11.2%} {cells} {seconds:7.1f}", flush=True)
            if "--misses" in arguments:
                for kind, score in scores.items():
                    for fact in [*score.missed, *score.invented]:
                        print(f"  {kind:12s} {fact}")
    return 0
