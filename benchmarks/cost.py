"""What reading costs as the text grows: one piece repeated, a file, a name.

``python -m benchmarks cost [--factor N]``. A text N times as long should cost about N times as
much CPU time; a rule that looks back over all it has read costs N² times as much. Only the ratio
of two readings in one run counts, and only where the longer one takes long enough to be measured.
"""

from __future__ import annotations

import argparse
import contextlib
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.speed import plan_files
from mskg.errors import NotAPlanError
from mskg.lexicon.regions import region_table
from mskg.pipeline import read_plan
from mskg.readers import read_bytes
from mskg.resolve import Scope, resolve_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["PIECES", "main", "ratio", "repeated"]

PIECES = {
    "a real plan": "", "digits": "1234567890 ", "dates": "6月底前", "ranges": "1-",
    "opening brackets": "（", "closing brackets": "）", "names": "县教育局、", "quotes": "“",
    "line breaks": "\n", "tabs": "\t", "pipes": "|", "spaces": "  ", "ideographs": "的",
    "labels": "责任单位：", "marks": "1.", "clauses": "新建1个，",
    "run-on lists": "一是新建2所。二是改造3个。",
    "plain headers": "序号\n项目名称\n建设内容\n责任单位\n",
    "tabbed headers": "\t序号\n\t项目名称\n\t建设内容\n", "rows": "序号\t项目\t单位\n1\tx\ty\n",
    "stars": "** ", "numbers": "1\n", "numerals": "一二三四五", "titles": "关于印发《",
    "lines": "县教育局\n", "each": "、各", "brackets of names": "（县教育局、",
    "thousands": "1,234,", "counted lists": "3个项目包括甲乙丙丁、", "counts": "民生实事3件\n",
    "amounts": "10万学生\n", "openers": "包括有", "starting points": "由5元、",
    "joined amounts": "5元、", "cells of a form": "责任单位\t县教育局\n",
    "blanks": "序号    项目名称    建设内容    责任单位\n1    甲    乙\n丙    丁局\n",
    "set columns": "序号  项目名称  责任单位\n1     甲        丙局\n      甲乙\n",
    "attachments": "附件\n一、新建3所。\n", "short names": "公厕建设。新建公厕12座，改造3座。\n",
    "bold lines": "**公厕建设**\n新建12座。\n", "stages": "一季度：新建2所。\n",
    "sentences of duty": "县民政局负责落实。", "alone dates": "（6月底前）完成3个",
    "shared bounds": "分别达到9%、8%以上、", "cards": "项目一\t甲\n牵头单位\t县教育局\n",
}  # fmt: skip
_HEAD = "1.新建3所学校。\n2.改造4条道路。\n3.建设5个公园。\n"
_SIZE = 15_000
_MEASURABLE = 0.3  # CPU seconds: below it the ratio says little
_NAMES = ("服务管理", "县", "各", "（", "和", "局", "平江县")
_LINE = "（一）道路工程。新建道路3条。（牵头单位：县住建局）"
_UNITS = {"html": f"<p>{_LINE}</p>", "csv": f"1,{_LINE},2\n", "txt": _LINE + "\n"}


def repeated(name: str, length: int) -> str:
    """Return three tasks and then `length` characters of the piece called `name` in `PIECES`."""
    piece = PIECES[name] or plan_files()[0].read_text(encoding="utf-8")
    return _HEAD + (piece * (length // len(piece) + 1))[:length]


def _works() -> Iterator[tuple[str, Callable[[int], object]]]:
    """Yield what is done, and the work for one size or a multiple of it."""

    def read(name: str, times: int) -> object:
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / "a.txt"
            path.write_text(repeated(name, _SIZE * times), encoding="utf-8")
            with contextlib.suppress(NotAPlanError):
                return read_plan(path)
        return None

    def open_file(suffix: str, times: int) -> object:
        return read_bytes((_UNITS[suffix] * 1000 * times).encode(), f"a.{suffix}")

    def resolve(unit: str, times: int) -> object:
        return resolve_name(unit * 500 * times, scope)

    region = region_table().by_code["430626"]
    scope = Scope(region, region.name, "document")
    for name in PIECES:
        yield f"text of {name}", partial(read, name)
    for suffix in _UNITS:
        yield f"file: {suffix}", partial(open_file, suffix)
    for unit in _NAMES:
        yield f"name: {unit}", partial(resolve, unit)


def ratio(work: Callable[[int], object], factor: int) -> tuple[float, float]:
    """Return the least CPU seconds of two runs of `work` at one size and `factor` times it."""

    def least(times: int) -> float:
        found = []
        for _ in range(2):
            begin = time.process_time()
            work(times)
            found.append(time.process_time() - begin)
        return min(found)

    return least(1), least(factor)


def main(arguments: list[str]) -> int:
    """Print what each work costs at both sizes; exit with 1 where one grows too fast."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks cost", description=__doc__)
    parser.add_argument("--factor", type=int, default=4, help="how many times longer (4)")
    factor = parser.parse_args(arguments).factor
    steep = []
    print(f"{'':28s} {'CPU s':>7s} {f'{factor} ×':>7s} {'ratio':>6s}")
    for name, work in _works():
        small, large = ratio(work, factor)
        print(f"{name:28s} {small:7.3f} {large:7.3f} {large / small:6.1f}")
        if large >= _MEASURABLE and large > 1.5 * factor * small:
            steep.append(name)
    print(f"growing faster than the text: {'、'.join(steep) or 'none'}")
    return 1 if steep else 0
