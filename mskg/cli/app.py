"""The commands of ``mskg``, put together in the language in use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Annotated, Any

import typer

from mskg.cli.console import write_text
from mskg.cli.help import HelpfulCommand, HelpfulGroup
from mskg.cli.language import t

__all__ = ["COMMANDS", "build_command"]

_PACKAGE = "mskg.cli.commands"
# In the order of the work, which the help page keeps.
COMMANDS = (
    *("demo", "extract", "build", "validate", "template", "resolve", "query", "search", "diff"),
    *("sparql", "check", "network", "ledger", "report", "calendar", "export", "dump", "load"),
    *("doctor", "serve", "ontology"),
)


class _Commands(Mapping[str, Any]):
    """Commands by name, each imported and built when it is asked for.

    Parameters
    ----------
    package:
        Where the modules of the commands are.
    modules:
        The module of each command, in the order in which a help page lists them.
    """

    def __init__(self, package: str, modules: Mapping[str, str]) -> None:
        self._package = package
        self._modules = modules
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._built:
            self._built[name] = _built(name, self._module(name))
        return self._built[name]

    def help_of(self, name: str) -> str:
        """Return the help text of a command without building it."""
        text: str = self._module(name).HELP
        return text

    def _module(self, name: str) -> Any:
        return import_module(f"{self._package}.{self._modules[name]}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


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
    return _group(app, _Commands(_PACKAGE, {name: name for name in COMMANDS}))


def _group(app: typer.Typer, commands: _Commands) -> Any:
    group: Any = typer.main.get_command(app)
    group.commands = commands
    return group


def _built(name: str, module: Any) -> Any:
    """Return the command of a `module`; one with ``COMMANDS`` of its own is a group of them."""
    if hasattr(module, "COMMANDS"):
        group = typer.Typer(
            cls=HelpfulGroup,
            name=name,
            help=module.HELP,
            epilog=module.EXAMPLES,
            add_completion=False,
        )
        group.callback(invoke_without_command=True)(_show_page)
        return _group(group, _Commands(module.__name__, module.COMMANDS))
    app = typer.Typer(add_completion=False)
    app.command(
        name,
        cls=getattr(module, "COMMAND_CLASS", HelpfulCommand),
        help=module.HELP,
        epilog=module.EXAMPLES,
        **getattr(module, "SETTINGS", {}),
    )(module.command)
    return typer.main.get_command(app)


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
