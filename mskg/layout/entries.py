"""One entry of a list: its title, its fields, its numbered parts."""

from __future__ import annotations

import re
from copy import copy
from functools import cache
from typing import TYPE_CHECKING

from mskg.layout.fields import LabelledFields, find_fields, subtract
from mskg.layout.leader_lines import units_named
from mskg.lexicon.cues import any_of, cues, label_of
from mskg.lexicon.departments import body_pattern
from mskg.lexicon.units import unit_pattern
from mskg.model.outline import Field, OutlineItem, OutlineTask, Stretch
from mskg.text import BULLETS, COMMA, unspaced

if TYPE_CHECKING:
    from mskg.layout.marks import Node

__all__ = ["Entry", "has_quantity", "outline_task", "split_title", "titled"]

_SENTENCE_END = re.compile(r"[。!]|\?\?+|\n[ \t]*(?=\S)")
_TITLE_LABEL = re.compile(r"([\u4e00-\u9fff]{4,6})[::][ \t]*(?=\S)")
_YEAR = re.compile(r"20\d\d年度?")
_BLANK = re.compile(r"[\s*#]")
_WORD = re.compile(r"\w")
_COLON = re.compile(r"[::]")
_FRAMED = re.compile(
    r"\s*(?:【(?P<name>[^】\n]{2,60})】|\*\*(?P<bold>[^*\n]{2,60})\*\*"
    r"|《(?P<cited>[^《》\n]{4,60})》(?=[、,和。]?\s*\Z|等\d))[ \t:。,、和]*"
)
_CLAUSE_END = re.compile(rf"{COMMA}|[;。:!]|\n")
_QUANTITY: re.Pattern[str] | None = None
_LONGEST_TITLE = 45
_LONGEST_CLAUSE = 30
_FULL = 0.75
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_LEVEL = re.compile("[省市县区州盟旗镇乡]")  # opens the name of a unit: 县教育局
_BULLET = re.compile(rf"(?:\*(?!\*)|[{BULLETS}-])[ \t]*(?=\S)")
_SIGNS = " \t\n*#:【" + BULLETS  # before a name
_UNFINISHED = re.compile(r"[,、;。:(]\Z|\A[,、;。:)]")
_ENDS_LINE = re.compile(r"[ \t*]*\n")
_MOST_LINES = 0.6
_LONGER = 1.5
_NARROWEST = 18  # characters of a full line of a page


def has_quantity(folded: str) -> bool:
    """Tell whether `folded` holds a number with a measure word."""
    global _QUANTITY  # noqa: PLW0603 - compiled on first use, since it needs a table
    if _QUANTITY is None:
        _QUANTITY = re.compile(rf"\d[\d,.]*\s*[余多]?[百千万亿]*[余多]?\s*{unit_pattern()}")
    return _QUANTITY.search(folded) is not None


class Entry:
    """A stretch of the text that is one entry, with its labelled fields found."""

    def __init__(self, folded: str, begin: int, end: int) -> None:
        self.folded = folded
        self.begin = _begin(folded, begin, end)
        self.end = end
        self.fields: LabelledFields = find_fields(folded, self.begin, end)

    def part(self, begin: int, end: int) -> Entry:
        """Return the entry that ``[begin, end)`` of this one is."""
        whole = end == self.end and all(place.begin >= begin for place, _ in self.fields)
        if not whole or begin < self.begin:
            return Entry(self.folded, begin, end)
        part = copy(self)  # all its fields are in it, and need no second look
        part.begin = _begin(self.folded, begin, end)
        return part

    @property
    def first_label(self) -> int:
        """Where the first labelled field begins, else the end of the entry."""
        return min((whole.begin for whole, _ in self.fields), default=self.end)

    def content(self) -> list[Stretch]:
        """Return what is left of the entry without its labelled fields, a line each in a list."""
        holes = [whole for whole, _ in self.fields]
        rest = subtract(self.begin, self.end, holes, self.folded)
        rest = [place for place in rest if _WORD.search(self.folded, place.begin, place.end)]
        return [line for place in rest for line in _promises(self.folded, place)]


def _begin(folded: str, begin: int, end: int) -> int:
    while begin < end and folded[begin].isspace():
        begin += 1
    return _behind_label(folded, begin, end)


def _behind_label(folded: str, begin: int, end: int) -> int:
    """Return where the name begins that a label (领办项目：) opens."""
    label = _TITLE_LABEL.match(folded, begin, end)
    known = label_of(label[1]) if label else None
    return label.end() if label and known and known.kind == "title" else begin


def _promises(folded: str, place: Stretch) -> list[Stretch]:
    """Return the lines of a stretch where each is a promise of its own, without full stops.

    Bullets say so, else most lines name a quantity. A sentence that a page broke at its width
    is none: all its lines but the last are full.
    """
    found = list(_LINE.finditer(folded, place.begin, place.end))
    texts = [match.group() for match in found]
    bullets = any(_BULLET.match(text) for text in texts[1:])
    quantities = sum(map(has_quantity, texts))
    width = max(map(len, texts), default=0)
    broken = width >= _NARROWEST and all(len(text) >= _FULL * width for text in texts[:-1])
    if (
        len(texts) < 2
        or any(_UNFINISHED.search(text) for text in texts)
        or (not bullets and (broken or quantities < max(2, _MOST_LINES * len(texts))))
    ):
        return [place]
    return [Stretch(*match.span()) for match in found]


def titled(entries: list[Entry]) -> bool:
    """Tell whether the entries of a list mostly open with a name of their own."""
    named = sum(_name_end(entry, strict=True) is not None for entry in entries)
    return bool(entries) and named / len(entries) >= 0.5


def split_title(entry: Entry, *, list_is_titled: bool) -> tuple[Stretch | None, int]:
    """Return the title of `entry` (None where it has no name) and where its text begins."""
    end = _name_end(entry, strict=not list_is_titled)
    if end is None:
        return None, entry.begin
    title_end, body = end
    return _trimmed(entry.folded, entry.begin, title_end), body


@cache
def _spaced_name() -> re.Pattern[str]:
    """Return a pattern for a name that a blank alone parts from its text: 某某工程 新建….

    Its first words may be printed with blanks as well, as in headings.
    """
    name = rf"[^\s,。;:、]{{2,25}}{any_of('project-noun')}"
    return re.compile(rf"\s*({name})[ \t]+(?=[一-鿿]{{4}})")


def _name_end(entry: Entry, *, strict: bool) -> tuple[int, int] | None:
    """Return where the name ends and where the text behind it begins."""
    folded, begin = entry.folded, entry.begin
    stop = min(entry.first_label, entry.end)
    framed = _FRAMED.match(folded, begin, stop)
    if framed:
        return framed.end(framed.lastgroup or 0), framed.end()
    if spaced := _spaced_name().match(folded, begin, stop):
        return spaced.end(1), spaced.end()
    first = _SENTENCE_END.search(folded, begin, stop)
    head_end = first.start() if first else stop
    colon = _COLON.search(folded, begin, head_end) or _dash().search(folded, begin, head_end)
    if colon and _is_name(folded[begin : colon.start()], strict=True):
        return colon.start(), colon.end()
    head = folded[begin:head_end]
    by_line = first is not None and first.group().startswith("\n")
    rest = folded[first.end() : entry.end].strip() if first else ""
    alone = (
        entry.first_label < entry.end and not folded[first.end() if first else stop : stop].strip()
    )
    if alone and not by_line:
        # 创新机制，推行改革（责任单位：…）: a sentence, unless the label opens a line of its own.
        beside = first or not _ENDS_LINE.match(folded, begin + len(head.rstrip(" \t\n*")))
        if beside and "," in head and not head.rstrip().endswith(cues("project-noun")):
            return None
        if first is None:
            return head_end, stop
    if first and by_line and rest:
        # A line of its own is a heading, whatever its length, unless the sentence runs on.
        line = folded.rfind("\n", 0, begin) + 1  # an entry may begin inside a line
        wrapped = _wrapped(folded[line : entry.end])
        heading = not wrapped and (_is_apart(head, rest) or _heading_line(head, rest))
        return (head_end, first.end()) if heading else None
    if rest and _is_name(head, strict=strict):
        body = first.end() if first and "?" not in first.group() else head_end
        return head_end, body
    return None


@cache
def _dash() -> re.Pattern[str]:
    """Return a pattern for a dash between a name and what is done: 病有所医 - 实施…项目."""
    dash = r"(?:\s+[-–—]{1,2}\s+|——|--)"  # not that of a road: 中山路—建设路
    return re.compile(rf"(?<=[\u4e00-\u9fff]){dash}(?={any_of('build-verb')})")


def _is_apart(head: str, rest: str) -> bool:
    """Tell a heading that a blank line sets apart from the sentence below it."""
    apart = head.rstrip(" \t").endswith("\n") and not _UNFINISHED.search(head.rstrip())
    return apart and "。" in rest.split("\n", 1)[0]


def _wrapped(text: str) -> bool:
    """Tell a sentence that a page broke at its width: all lines but the last are full."""
    *full, last = [line.strip() for line in text.split("\n") if line.strip()]
    width = max(map(len, full), default=0)
    return (
        width >= _NARROWEST
        and ("," in full[0] or "。" in full[0])
        and len(last) <= width + 2
        # Half-width signs, and the mark of the entry, make lines differ.
        and all(len(line) >= _FULL * width for line in full)
        and not any(re.match(r"[(\[【一二三四五六七八九十\d]", line) for line in [*full[1:], last])
    )


def _heading_line(head: str, rest: str) -> bool:
    text = _YEAR.sub("", head).strip(" *#\t")
    if not text or len(text) > 80 or text.endswith((",", "、", ";")):
        return False
    below = rest.split("\n", 1)[0]
    # A page breaks its lines at one width: a line that a longer one follows ends by itself.
    ends = "," not in text and "。" in below and len(below) > _LONGER * len(head)
    return (
        ends
        or not has_quantity(text)
        or rest.startswith(("(", "项", "主", "责", "一", "1", "任", "目", "建"))
    )


def _is_name(head: str, *, strict: bool) -> bool:
    text = _BLANK.sub("", head)
    if not text or len(text) > _LONGEST_TITLE:
        return False
    if text.endswith(cues("project-noun")):
        return True
    if has_quantity(text):
        return False
    if "," in text and len(text) > _LONGEST_CLAUSE:
        return False  # 实施…防治工程，构建…体系: a sentence, whose first clause is the name
    if not strict or text.endswith((*cues("project-noun"), *cues("work-noun"))):
        return True
    return "," not in text and ";" not in text and len(text) <= 25


def _trimmed(folded: str, begin: int, end: int) -> Stretch:
    frames = _SIGNS + ("" if "》" in folded[begin:end] else "《")
    while begin < end and folded[begin] in frames:
        begin += 1
    while end > begin and folded[end - 1] in " \t\n*#:。":
        end -= 1
    return Stretch(begin, end)


def outline_task(
    node: Node,
    entry: Entry,
    *,
    path: str,
    group: Stretch | None,
    list_is_titled: bool,
    inherited: list[Field],
) -> OutlineTask:
    """Return the task that the marked `node` is, with its parts as items.

    `inherited` are the leaders and units whom the heading above names for its whole group.
    """
    title, body = split_title(entry, list_is_titled=list_is_titled)
    parts = (
        [child for child in node.children if child.begin >= body] if len(node.children) > 1 else []
    )
    first_part = parts[0].begin if parts else entry.end
    own = entry.part(body, first_part)
    items = _items(own, parts)
    if title and not any(f.kind == "content" for item in items for f in item.fields):
        title, items = _untitled(entry.folded, title, items)
    task_fields = [field for _, field in own.fields if field.kind in {"department", "leader"}]
    if title and body < entry.end and (units := _units_as_name(entry.folded, title)):
        title, task_fields = None, units + task_fields
    items, lifted = _lift(items, single_last=True)
    return OutlineTask(
        no=node.mark.value,
        path=path,
        items=tuple(items),
        title=title,
        group=group,
        fields=tuple(inherited + task_fields + lifted),
    )


def _units_as_name(folded: str, name: Stretch) -> list[Field]:
    """Return the units that stand where others have their name: 县教育局负责：新建学校3所."""
    level = _LEVEL.match(folded, name.begin)
    if level is None and body_pattern().match(folded, name.begin) is None:
        return []
    return units_named(folded, name.begin, name.end)


def _untitled(
    folded: str, title: Stretch, items: list[OutlineItem]
) -> tuple[Stretch | None, list[OutlineItem]]:
    """Give an entry that is one sentence its text back: such a one, or a promise, is no name.

    Over a report of its results it is.
    """
    reported = any(field.kind == "progress" for item in items for field in item.fields)
    text = folded[title.begin : title.end]
    clauses = "," in text and not text.rstrip().endswith(cues("project-noun"))
    if reported or not (clauses or has_quantity(text)):
        return title, items
    first, *rest = items
    content = Field("content", title)
    return None, [OutlineItem((content, *first.fields), first.label), *rest]


def _items(own: Entry, parts: list[Node]) -> list[OutlineItem]:
    items: list[OutlineItem] = []
    content = [Field("content", place) for place in own.content()]
    extra = [field for _, field in own.fields if field.kind not in {"department", "leader"}]
    fields = sorted(_filled(content + extra), key=lambda f: f.place.begin)
    if fields or not parts:
        items.append(OutlineItem(tuple(fields)))
    for part in parts:
        entry = Entry(own.folded, part.body, part.end)
        inner = [Field("content", place) for place in entry.content()]
        inner += [field for _, field in entry.fields]
        label = unspaced(entry.folded[part.begin : part.body])
        items.append(OutlineItem(tuple(sorted(_filled(inner), key=lambda f: f.place.begin)), label))
    return items


def _filled(fields: list[Field]) -> list[Field]:
    return [field for field in fields if field.place.begin < field.place.end]


def _lift(items: list[OutlineItem], *, single_last: bool) -> tuple[list[OutlineItem], list[Field]]:
    """Move up departments that only the last part carries: they close the whole entry."""
    carrying = [i for i, item in enumerate(items) if any(_duty(f) for f in item.fields)]
    if not carrying or (single_last and (carrying != [len(items) - 1])):
        return items, []
    last = items[-1]
    lifted = [f for f in last.fields if _duty(f)]
    kept = tuple(f for f in last.fields if not _duty(f))
    return [*items[:-1], OutlineItem(kept, last.label)], lifted


def _duty(field: Field) -> bool:
    return field.kind in {"department", "leader"}
