"""The commands of ``mskg``, put together in the language in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from mskg.cli.commands import (
    build,
    calendar,
    check,
    demo,
    diff,
    doctor,
    dump,
    export,
    extract,
    ledger,
    load,
    network,
    ontology,
    query,
    report,
    resolve,
    search,
    serve,
    sparql,
    template,
    validate,
)
from mskg.cli.console import write_text
from mskg.cli.help import HelpfulCommand, HelpfulGroup
from mskg.cli.language import t

__all__ = ["COMMANDS", "build_command"]

COMMANDS = {
    "demo": demo,
    "extract": extract,
    "build": build,
    "validate": validate,
    "template": template,
    "resolve": resolve,
    "query": query,
    "search": search,
    "diff": diff,
    "sparql": sparql,
    "check": check,
    "network": network,
    "ledger": ledger,
    "report": report,
    "calendar": calendar,
    "export": export,
    "dump": dump,
    "load": load,
    "doctor": doctor,
    "serve": serve,
    "ontology": ontology,
}


def build_command() -> Any:
    """Return the top command with all its subcommands."""
    app = typer.Typer(
        cls=HelpfulGroup,
        help=t(
            "民生实事计划的知识图谱：读文件、查问题、问数据、画部门协作网。",
            "A knowledge graph of livelihood plans: read, check, ask, draw who works with whom.",
        ),
        epilog=t(
            "mskg demo                            用自带的五份计划走一遍全程\n"
            "mskg extract 计划.txt --explain      看程序从一份计划里读出了什么\n"
            "mskg build 文件夹/                   读入所有计划，存进 ./mskg-store\n"
            "mskg query                           看看能问哪些问题\n",
            "mskg demo                            the whole path on the five bundled plans\n"
            "mskg extract plan.txt --explain      see what is understood of a plan\n"
            "mskg build folder/                   read all plans into ./mskg-store\n"
            "mskg query                           list the questions you can ask\n",
        ),
    )
    app.callback()(_top)
    _add(app, COMMANDS)
    top: Any = typer.main.get_command(app)
    # Typer puts groups behind commands; the page keeps the order of work.
    top.commands = {name: top.commands[name] for name in COMMANDS} | top.commands
    return top


def _add(app: typer.Typer, commands: Mapping[str, Any]) -> None:
    """Add commands; a module with ``COMMANDS`` of its own is a group of them."""
    for name, module in commands.items():
        if hasattr(module, "COMMANDS"):
            group = typer.Typer(cls=HelpfulGroup)
            group.callback(invoke_without_command=True)(_show_page)
            _add(group, module.COMMANDS)
            app.add_typer(group, name=name, help=module.HELP, epilog=module.EXAMPLES)
            continue
        app.command(
            name,
            cls=getattr(module, "COMMAND_CLASS", HelpfulCommand),
            help=module.HELP,
            epilog=module.EXAMPLES,
            **getattr(module, "SETTINGS", {}),
        )(module.command)


def _show_page(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        write_text(context.get_help())


def _show_version(wanted: bool) -> None:
    if wanted:
        from mskg import __version__

        write_text(f"mskg {__version__}")
        raise typer.Exit


def _top(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            help=t("显示版本", "show the version"),
        ),
    ] = False,
) -> None:
    """Hold the options of the top command."""
