"""``mskg demo``: the whole path on the bundled plans."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mskg.cli.console import progress_bar, results, write_text
from mskg.cli.help import pad
from mskg.cli.language import language, t
from mskg.cli.output import print_table

if TYPE_CHECKING:
    from mskg.pipeline import Answer, Demonstration

HELP = t(
    "用自带的五份真实计划走一遍全程：读、检查、存、问、画、导出。\n"
    "每样结果都写成文件，最后告诉你各在哪里。",
    "The whole path on five real plans: read, check, store, ask, draw, export.\n"
    "Every result is written to a file, and the last lines say where each one lies.",
)
EXAMPLES = t(
    "mskg demo                  结果写在 ./mskg-demo\nmskg demo --out 试试       结果写在 ./试试\n",
    "mskg demo                  results in ./mskg-demo\n"
    "mskg demo --out try        results in ./try\n",
)
_SHOWN = {"shared-tasks", "due-by", "targets-for-thing", "tasks-without-unit"}
_SHOWN_ROWS = 4
_LISTED = 3
_AROUND = 24  # characters of the sentence shown on either side of a number
_LABEL_WIDTH = 26


def command(
    out: Annotated[
        Path,
        typer.Option("--out", metavar="DIR", help=t("结果文件夹", "folder of the results")),
    ] = Path("mskg-demo"),
) -> None:
    """Run everything and say where each result lies."""
    from mskg.pipeline import demonstrate, find_files
    from mskg.resources import folder

    paths = find_files([folder("data") / "documents"])
    with progress_bar(t("读取", "reading"), len(paths)) as advance:
        made = demonstrate(paths, out, language=language(), advance=advance)
    _show_documents(made)
    _heading(
        t("二、问几个问题（各显示前几行）", "2. Some questions (the first rows of each answer)")
    )
    for answer in made.answers:
        if answer.query in _SHOWN:
            _show_answer(answer)
        elif answer.query == "evidence":
            _show_evidence(answer)
    _show_network(made)
    _show_files(made)


def _heading(text: str) -> None:
    from rich.text import Text

    results().print()
    results().print(Text(text, style="bold cyan"))


def _show_documents(made: Demonstration) -> None:
    _heading(t("一、读了什么", "1. What was read"))
    for result in made.results:
        plan = result.reading.plan
        if plan is None:
            write_text(f"  {result.reading.source.name}: {result.reading.error}")
            continue
        items = [item for task in plan.tasks for item in task.items]
        numbers = sum(len(item.indicators) for item in items)
        stages = sum(len(item.milestones) for item in items)
        units = {d.org_id for task in plan.tasks for d in task.departments}
        found = Counter(finding.severity for finding in result.reading.findings)
        place = f"{plan.program.region or t('地区不明', 'region unknown')} {plan.program.year}"
        write_text(
            t(
                f"  {place}：{len(plan.tasks)} 个任务，{len(units)} 个部门，{numbers} 个指标，"
                f"{stages} 个时间节点；错误 {found['violation']}，警告 {found['warning']}",
                f"  {place}: {len(plan.tasks)} tasks, {len(units)} departments,"
                f" {numbers} indicators, {stages} milestones; violations {found['violation']},"
                f" warnings {found['warning']}",
            )
        )


def _command_of(answer: Answer) -> str:
    given = " ".join(f"--{name} {value}" for name, value in answer.parameters.items())
    return f"mskg query {answer.query} {given}".strip()


def _show_answer(answer: Answer) -> None:
    table, total = answer.table, len(answer.table)
    title = t(f"{answer.title_zh}（共 {total} 行）", f"{answer.title} ({total} rows)")
    results().print()
    print_table(
        results(), replace(table, rows=table.rows[:_SHOWN_ROWS]), f"{title}  {_command_of(answer)}"
    )


def _show_evidence(answer: Answer) -> None:
    """Print a few facts, each with the words of the text it rests on."""
    from mskg.text.folding import unspaced

    results().print()
    results().print(f"{t(answer.title_zh, answer.title)}  {_command_of(answer)}", style="bold")
    for row in answer.table.to_dicts()[:_SHOWN_ROWS]:
        place = t(f"第 {row['line']} 行", f"line {row['line']}") if row["line"] else ""
        fact = f"{row['regionName']} {row['indicator']} {row['targetValue']} {row['unit']}"
        text, quote = (unspaced(str(row[name])) for name in ("text", "quote"))
        write_text(f"  {fact}  ←  “{_around(text, quote)}” {place}".rstrip())


def _show_network(made: Demonstration) -> None:
    whole = made.measures.network
    by_partners = sorted(made.measures.departments, key=lambda row: -row.degree)
    first = by_partners[:_SHOWN_ROWS]
    leaders = t("、", ", ").join(f"{row.name} {row.degree}" for row in first)
    _heading(t("三、谁和谁协作", "3. Who works with whom"))
    write_text(
        t(
            f"  {whole.departments} 个部门因 {whole.tasks} 个任务结成 {whole.edges} 对合作关系，"
            f"分为 {whole.communities} 个群组。合作部门最多：{leaders}",
            f"  {whole.departments} departments are joined by {whole.tasks} tasks in {whole.edges}"
            f" pairs and {whole.communities} communities. Most partners: {leaders}",
        )
    )


def _show_files(made: Demonstration) -> None:
    _heading(t("四、结果在哪里", "4. Where the results lie"))
    labels = {
        "records": t("计划记录（JSON）", "plan records (JSON)"),
        "findings": t("检查结果", "findings"),
        "store": t("数据库", "store"),
        "answers": t("问题的答案（CSV）", "answers (CSV)"),
        "network": t("协作网络（Gephi、SVG）", "networks (Gephi, SVG)"),
        "graph": t("全部数据（RDF TriG）", "all data (RDF TriG)"),
    }
    for kind, label in labels.items():
        for number, path in enumerate(_shortened(made.files[kind])):
            write_text(f"  {pad('' if number else label, _LABEL_WIDTH)}{path}")
    write_text("")
    store = made.files["store"][0]
    write_text(
        t("接着试试：", "Now try:") + f" mskg query --store {store} due-by --date 2023-09-30"
    )


def _shortened(paths: Sequence[Path]) -> Iterable[str]:
    """Return the paths, or their folder where there are many of one kind."""
    folder = paths[0].parent
    if len(paths) > _LISTED:
        return [f"{folder}{os.sep}  ({len(paths)})"]
    return [str(path) for path in paths]


def _around(text: str, quote: str) -> str:
    """Return the sentence of `text` that holds `quote`, cut to what a line can show."""
    at = max(text.find(quote), 0)
    begin = max(text.rfind("。", 0, at), text.rfind("；", 0, at)) + 1
    begin = max(begin, at - _AROUND)
    end = min(len(text), at + len(quote) + _AROUND)
    stops = [i for mark in "。；" if (i := text.find(mark, at, end)) >= 0]
    stop = min(stops, default=end)
    return f"{'…' if begin and begin == at - _AROUND else ''}{text[begin:stop]}"
