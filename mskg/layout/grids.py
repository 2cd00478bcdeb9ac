"""Grids: rows and columns recovered from text.

Three ways in which a table survives as text: one cell a line, each opened by a tab; one
row a line with tabs between the cells; one row a line with pipes (Markdown).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mskg.lexicon.cues import Label, labels
from mskg.model import Issue
from mskg.model.outline import Stretch

__all__ = ["Grid", "find_grids"]

_FEWEST = 3  # labelled columns that make a header


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells below the labels of a header; None is a cell that a merge covers."""

    kind: str
    columns: tuple[Label, ...]
    rows: tuple[list[Stretch | None], ...]
    begin: int
    end: int
    issues: tuple[Issue, ...] = ()


_GUESSES = (
    (r"配合|协办|协同|协作", "department", "related"),
    (r"牵头(?:单位|部门)|主办", "department", "lead"),
    (r"单位|部门|主体", "department", "responsible"),
    (r"领导|责任人|负责人", "leader", ""),
    (r"进展|完成情况|推进情况", "progress", ""),
    (r"时限|时间|期限|节点|进度", "deadline", ""),
    (r"投资|资金", "funding", ""),
    (r"地点|地址", "site", ""),
    (r"电话|联系", "contact", ""),
    (r"序号|编号", "number", ""),
    (r"类别|类型|分类|领域", "category", ""),
    (r"名称", "title", ""),
    (r"内容|任务|目标|规模|措施", "content", ""),
    (r"备注|说明", "note", ""),
    (r"项目|事项|实事", "title", ""),
)


def column_label(text: str) -> Label | None:
    """Return what a column headed `text` holds, or None where the text is no heading."""
    name = re.sub(r"\s|[*#]|\([^()]*\)", "", text)
    if not name or len(name) > 16 or re.search(r"[。;,]|\d{2}", name):
        return None
    if name in labels():
        return labels()[name]
    for pattern, kind, role in _GUESSES:
        if re.search(pattern, name):
            return Label(name, kind, role)
    return None


def find_grids(folded: str, end: int) -> list[Grid]:
    """Return the grids in ``folded[:end]``, tables of the same columns one after the other."""
    for kind, cells in (("cells", _tabbed_cells(folded, end)), ("rows", _rows(folded, end))):
        grids = _grids(folded, kind, cells)
        if grids:
            return grids
    return []


def _tabbed_cells(folded: str, end: int) -> list[list[Stretch]]:
    """Return groups of cells that each open a line with a tab; a blank line ends a group."""
    groups: list[list[Stretch]] = []
    starts = list(re.finditer(r"^\t(?![^\n]*\t)", folded[:end], re.MULTILINE))
    for index, match in enumerate(starts):
        stop = starts[index + 1].start() if index + 1 < len(starts) else end
        opens = index == 0 or re.search(r"\n[ ]*\n\Z", folded[: match.start()]) is not None
        if opens:
            groups.append([])
        groups[-1].append(_trim(folded, match.end(), stop))
    return _joined(groups, len(groups[0]) if groups else 0)


def _joined(groups: list[list[Stretch]], width: int) -> list[list[Stretch]]:
    """Join groups that a blank line inside a cell cut apart: their cells fill one row."""
    rows: list[list[Stretch]] = []
    pending: list[Stretch] = []
    for group in groups:
        if pending and len(pending) + len(group) > width:
            rows.append(pending)
            pending = []
        pending = pending + group
        if len(pending) >= width:
            rows.append(pending)
            pending = []
    return [*rows, pending] if pending else rows


def _rows(folded: str, end: int) -> list[list[Stretch]]:
    """Return rows of cells separated by tabs or pipes on one line."""
    rows: list[list[Stretch]] = []
    for match in re.finditer(r"^.*$", folded[:end], re.MULTILINE):
        line = match.group()
        separator = "|" if line.count("|") >= 2 else "\t" if line.strip().count("\t") else ""
        if not separator:
            if rows and rows[-1] and line.strip():  # a cell broken over lines
                rows[-1][-1] = _trim(folded, rows[-1][-1].begin, match.end())
            continue
        if re.fullmatch(r"[\s|:\-]+", line):
            continue
        rows.append(_cells(folded, match.start(), line, separator))
    return rows


def _cells(folded: str, begin: int, line: str, separator: str) -> list[Stretch]:
    cells = []
    offset = begin
    for piece in line.split(separator):
        cells.append(_trim(folded, offset, offset + len(piece)))
        offset += len(piece) + 1
    if separator == "|":
        if line.lstrip().startswith("|"):
            cells = cells[1:]
        if line.rstrip().endswith("|"):
            cells = cells[:-1]
    return cells


def _grids(folded: str, kind: str, rows: list[list[Stretch]]) -> list[Grid]:
    grids: list[Grid] = []
    columns: tuple[Label, ...] = ()
    body: list[list[Stretch | None]] = []
    begin = 0
    issues: list[Issue] = []
    for cells in rows:
        header = _header(folded, cells)
        if header:
            if columns and [c.kind for c in header] != [c.kind for c in columns]:
                grids.append(_grid(kind, columns, body, begin, issues))
                body, issues = [], []
            begin = begin if columns and body else cells[0].begin
            columns = header
        elif columns:
            body.extend(_fit(folded, cells, columns, issues))
    if columns and body:
        grids.append(_grid(kind, columns, body, begin, issues))
    return grids


def _grid(
    kind: str,
    columns: tuple[Label, ...],
    body: list[list[Stretch | None]],
    begin: int,
    issues: list[Issue],
) -> Grid:
    end = max((cell.end for row in body for cell in row if cell), default=begin)
    return Grid(kind, columns, tuple(body), begin, end, tuple(issues))


def _header(folded: str, cells: list[Stretch]) -> tuple[Label, ...]:
    found = [column_label(folded[c.begin : c.end]) for c in cells]
    known = [label for label in found if label]
    if len(known) < _FEWEST or len(known) < len(cells) - 1:
        return ()
    kinds = {label.kind for label in known}
    if not kinds & {"title", "content"}:
        return ()
    return tuple(label or Label("", "note", "") for label in found)


def _fit(
    folded: str, cells: list[Stretch], columns: tuple[Label, ...], issues: list[Issue]
) -> list[list[Stretch | None]]:
    """Cut a run of cells into rows of the header's width; report what does not fit."""
    width = len(columns)
    if len(cells) <= 1:
        return [list(cells) + [None] * (width - len(cells))]
    rows: list[list[Stretch | None]] = []
    for start in range(0, len(cells), width):
        row: list[Stretch | None] = list(cells[start : start + width])
        if all(column.kind == "note" for column in columns[len(row) :]):
            row += [None] * (width - len(row))  # an empty remark at the end is often lost
        if len(row) < width:
            first = next((c for c in row if c), None)
            quote = folded[first.begin : first.end].strip()[:20] if first else ""
            missing = width - len(row)
            issues.append(
                Issue(
                    "warning",
                    "table-row",
                    f"表格一行缺少 {missing} 个单元格（“{quote}”），按从左到右对应栏目",
                    f"a table row lacks {missing} cells (“{quote}”); cells were matched from the left",
                )
            )
            row += [None] * missing
        rows.append(row)
    return rows


def _trim(folded: str, begin: int, end: int) -> Stretch:
    while begin < end and folded[begin] in " \t\n*":
        begin += 1
    while end > begin and folded[end - 1] in " \t\n*":
        end -= 1
    return Stretch(begin, end)
