"""Help pages: usage, arguments, options, examples, aligned for double-width characters.

Typer's own pages take the time of importing rich's Markdown and traceback modules, which
is as long as everything else that ``mskg --help`` does; and their headings are English.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup

from mskg.cli.language import t
from mskg.errors import InputError

__all__ = ["HelpfulCommand", "HelpfulGroup", "display_width", "help_rows", "pad", "wrap"]

_LONGEST = 100
_NARROWEST = 40
# Room for a closing sign that hangs over.
_MARGIN = 2
_COLUMN = 26
# A run of narrow non-space characters stays together; a wide character may stand alone.
_PIECE = re.compile(r"[\x21-\u2e7f]+|\s+|.")
_UNSAFE = re.compile(r"[\s'\"$`\\&|;<>()*?!#~]")
_NO_START = "，。；：、）」》？！"


def display_width(text: str) -> int:
    """Return how many columns `text` takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def pad(text: str, width: int) -> str:
    """Return `text` with spaces up to `width` columns."""
    return text + " " * max(0, width - display_width(text))


def wrap(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` columns, keeping its own line breaks."""
    return [line for paragraph in text.split("\n") for line in _wrap_line(paragraph, width)]


def _wrap_line(text: str, width: int) -> Iterator[str]:
    line = ""
    for piece in _PIECE.findall(text):
        full = display_width(line) + display_width(piece.rstrip()) > width
        if full and line.strip() and piece not in _NO_START:
            yield line.rstrip()
            line = ""
        line += piece if line or not piece.isspace() else ""
    yield line.rstrip()


def help_rows(pairs: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield lines with the right texts in one column, wrapped to `width`."""
    for left, right in pairs:
        lines = wrap(right, width - _COLUMN - 2)
        if display_width(left) > _COLUMN - 2:
            yield f"  {left}"
            yield " " * (_COLUMN + 2) + lines[0]
        else:
            yield f"  {pad(left, _COLUMN)}{lines[0]}".rstrip()
        yield from (" " * (_COLUMN + 2) + line for line in lines[1:])


def _option_row(param: Any, ctx: Any) -> tuple[str, str]:
    names = ", ".join(param.opts)
    if not param.is_flag:
        names += " " + (param.metavar or param.name.upper())
    text = _standard_text(param) or param.help or ""
    default = param.get_default(ctx, call=False)
    if param.show_default and default not in (None, "", False, (), []):
        text += t(f"（默认 {default}）", f" [default: {default}]")
    return names, text


def _standard_text(param: Any) -> str:
    """Return the text of an option that typer adds by itself, in English only."""
    texts = {
        "--help": t("显示这一页", "show this page"),
        "--install-completion": t("给当前 shell 装上自动补全", "install shell completion"),
        "--show-completion": t("显示自动补全脚本", "show the completion script"),
    }
    return texts.get(param.opts[-1], "")


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    body = list(lines)
    if body:
        yield from ("", title, *body)


def _page(command: Any, ctx: Any, commands: list[tuple[str, str]]) -> str:
    width = max(_NARROWEST, min(_LONGEST, shutil.get_terminal_size().columns)) - _MARGIN
    shown = [p for p in command.get_params(ctx) if not getattr(p, "hidden", False)]
    arguments = [p for p in shown if p.param_type_name == "argument"]
    options = [_option_row(p, ctx) for p in shown if p.param_type_name == "option"]
    usage = " ".join([ctx.command_path, "[OPTIONS]", *(p.metavar for p in arguments)])
    usage += " COMMAND …" if commands else ""
    given = [(p.metavar, p.help or "") for p in arguments]
    return "\n".join(
        [
            t("用法：", "Usage: ") + usage,
            "",
            *wrap(command.help or "", width),
            *_section(t("命令", "Commands"), help_rows(commands, width)),
            *_section(t("参数", "Arguments"), help_rows(given, width)),
            *_section(t("选项", "Options"), help_rows(options, width)),
            *_section(
                t("任何命令都有的选项", "Options of every command"), help_rows(_common(), width)
            ),
            *_section(
                t("例子", "Examples"), (f"  {x}" for x in (command.epilog or "").split("\n") if x)
            ),
        ]
    )


def _common() -> list[tuple[str, str]]:
    return [
        ("--lang zh|en", t("界面语言（也可用环境变量 MSKG_LANG）", "language (also MSKG_LANG)")),
        ("--debug", t("出内部错误时显示完整过程", "show the traceback of an internal error")),
    ]


class HelpfulCommand(TyperCommand):
    """A command whose help page is aligned and in the language in use."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page to `formatter`."""
        formatter.write(_page(self, ctx, []) + "\n")


class HelpfulGroup(TyperGroup):
    """The top command, with its list of commands."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - called by Typer
        """Return the names in the order of work; Typer's own would build every command."""
        return list(self.commands)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; a file in its place gets the commands that read files.

        Raises
        ------
        InputError
            If the name is that of a file.
        """
        if args and self.get_command(ctx, args[0]) is None and _is_file(args[0]):
            raise _no_command(args[0])
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page to `formatter`."""
        help_of = self.commands.help_of  # type: ignore[attr-defined] # see mskg.cli.app
        rows = [(name, _first_line(help_of(name))) for name in self.list_commands(ctx)]
        formatter.write(_page(self, ctx, rows) + "\n")


def _is_file(name: str) -> bool:
    return name == "-" or bool(Path(name).suffix) or os.sep in name or Path(name).exists()


def _no_command(name: str) -> InputError:
    file = shlex.quote(name) if _UNSAFE.search(name) else name
    return InputError(
        f"{name}: this is no command",
        hint=f"to read a file: mskg extract {file}; to store it: mskg build {file}",
        zh=f"{name}：这不是命令（读文件用 mskg extract {file}，存进数据库用 mskg build {file}）",
    )


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0].rstrip("。.")
