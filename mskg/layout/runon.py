"""Tables run together: copied without any separator between cells or rows.

序号项目名称主要内容牵头单位责任单位完成时限1农村公路提升工程新建…。县交通运输局县财政局12月底前2…
The header is a run of column headings, a row begins with the next number (on a line of its own
perhaps with the category before it), and the cells of a row are told apart by their form: the
sentence ends the content, a body's name is a department, a date is the deadline.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mskg.layout.cells import Cells, trimmed
from mskg.layout.placing import is_body
from mskg.lexicon.cues import any_of, column_of, column_words, cues, label_of, label_pattern, labels
from mskg.lexicon.departments import body_pattern
from mskg.lexicon.units import unit_pattern
from mskg.model.outline import Stretch
from mskg.text import any_word

if TYPE_CHECKING:
    from mskg.lexicon.cues import Label

__all__ = ["runon_table"]

_FEWEST = 3
_SHORTEST_ROW = 12
_DATE = re.compile(
    r"(?:20\d\d(?:年|(?=年底)))?(?:\d{1,2}月|第?[一二三四]季度|上半年|下半年|年[底内])|全年|长期|持续"
)
_NEXT_NAME = re.compile(r"(?<=[局厅办委会院社站队司心府)联])(?=[省市县区州各镇乡])(?![县市区]政府)")
_LONGEST_TITLE = 26
_LONGEST_HEADER = 60
# 经济发展1地区生产总值…: the category or none, the number.
_LINE_ROW = re.compile(
    r"^[ \t]*[\u4e00-\u9fff、]{0,20}(?P<number>\d{1,3})(?=[\u4e00-\u9fff“])", re.MULTILINE
)
_NAME_LINE = re.compile(r"\n[ \t]*([^\n。]{2,20})(?=\n|\Z)")


@cache
def _any_label() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_word(labels())}|{label_pattern()})(?:\([^()]{{1,6}}\))?")


def runon_table(folded: str, end: int) -> tuple[list[Label], list[Cells]]:
    """Return the columns and rows of a table run together in ``folded[:end]``; empty if none."""
    for found in re.finditer(r"序\s*号", folded[:end]):
        columns, at = _header(folded, found.end(), end)
        again = folded.find(folded[found.start() : at], at)  # the header, printed once more
        stop = again if again > 0 else end
        rows = _rows_on_lines(folded, at, stop) if len(columns) >= _FEWEST else []
        if len(rows) < _FEWEST and len(columns) > _FEWEST:
            first = re.match(r"\s*1(?=[\u4e00-\u9fff“])", folded[at:stop])
            rows = _rows(folded, at, stop) if first else []
        if len(rows) >= _FEWEST:
            return columns, [_cells(folded, b, e, columns) for b, e in rows]
    return [], []


def _header(folded: str, at: int, end: int) -> tuple[list[Label], int]:
    """Return the columns headed behind 序号, which ends at `at`, and where the headings end.

    Headings that fill the rest of the line may hold words that no table knows (重点督办内容).
    """
    columns, begin = [labels()["序号"]], at
    line_end = folded.find("\n", at, end)
    while match := _any_label().match(folded, at, end):
        label = label_of(re.sub(r"\([^()]*\)", "", match.group()))
        if label is None:
            break
        columns.append(label)
        at = match.end()
    if at == line_end or line_end < 0 or line_end - begin > _LONGEST_HEADER:
        return columns, at
    headed = [column_of(match.group()) for match in _loose().finditer(folded, begin, line_end)]
    known = [label for label in headed if label]
    covered = "".join(label.text for label in known) == folded[begin:line_end].strip()
    return ([columns[0], *known], line_end) if covered else (columns, at)


@cache
def _loose() -> re.Pattern[str]:
    """Return a pattern for any heading: what a word of ``columns.csv`` ends."""
    return re.compile(rf"{_any_label().pattern}|[\u4e00-\u9fff]{{0,6}}?{any_word(column_words())}")


def _rows_on_lines(folded: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Return where the rows lie where each begins a line with the next number.

    A line that goes on with a quantity (3个小区) opens a row only where no other line does
    (2对某路进行整治).
    """
    unit = re.compile(unit_pattern())
    found: dict[int, list[tuple[bool, int]]] = {}
    for match in _LINE_ROW.finditer(folded, begin, end):
        measured = unit.match(folded, match.end()) is not None
        found.setdefault(int(match["number"]), []).append((measured, match.start("number")))
    starts = [begin]
    while later := [line for line in found.get(len(starts), ()) if line[1] > starts[-1]]:
        starts.append(min(later)[1])
    starts = starts[1:]
    lines = [folded.rfind("\n", begin, start) for start in starts[1:]]
    stops = [*lines, _last_line(folded, starts, end)] if starts else []
    return list(zip(starts, stops, strict=True))


def _last_line(folded: str, starts: list[int], end: int) -> int:
    """Return where the last row ends: with the names of bodies below its own line."""
    stop = folded.find("\n", starts[-1], end)
    stop = end if stop < 0 else stop
    while (match := _NAME_LINE.match(folded, stop, end)) and is_body(match[1].strip()):
        stop = match.end()
    return stop


def _rows(folded: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Return where the rows lie: each begins with the next number and no measure word.

    Behind the units of a row its number may be read as a quantity (…县民政局6月底前4家政服务工程).
    """
    unit = re.compile(unit_pattern())

    def opens(match: re.Match[str]) -> bool:
        stop = match.start()
        sentence = max(folded.rfind(sign, at, stop) for sign in ",。;") + 1
        named = sentence and body_pattern().search(folded, sentence, stop)
        return stop == begin or bool(named) or not unit.match(folded, match.end())

    starts = []
    at, expected = begin, 1
    while True:
        pattern = re.compile(
            rf"(?<![\d.第〔(]){expected}(?!月(?:[底末初中上下前]|\d)|年|日[前内底]|[至到]\d)"
            r"(?=[\u4e00-\u9fff“]|[A-Z]{2})"
        )
        match = next(filter(opens, pattern.finditer(folded, at, end)), None)
        if match is None:
            break
        starts.append(match.start())
        at, expected = match.end() + _SHORTEST_ROW, expected + 1
    return list(zip(starts, [*starts[1:], end], strict=False))


def _cells(folded: str, begin: int, end: int, columns: list[Label]) -> Cells:
    """Return the cells of a row in the order of `columns`."""
    number = re.compile(r"\d+").match(folded, begin, end)
    start = number.end() if number else begin
    cells: Cells = [Stretch(begin, start), *([None] * (len(columns) - 1))]
    kinds = [column.kind for column in columns]
    behind = {"department", "leader", "deadline", "progress"} & set(kinds)
    stop = (folded.rfind("。", start, end) + 1 if behind else 0) or end
    rest_end = end
    if kinds[-1] == "progress" and (body := _body_behind_sentence(folded, start, end)):
        stop, rest_end = body
        cells[-1] = trimmed(folded, rest_end, end)
    if "deadline" in kinds and (date := _DATE.search(folded, stop, end)):
        cells[kinds.index("deadline")] = trimmed(folded, date.start(), end)
        rest_end = date.start()
    if "leader" in kinds and (leader := _leader(folded, stop, rest_end)):
        cells[kinds.index("leader")] = leader
        _departments(folded, leader.end, rest_end, kinds, cells)
    else:
        _departments(folded, stop, rest_end, kinds, cells)
    first = [n for n, kind in enumerate(kinds) if kind in {"title", "content"}]
    if len(first) > 1:
        cut = _title_end(folded, start, stop)
        cells[first[0]] = Stretch(start, cut) if cut > start else None
        cells[first[1]] = trimmed(folded, cut, stop)
    elif first:
        cells[first[0]] = trimmed(folded, start, stop)
    return cells


def _body_behind_sentence(folded: str, begin: int, end: int) -> tuple[int, int] | None:
    """Return where the first names of bodies right behind a full stop lie."""
    for match in re.compile("。").finditer(folded, begin, end):
        stop = match.end()
        while body := body_pattern().match(folded, stop, end):
            stop = body.end()
        if stop > match.end():
            return match.end(), stop
    return None


def _leader(folded: str, begin: int, end: int) -> Stretch | None:
    """Return the name of a person right before the first body: 何海平教育局."""
    body = body_pattern().search(folded, begin, end)
    match = re.compile(r"\s*([一-龥]{2,4})\s*").fullmatch(
        folded, begin, body.start() if body else begin
    )
    return Stretch(*match.span(1)) if match else None


def _departments(folded: str, begin: int, end: int, kinds: list[str], cells: Cells) -> None:
    """Lay the names over the department columns: the first alone, the rest in the last."""
    columns = [n for n, kind in enumerate(kinds) if kind == "department"]
    if not columns or begin >= end:
        return
    first = body_pattern().match(folded, begin, end)
    starts = {m.start() for m in _NEXT_NAME.finditer(folded, begin, end)}
    starts |= {first.end()} if first and first.end() < end else set()
    cuts = sorted(starts)[: len(columns) - 1]
    places = [begin, *cuts, end]
    for column, left, right in zip(columns, places, places[1:], strict=False):
        cells[column] = trimmed(folded, left, right)


def _title_end(folded: str, begin: int, end: int) -> int:
    """Return where the name of the task ends: a word for projects, else one for work and a verb."""
    sentence = re.compile("[,。;:]").search(folded, begin, end)
    last = min(sentence.start() if sentence else end, begin + _LONGEST_TITLE)
    if project := _project_name().match(folded, begin, last):
        return project.end()
    verb = re.compile(rf"{any_of('build-verb')}|[为对在将按“]|城市|农村|全[县市区]")
    loose = begin
    for at in range(begin + 4, last):
        if not verb.match(folded, at, end):
            continue
        if folded[begin:at].endswith((*cues("work-noun"), "”")):
            return at
        loose = at if loose == begin else loose
    return loose


@cache
def _project_name() -> re.Pattern[str]:
    return re.compile(
        rf"[^,。;:、()\d]{{2,}}?(?:{any_of('project-noun')})+(?=[\u4e00-\u9fff“A-Z])(?![的和与及等])"
    )
