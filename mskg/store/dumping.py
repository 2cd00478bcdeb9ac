"""A backup of a store: all its graphs, sorted, as one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mskg.store.base import own_graphs
from mskg.store.packing import dump_form, packed_writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mskg.store.base import DumpFormat, Store

__all__ = ["END", "dump_lines", "write_dump"]

# A comment in N-Quads and TriG; a file that was cut off lacks it.
END: Final = "# end of mskg dump, graphs: "


def dump_lines(
    store: Store, form: DumpFormat = "nq", advance: Callable[[str], None] | None = None
) -> Iterator[str]:
    """Yield the text of a dump, with a last line that says that it is complete.

    Of a server only the graphs that mskg wrote (see `own_graphs`).

    Parameters
    ----------
    form:
        ``nq`` or ``trig``.
    advance:
        Called with nothing but an empty name after each graph.
    """
    pieces = store.dump(form, own_graphs(store))
    if form == "trig":
        yield next(pieces)
    count = 0
    for piece in pieces:
        yield piece
        count += 1
        if advance is not None:
            advance("")
    yield f"{END}{count}\n"


def write_dump(store: Store, path: Path, advance: Callable[[str], None] | None = None) -> int:
    """Write all graphs of `store` to `path`; equal content gives equal bytes.

    Parameters
    ----------
    path:
        ``.nq`` or ``.trig``, and ``.gz`` or ``.zst`` behind that; missing folders are made.
    advance:
        As in `dump_lines`.

    Returns
    -------
    int
        How many bytes the file has.

    Raises
    ------
    InputError
        If the suffix is unknown or the file can't be written.
    StoreError
        If the store fails.
    """
    form = dump_form(path)
    with packed_writing(path) as out:
        for piece in dump_lines(store, form, advance):
            out.write(piece.encode())
    return path.stat().st_size
