"""Facts of a plan in words that a clerk reads, in Chinese or English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.rdf.concepts import concept_label

if TYPE_CHECKING:
    from mskg.model import Assignment, Indicator, Milestone

__all__ = ["SIGNS", "assignment_words", "milestone_words", "rule_words", "target_words"]

SIGNS: Final = {"eq": "=", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈"}
_RECURRENCES: Final = {
    "ten-daily": ("每旬", "every ten days"),
    "daily": ("每天", "every day"),
    "weekly": ("每周", "every week"),
    "monthly": ("每月", "every month"),
    "quarterly": ("每季度", "every quarter"),
    "half-yearly": ("每半年", "every half-year"),
    "yearly": ("每年", "every year"),
}
_PRECISIONS: Final = {
    "early": ("月初/上旬", "early in the month"),
    "mid": ("中旬", "mid-month"),
    "late": ("月底/下旬", "late in the month"),
    "month": ("整月", "the whole month"),
    "quarter": ("季度", "quarter"),
    "half-year": ("半年", "half-year"),
    "year": ("全年", "year"),
}
# Rule that sets a number aside → what the number is.
_RULES: Final = {
    "age": ("年龄", "age"),
    "baseline": ("基数", "baseline"),
    "category": ("类别", "category"),
    "code": ("编码或型号", "code"),
    "condition": ("条件", "condition"),
    "contact": ("联系方式", "contact"),
    "correction": ("人工更正", "corrected by hand"),
    "date": ("日期", "date"),
    "denominator": ("分母（每…）", "denominator"),
    "document-number": ("文号", "document number"),
    "duration": ("时长", "duration"),
    "fraction": ("分数", "fraction"),
    "funding": ("资金来源", "source of money"),
    "grade": ("等级或规格", "grade"),
    "leader": ("领导一栏", "column of leaders"),
    "name": ("名称的一部分", "part of a name"),
    "note": ("备注", "note"),
    "number": ("号码", "number of something"),
    "ordinal": ("序数", "ordinal"),
    "past": ("以往的结果", "past result"),
    "progress": ("已报进展", "reported progress"),
    "road": ("道路编号", "road"),
    "site": ("地点", "site"),
    "time": ("钟点", "time of day"),
}


def _word(table: dict[str, tuple[str, str]], key: str, lang: str) -> str:
    return table[key][lang == "en"] if key in table else key


def rule_words(rule: str, lang: str) -> str:
    """Return what a number is that `rule` set aside."""
    return _word(_RULES, rule, lang)


def assignment_words(entry: Assignment, lang: str) -> str:
    """Return role and body: 牵头：献县教育局."""
    label = concept_label("role", entry.role)
    role = label[lang == "en"] if label else entry.role
    return f"{role}{': ' if lang == 'en' else '：'}{entry.org or entry.name}"


def target_words(entry: Indicator, lang: str) -> str:
    """Return what is counted with its value: 新增学位 ≥ 900 个."""
    value = f"{entry.value:f}" + (f"–{entry.upper:f}" if entry.upper is not None else "")
    text = f"{entry.name} {SIGNS.get(entry.op, entry.op)} {value} {entry.unit}".strip()
    if entry.baseline is not None:
        text += f" ({'from' if lang == 'en' else '原'} {entry.baseline:f})"
    return text


def milestone_words(entry: Milestone, lang: str) -> str:
    """Return the last day, or the rule of recurrence: 2023-06-30（月底/下旬）."""
    if entry.due is None:
        return _word(_RECURRENCES, entry.recurrence, lang)
    known = entry.precision in _PRECISIONS
    note = _word(_PRECISIONS, entry.precision, lang) if known else ""
    if not note:
        return entry.due.isoformat()
    return f"{entry.due.isoformat()} ({note})" if lang == "en" else f"{entry.due}（{note}）"
