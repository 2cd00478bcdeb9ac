"""What a network says about itself: its title, and what is not in it, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mskg.network.incidence import Incidence, TaskInfo

__all__ = ["EXACT", "Note", "Tell", "left_out", "not_joined", "quiet", "title_of"]

_WHAT: Final = {
    "department": ("部门", "departments"),
    "function": ("职能", "functions"),
    "place-function": ("各地职能", "functions of each place"),
    "post": ("责任领导", "responsible leaders"),
}
_NAMED: Final = 3


class Note(NamedTuple):
    """A sentence about what is or is not in a network, in Chinese and English."""

    zh: str
    en: str

    def text(self, lang: str) -> str:
        """Return the sentence in ``zh`` or ``en``."""
        return self.en if lang == "en" else self.zh


Tell: TypeAlias = Callable[[Note], None]
"""Called with the name of a long step before it runs."""


def quiet(step: Note) -> None:
    """Do nothing: for callers that want to hear of no step."""


EXACT: Final = Note("精确计算", "exact")


def title_of(tasks: Sequence[TaskInfo], level: str) -> Note:
    """Name a network by its region and years, or by the number of regions."""
    places = sorted({task.region for task in tasks} - {""})
    times = sorted({task.year for task in tasks if task.year})
    place = places[0] if len(places) == 1 else f"{len(places)}个地区" if places else ""
    place_en = place if len(places) < 2 else f"{len(places)} regions"
    ends = list(dict.fromkeys((times[0], times[-1]))) if times else []
    span = f"{'—'.join(map(str, ends))}年" if ends else ""
    where = ", ".join(filter(None, (place_en, "–".join(map(str, ends)))))
    zh, en = _WHAT[level]
    return Note(
        f"{place}{span}{zh}协作网络", f"Collaboration of {en}" + (f": {where}" if where else "")
    )


def left_out(
    collectives: Mapping[str, str], duties: int, program_duties: int, *, nameless: bool = False
) -> Iterator[Note]:
    """Say which duties are not in the network.

    Parameters
    ----------
    collectives:
        IRI → name of the collectives that were left out, with their `duties`.
    program_duties:
        How many duties for whole programs were left out.
    nameless:
        Whether only those were that name no body.
    """
    if collectives:
        names = "、".join(sorted(set(collectives.values()))[:_NAMED])
        count = len(collectives)
        yield Note(
            f"未计入集体单位{count}个（{names}），涉及职责{duties}项",
            f"left out: collectives ({count}: {names}) with {duties} duties",
        )
    if program_duties and nameless:
        yield Note(
            f"未计入没有指明单位的项目级职责{program_duties}项",
            f"left out: {program_duties} programme-level duties that name no known body",
        )
    elif program_duties:
        yield Note(
            f"未计入总协调、督查等项目级职责{program_duties}项",
            f"left out: {program_duties} programme-level duties such as coordination",
        )


def not_joined(incidence: Incidence) -> Iterator[Note]:
    """Say which bodies are no nodes, and in which tasks not all units share the task."""
    bodies = sorted(incidence.unclassified)
    if bodies:
        names = "、".join(bodies[:_NAMED])
        yield Note(
            f"未计入没有职能分类的单位{len(bodies)}个（{names}）",
            f"left out: {len(bodies)} bodies without a known function ({names})",
        )
    split = len(incidence.loose)
    if split:
        yield Note(
            f"{split}项任务中有单位不算共同承担（分属不同分项，或是同一单位的几个职能）",
            f"not joined in {split} tasks: units of different items, or functions of one body",
        )
