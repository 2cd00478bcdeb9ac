"""``mskg query``: the questions of the catalogue."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from mskg.cli.console import note, write_text
from mskg.cli.help import HelpfulCommand, help_rows, pad, wrap
from mskg.cli.language import language, t
from mskg.cli.options import AnyFormat, Bom, Names, OutFile, Store, Timeout
from mskg.cli.output import emit_table
from mskg.cli.stores import chosen_store
from mskg.errors import QueryError

if TYPE_CHECKING:
    from mskg.query import Catalogue, NamedQuery, Parameter, ResultTable

HELP = t(
    "用现成的问题查数据库。不写 NAME 就按主题列出所有问题。\n"
    "每个问题有自己的参数，用 --参数名 值 给出；mskg query NAME --help 看有哪些。\n"
    "个人姓名和电话换成 □，--names 才写出。",
    "Ask the store a question of the catalogue. Without NAME the questions are listed by topic.\n"
    "Each has parameters of its own, given as --name value; see mskg query NAME --help.\n"
    "Names and telephone numbers of persons are □ unless --names asks for them.",
)
EXAMPLES = t(
    "mskg query                                             能问哪些问题\n"
    "mskg query shared-tasks                                哪些部门共同的任务最多\n"
    "mskg query shared-tasks --region 湛河区 --min 4        只看一个区，至少 4 个共同任务\n"
    "mskg query shared-tasks --help                         这个问题的参数和列\n"
    "mskg query shared-tasks --out 共同任务.xlsx            写成表格文件\n",
    "mskg query                                             the questions there are\n"
    "mskg query shared-tasks                                departments that share most tasks\n"
    "mskg query shared-tasks --region 410411 --min 4        one region, four tasks or more\n"
    "mskg query shared-tasks --help                         its parameters and columns\n"
    "mskg query shared-tasks --out shared.xlsx              write a spreadsheet\n",
)
# What the command does not know are parameters of the question.
SETTINGS = {
    "context_settings": {"ignore_unknown_options": True, "allow_extra_args": True},
}
_NAME_WIDTH = 28
_PAGE_WIDTH = 90


def _complete(incomplete: str) -> list[str]:
    from mskg.query import Catalogue

    return [name for name in Catalogue().names if name.startswith(incomplete)]


def command(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help=t("问题的名字", "name of the question"),
            autocompletion=_complete,
        ),
    ] = None,
    evidence: Annotated[
        bool,
        typer.Option("--evidence", help=t("附上原文和出处", "add the sentences and their places")),
    ] = False,
    names: Names = False,
    show: Annotated[
        bool, typer.Option("--show", help=t("只显示 SPARQL 语句", "only show the SPARQL text"))
    ] = False,
    store: Store = None,
    timeout: Timeout = 60.0,
    form: AnyFormat = None,
    out: OutFile = None,
    bom: Bom = False,
) -> None:
    """List the catalogue, or run one query of it."""
    from mskg.query import Catalogue, query_text, run_query

    catalogue = Catalogue()
    if name is None:
        _list(catalogue, form or "")
        return
    query = catalogue.get(name)
    given = _in_language(query, _parameters(query, _arguments(query, context.args, names=names)))
    today = datetime.datetime.now().astimezone().date()
    with chosen_store(store) as opened:
        if show:
            write_text(query_text(opened, query, given, today=today))
            return
        table = run_query(
            opened, name, given, evidence=evidence, names=names, today=today, timeout=timeout
        )
    emit_table(table, form=form or "", out=out, bom=bom, title=_title(query))
    if evidence and not query.evidence:
        note(
            t(
                "这个问题的行是汇总，没有单条原文",
                "rows of this question sum up: no sentence to show",
            )
        )
    if not len(table):
        note(t("没有符合的结果", "no rows match"))


def _arguments(query: NamedQuery, arguments: Sequence[str], *, names: bool) -> list[str]:
    """Return `arguments` with ``--names yes`` where the question has that parameter too."""
    rest = list(arguments)
    if names and any(parameter.name == "names" for parameter in query.parameters):
        # What is left of ``--names yes`` follows no option.
        before = ["", *rest]
        alone = (n for n, a in enumerate(rest) if a == "yes" and before[n][:2] != "--")
        for place in list(alone)[:1]:
            del rest[place]
        rest += ["--names", "yes"]
    return rest


def _parameters(query: NamedQuery, arguments: Sequence[str]) -> dict[str, object]:
    """Return parameters given as ``--name value`` or ``--name=value``; repeated ones as list."""
    given: dict[str, list[str]] = {}
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("--"):
            raise QueryError(
                f"{argument!r} belongs to no parameter",
                hint=f"write --name value; mskg query {query.name} --help lists the parameters",
                zh=f"{argument!r} 不属于任何参数（写成 --参数名 值；"
                f"mskg query {query.name} --help 列出参数）",
            )
        name, equals, value = argument.removeprefix("--").partition("=")
        known = query.parameter(name).name
        if not equals:
            value = next(rest, "")
            if not value or value.startswith("--"):
                raise QueryError(
                    f"parameter --{known} needs a value", zh=f"参数 --{known} 后面缺少值"
                )
        given.setdefault(known, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in given.items()}


def _in_language(query: NamedQuery, given: dict[str, object]) -> dict[str, object]:
    """Return `given` with labels in the language in use, where the query lets it be chosen."""
    if any(parameter.name == "language" for parameter in query.parameters):
        return {"language": language(), **given}
    return given


def _title(query: NamedQuery) -> str:
    return t(query.title_zh, query.title)


def _list(catalogue: Catalogue, form: str) -> None:
    """Print the questions by topic, or as a table where a form is asked for."""
    if form:
        emit_table(_as_table(catalogue), form=form)
        return
    for titles, queries in catalogue.by_topic():
        write_text(t(*titles))
        for query in queries:
            write_text(f"  {pad(query.name, _NAME_WIDTH)}{_title(query)}")
    note(t("mskg query NAME --help 看参数", "mskg query NAME --help shows the parameters"))


def _as_table(catalogue: Catalogue) -> ResultTable:
    from mskg.query import ResultTable

    rows = tuple(
        (q.tags[0] if q.tags else "", q.name, _title(q), " ".join(p.name for p in q.parameters))
        for q in catalogue
    )
    columns = {"topic": "主题", "name": "名字", "title": "问题", "parameters": "参数"}
    return ResultTable(tuple(columns), rows, tuple(columns.values()))


def _page(query: NamedQuery) -> str:
    """Return the help page of one question."""
    parts = [
        t("用法：", "Usage: ") + f"mskg query {query.name} [--{t('参数名 值', 'NAME VALUE')}]…"
    ]
    parts += ["", *wrap(f"{_title(query)}\n{query.description}", _PAGE_WIDTH)]
    if query.parameters:
        parts += ["", t("参数", "Parameters")]
        parts += help_rows((_parameter_row(p) for p in query.parameters), _PAGE_WIDTH)
    titles = query.titles_zh if language() == "zh" else ("",) * len(query.columns)
    parts += ["", t("列", "Columns")]
    parts += help_rows(zip(query.columns, titles, strict=True), _PAGE_WIDTH)
    return "\n".join(parts)


def _parameter_row(parameter: Parameter) -> tuple[str, str]:
    text = t(parameter.help_zh or parameter.help, parameter.help)
    if parameter.default:
        text += t(f"（默认 {parameter.default}）", f" [default: {parameter.default}]")
    kind = "|".join(parameter.choices) or parameter.type.upper()
    return f"--{parameter.name} {kind}", text


class _Word(NamedTuple):
    """One word of a completion: what click's shells read of an item."""

    value: str
    type: str = "plain"
    help: str | None = None


class QueryCommand(HelpfulCommand):
    """The command: ``NAME --help`` is the page of that question, whose parameters it completes."""

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Complete the names of the question's parameters, and values the store knows."""
        found = super().shell_complete(ctx, incomplete)
        words = _completions(ctx, incomplete) if ctx.params.get("name") else []
        return [*(_Word(word) for word in words), *found]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments, after answering ``NAME --help``."""
        if "--help" in args and not args[0].startswith("-"):
            from mskg.query import Catalogue

            write_text(_page(Catalogue().get(args[0])))
            raise typer.Exit
        return super().parse_args(ctx, args)


def _completions(ctx: Any, incomplete: str) -> list[str]:
    """Return what can follow; nothing where the question or the store is not there."""
    from mskg.errors import MskgError
    from mskg.query import Catalogue, known_values

    try:
        query = Catalogue().get(ctx.params["name"])
        last = ctx.args[-1] if ctx.args else ""
        if not last.startswith("--") or "=" in last:
            return [
                f"--{parameter.name}"
                for parameter in query.parameters
                if f"--{parameter.name}".startswith(incomplete)
            ]
        parameter = query.parameter(last.removeprefix("--"))
        if parameter.choices:
            words = list(parameter.choices)
        else:
            with chosen_store(ctx.params.get("store")) as store:
                words = known_values(store, parameter)
    except MskgError:
        return []
    return [word for word in words if word.startswith(incomplete)]


COMMAND_CLASS = QueryCommand
