"""Persons who lead a task: in a field of their own, among units, and in prose."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mskg.lexicon.persons import (
    ORGAN,
    behind_post,
    has_post,
    is_leader,
    post_behind,
    surname_and_name,
)
from mskg.model import Leader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mskg.model import Span
    from mskg.text import FoldedText

__all__ = ["leaders_in", "prose_leaders", "without_person"]

_PERSON_NAME = 4  # characters of the longest
_SHORTEST_NAME, _LONGEST_PERSON = 2, 12  # of a person, whose name may not be told from a post
# Commas inside a bracket part posts, not persons: 王平（县委常委、常务副县长）.
_PIECE = re.compile(r"(?:[^、,;/\n()]|\([^()]*\))+")
_BRACKETED = re.compile(r"[(（](.*?)[)）]")
_LEADS = re.compile(r"牵头|负责|分管|包抓|挂帅|督办")
_LABELLED = re.compile(r"\((?:责任|负责|联系)人:(?P<names>[\u4e00-\u9fff、\s·]{2,24})\)")
_BRACKET_AT_END = re.compile(r"\((?:[\u4e00-\u9fff]{2,5}:)?([\u4e00-\u9fff、,\s·]{2,24})\)$")


class _Person(NamedTuple):
    name: str
    post: str
    only_post: bool = False


def leaders_in(
    folded: FoldedText, begin: int, end: int, span: Callable[[int, int], Span]
) -> list[Leader]:
    """Return the persons named in ``[begin, end)``; spaces inside a name are dropped."""
    found: list[tuple[Leader, bool]] = []
    for piece in _PIECE.finditer(folded.folded[begin:end]):
        left, right = begin + piece.start(), begin + piece.end()
        bracket = _BRACKETED.search(folded.folded, left, right)
        stop = bracket.start() if bracket else right
        for words in _names(folded.folded[left:stop]) if stop > left else ():
            person = _person("".join(words), bracket[1] if bracket else "", first=not found)
            if person is None:
                continue
            at, to = _place(folded.folded, left, words, len(person.name))
            printed = "".join(folded.text[at:to].split())
            found.append((Leader(printed, person.post, span(at, to)), person.only_post))
            left = to
    named = [leader for leader, only_post in found if not only_post]
    return named or [leader for leader, _ in found]


def _names(text: str) -> list[list[str]]:
    """Return the words of each name: 刘 涛 刘文明 are two, of which one is printed apart."""
    words = text.split()
    whole = "".join(words)
    single = all(len(word) == 1 for word in words)
    posted, behind = behind_post(whole), post_behind().search(whole)
    name = posted[1] if posted else whole[: behind.start()] if behind else ""
    if surname_and_name().fullmatch(name):
        return [words]  # 副县长李 强
    if len(whole) <= _PERSON_NAME and not (single and len(words) == _PERSON_NAME):
        return [words]
    found: list[list[str]] = []
    for word in words:
        apart = bool(found) and len(word) == 1 and len(found[-1]) == 1 == len(found[-1][0])
        if apart:
            found[-1].append(word)
        else:
            found.append([word])
    return found


def _place(text: str, begin: int, words: list[str], size: int) -> tuple[int, int]:
    """Return where the `size` characters of a name stand; `words` may hold a post as well."""
    places: list[int] = []
    at = begin
    for word in words:
        at = text.index(word, at)
        places += range(at, at + len(word))
        at += len(word)
    whole = "".join(words)
    first = len(whole) - size if behind_post(whole) else 0
    return places[first], places[first + size - 1] + 1


def _person(printed: str, behind: str, *, first: bool) -> _Person | None:
    """Return the person of `printed` (王平局长, 副县长王平), None where it names none.

    ``behind`` is what a bracket behind it holds: 王平（局长）.
    """
    name, post = printed, ""
    if posted := behind_post(name):
        post, name = posted
    elif match := post_behind().search(name):
        if match.start() == 0:
            return None  # 市委常委、常务副市长 goes on with the posts of the person before
        organ = re.fullmatch(ORGAN, name[: match.start()]) is not None
        if organ and match.start() >= _SHORTEST_NAME:
            # 市政府常务副市长: a post again, cut before its level; else it stands for the person.
            return _Person(name, "", only_post=True) if first else None
        if not organ:
            name, post = name[: match.start()], match.group()
    if re.fullmatch(ORGAN, name) or re.search(r"\d", name):
        return None
    if not _SHORTEST_NAME <= len(name) <= _LONGEST_PERSON:
        return None
    if not post and post_behind().match(behind):
        post = behind
    return _Person(name, post)


def without_person(printed: str) -> str:
    """Return a unit's folded name without the person in brackets behind it: 县住建局（张伟）."""
    match = _BRACKET_AT_END.search(printed)
    if match is None or not match.start():
        return printed
    names = [_unspaced(name) for name in re.split("[、,]", match[1])]
    return printed[: match.start()] if all(map(is_leader, names)) else printed


def prose_leaders(
    folded: FoldedText,
    begin: int,
    end: int,
    span: Callable[[int, int], Span],
    *,
    among_units: bool = True,
) -> list[Leader]:
    """Return the persons whom prose puts in charge: 由副县长张伟牵头，…; （张伟牵头，…）.

    Where no units are named, a surname alone tells no person (高效负责), but a post does.
    """
    found: list[Leader] = []
    for match in _LABELLED.finditer(folded.folded, begin, end):
        found += leaders_in(folded, *match.span("names"), span)
    if _LEADS.search(folded.folded, begin, end) is None:
        return found  # as in most texts
    tells = is_leader if among_units else has_post
    for match in _leading().finditer(folded.folded, begin, end):
        for left, right in _pieces(match):
            if tells(_unspaced(folded.folded[left:right])):
                found += leaders_in(folded, left, right, span)
    return found


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<=[(【;,。由])|^)\s*(?P<names>[^。;,()由【】\n]{{2,40}}?)(?:同志)?(?:总)?(?:{_LEADS.pattern})",
        re.MULTILINE,
    )


def _pieces(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    for piece in re.finditer(r"[^、]+", match["names"]):
        yield match.start("names") + piece.start(), match.start("names") + piece.end()


def _unspaced(text: str) -> str:
    return "".join(text.split())
