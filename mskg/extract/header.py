"""The head of a document: number, title, issuers, date (GB/T 9704-2012 order)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from mskg.extract.lines import Line, lines_of
from mskg.lexicon.cues import any_of, cue_pattern
from mskg.lexicon.departments import body_words
from mskg.text import BULLETS, FoldedText, find_dates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

__all__ = ["Header", "read_header"]

_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:字|发|办|函|规|令|委|文|通|督|呈|政)?[\[(〔【]\s*(?:19|20)\d\d\s*[\])〕】]\s*(?:第\s*)?\d+\s*号"
)
_DATE_LINE = re.compile(
    r"\(?(?:19|20|二[〇○零O0])[\d〇○零O一二三四五六七八九]{2}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
    r"(?:\(农历[^()]{2,12}\))?\)?[?。.]*\Z"
)
_ISSUED = re.compile(
    r"(?:成文|发文|印发)(?:日期|时间)\s*[:|\]】]*\s*(20\d\d)[-./年](\d{1,2})[-./月](\d{1,2})"
    r"(?:日?\s*\d{1,2}:\d\d(?::\d\d)?)?"
)
_SPEECH = re.compile(
    r"[(—\-\s]*(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)在[^,。;]{4,40}(?:会议|大会|全会|常委会)"
)
_PUBLISHER = re.compile(
    r"(?:发布|发文|制发|公开)(?:机构|机关|单位)[:|\s]*(?P<who>[\u4e00-\u9fff]{3,24}?)"
    r"(?=[^\u4e00-\u9fff]|$|(?:公开|发布|发文|成文|生成)(?:方式|范围|日期|时间|机构|单位|属性)"
    r"|文号|主题(?:分类|词)|索引号|有效[性期]|名称)"
)
_CITED = re.compile(r"(?:根据|按照?|依据|贯彻|落实)[^。]*$")  # the number of another document
# What may stand before a number on its line: the label of a page table, the end of a title.
_NUMBER_LABEL = re.compile(r".*(?:文\s*号|编\s*号|字\s*号|的(?:通知|意见|函))\s*:?")
_TITLE_LABEL = re.compile(r"(?:名\s*称|标\s*题|文件名称)\s*:\s*")
_SITE = re.compile(r"(?<=通知|意见|方案)\s*[-_|—]+\s*[^-_|—,。]{2,16}\Z")  # …的通知-某某网
_TAG = re.compile(r"【[^】]{2,20}】(?=.{8})")  # the column of a page before the title
_ABOUT = re.compile(r"关于|^致(?=[^,。]{2,20}信$)")
_BEFORE = BULLETS + "*- "
_YEAR = re.compile(r"20\d\d年")
_MENU = 8  # characters of an entry in the menu of a page
_SITTING = re.compile(r"第[一二三四五六七八九十]+次(?:全体)?会议")
_SUFFIX = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|txt)\Z", re.IGNORECASE)
_SIGNED = re.compile(r"(?P<who>.{4,40}?)(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)")
_SUBJECT = re.compile(r"民生|实事|惠民")
# 定了！…十大民生实事，件件与你有关 ☞: what calls the reader before and behind the subject.
_CALL = re.compile(r"^[\u4e00-\u9fff]{1,6}!|(?:[,!][^,。!;:]{2,14})?[^\w。;:>|]*$")
_PROSE = re.compile(r"[,;:]|记者|来源|[ \t]{2}")
_NEWS, _SHORTEST, _LONGEST = 5, 9, 40
_NOT_TITLE = re.compile(r"[。!?>|]|:\Z|^(?:一|二)、|^附件|^各")


@dataclass(frozen=True, slots=True)
class Header:
    """What is printed at the head (and at the foot) of a document; empty where it is not."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    issued: date | None = None
    plan_title: str = ""
    type: str = ""


def read_header(folded: FoldedText, head_end: int, tail_begin: int) -> Header:
    """Return the header printed before `head_end`, with a signature also behind `tail_begin`."""
    head = [_unbulleted(line) for line in lines_of(folded, 0, head_end)]
    body = head + lines_of(folded, tail_begin, len(folded.text))
    number = _number(head) or _number(body)
    titles = [_unframed(line) for line in head]
    notice = _notice(titles)
    plan = _plan_title(titles) or _plan_title([*map(_uncoloned, titles)])
    issuer, issued = _signature(body)
    issued = issued or _issued_field(head) or _spoken(head)
    if not issuer:
        issuer = _issuer_from_title(notice) or _letterhead(head) or _issuer_field(head)
    kind = _type(notice or plan, head, number)
    news = _headline(titles)
    if not plan or (_YEAR.search(news) and not _YEAR.search(plan)):
        plan = news  # 为农民办好三件实事 below it is the heading of a group
    return Header(notice or plan, number, issuer, issued, plan, kind)


def _unbulleted(line: Line) -> Line:
    """Return a line without the sign of a page's list before it: • 青岛市人民政府."""
    begin = len(line.folded) - len(line.folded.lstrip(_BEFORE))
    return line._replace(text=line.text[begin:], folded=line.folded[begin:])


def _unframed(line: Line) -> Line:
    """Return a line without the document number, 《》 and file name around a title."""
    text = line.folded
    number = _NUMBER.match(text)
    begin = number.end() if number and number.end() < len(text) else 0
    if tag := _TAG.match(text, begin):
        begin = tag.end()
    if label := _TITLE_LABEL.match(text, begin):
        begin = label.end()
    suffix = _SUFFIX.search(text) or _SITE.search(text)
    end = suffix.start() if suffix else len(text)
    inner = text[begin:end]
    if inner.startswith("《") and inner.endswith("》") and "》" not in inner[:-1]:
        begin, end = begin + 1, end - 1
    return line._replace(text=line.text[begin:end], folded=text[begin:end])


def _uncoloned(line: Line) -> Line:
    """Return a line without the colon at its end: some titles open the list with one."""
    end = len(line.folded.rstrip(":"))
    return line._replace(text=line.text[:end], folded=line.folded[:end])


def _labels(lines: list[Line]) -> Iterator[tuple[str, str]]:
    """Yield each line, and it with the next: a label and its value may stand on lines each."""
    for line, following in pairwise([*lines, *lines[-1:]]):
        yield line.folded, line.folded + following.folded


def _issued_field(lines: list[Line]) -> date | None:
    """Return the date of a line of metadata such as 发文日期：2022-01-08."""
    for line, joined in _labels(lines):
        if match := _ISSUED.search(line) or _ISSUED.fullmatch(joined.lstrip(_BEFORE)):
            found = find_dates("{}年{}月{}日".format(*match.groups()), None)
            if found:
                return found[0].due
    return None


def _spoken(lines: list[Line]) -> date | None:
    """Return the date of the speech that a report is: ——2024年1月9日在县人大第三次会议上."""
    for line in lines:
        if match := _SPEECH.match(line.folded):
            found = find_dates(match["date"], None)
            return found[0].due if found else None
    return None


def _issuer_field(lines: list[Line]) -> str:
    """Return the issuer of a line of metadata such as 发布机构：某区人民政府."""
    for texts in _labels(lines):
        for text in texts:
            match = _PUBLISHER.search(text)
            if match and _issuer().search(match["who"]):
                return match["who"]
    return ""


def _number(lines: list[Line]) -> str:
    for line in lines:
        match = _NUMBER.search(line.folded)
        if match and not _CITED.search(line.folded, 0, match.start()):
            label = _NUMBER_LABEL.match(line.folded, match.start(), match.end())
            return line.text[label.end() if label else match.start() : match.end()]
    return ""


def _notice(lines: list[Line]) -> str:
    """Return the title of the notice: 某某关于印发《…》的通知, joined over its lines."""
    for index, line in enumerate(lines):
        match = _ABOUT.search(line.folded)
        if not match or _NOT_TITLE.search(line.folded) or len(line.folded) > 120:
            continue
        text = line.text
        last = index
        while not _is_whole(_folded(lines, text, index, last)) and last + 1 < len(lines):
            following = lines[last + 1]
            if last - index >= 3 or _NOT_TITLE.search(following.folded) or len(text) > 100:
                break
            last += 1
            text += following.text
        if not _is_whole(_folded(lines, text, index, last)):
            continue
        begin = index
        while match.start() == 0 and begin > 0 and index - begin < 3:
            above = lines[begin - 1].folded
            if not _issuer().search(above) or _NUMBER.search(above):
                break
            begin -= 1
            text = lines[begin].text + text
        return text
    return ""


def _is_whole(title: str) -> bool:
    """Tell whether a title ends here: in a kind of document, and not inside 《》."""
    return _title_end().search(title) is not None and title.count("《") <= title.count("》")


@cache
def _title_end() -> re.Pattern[str]:
    return re.compile(any_of("title-end") + r"(?:\((?:[^()]{1,12})\))*\Z")


def _folded(lines: list[Line], text: str, first: int, last: int) -> str:
    return "".join(line.folded for line in lines[first : last + 1]) or text


def _plan_title(lines: list[Line]) -> str:
    """Return the title of the plan itself: a line of its own ending in 方案, 清单 …."""
    best = ""
    for index, line in enumerate(lines):
        text = line.folded
        if len(text) > 60 or "关于" in text or _NOT_TITLE.search(text):
            continue
        if _title_end().search(text) and cue_pattern("title-topic").search(text):
            above = lines[index - 1] if index else None
            split = (
                above is not None
                and _YEAR.search(above.folded)
                and len(above.folded) < 30
                and not _DATE_LINE.fullmatch(above.folded)
            )
            if (
                above is not None
                and split
                and not _YEAR.search(text)
                and not _NOT_TITLE.search(above.folded)
            ):
                best = best or above.text + line.text
            if not best or (len(best) <= _MENU and _YEAR.search(text) and not _YEAR.search(best)):
                best = line.text  # 民生实事项目 above it is an entry of the page's menu
    return best


def _headline(lines: list[Line]) -> str:
    """Return the headline of a news page: 某某区十件民生实事敲定, near the top on a line alone."""
    for line in lines[:_NEWS]:
        text = _CALL.sub("", line.folded)
        plain = not _NOT_TITLE.search(text) and _PROSE.search(text) is None
        if plain and _SHORTEST <= len(text) <= _LONGEST and _SUBJECT.search(text):
            return line.text
    return ""


def _signature(lines: list[Line]) -> tuple[str, date | None]:
    """Return the issuers that sign above a line that is only a date, and that date."""
    for index, line in enumerate(lines):
        same = _SIGNED.fullmatch(line.folded)
        if same and _issuer().search(same["who"]) and not re.search(r"[,。:;《]|通知", same["who"]):
            found = find_dates(same["date"], None)
            return line.text[: same.end("who")], found[0].due if found else None
        if not _DATE_LINE.fullmatch(line.folded):
            continue
        found = find_dates(line.folded, None)
        issued = found[0].due if found else None
        signers: list[str] = []
        for above in reversed(lines[max(0, index - 4) : index]):
            text = above.folded.strip("()")
            if len(text) > 40 or not _issuer().search(text) or re.search(r"[,。:;《]|通知", text):
                break
            signers.insert(0, above.text.strip("()（）"))
        if signers or issued:
            # 某市人民代表大会 / 第二次会议主席团 is one name.
            return re.sub(rf" (?={_SITTING.pattern})", "", " ".join(signers)), issued
    return "", None


@cache
def _issuer() -> re.Pattern[str]:
    return re.compile(rf"(?:{body_words('issuer')}|[局委办])\Z")


def _issuer_from_title(title: str) -> str:
    head, sep, _ = title.partition("关于") if "关于" in title else title.partition("關於")
    return head.strip() if sep else ""


def _letterhead(lines: list[Line]) -> str:
    for line in lines[:4]:
        text = re.sub(r"文件\Z", "", line.folded)
        plain = (
            len(text) < 40
            and not re.search(r"[,。:;]", text)
            and not cue_pattern("page-table").search(text)
        )
        if plain and _issuer().search(text):
            return line.text[: len(text)]
    return ""


def _type(title: str, head: list[Line], number: str) -> str:
    # The path through a web page (首页>政策解读库>…) says nothing of what it leads to.
    text = title + "".join(line.folded for line in head[:6] if ">" not in line.folded)
    for kind in ("explainer", "draft"):
        if cue_pattern("document-kind", kind).search(text):
            return kind
    passed_on = "通知" in title or cue_pattern("breakdown").search(title)
    if "政府工作报告" in title and not passed_on:
        return "report"
    return "notice" if number or "通知" in text else "plan"
