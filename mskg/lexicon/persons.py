"""Names of persons and their posts, told from the names of bodies (``surnames.csv``)."""

from __future__ import annotations

import re
from functools import cache

from mskg.lexicon.cues import any_of
from mskg.lexicon.departments import body_end, body_values, forms, irregular_names
from mskg.lexicon.tables import read_table
from mskg.text import any_word

__all__ = [
    "ORGAN",
    "behind_post",
    "has_post",
    "is_leader",
    "leading_person",
    "post_behind",
    "surname_and_name",
]

# The organ that a post is of, printed before it: 县政府, 市公安局.
ORGAN = r"[省市县区州盟旗镇乡]?(?:委|政府|人大|政协)?(?:分管|[一-龥]{2,6}[局委办])?"
_SHORTEST_NAME, _LONGEST_NAMED, _LONGEST = 2, 6, 12  # 乌日图那顺 is told by a post
_NOT_NAME = re.compile(r"\d|[各等按]|负责|分管|牵头|配合")


@cache
def post_behind() -> re.Pattern[str]:
    """Return a pattern for the posts behind a name: 王平副县长, 王平（县委常委）."""
    return re.compile(rf"(?:(?:常务)?副?{any_of('post')}|{any_of('post-apart')})+.*$")


@cache
def _post_before() -> re.Pattern[str]:
    post = rf"(?:{ORGAN}(?:常务)?副?{any_of('post')}|[省市县区州盟旗]?委?{any_of('post-apart')})"
    return re.compile(rf"(?P<post>{post}+)(?P<name>[\u4e00-\u9fff·]{{2,{_LONGEST}}})")


@cache
def surname_and_name() -> re.Pattern[str]:
    """Return a pattern for a Chinese name: a surname and one or two characters."""
    names = any_word(row["surname"] for row in read_table("surnames"))
    return re.compile(rf"{names}[\u4e00-\u9fff]{{1,2}}")


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"{body_end()}$|[乡镇村县市区州]$")


def behind_post(printed: str) -> tuple[str, str] | None:
    """Return post and name where a post stands before the name: 常务副县长张伟, 县委常委张伟."""
    match = _post_before().fullmatch(printed)
    if match is None or post_behind().search(match["name"]) or _NOT_NAME.search(match["name"]):
        return None
    return match["post"], match["name"]


def has_post(printed: str) -> bool:
    """Tell the name of a person with a post: 副县长张伟, 张伟副县长."""
    posted = behind_post(printed) is not None or post_behind().search(printed) is not None
    return posted and is_leader(printed)


def is_leader(printed: str) -> bool:
    """Tell the name of a person from that of a body, by a post or by a surname.

    Parameters
    ----------
    printed:
        Folded name without white space, as it stands among units: 张伟, 副县长张伟, 张伟副县长.
    """
    posted, behind = behind_post(printed), post_behind().search(printed)
    name = posted[1] if posted else printed[: behind.start()] if behind else printed
    if name in forms() or name in irregular_names() or name in body_values("no-person"):
        return False
    if _body().search(name):
        return False
    if posted or behind:
        return _SHORTEST_NAME <= len(name) <= _LONGEST_NAMED and not _NOT_NAME.search(name)
    return surname_and_name().fullmatch(name) is not None


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(
        r"(?:由\s*)?(?:[^。;:()由]{2,16}、)*(?P<name>[^。;,:()由、]{2,16}?)\s*(?:同志)?(?:\([^()]{2,20}\))?"
        r"(?:总?牵头|负责|分管|主抓|包[抓联保]|挂[钩点]|领办|联系)"
    )


def leading_person(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """Return where a heading names the person who leads: 由张伟副县长牵头, 李强（副县长）."""
    match = _leads().match(text, begin, end)
    if match is not None and is_leader("".join(match["name"].split())):
        return match.span("name")
    match = _POSTED.fullmatch(text, begin, end)
    name = "".join(match["name"].split()) if match else ""
    if match is not None and post_behind().search(match["post"] or name):
        known = surname_and_name().fullmatch(name) if match["post"] else is_leader(name)
        return match.span() if known else None
    return None


# 李强（副县长）, 副县长 李强, 李强副县长（2项）
_POSTED = re.compile(
    r"(?P<name>[\u4e00-\u9fff\s]{2,12}?)\s*(?:\((?P<post>[\u4e00-\u9fff、]{2,24})\))?(?:\([^()]*\d[^()]*\))?"
)
