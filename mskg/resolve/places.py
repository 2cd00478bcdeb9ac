"""The place in a name, read from where the document stands.

市… in a plan of a district is the city above it, in a plan of a city the city itself;
湛河区… and 唐山… name the place; without any place the body belongs to the document's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from mskg.lexicon.departments import body_words
from mskg.lexicon.regions import Region, region_table
from mskg.ns import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Place", "Scope", "near"]

_LEVEL = re.compile(r"自治区|自治州|自治县|地区|省|市|州|盟|区|县|旗|行署|新区|镇|乡")
_STREET = "街道"  # a level word in its own plans only: 街道残联
_KIND_WORDS = {
    "市辖区": ("区",),
    "地级市": ("市",),
    "县级市": ("市",),
    "直辖市": ("市",),
    "县": ("县",),
    "自治县": ("自治县", "县"),
    "旗": ("旗",),
    "自治旗": ("自治旗", "旗"),
    "自治州": ("自治州", "州"),
    "地区": ("地区", "行署"),
    "盟": ("盟",),
    "省": ("省",),
    "自治区": ("自治区",),
    "林区": ("林区", "区"),
    "特区": ("特区", "区"),
    "开发区": ("新区", "区"),
    "乡镇": ("镇", "乡"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """The place that a name begins with, and what follows it.

    ``region`` is None where the word names no place that is known (区 in a document whose
    region is unknown); ``label`` is what stands for the place in full names; ``how`` is
    name, short, level or own.
    """

    region: Region | None
    label: str
    rest: str
    how: str


@dataclass(frozen=True)
class Scope:
    """Where a document stands: its region and the text in which it names places.

    Parameters
    ----------
    region:
        The document's own place, None where it is unknown.
    text:
        Folded text of the document; it tells whether 恩施州 or the official name is in use.
    key:
        Identifies the document; separates organisations of unknown places.
    """

    region: Region | None
    text: str = ""
    key: str = ""

    @cached_property
    def chain(self) -> tuple[Region, ...]:
        """Return the document's place and the places it lies in, the smallest first."""
        return region_table().chain(self.region) if self.region else ()

    @property
    def province(self) -> str:
        """Return the code of the province, empty where the place is unknown."""
        return self.chain[-1].code if self.chain and self.chain[-1].is_province else ""

    @cached_property
    def levels(self) -> dict[str, Region]:
        """Return what 省, 市, 县, 区 … mean here."""
        found: dict[str, Region] = {}
        for region in self.chain:
            for word in _KIND_WORDS.get(region.kind, ()):
                found.setdefault(word, region)
        if self.region and self.region.kind == "乡镇" and self.region.name.endswith(_STREET):
            found[_STREET] = self.region
        # In an autonomous region 区 is the region itself for its cities and counties.
        if self.chain and self.chain[-1].kind == "自治区":
            found.setdefault("区", self.chain[-1])
        return found

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {}

    def label(self, region: Region) -> str:
        """Return the name of `region` as the document uses it, else its official name."""
        found = self._labels.get(region.code)
        if found is None:
            names = region.names
            used = (name for name in names if len(names) > 1 and name in self.text)
            found = self._labels[region.code] = next(used, names[0])
        return found

    def code(self, region: Region | None, label: str) -> str:
        """Return the code part of an organisation's id."""
        if region is not None:
            return region.code
        if self.region is not None:
            return f"{self.region.code}-{digest(label)}" if label else self.region.code
        return f"x{digest(self.key + '/' + label)}"

    def readings(self, name: str) -> Iterator[Place]:
        """Yield every way to read the place at the beginning of `name`, the best first."""
        named = self._named(name)
        if named is not None:
            yield named
        yield from self._short(name)
        if name.startswith(_STREET) and _STREET in self.levels:
            yield self._level(_STREET, name.removeprefix(_STREET))
        level = _LEVEL.match(name)
        if level is not None and not _no_level().match(name):
            above = self._level(level[0], name[level.end() :])
            inner = self._named(above.rest)
            if inner and inner.region and above.region and above.region.code in self._above(inner):
                yield inner  # 市建邺区政府
            yield above
        yield Place(self.region, self.label(self.region) if self.region else "", name, "own")
        if level is not None and _no_level().match(name):
            yield self._level(level[0], name[level.end() :])

    def _above(self, place: Place) -> set[str]:
        chain = region_table().chain(place.region) if place.region else ()
        return {region.code for region in chain}

    def _level(self, word: str, rest: str) -> Place:
        region = self.levels.get(word)
        return Place(region, self.label(region) if region else word, rest, "level")

    def _named(self, name: str) -> Place | None:
        """Read full names at the beginning: 平顶山市湛河区…, 献县县委…."""
        table = region_table()
        region: Region | None = None
        rest = name
        while found := table.match(rest):
            choices = table.by_name[found]
            if region is not None:
                choices = tuple(r for r in choices if table.lies_in(r, region))
            if not choices:
                break
            # 市 in 唐山市市… and 城区 in 城区… are no second place.
            region, rest = self._nearest(choices), rest[len(found) :]
        if region is None:
            return None
        words = _KIND_WORDS.get(region.kind, ())
        for word in words:
            if rest.startswith(
                (word + "委", word + "政府", word + "人民政府", word + "人大", word + "政协")
            ):
                rest = rest[len(word) :]
                break
        return Place(region, self.label(region), rest, "name")

    def _nearest(self, choices: tuple[Region, ...]) -> Region:
        """Return the choice that shares the longest chain with the document's own place."""
        if len(choices) == 1 or not self.chain:
            return choices[0]
        own = {region.code for region in self.chain}
        table = region_table()
        return max(choices, key=lambda r: sum(place.code in own for place in table.chain(r)))

    def _short(self, name: str) -> Iterator[Place]:
        """Read a short name of the document's own place or one above it: 唐山供电公司."""
        for region in self.chain:
            if region.short != region.name and name.startswith(region.short):
                yield Place(region, self.label(region), name[len(region.short) :], "short")

    def find_short(self, short: str) -> Region | None:
        """Return the place that `short` names in 湛河分局: own, above, below or beside."""
        table = region_table()
        for region in self.chain:
            if short in (region.short, *region.names):
                return region
        # Cities of the same province are no neighbours: 漯河 in a plan of 湛河区 is an error.
        homes = {
            r.code
            for r in self.chain[:2]
            if r is self.region or not r.kind.endswith(("省", "自治区"))
        }
        around = table.by_short.get(short, ()) + table.by_name.get(short, ())
        found = {r.code: r for r in around if r.parent in homes}
        return next(iter(found.values())) if len(found) == 1 else None


@cache
def _no_level() -> re.Pattern[str]:
    """Return words that begin with a level word but name a field: 市场监管局 is of no 市."""
    return re.compile(body_words("no-level"))


def near(one: str, other: str) -> bool:
    """Tell whether two names of equal length (two characters or more) differ in just one."""
    if len(one) != len(other) or len(one) < 2:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1
