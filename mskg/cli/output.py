"""Rows on stdout in every form, and files that appear only when complete."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mskg.cli.console import note, results, write_text
from mskg.cli.language import language, t
from mskg.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from mskg.query import ResultTable

__all__ = ["emit_table", "emit_text", "print_table", "write_file", "written"]

_SUFFIXES = (".csv", ".tsv", ".json", ".md", ".srj", ".srx", ".ttl", ".nt", ".txt", ".xlsx")
_FILE_WIDTH = 160


def emit_table(
    table: ResultTable,
    *,
    form: str = "",
    out: Path | None = None,
    bom: bool = False,
    title: str = "",
) -> None:
    """Print a table, or write it to `out` in the format of its suffix.

    Headings are in the language in use; the keys of JSON are the names of the columns.

    Parameters
    ----------
    form:
        ``table``, ``csv``, ``tsv``, ``json``, ``md``, ``srj`` and ``srx`` (SPARQL results as
        JSON and XML), ``ttl`` and ``nt`` (of a graph); empty means table on a terminal, else CSV.
    bom:
        Begin CSV with a byte order mark; a ``.csv`` file always has one, for spreadsheets.
    """
    if out is not None:
        _write_table(out, table, title)
        written(out)
        return
    form = form or ("table" if sys.stdout.isatty() else "csv")
    if form == "table":
        print_table(results(), table, title)
    else:
        write_text(_plain_text(table, form, bom=bom))


def _plain_text(table: ResultTable, form: str, *, bom: bool = False) -> str:
    """Return the text of `table` in every form that needs no console and no library."""
    if form == "csv":
        return table.to_csv(bom=bom, language=language())
    if form == "tsv":
        return table.to_tsv(language=language())
    if form == "md":
        return table.to_markdown(language=language())
    if form == "srj":
        return table.to_sparql_json()
    if form == "srx":
        return table.to_sparql_xml()
    if form in {"ttl", "nt"}:
        return table.to_rdf("turtle" if form == "ttl" else form)
    return table.to_json()


def emit_text(text: str, out: Path | None) -> None:
    """Print `text`, or write it to `out`."""
    if out is None:
        write_text(text)
    else:
        write_file(out, text)
        written(out)


def _write_table(out: Path, table: ResultTable, title: str) -> None:
    from mskg.export import write_rows

    suffix = out.suffix.lower()
    if suffix == ".txt":
        write_file(out, _as_text(table, title))
    elif suffix in {".csv", ".xlsx"}:
        write_rows(out, table.titles(language()), table.rows, title=title)
    elif suffix in _SUFFIXES:
        write_file(out, _plain_text(table, suffix.removeprefix(".")))
    else:
        known = " ".join(_SUFFIXES)
        raise InputError(
            f"{out}: can't tell the format from this suffix",
            hint=f"use one of {known}",
            zh=f"{out}：看不出这个后缀是什么格式（可用 {known}）",
        )


def _as_text(table: ResultTable, title: str) -> str:
    from rich.console import Console

    buffer = io.StringIO()
    console = Console(file=buffer, width=_FILE_WIDTH, highlight=False, markup=False, emoji=False)
    print_table(console, table, title)
    return buffer.getvalue()


def print_table(console: Console, table: ResultTable, title: str = "") -> None:
    """Print a table that is aligned for double-width characters, numbers to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if title:
        console.print(Text(title, style="bold"))
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    lines = table.lexical()
    for position, name in enumerate(table.titles(language())):
        numeric = bool(lines) and all(_is_number(line[position]) for line in lines)
        shown.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for line in lines:
        shown.add_row(*line)
    console.print(shown)


def _is_number(cell: str) -> bool:
    try:
        float(cell or 0)
    except ValueError:
        return False
    return True


def write_file(path: Path, content: str | bytes) -> None:
    """Write `path`, in a folder made where it is missing: complete, or not at all."""
    from mskg.export.files import write_files

    data = content.encode() if isinstance(content, str) else content
    write_files({path: data})


def written(path: Path) -> None:
    """Say on stderr where a result lies."""
    note(t("已写入 ", "written: ") + str(path))
