"""``mskg search``: words in tasks, indicators and departments."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from mskg.cli.console import note
from mskg.cli.language import t
from mskg.cli.options import AnyFormat, Bom, Names, OutFile, Store
from mskg.cli.output import emit_table
from mskg.cli.stores import chosen_store

if TYPE_CHECKING:
    from mskg.query import Found, ResultTable

HELP = t(
    "在任务、指标和部门里找词，最相关的排在前面，并给出所在的句子。\n"
    "繁体简体、全角半角、大小写都一样找；一两个字的词也能找。几个词用空格隔开，须同时出现。\n"
    "个人姓名和电话换成 □，--names 才写出。",
    "Find words in tasks, indicators and departments: the best results first, with the sentence.\n"
    "Script (traditional or simplified), width and case make no difference; a word may be a single"
    " character. Several words must all be there.\n"
    "Names and telephone numbers of persons are □ unless --names asks for them.",
)
EXAMPLES = t(
    "mskg search 残疾儿童                          哪里提到残疾儿童\n"
    "mskg search 老旧小区 改造 --region 湛河区     两个词都有，只看一个区\n"
    "mskg search 厕所 食堂 --any --limit 50        有一个词就行，至多 50 条\n"
    "mskg search 养老 --within 河北省 --out 养老.xlsx\n",
    "mskg search 残疾儿童                          where disabled children are spoken of\n"
    "mskg search 老旧小区 改造 --region 410411     both words, one region\n"
    "mskg search 厕所 食堂 --any --limit 50        any of the words, 50 rows at most\n"
    "mskg search 养老 --within 130000 --out rows.xlsx\n",
)


Words = Annotated[
    list[str], typer.Argument(metavar="WORDS…", help=t("要找的词", "the words to find"))
]
Some = Annotated[bool, typer.Option("--any", help=t("有一个词就行", "any of the words will do"))]
Regions = Annotated[
    list[str] | None,
    typer.Option(
        "--region",
        metavar="REGION",
        help=t("地区：名称、代码或 IRI；可多次给出", "region: name, code or IRI; repeatable"),
    ),
]
Within = Annotated[
    list[str] | None,
    typer.Option(
        "--within",
        metavar="REGION",
        help=t("省或市：其中所有地方", "province or city: every place in it"),
    ),
]
Years = Annotated[
    list[str] | None, typer.Option("--year", metavar="YEAR", help=t("年度", "year of the plan"))
]
Replaced = Annotated[
    bool,
    typer.Option(
        "--all",
        help=t(
            "连被另一份文件取代的（征求意见稿、解读等）也找",
            "also documents that another one replaces: drafts, explainers",
        ),
    ),
]
Limit = Annotated[
    int,
    typer.Option(
        "--limit", metavar="N", min=0, help=t("至多几条；0 是全部", "most rows; 0 is all")
    ),
]
Evidence = Annotated[
    bool,
    typer.Option("--evidence", help=t("附上原文和出处", "add the sentences and their places")),
]


def command(
    words: Words,
    some: Some = False,
    region: Regions = None,
    within: Within = None,
    year: Years = None,
    replaced: Replaced = False,
    limit: Limit = 20,
    evidence: Evidence = False,
    names: Names = False,
    store: Store = None,
    form: AnyFormat = None,
    out: OutFile = None,
    bom: Bom = False,
) -> None:
    """Search the store and print what was found."""
    from mskg.query import open_index, search

    given = [word for text in words for word in text.split()]
    with chosen_store(store) as opened:
        if getattr(opened, "generation", ""):  # made here, where its progress is shown
            open_index(opened, _progress).close()
        else:
            note(
                t(
                    "服务器上没有检索索引，要先读入全部文字；常用检索请建本机数据库",
                    "a server has no index, so all texts are read first; for many searches build a"
                    " store in a folder",
                )
            )
        found = search(
            opened,
            given,
            every=not some,
            where={"region": region or None, "within": within or None, "year": year or None},
            replaced=replaced,
            limit=limit,
            evidence=evidence,
            names=names,
        )
    table = found.table
    emit_table(
        table if (form and form != "table") or out else _for_reading(table),
        form=form or "",
        out=out,
        bom=bom,
    )
    _say_what_is_not_shown(found)


def _say_what_is_not_shown(found: Found) -> None:
    shown = len(found.table)
    if not shown:
        note(t("没有找到", "nothing found"))
    elif shown < found.total:
        note(
            t(
                f"共 {found.total} 条，显示前 {shown} 条（--limit 调整）",
                f"{found.total} results, the first {shown} shown (--limit)",
            )
        )
    if found.replaced:
        note(
            t(
                f"另有 {found.replaced} 条在被取代的文件里（--all 一并显示）",
                f"{found.replaced} more in documents that another one replaces (--all)",
            )
        )


def _progress(done: int, total: int) -> None:
    """Say on a terminal how far the index is, which a build has usually made already."""
    if sys.stderr.isatty() and total > 1:
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r{t('建立检索索引', 'making the search index')} {done}/{total}{end}")
        sys.stderr.flush()


def _for_reading(table: ResultTable) -> ResultTable:
    """Return `table` without the columns that people don't read."""
    kept = [place for place, name in enumerate(table.columns) if name not in {"score", "item"}]
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
        titles_zh=tuple(table.titles_zh[place] for place in kept),
    )
