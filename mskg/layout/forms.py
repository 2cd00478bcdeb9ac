"""Forms: a record for each task, made of labels and what stands below or beside them.

    项目名称 / 新建幼儿园 / 建设内容 / … / 责任单位 / …        (labels alone on a line)
    项目名称 | 新建幼儿园 | 责任单位 | 县教育局               (pairs of cells)
    具体措施：新建幼儿园 / 责任单位：县教育局                  (a label opens each line)

The records of a form are the rows of a table whose columns are the labels of all records.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mskg.layout.cells import Cells, text_of, trimmed
from mskg.layout.placing import STAGE
from mskg.lexicon.cues import Label, column_of, label_of
from mskg.model.outline import Stretch
from mskg.text.folding import unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Pair = tuple[Label, Stretch | None]
    Form = tuple[list[Label], list[Cells]]

__all__ = ["line_form", "opened_form", "paired_form"]

_FEWEST = 3  # different labels of a form, or records of one with two
_LONGEST_LABEL = 12
_LONGEST_NAME = 45
_NAME = Label("", "title", "")
_OPENING = re.compile(r"(?:\|[ ]*)?(?P<label>[^:\t|\n]{2,14}?)[ ]*(?P<sign>[:\t|])")
_BESIDE = re.compile(r"(?<=\S)[ \t]+(?P<label>[^\s:,。;]{2,14}):")
_COUNTED = re.compile(r"(?:项目|实事|工程|任务|第)[一二三四五六七八九十\d]{1,3}[项件]?:?")  # 项目一
_SENTENCE = re.compile(r"[。;:,、]$")


def line_form(folded: str, end: int) -> Form:
    """Return the columns and records of ``folded[:end]`` whose labels stand alone on lines."""
    lines = [trimmed(folded, *m.span()) for m in re.finditer(r".*\S.*", folded[:end])]
    labels = [_label(folded, line) for line in lines]
    heads = [at for at, label in enumerate(labels) if label]
    pairs: list[Pair] = []
    for at, after in pairwise([*heads, len(lines)]):
        below = lines[at + 1 : after]
        place = Stretch(below[0].begin, below[-1].end) if below else None
        pairs.append((labels[at] or _NAME, place))
    return _form(_named(folded, pairs, lines[heads[0] - 1] if heads and heads[0] else None))


def paired_form(folded: str, rows: Sequence[Cells]) -> Form:
    """Return the columns and records of `rows` whose cells are label and value by turns.

    Rows above the first record may be anything, such as the date and the source of a page.
    """
    pairs: list[Pair] = []
    for row in rows:
        cells = list(dict.fromkeys(cell for cell in row if cell))
        labels = [_label(folded, cell) for cell in cells]
        if cells and _COUNTED.fullmatch(text_of(folded, cells[0])):
            labels[0] = _NAME  # 项目一 | 城区中小学扩容工程
        if len(cells) % 2 or any(bool(label) != (n % 2 == 0) for n, label in enumerate(labels)):
            if pairs:
                return [], []
            continue
        pairs += [(label, cells[n + 1]) for n, label in enumerate(labels) if label]
    return _form(pairs) if pairs else ([], [])


def opened_form(folded: str, end: int) -> Form:
    """Return the columns and records of ``folded[:end]`` where a label opens most lines."""
    lines = [part for m in re.finditer(r".*\S.*", folded[:end]) for part in _parts(folded, m)]
    pairs: list[Pair] = []
    for line in lines:
        if opened := _opened(folded, line):
            pairs.append(opened)
        elif pairs and (last := pairs[-1][1]) and not _COUNTED.fullmatch(text_of(folded, line)):
            pairs[-1] = (pairs[-1][0], Stretch(last.begin, line.end))
    above = [line for line in lines if pairs and pairs[0][1] and line.end <= pairs[0][1].begin]
    return _form(_named(folded, pairs, above[-1] if above else None)) if pairs else ([], [])


def _parts(folded: str, line: re.Match[str]) -> Iterator[Stretch]:
    """Yield a line in parts that open with labels each: 项目：农村公路　　牵头单位：县交通局."""
    begin = line.start()
    for blank in _BESIDE.finditer(folded, *line.span()):
        if label_of(blank["label"]) is not None:
            yield trimmed(folded, begin, blank.start())
            begin = blank.start("label")
    yield trimmed(folded, begin, line.end())


def _opened(folded: str, line: Stretch) -> Pair | None:
    """Return the label that opens a line and its value: 责任单位：县教育局, or in two cells."""
    match = _OPENING.match(folded, line.begin, line.end)
    if match is None:
        return None
    text, value = unspaced(match["label"]), trimmed(folded, match.end(), line.end)
    if match["sign"] == ":":
        stage = Label(text, "deadline", "") if STAGE.fullmatch(text) else None
        label = label_of(text) or stage
        return (label, value) if label else None
    rest = folded[value.begin : value.end].rstrip("| ")
    if re.search(r"[\t|]", rest):
        return None  # a row of a table
    return column_of(text) or Label(text, "note", ""), Stretch(value.begin, value.begin + len(rest))


def _label(folded: str, place: Stretch) -> Label | None:
    text = re.sub(r"[\s*:]", "", folded[place.begin : place.end])
    return label_of(text) if len(text) <= _LONGEST_LABEL else None


def _named(folded: str, pairs: list[Pair], above: Stretch | None) -> list[Pair]:
    """Give the records their names: the line above the first label of each.

    Above all records but the first it ends what stands below the label before it.
    """
    opening = [n for n, (label, _) in enumerate(pairs) if label.text == pairs[0][0].text]
    if above is None or len(opening) < 2 or pairs[0][0].kind == "title":
        return pairs
    found, names = list(pairs), [above]
    for n in opening[1:]:
        label, value = pairs[n - 1]
        cut = folded.rfind("\n", value.begin, value.end) + 1 if value else 0
        if value is None or cut <= value.begin:
            return pairs  # nothing stands between the records
        names.append(trimmed(folded, cut, value.end))
        found[n - 1] = (label, trimmed(folded, value.begin, cut))
    if not all(_is_name(folded[name.begin : name.end]) for name in names):
        return pairs
    for n, name in zip(reversed(opening), reversed(names), strict=True):
        found.insert(n, (_NAME, name))
    return found


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and not _SENTENCE.search(text)


def _form(pairs: list[Pair]) -> Form:
    """Return the columns and rows of a form; nothing where the labels make no form of tasks."""
    columns = list({label.text: label for label, place in pairs if place}.values())
    kinds = {label.kind for label in columns}
    again = sum(label.text == pairs[0][0].text for label, _ in pairs)
    few = len(columns) < _FEWEST and again < _FEWEST
    if few or "department" not in kinds or not kinds & {"title", "content"}:
        return [], []
    at = {label.text: n for n, label in enumerate(columns)}
    rows: list[Cells] = []
    for record in _records(pairs):
        row: Cells = [None] * len(columns)
        for label, place in record:
            if place:
                row[at[label.text]] = place
        if any(row):
            rows.append(row)
    return columns, rows


def _records(pairs: list[Pair]) -> Iterator[list[Pair]]:
    """Yield the pairs of each record: it opens with the label that opens the first one."""
    record: list[Pair] = []
    for label, place in pairs:
        if record and label.text == pairs[0][0].text:
            yield record
            record = []
        record.append((label, place))
    yield record
