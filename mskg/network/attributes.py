"""The one table of what a network says about nodes, edges and itself; it feeds every writer.

Titles, types and meanings in Chinese and English are rows of ``data/vocabulary/network.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from mskg.lexicon.tables import read_table

__all__ = [
    "KINDS",
    "Attribute",
    "attributes_of",
    "kind_name",
]


@dataclass(frozen=True, slots=True)
class Attribute:
    """A column: machine name, GEXF type (string, integer, double), titles and meanings."""

    key: str
    type: str
    zh: str
    en: str
    meaning_zh: str = ""
    meaning_en: str = ""
    source: str = ""

    def title(self, lang: str) -> str:
        """Return the title in ``zh`` or ``en``."""
        return self.en if lang == "en" else self.zh

    def meaning(self, lang: str) -> str:
        """Return what it means, in ``zh`` or ``en``."""
        return self.meaning_en if lang == "en" else self.meaning_zh


@cache
def attributes_of(what: str) -> tuple[Attribute, ...]:
    """Return the attributes of ``node``, ``edge`` or ``network``, in order."""
    rows = [row for row in read_table("network") if row["id"].startswith(f"{what}.")]
    return tuple(
        Attribute(
            row["id"].partition(".")[2], row["type"], row["zh"], row["en"],
            row["meaning_zh"], row["meaning_en"], row["source"],
        )
        for row in sorted(rows, key=lambda row: int(row["order"]))
    )  # fmt: skip


KINDS: Final = {
    "department": ("部门", "department"),
    "collective": ("集体单位", "collective"),
    "function": ("职能", "function"),
    "post": ("责任领导", "post"),
    "task": ("任务", "task"),
    "program": ("计划", "program"),
    "shared": ("共同任务", "shared tasks"),
    "with-collective": ("与集体单位共同任务", "shared tasks with a collective"),
    "leads": ("牵头→配合", "leads → supports"),
    "coordinates": ("项目级职责", "programme duty"),
    "accountable": ("牵头", "accountable"),
    "related": ("配合", "related"),
    "lead": ("牵头", "lead"),
    "responsible": ("责任", "responsible"),
    "coordinator": ("总协调", "coordinator"),
    "supervisor": ("督查", "supervisor"),
    "finance": ("资金", "finance"),
    "audit": ("审计", "audit"),
    "other": ("其他", "other"),
    "province": ("省级", "province"),
    "prefecture": ("地级", "prefecture"),
    "county": ("县级", "county"),
}


def kind_name(kind: str, lang: str) -> str:
    """Return the name of a kind, role or level in ``zh`` or ``en``."""
    return KINDS[kind][lang == "en"] if kind in KINDS else kind
