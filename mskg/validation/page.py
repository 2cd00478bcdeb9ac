"""Findings as a page: the draft, with each finding in the margin where it stands.

The page is one file, needs no script and prints.
"""

from __future__ import annotations

import html
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mskg.model import severity_word
from mskg.validation.report import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mskg.validation.checked import Checked
    from mskg.validation.draft import Stretch
    from mskg.validation.report import Finding

__all__ = ["findings_page"]

_CSS: Final = Path(__file__).with_name("page.css")
_WORDS: Final = {
    "title": ("检查结果", "Findings"),
    "conforms": ("通过", "conforms"),
    "fails": ("不通过", "does not conform"),
    "list": ("发现一览", "What was found"),
    "none": ("没有发现问题。", "Nothing was found."),
    "draft": ("原文与批注", "The draft, with notes"),
    "record": ("内容与批注（由计划记录整理）", "The plan as recorded, with notes"),
    "rule": ("规则", "rule"),
}


def findings_page(checked: Sequence[Checked], lang: str = "zh") -> str:
    """Return an HTML page with the findings on one or several drafts.

    Parameters
    ----------
    checked:
        Drafts with their reports.
    lang:
        ``zh`` or ``en``.
    """
    parts = [_Section(entry, number, lang).html() for number, entry in enumerate(checked, 1)]
    title = html.escape(checked[0].draft.title if len(checked) == 1 else _word("title", lang))
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_CSS.read_text(encoding='utf-8')}</style>\n</head>\n"
        f"<body>\n{''.join(parts)}</body>\n</html>\n"
    )


def _word(name: str, lang: str) -> str:
    return _WORDS[name][0 if lang == "zh" else 1]


class _Section:
    """One draft: its verdict, the list of findings, its text with notes."""

    def __init__(self, checked: Checked, number: int, lang: str) -> None:
        self._checked = checked
        self._lang = lang
        self._id = f"p{number}"
        self._groups = checked.report.groups()
        in_order = [finding for _, _, group in self._groups for finding in group]
        self._numbers = {id(finding): n for n, finding in enumerate(in_order, 1)}
        self._notes: dict[int, list[Finding]] = {}
        """Findings by the position of the stretch beside which they are shown."""
        self._without_place: list[Finding] = []
        for finding in in_order:
            at = _stretch_of(finding, checked.draft.stretches)
            if at is None:
                self._without_place.append(finding)
            else:
                self._notes.setdefault(at, []).append(finding)

    def html(self) -> str:
        """Return the section."""
        draft, report = self._checked.draft, self._checked.report
        counts = "".join(
            f'<li class="{name}">{severity_word(name, self._lang)} {count}</li>'
            for name, count in report.counts.items()
        )
        verdict = "conforms" if report.conforms else "fails"
        mark = "good" if report.conforms else "bad"
        heading = "draft" if self._checked.from_document else "record"
        name = html.escape(self._checked.source.name)
        return (
            f"<main>\n<header>\n<h1>{html.escape(draft.title or self._checked.source.name)}</h1>\n"
            f'<p class="source">{name}</p>\n'
            f'<ul class="verdict"><li class="{mark}">{_word(verdict, self._lang)}</li>'
            f"{counts}</ul>\n</header>\n"
            f"<h2>{_word('list', self._lang)}</h2>\n{self._index()}"
            f"<h2>{_word(heading, self._lang)}</h2>\n{''.join(self._body())}</main>\n"
        )

    def _index(self) -> str:
        if not self._groups:
            return f"<p>{_word('none', self._lang)}</p>\n"
        parts = []
        for _, _, findings in self._groups:
            shown = html.escape(findings[0].heading(self._lang))
            lines = "".join(self._line(finding) for finding in findings)
            parts.append(f'<li><span class="task">{shown}</span><ol>{lines}</ol></li>\n')
        return f'<ul class="index">\n{"".join(parts)}</ul>\n'

    def _line(self, finding: Finding) -> str:
        place = finding.place(self._lang)
        text = html.escape(f"{place} {finding.statement(self._lang)}".strip())
        number = self._numbers[id(finding)]
        return (
            f'<li class="{finding.severity}"><a class="number" '
            f'href="#{self._id}n{number}">{number}</a>{text}</li>'
        )

    def _body(self) -> Iterator[str]:
        if self._without_place:
            yield f'<div class="row"><p></p>{self._aside(self._without_place)}</div>\n'
        numbered = enumerate(self._checked.draft.stretches)
        for table, group in groupby(
            numbered, key=lambda e: e[1].locator.table if e[1].kind == "cell" else 0
        ):
            if table:
                yield self._table(list(group))
            else:
                yield from (self._row(at, stretch) for at, stretch in group)

    def _row(self, at: int, stretch: Stretch) -> str:
        notes = self._notes.get(at, [])
        if not stretch.text.strip() and not notes:
            return ""
        kind = ' class="title"' if stretch.kind == "title" else ""
        return f'<div class="row"><p{kind}>{self._marked(stretch)}</p>{self._aside(notes)}</div>\n'

    def _table(self, cells: list[tuple[int, Stretch]]) -> str:
        columns = sorted({stretch.locator.column for _, stretch in cells})
        rows = []
        for _, group in groupby(cells, key=lambda entry: entry[1].locator.row):
            row = list(group)
            texts = {stretch.locator.column: self._marked(stretch) for _, stretch in row}
            notes = [note for at, _ in row for note in self._notes.get(at, [])]
            shown = "".join(f"<td>{texts.get(column, '')}</td>" for column in columns)
            rows.append(f'<tr>{shown}<td class="notes">{self._aside(notes)}</td></tr>\n')
        return f'<div class="row wide"><table>\n{"".join(rows)}</table></div>\n'

    def _aside(self, findings: Sequence[Finding]) -> str:
        return f"<aside>{''.join(map(self._note, findings))}</aside>" if findings else ""

    def _note(self, finding: Finding) -> str:
        number = self._numbers[id(finding)]
        severity = severity_word(finding.severity, self._lang)
        name = html.escape(finding.title(self._lang))
        rule = f"{_word('rule', self._lang)} {finding.rule}" if finding.rule else ""
        return (
            f'<div class="note {finding.severity}" id="{self._id}n{number}">'
            f'<a class="number" href="#{self._id}m{number}">{number}</a>'
            f'<span class="name">{severity} · {name}</span><br>'
            f"{html.escape(finding.statement(self._lang))}"
            f'<span class="rule">{html.escape(rule)}</span></div>'
        )

    def _marked(self, stretch: Stretch) -> str:
        """Return the words of `stretch`, cut where marks begin or end so that none overlap."""
        text = stretch.text
        marks = []
        for group in self._groups:
            for finding in group[2]:
                found = finding.span and stretch.find(finding.span)
                if found and found[0] < found[1]:
                    marks.append((*found, finding))
        cuts = sorted({0, len(text), *(m[0] for m in marks), *(m[1] for m in marks)})
        parts = []
        for begin, end in pairwise(cuts):
            covering = [m for m in marks if m[0] <= begin and end <= m[1]]
            piece = html.escape(text[begin:end])
            if covering:
                worst = min(covering, key=lambda m: SEVERITIES.index(m[2].severity))[2].severity
                ids = "".join(
                    f'<a id="{self._id}m{self._numbers[id(m[2])]}"></a>'
                    for m in covering
                    if m[0] == begin
                )
                piece = f'{ids}<mark class="{worst}">{piece}</mark>'
            closing = (m[2] for m in covering if m[1] == end)
            parts.append(piece + "".join(map(self._pointer, closing)))
        return "".join(parts)

    def _pointer(self, finding: Finding) -> str:
        number = self._numbers[id(finding)]
        return f'<a href="#{self._id}n{number}"><sup class="{finding.severity}">{number}</sup></a>'


def _stretch_of(finding: Finding, stretches: Sequence[Stretch]) -> int | None:
    """Return the position of the stretch where `finding` stands, or where its task begins."""
    if finding.span is not None:
        for at, stretch in enumerate(stretches):
            if stretch.find(finding.span):
                return at
    if finding.task_path:
        for at, stretch in enumerate(stretches):
            if stretch.task == finding.task_path:
                return at
    return None
