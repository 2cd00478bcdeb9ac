"""Run one command line and turn whatever happens into an exit code and one clear line."""

from __future__ import annotations

import os
import traceback
from collections.abc import Sequence
from typing import Any

import typer
from typer.exceptions import TyperException

from mskg.cli.console import note, prepare_streams, silence_stdout
from mskg.cli.language import choose_language, language, t, use_language
from mskg.errors import MskgError

__all__ = ["run"]

_INTERRUPTED = 130
_INTERNAL = 3


def run(arguments: Sequence[str]) -> int:
    """Run the command line `arguments` and return the exit code."""
    prepare_streams()
    debug = "--debug" in arguments or bool(os.environ.get("MSKG_DEBUG"))
    try:
        return _run(list(arguments))
    except TyperException as error:
        note(_usage_line(error))
        return error.exit_code
    except MskgError as error:
        note(t("错误：", "error: ") + error.line(language()))
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        note(t("已中断", "interrupted"))
        return _INTERRUPTED
    except BrokenPipeError:
        silence_stdout()
        return 0
    except Exception as error:
        if debug:
            traceback.print_exc()
        note(_crash_line(error))
        return _INTERNAL


def _run(arguments: list[str]) -> int:
    use_language(choose_language(arguments, os.environ))
    # Built only now: help texts take the language in use.
    from mskg.cli.app import build_command

    command = build_command()
    if "_MSKG_COMPLETE" in os.environ:
        command.main(arguments, prog_name="mskg")
    arguments = _without_global_options(arguments) or ["--help"]
    try:
        with command.make_context("mskg", arguments) as context:
            command.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    return 0


def _without_global_options(arguments: list[str]) -> list[str]:
    """Drop ``--lang X`` and ``--debug``, which may stand before or after the command."""
    kept: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            return [*kept, argument, *rest]
        if argument == "--lang":
            next(rest, None)
        elif argument != "--debug" and not argument.startswith("--lang="):
            kept.append(argument)
    return kept


def _usage_line(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "mskg"
    hint = t(f"（用法见 {path} --help）", f" (see {path} --help)")
    return t("用法错误：", "usage error: ") + _usage_text(error) + hint


def _usage_text(error: Any) -> str:
    english = " ".join(error.format_message().split()).rstrip(".")
    if language() == "en":
        return english
    kind, param = type(error).__name__, getattr(error, "param", None)
    name = (param.metavar or param.opts[0]) if param is not None else ""
    if kind == "NoSuchOption":
        return f"没有选项 {error.option_name}"
    if kind == "MissingParameter":
        return f"缺少 {name}"
    if kind == "BadParameter":
        return f"{name} 的值不对：{error.message}"
    return english.replace("No such command", "没有命令").replace("Did you mean", "是不是")


def _crash_line(error: Exception) -> str:
    what = f"{type(error).__name__}: {error}".split("\n", 1)[0]
    return t(
        f"内部错误：{what}。这是 mskg 的缺陷，请把这一行和所用命令告诉我们；加 --debug 看过程",
        f"internal error: {what}. This is a fault of mskg: please report this line with the"
        " command you used; add --debug for the traceback",
    )
