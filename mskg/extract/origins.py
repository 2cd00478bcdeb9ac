"""Who set a task, as its group, its row, its name or the prose around the list say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mskg.lexicon.origins import origins_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.model.outline import OutlineTask, Stretch
    from mskg.text import FoldedText

__all__ = ["origins_of", "voted"]

_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]{2,10})[)\]】]")
_COLUMNS = frozenset({"note", "category"})
_VOTED = re.compile(r"票决(?!制)(?:产生|确定|通过|选出|出|的)?[^。;\n]{0,24}(?:实事|项目)")


def origins_of(folded: FoldedText, task: OutlineTask) -> tuple[str, ...]:
    """Return the ids of who set `task`: by its row (任务来源), its name （省定）, its group."""
    text = folded.folded
    cells = [f.place for item in task.items for f in item.fields if f.kind in _COLUMNS]
    for place in cells:
        if found := origins_in(text[place.begin : place.end]):
            return found
    if task.title:
        framed = _BRACKET.findall(text[task.title.begin : task.title.end])
        if found := origins_in(" ".join(framed)):
            return found
    return origins_in(text[task.group.begin : task.group.end]) if task.group else ()


def voted(folded: FoldedText, prose: Sequence[Stretch]) -> bool:
    """Tell whether the prose says that deputies voted on the list (人大代表票决)."""
    return any(_VOTED.search(folded.folded, place.begin, place.end) for place in prose)
