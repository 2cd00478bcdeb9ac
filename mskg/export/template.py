"""The template for a plan: a workbook to fill in, which every command then reads as a plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from mskg.lexicon.template import EXAMPLE, choices, template_fields
from mskg.lexicon.units import units
from mskg.render.forms import Form, FormColumn, FormRow, form_bytes

if TYPE_CHECKING:
    from mskg.lexicon.template import TemplateField

__all__ = ["template_workbook"]

_SHEETS: Final = {
    "zh": ("清单", "任务", "填写说明", "计量单位"),
    "en": ("Plan", "Tasks", "How to fill in", "Units"),
}
_HEADS: Final = {"zh": ("项目", "内容", "说明"), "en": ("Field", "Value", "Note")}
_WRONG: Final = {"zh": "填写有误", "en": "Not allowed here"}
_HELP: Final = {
    "zh": (
        "一、“清单”表填文件的基本情况，“任务”表一行填一个数字。",
        "二、一项任务有几个数字或几部分工作的，第一行写序号、任务名称，接下来的行把这两格空着。",
        "三、一个数字一行：指标名称（数的是什么）、比较、数值、单位。数值格只填数字。",
        "四、分阶段完成的：年度目标一行，每个阶段各一行，指标名称相同，目标类型选“阶段目标”，填上完成时限。",
        "五、牵头单位、责任单位、配合单位有几个的，用顿号隔开。",
        "六、灰色的例子行不会被读取，可以删掉，也可以留着。列可以调换次序，也可以加自己的列。",
        "七、填好后检查：mskg validate 填好的表.xlsx；存进图谱：mskg build 填好的表.xlsx。",
    ),
    "en": (
        "1. The first sheet is about the document, the second has one row for each number.",
        "2. A task with several numbers or parts: write its number and name in its first row only.",
        "3. One number a row: what is counted, comparison, value, unit. A value is digits only.",
        "4. Stages: a row for the target of the year and one for each stage, under the same name;"
        " choose “stage” and give the due date.",
        "5. Several units are separated by 、.",
        "6. The grey example row is never read. Columns may change places; you may add your own.",
        "7. Then: mskg validate filled.xlsx to check it, mskg build filled.xlsx to store it.",
    ),
}


def template_workbook(language: str = "zh", *, rows: int = 200) -> bytes:
    """Return the template as the bytes of an ``.xlsx`` workbook.

    Parameters
    ----------
    language:
        ``zh`` or ``en``, for headings and notes.
    rows:
        Rows with checked cells on the sheet of tasks.
    """
    titles = _SHEETS[language]
    return form_bytes(
        Form(
            titles=(titles[0], titles[1], titles[2], titles[3]),
            fields=FormRow(
                (_HEADS[language][0], _HEADS[language][1], _HEADS[language][2]),
                tuple(_column(entry, language) for entry in template_fields("program")),
            ),
            columns=tuple(_column(entry, language) for entry in template_fields("tasks")),
            rows=rows,
            help=_HELP[language],
            wrong=_WRONG[language],
            options=(titles[3], tuple(units())),
        )
    )


def _column(entry: TemplateField, language: str) -> FormColumn:
    kind, _, listed = entry.kind.partition(":")
    options = tuple(words[language] for words in choices(listed).values()) if listed else ()
    kinds = {"choice": "list", "unit": "suggestion"}
    return FormColumn(
        title=entry.title[language],
        kind=kinds.get(kind, kind),
        note=entry.note[language],
        width=entry.width,
        options=options,
        example=_example(entry, kind, listed, language),
    )


def _example(entry: TemplateField, kind: str, listed: str, language: str) -> object:
    if entry.id == "task-number":
        return EXAMPLE[language]
    if not entry.example:
        return None
    if kind == "number":
        return Decimal(entry.example)
    if kind == "date":
        return date.fromisoformat(entry.example)
    chosen = (words for words in choices(listed).values()) if listed else iter(())
    return next((w[language] for w in chosen if w["zh"] == entry.example), entry.example)
