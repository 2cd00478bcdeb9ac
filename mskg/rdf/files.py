"""RDF files: which suffix is which format, and parsing that says in one line what is wrong.

rdflib is imported inside the functions: it takes longer to load than a plan to map.
"""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from mskg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import rdflib

__all__ = ["RDF_FORMATS", "parse_rdf"]

RDF_FORMATS: Final = {
    ".ttl": "turtle",
    ".turtle": "turtle",
    ".nt": "nt",
    ".nq": "nquads",
    ".trig": "trig",
    ".jsonld": "json-ld",
    ".rdf": "xml",
    ".owl": "xml",
}
"""Format of rdflib for each file name suffix that is read as RDF."""

_WITH_NAMES: Final = {"nquads", "trig", "json-ld"}


def parse_rdf(data: str | bytes, form: str) -> rdflib.Graph:
    """Return the graph that `data` holds; a `rdflib.Dataset` if the format has named graphs.

    Parameters
    ----------
    form:
        A format of `RDF_FORMATS`.

    Raises
    ------
    InputError
        If `data` is not valid; says where, without the name of the file.
    """
    import rdflib

    parsed = rdflib.Dataset() if form in _WITH_NAMES else rdflib.Graph()
    try:
        with _quiet():
            parsed.parse(data=data, format=form)
    except Exception as error:  # every parser of rdflib has exceptions of its own
        raise _invalid(error, form) from error
    return parsed


@contextmanager
def _quiet() -> Iterator[None]:
    """Hold back what rdflib says beside its errors.

    It logs a traceback for every literal like "2023-13-45"^^xsd:date, which the shapes
    report in one line, and warns about deprecated names of its own that it still uses.
    """
    logger = logging.getLogger("rdflib.term")

    def drop(_: logging.LogRecord) -> bool:
        return False

    logger.addFilter(drop)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        logger.removeFilter(drop)


def _invalid(error: Exception, form: str) -> InputError:
    why = str(getattr(error, "_why", "") or error or type(error).__name__)
    line = getattr(error, "lines", None)
    if isinstance(error, IndexError):  # what rdflib's Turtle parser runs into
        line, why = None, "it ends in the middle of a statement"
    short = " ".join(why.split())[:160]
    where = where_zh = ""
    if isinstance(line, int):  # rdflib's Turtle parser counts from 0
        where, where_zh = f"line {line + 1}: ", f"第 {line + 1} 行："
    return InputError(
        f"{where}not valid {form}: {short}", zh=f"{where_zh}不是合格的 {form}：{short}"
    )
