"""Run one command line and turn whatever happens into an exit code and one clear line."""

from __future__ import annotations

import os
import traceback
from collections.abc import Sequence
from typing import Any

import typer
from typer.exceptions import TyperException

from mskg.cli.console import INTERRUPTED, note, prepare_streams, silence_stdout
from mskg.cli.language import choose_language, t, use_language
from mskg.cli.report import show_errors
from mskg.errors import MskgError

__all__ = ["run"]

_INTERNAL = 3
# What the option parser says in words of its own.
_PHRASES = {
    "No such command": "没有命令",
    "Did you mean": "是不是",
    "Got unexpected extra argument(s)": "多出的参数",
    "requires an argument": "后面缺少值",
    "does not take a value": "后面不带值",
    "Option": "选项",
    "'. ": "'；",
    "', '": "'、'",
    "?": "？",
}


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
        show_errors([error])
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        note(t("已中断", "interrupted"))
        return INTERRUPTED
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
    kind, param = type(error).__name__, getattr(error, "param", None)
    if kind == "NoSuchOption":
        return t(f"没有选项 {error.option_name}", f"no such option {error.option_name}")
    if param is not None:
        wanted = param.metavar or param.name.upper()
        name = param.opts[-1] if param.param_type_name == "option" else wanted
        if kind == "MissingParameter":
            return t(f"缺少 {name}", f"missing {name}")
        given = _given_value(error)
        if given is not None:
            return t(
                f"{name} 不能是 {given!r}，应为 {wanted}",
                f"{name} can't be {given!r}, wanted {wanted}",
            )
    english = " ".join(error.format_message().split()).rstrip(".")
    return t(_translated(english), english)


def _given_value(error: Exception) -> object:
    """Return the value that could not be converted, None where nobody knows."""
    details = getattr(error.__cause__, "errors", None)
    return details()[0].get("input") if callable(details) else None


def _translated(english: str) -> str:
    for phrase, chinese in _PHRASES.items():
        english = english.replace(phrase, chinese)
    return english


def _crash_line(error: Exception) -> str:
    what = f"{type(error).__name__}: {error}".split("\n", 1)[0]
    return t(
        f"内部错误：{what}。这是 mskg 的缺陷，请把这一行和所用命令告诉我们；加 --debug 看过程",
        f"internal error: {what}. This is a fault of mskg: please report this line with the"
        " command you used; add --debug for the traceback",
    )
