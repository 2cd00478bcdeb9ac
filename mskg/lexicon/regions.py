"""Places with their codes (``regions.csv``) and names that were valid earlier."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from mskg.lexicon.tables import read_table

__all__ = ["Region", "RegionTable", "region_table"]

# Last words that people write instead of the full one: 恩施州 for 恩施土家族苗族自治州.
_COMMON_WORD = {"自治州": "州", "自治县": "县", "自治旗": "旗", "自治区": "区"}

# Script folding reads 乾 as 干; no other name of a place changes under it.
_FOLDED = {ord("乾"): "干"}


class Region(NamedTuple):
    """A place.

    Parameters
    ----------
    code:
        Six-digit code (行政区划代码); a place without one has the code of the place it
        lies in and a hash of its name, see `mskg.resolve.regions`.
    name:
        Official name with its level word, such as 湛河区.
    kind:
        省, 自治区, 直辖市, 地级市, 自治州, 地区, 盟, 市辖区, 县, 县级市, 自治县, 旗, …, for places
        without a code 开发区 or 乡镇.
    parent:
        Code of the place it lies in; empty for provinces.
    short:
        Name without its level word where that leaves two characters, such as 湛河.
    """

    code: str
    name: str
    kind: str
    parent: str
    short: str

    @property
    def is_province(self) -> bool:
        """Tell whether this is a province, autonomous region or city of that rank."""
        return self.code.endswith("0000")

    @property
    def is_prefecture(self) -> bool:
        """Tell whether this is a prefecture: a city with counties, 州, 地区 or 盟."""
        return self.code.endswith("00") and not self.is_province

    @property
    def names(self) -> tuple[str, ...]:
        """Return the official name and, of autonomous places, common ones (恩施州, 恩施自治州)."""
        word = _COMMON_WORD.get(self.kind)
        if not word or self.short == self.name:
            return (self.name,)
        # 内蒙古自治区 has no peoples in its name, so that the last one is the first again.
        return tuple(dict.fromkeys((self.name, self.short + word, self.short + self.kind)))


class RegionTable:
    """All places, by code and by name.

    ``former`` holds the places whose names are no longer valid; ``heads`` holds the first two
    characters of every name and ``tails`` the last three, for a quick scan of long texts;
    ``longest`` is the length of the longest name.
    """

    def __init__(self, current: tuple[Region, ...], former: tuple[Region, ...]) -> None:
        self.by_code = {region.code: region for region in (*former, *current)}
        self.former = frozenset(former)
        self.by_name: dict[str, tuple[Region, ...]] = {}
        self.by_short: dict[str, tuple[Region, ...]] = {}
        for region in current:
            self._add(region)
        for region in former:
            self._add(region)
        self.heads = {name[:2] for name in self.by_name}
        self.tails = {name[-3:] for name in self.by_name}
        self.longest = max(map(len, self.by_name))

    def _add(self, region: Region) -> None:
        names = region.names if region.kind in _COMMON_WORD else (region.name,)
        if "乾" in region.name:
            names = (*names, region.name.translate(_FOLDED))
        for name in names:
            self.by_name[name] = (*self.by_name.get(name, ()), region)
        if region.short not in names:
            self.by_short[region.short] = (*self.by_short.get(region.short, ()), region)

    def parent(self, region: Region) -> Region | None:
        """Return the place that `region` lies in."""
        return self.by_code.get(region.parent)

    def chain(self, region: Region) -> tuple[Region, ...]:
        """Return `region` and the places it lies in, the smallest first."""
        found = [region]
        while (above := self.parent(found[-1])) is not None:
            found.append(above)
        return tuple(found)

    def lies_in(self, region: Region, other: Region) -> bool:
        """Tell whether `region` lies in `other`, or is it."""
        return any(place.code == other.code for place in self.chain(region))

    def match(self, text: str, begin: int = 0) -> str:
        """Return the longest name with a level word that stands at `begin`, or an empty text."""
        if text[begin : begin + 2] not in self.heads:
            return ""
        for end in range(min(len(text), begin + self.longest), begin + 1, -1):
            if text[begin:end] in self.by_name:
                return text[begin:end]
        return ""


@cache
def region_table() -> RegionTable:
    """Return the table of all places; made once."""
    return RegionTable(_read("regions"), _read("regions_former"))


def _read(table: str) -> tuple[Region, ...]:
    return tuple(
        Region(row["code"], row["name"], row["kind"], row["parent"], row["short"])
        for row in read_table(table)
    )
