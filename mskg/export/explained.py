"""A document with every fact marked where it stands, as a page that can be mailed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mskg import __version__
from mskg.export.flow import Paragraph, flow
from mskg.export.marks import KINDS, Mark, Piece, mark_id, marks_of_blocks, nest, plan_marks
from mskg.export.points import open_points
from mskg.export.words import assignment_words, milestone_words, target_words
from mskg.model.counts import count_plan
from mskg.rdf.hiding import hidden, names_of
from mskg.render.csv import csv_row
from mskg.render.page import page_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mskg.export.points import Point
    from mskg.model import Block, Document, Plan, Span, Task

__all__ = ["explain_html"]

_WORDS: Final = {
    "advice": ("怎么办", "What to do"),
    "colon": ("：", ": "),
    "corrections": (
        "更正表是一个 CSV 文件，第一行是 document,quote,kind,value,by,note；"
        "写好后用 mskg extract 文件 --corrections 更正.csv 重读。",
        "Corrections are a CSV file whose first line is document,quote,kind,value,by,note;"
        " read again with mskg extract FILE --corrections FILE.csv.",
    ),
    "how": (
        "鼠标（或 Tab 键）移到标记上，页面底部显示读到的内容；"
        "没有标记的文字，没有读成任务、部门、指标或时限。",
        "Point at a mark, or move to it with the Tab key: the bottom of the page tells what was"
        " read there. Text without a mark is no task, department, target or deadline.",
    ),
    "legend": ("图例：", "Marks: "),
    "nothing": ("没有。", "Nothing."),
    "place": ("原文", "text"),
    "points": ("没有看懂或存疑之处", "Not understood, or doubtful"),
    "tasks": ("任务", "Tasks"),
    "text": ("原文", "The text"),
    "vague": (
        "措辞含糊、难以核对的承诺",
        "Promises in vague words, hard to check",
    ),
    "to_points": ("跳到存疑之处", "Skip to what is doubtful"),
    "to_text": ("跳到原文", "Skip to the text"),
}
_ABOUT: Final = {
    "number": ("文号", "number"),
    "issuer": ("发文机关", "issued by"),
    "issued": ("日期", "date"),
    "region": ("地区", "region"),
    "year": ("年度", "year"),
    "file": ("文件", "file"),
    "key": ("文件编号", "document key"),
}


def explain_html(document: Document, plan: Plan, *, lang: str = "zh", names: bool = False) -> str:
    """Return a page with the text of `document`, its facts marked, and what is doubtful.

    The page needs nothing but itself: no script, no other file.

    Parameters
    ----------
    plan:
        What was read of the document.
    lang:
        Language of the page, ``zh`` or ``en``.
    names:
        Keep names and telephone numbers of persons; else every sign of them is □.
    """
    if not names:
        persons = names_of(plan)
        document, plan = hidden(document, persons), hidden(plan, persons)
    english = lang == "en"
    points = open_points(document, plan, lang)
    marks = plan_marks(plan, points, lang)
    words = {key: pair[english] for key, pair in _WORDS.items()}
    made = ("由 mskg {} 生成，供人核对。", "Made by mskg {} for people to check.")[english]
    return page_html(
        "explained",
        english=english,
        words={**words, "made": made.format(__version__)},
        title=plan.document.title or plan.source,
        about=[(_ABOUT[key][english], value) for key, value in _about(plan) if value],
        counts=_counts(plan, lang),
        kinds=[(kind, names[english]) for kind, names in KINDS.items()],
        tasks=[_task(task, lang) for task in plan.tasks],
        blocks=list(_blocks(document, marks, lang)),
        points=[_point(point) for point in points if point.kind != "vague"],
        vague=[_point(point) for point in points if point.kind == "vague"],
    )


def _about(plan: Plan) -> Iterator[tuple[str, str]]:
    info, program = plan.document, plan.program
    yield "number", info.doc_number
    yield "issuer", info.issuer
    yield "issued", info.issued.isoformat() if info.issued else ""
    yield "region", program.region
    yield "year", str(program.year or "")
    yield "file", plan.source
    yield "key", info.key


def _counts(plan: Plan, lang: str) -> list[dict[str, Any]]:
    english, counts = lang == "en", count_plan(plan)
    coverage = f" ({counts.coverage})" if english else f"（{counts.coverage}）"
    found: list[tuple[int, str, str, bool]] = [
        (counts.tasks, ("项任务", "tasks")[english], "#text", False),
        (counts.assignments, ("项分工", "assignments")[english], "", False),
        (counts.indicators, ("个指标", "targets")[english], "", False),
        (counts.milestones, ("个时限", "deadlines")[english], "", False),
        (
            counts.numbers - counts.unknown,
            (f"/ {counts.numbers} 个数字已看懂", f"of {counts.numbers} numbers understood")[english]
            + (coverage if counts.numbers else ""),
            "",
            counts.unknown > 0,
        ),
        (
            counts.issues + counts.unknown,
            ("处存疑", "points to look at")[english],
            "#points",
            counts.issues + counts.unknown > 0,
        ),
    ]
    return [{"value": v, "word": w, "goal": g, "open": o} for v, w, g, o in found]


def _task(task: Task, lang: str) -> dict[str, Any]:
    facts = [(assignment_words(e, lang), e.span, "department") for e in task.departments]
    for item in task.items:
        facts += [(target_words(e, lang), e.span, "indicator") for e in item.indicators]
        for stage in item.milestones:
            facts.append((milestone_words(stage, lang), stage.span, "milestone"))
            facts += [(target_words(e, lang), e.span, "indicator") for e in stage.indicators]
    span = task.title_span
    if span is None and task.span is not None:
        end = min(task.span.end, task.span.begin + len(task.title))
        goal = f"#task-{task.span.begin}-{end}"
    else:
        goal = _goal(span, "task")
    listed = [{"words": words, "goal": _goal(place, kind)} for words, place, kind in facts]
    return {"path": task.path, "title": task.title, "goal": goal, "facts": listed}


def _goal(span: Span | None, kind: str) -> str:
    return f"#{mark_id(span, kind)}" if span is not None else ""


def _blocks(document: Document, marks: Sequence[Mark], lang: str) -> Iterator[dict[str, Any]]:
    """Yield the model of each paragraph and table, with its pieces of text and marks."""
    here = marks_of_blocks(document, marks)

    def pieces(block: Block) -> tuple[Piece, ...]:
        return nest(document.text, block.begin, block.end, here[block.begin])

    for part in flow(document):
        page = f"Page {part.page}" if lang == "en" else f"第{part.page}页"
        model = {"page": page if part.page else "", "rows": (), "pieces": (), "apart": False}
        if isinstance(part, Paragraph):
            yield {**model, "apart": part.apart, "pieces": pieces(part.block)}
        else:
            yield {**model, "rows": [[_cell(c, pieces(c)) for c in row] for row in part.rows]}


def _cell(block: Block, pieces: tuple[Piece, ...]) -> dict[str, Any]:
    return {"row_span": block.row_span, "column_span": block.column_span, "pieces": pieces}


def _point(point: Point) -> dict[str, Any]:
    return {
        "number": point.number,
        "kind": point.kind,
        "word": point.word,
        "message": point.message,
        "place": point.place,
        "context": point.context,
        "advice": point.advice,
        "row": csv_row(point.row.row) if point.row else "",
        "goal": _goal(point.span, point.mark),
    }
