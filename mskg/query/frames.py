"""Result tables as data frames of pandas and polars, which are there only where installed."""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any

from mskg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas
    import polars

__all__ = ["to_pandas", "to_polars"]


def to_pandas(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> pandas.DataFrame:
    """Return a pandas data frame: whole numbers, floats, dates, texts, and gaps as NA.

    Raises
    ------
    QueryError
        If pandas is not installed.
    """
    library = _library("pandas")
    frame: pandas.DataFrame = library.DataFrame(
        [_plain(row) for row in rows], columns=list(columns)
    )
    return frame.convert_dtypes()


def to_polars(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> polars.DataFrame:
    """Return a polars data frame: integers, floats, dates, texts, and gaps as null.

    Raises
    ------
    QueryError
        If polars is not installed.
    """
    library = _library("polars")
    frame: polars.DataFrame = library.DataFrame(
        [_plain(row) for row in rows],
        schema=list(columns),
        orient="row",
        infer_schema_length=None,
        strict=False,
    )
    return frame


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise QueryError(
            f"{name} is not installed",
            hint=f"pip install 'mskg[{name}]'",
            zh=f"没有安装 {name}（请运行 pip install 'mskg[{name}]'）",
        ) from error


def _plain(row: Sequence[object]) -> list[object]:
    """Return `row` with decimals as floats, which both libraries calculate with."""
    return [float(value) if isinstance(value, Decimal) else value for value in row]
