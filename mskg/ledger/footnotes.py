"""What each figure of a bulletin rests on: rule, reports, and the sentence of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg.ledger.leaders import leading
from mskg.ledger.profile import status_word
from mskg.ledger.wording import say
from mskg.render.paper import Note, Value, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from mskg.ledger.rows import Due, LedgerRow, Report, Standing

__all__ = ["Footnotes", "due_words"]


class Footnotes:
    """Numbers for the rows of a bulletin, in the order of the plan, and their notes.

    Parameters
    ----------
    names:
        Leaders of tasks and items by IRI, to be named beside those who reported and checked;
        None: no person is named.
    """

    def __init__(
        self, standings: Iterable[Standing], lang: str, names: Mapping[str, Sequence[str]] | None
    ) -> None:
        self._standings = list(standings)
        self._lang, self._names = lang, names is not None
        self.leaders = names or {}
        self._numbers = {s.row.id: number for number, s in enumerate(self._standings, 1)}

    def value(self, standing: Standing) -> Value:
        """Return the cell that leads to the note of a row: [12]."""
        number = self._numbers[standing.row.id]
        return Value(f"[{number}]", goal=f"e{number}")

    def notes(self) -> tuple[Note, ...]:
        """Return the note of every row."""
        return tuple(map(self._note, self._standings))

    def _note(self, standing: Standing) -> Note:
        row, number = standing.row, self._numbers[standing.row.id]
        place = " ".join(filter(None, (row.document_title, row.locator.words(self._lang))))
        return Note(
            id=f"e{number}",
            number=number,
            head=f"{row.task_number} {row.task_title} · {row.label}",
            lines=tuple(self._lines(standing)),
            quote=row.quote,
            place=place,
        )

    def _lines(self, standing: Standing) -> Iterator[str]:
        why = standing.why_en if self._lang == "en" else standing.why_zh
        yield (
            f"{status_word(standing.pace, self._lang)} · "
            f"{say('n_rule', self._lang, standing.rule, why)}"
        )
        if named := leading(self.leaders, standing.row):
            yield say("n_leader", self._lang, "、".join(named))
        due = standing.due or standing.row.due
        if due is not None:
            yield due_words(due, self._lang, (standing.row.quote,))
        yield from self._actual(standing.actual)
        for event in standing.events:
            by = f" {event.by}" if event.by and self._names else ""
            said = " ".join(filter(None, (event.evidence, event.note)))
            kind = say(f"event_{event.kind}", self._lang)
            yield f"{event.at.isoformat()} {kind}{by} {said}".rstrip()
            yield from self._adjusted(standing.row, event.value)

    def _actual(self, actual: Report | None) -> Iterator[str]:
        if actual is None:
            yield say("n_none", self._lang)
            return
        value = shown(Value(actual.value, unit=actual.unit)) if actual.value is not None else ""
        state = status_word(actual.state, self._lang) if actual.state else ""
        found = " ".join(filter(None, (value, state)))
        when = [actual.at.isoformat()]
        if actual.source == "text":
            when.append(say("n_from_text", self._lang))
        if self._names and actual.reporter:
            when.append(say("n_by", self._lang, actual.reporter))
        yield say("n_actual", self._lang, found, "；".join(when) if self._lang == "zh"
                  else "; ".join(when))  # fmt: skip
        if actual.note:
            yield say("n_note", self._lang, actual.note)
        if actual.evidence:
            yield say("n_evidence", self._lang, actual.evidence)

    def _adjusted(self, row: LedgerRow, value: Decimal | None) -> Iterator[str]:
        if value is not None and row.target is not None:
            old, new = (shown(Value(entry, unit=row.unit)) for entry in (row.target, value))
            yield say("n_adjusted", self._lang, old, new)


def due_words(due: Due, lang: str, known: Iterable[str] = ()) -> str:
    """Return a deadline with its words, unless they are among those `known` anyway."""
    words = [f"“{due.words}”"] if due.words and due.words not in known else []
    words.append(say(f"scope_{due.scope}", lang))
    return say("n_due", lang, due.end.isoformat(), " ".join(words))
