"""The monthly bulletin (通报): a paper made of the standings at a day.

A pure function of the standings: the same rows and day give the same paper.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from mskg.ledger import pictures
from mskg.ledger.bulletin_tables import Tables, by_department, by_region, by_task
from mskg.ledger.footnotes import Footnotes
from mskg.ledger.profile import status_word
from mskg.ledger.tally import PACES, coloured, tally
from mskg.ledger.wording import day_words, heading, say
from mskg.lexicon.tables import read_table
from mskg.render.paper import Column, Figure, Figures, Grid, Notes, Paper, Section, Value, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mskg.ledger.rows import Standing
    from mskg.render.paper import Block

__all__ = ["assembled", "bulletin", "in_order", "meanings", "subject"]

_SOURCES: Final = 3
_TIMELINES: Final = 60  # tasks of which the milestones are drawn


def bulletin(
    standings: Iterable[Standing],
    at: date,
    *,
    profile: str,
    lang: str = "zh",
    names: Mapping[str, Sequence[str]] | None = None,
    window: int = 30,
    department: str = "",
) -> Paper:
    """Return the bulletin of `standings` at the day `at`.

    Parameters
    ----------
    profile:
        Name of the profile that the statuses come from; it is printed.
    lang:
        ``zh`` or ``en``.
    names:
        Leaders of tasks and items by IRI, to be named beside those who reported and checked;
        None: no person is named.
    window:
        Days that “falls due soon” looks ahead.
    department:
        The department that the rows were chosen by, for the heading.
    """
    rows = in_order(standings)
    footnotes = Footnotes(rows, lang, names)
    tables = Tables(rows, at, lang, footnotes)
    lines = [say("as_of", lang, day_words(at, lang))]
    lines += [say("department", lang, department)] if department else []
    lines += [_sources(rows, lang), say("profile", lang, profile), *_warnings(rows, at, lang)]
    sections: list[tuple[str, str, Iterable[Block]]] = [
        ("overview", say("overview", lang), _overview(rows, lang)),
        ("lagging", say("lagging", lang), [tables.lagging()]),
        ("soon", say("soon", lang, window), [tables.soon(window), _rule("r_warn", lang)]),
    ]
    if any(_is_midyear(at, standing) for standing in rows):
        sections.append(("half", say("half", lang), (_rule("r_half", lang), tables.half())))
    sections += [
        ("ranking", say("ranking", lang), _ranking(tables)),
        (
            "tasks",
            say("tasks", lang),
            [tables.tasks(), tables.every_row(), _rule("r_assumed", lang)],
        ),
        ("missing", say("missing", lang), _missing(tables)),
        ("charts", say("charts", lang), _charts(tables)),
        ("notes", say("notes", lang), [Notes(footnotes.notes())]),
        ("rules", say("rules", lang), meanings(rows, lang)),
    ]
    return assembled(say("title", lang, subject(rows, lang)), lines, sections, lang)


def assembled(
    title: str,
    lines: Iterable[str],
    sections: Iterable[tuple[str, str, Iterable[Block]]],
    lang: str,
) -> Paper:
    """Return the paper of sections given as id, heading and blocks, numbered."""
    numbered = tuple(
        Section(name, heading(number, words, lang), tuple(blocks))
        for number, (name, words, blocks) in enumerate(sections, 1)
    )
    heads = (say("rests", lang), say("quote", lang), say("place", lang))
    return Paper(
        lang, title, tuple(lines), numbered, left=say("left", lang),
        contents=say("contents", lang), note_heads=heads, foot=say("foot", lang),
    )  # fmt: skip


def in_order(standings: Iterable[Standing]) -> list[Standing]:
    """Return `standings` by place and year, within a plan as they were given."""
    return sorted(standings, key=lambda s: (s.row.region, s.row.year or 0, s.row.program))


def subject(rows: Sequence[Standing], lang: str) -> str:
    """Return what a paper is about: 泾源县2023年, or how many places and plans."""
    programs = {standing.row.program for standing in rows}
    regions = {standing.row.region for standing in rows}
    if len(programs) == 1:
        return say("one", lang, rows[0].row.region, rows[0].row.year or "")
    return say("many", lang, len(regions), len(programs))


def _sources(rows: Sequence[Standing], lang: str) -> str:
    titles = list(dict.fromkeys(s.row.document_title or s.row.document for s in rows))
    joint = "、" if lang == "zh" else ", "
    words = joint.join(titles[:_SOURCES])
    if len(titles) > _SOURCES:
        words += joint + say("more_sources", lang, len(titles))
    return say("sources", lang, words)


def _warnings(rows: Sequence[Standing], at: date, lang: str) -> Iterator[str]:
    years = [standing.row.year for standing in rows if standing.row.year]
    if years and at.year < min(years):
        yield say("before", lang, min(years))
    if years and at.year > max(years):
        yield say("after", lang, max(years))
    if all(standing.actual is None and not standing.events for standing in rows):
        yield say("no_reports", lang)


def _rule(key: str, lang: str) -> Words:
    return Words(say(key, lang), rule=True)


def _overview(rows: Sequence[Standing], lang: str) -> Iterator[Block]:
    counts = tally(rows)
    colours = {notation: standing.colour for notation, standing in coloured(rows).items()}
    goals = {"overdue": "lagging", "behind": "lagging", "no-data": "missing"}
    paces = [
        Figure(
            status_word(pace, lang),
            counts.paces[pace],
            colours.get(pace, ""),
            goals.get(pace, "tasks"),
        )
        for pace in PACES
        if counts.paces.get(pace)
    ]
    ended = [Figure(say("f_ended", lang), counts.ended)] if counts.ended else []
    figures = (
        Figure(say("f_tasks", lang), counts.tasks, goal="tasks"),
        Figure(say("f_rows", lang), counts.rows, goal="tasks"),
        Figure(say("f_done", lang), counts.done, goal="tasks"),
        Figure(say("f_closed", lang), counts.closed, goal="tasks"),
        Figure(say("f_completed", lang), counts.completed, goal="tasks", share=True),
    )
    yield Figures(figures)
    yield Figures((*paces, *ended))
    yield _rule("r_rows", lang)


def _is_midyear(at: date, standing: Standing) -> bool:
    """Return whether the half-way mark of the plan's year is being reported on."""
    year = standing.row.year
    return year is not None and date(year, 6, 30) <= at <= date(year, 7, 31)


def _ranking(tables: Tables) -> Iterator[Block]:
    if tables.several:
        regions = by_region(tables.standings)
        yield tables.ranked(regions, tables.say("t_regions"), "region")
    departments = by_department(tables.standings, tables.say("nobody"))
    yield tables.ranked(departments, tables.say("t_departments"), "unit")
    yield _rule("r_ranking", tables.lang)
    yield tables.duties()
    yield _rule("r_task", tables.lang)


def _missing(tables: Tables) -> Iterator[Block]:
    grid, others = tables.missing()
    yield grid
    if others:
        yield Words(tables.say("more_missing", others))


def _charts(tables: Tables) -> Iterator[Block]:
    yield pictures.bars(tables)
    if len(by_task(tables.standings)) <= _TIMELINES:
        yield pictures.timeline(tables)
    yield pictures.growth(tables)


def meanings(rows: Sequence[Standing], lang: str) -> Iterator[Block]:
    """Yield what the statuses in use mean and which colour the profile gives them."""
    known = {entry["id"]: entry for entry in read_table("statuses")}
    shades = coloured(rows)
    used = {word for s in rows for word in (s.pace, s.state) if word}
    lines = []
    for notation in sorted(used, key=_place):
        shade = shades.get(notation)
        name = (shade.colour_en if lang == "en" else shade.colour_zh) if shade else ""
        word = Value(status_word(notation, lang), colour=shade.colour if shade else "")
        meaning = known[notation][f"definition_{lang}"] if notation in known else ""
        lines.append((word, Value(name), Value(meaning)))
    columns = tuple(
        Column(say(key, lang), width) for key, width in (("word", 18), ("colour", 14),
                                                         ("meaning", 68))
    )  # fmt: skip
    yield Grid("", columns, tuple(lines))


def _place(notation: str) -> tuple[int, str]:
    return (PACES.index(notation) if notation in PACES else len(PACES)), notation
