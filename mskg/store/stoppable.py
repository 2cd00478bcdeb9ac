"""The parent's side of `mskg.store.worker`: start it, wait, end it when time is up."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox

from mskg.errors import QueryError, StoreError
from mskg.store import oxigraph, worker
from mskg.store.text import query_form

__all__ = ["run_stoppable"]


def run_stoppable(
    database: Path, query: str, timeout: float, name: str
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QuadParser:
    """Answer `query` from the finished `database` in a process that ends after `timeout` s.

    Raises
    ------
    QueryError
        If time is up or the query is wrong.
    StoreError
        If the database can't be read; the message names the store `name`.
    """
    request = {
        "database": str(database),
        "query": query,
        "union": not oxigraph.uses_from(query),
    }
    command = [sys.executable, "-P", str(Path(worker.__file__).resolve())]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryError(
            f"the query took longer than {timeout:g} s and was stopped",
            hint="bind a region or a department, or allow more time",
            zh=f"查询超过了 {timeout:g} 秒，已停止（请限定地区或部门，或放宽时限）",
        ) from error
    if done.returncode == worker.SYNTAX:
        raise oxigraph.syntax_error(done.stderr.decode(errors="replace"))
    if done.returncode != 0:
        lines = done.stderr.decode(errors="replace").split("\n")
        raise StoreError(
            f"{name}: {lines[-1] or 'the query process died'}",
            zh=f"{name}：查询进程出错（{lines[-1] or '进程中断'}）",
        )
    if query_form(query) in {"CONSTRUCT", "DESCRIBE"}:
        return ox.parse(done.stdout, format=ox.RdfFormat.N_TRIPLES)
    return ox.parse_query_results(done.stdout, format=ox.QueryResultsFormat.JSON)
