"""Write a network to a file; the suffix chooses the format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from mskg.errors import InputError
from mskg.export.files import write_files
from mskg.export.gexf import gexf_bytes
from mskg.export.lists import csv_lists, graphml_bytes, json_bytes
from mskg.export.network_text import cytoscape_bytes, neo4j_lists, pajek_bytes
from mskg.network.drawing import drawing_of, svg_bytes
from mskg.network.view import network_table
from mskg.render.png import png_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from mskg.network.graph import Collaboration
    from mskg.network.measures import Measures
    from mskg.network.significance import Significance
    from mskg.network.view import NetworkTable

__all__ = ["NETWORK_SUFFIXES", "write_network"]

_WRITERS: Final[dict[str, Callable[[NetworkTable], bytes]]] = {
    ".cyjs": cytoscape_bytes,
    ".gexf": gexf_bytes,
    ".graphml": graphml_bytes,
    ".json": json_bytes,
    ".net": pajek_bytes,
    ".png": lambda table: png_bytes(drawing_of(table)),
    ".svg": svg_bytes,
}
_NEO4J: Final = ".neo4j.csv"
NETWORK_SUFFIXES: Final = (*sorted(_WRITERS), ".csv", _NEO4J)


def write_network(
    path: Path | str,
    collaboration: Collaboration,
    *,
    graph: str = "projection",
    lang: str = "zh",
    bom: bool = False,
    backbone: Significance | None = None,
    found: Measures | None = None,
) -> tuple[Path, ...]:
    """Write the network to `path` and return the files written.

    Parameters
    ----------
    path:
        ``.gexf``, ``.graphml``, ``.net`` (Pajek), ``.json`` (graphology, sigma), ``.cyjs``
        (Cytoscape), ``.svg``, ``.png``; or ``.csv`` and ``.neo4j.csv``, which make two files:
        ``NAME_nodes.csv`` and ``NAME_edges.csv``.
    collaboration:
        The network.
    graph:
        ``projection`` (departments), ``directed`` or ``bipartite`` (departments and tasks).
    lang:
        Language of titles and kinds, ``zh`` or ``en``.
    bom:
        Begin CSV files with a byte order mark, for spreadsheets.

    backbone:
        Keep only the pairs of the projection that are more than chance.
    found:
        The measures, where they are known already.

    Raises
    ------
    InputError
        If the suffix or `graph` is unknown, or the file can't be written.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in NETWORK_SUFFIXES:
        known = " ".join(NETWORK_SUFFIXES)
        raise InputError(
            f"{path}: no network format has the suffix {suffix!r}",
            hint="one of: " + known,
            zh=f"{path}：没有后缀为 {suffix!r} 的网络格式（可用 {known}）",
        )
    table = network_table(collaboration, graph=graph, lang=lang, backbone=backbone, found=found)
    if suffix != ".csv":
        return write_files({path: _WRITERS[suffix](table)})
    neo4j = path.name.lower().endswith(_NEO4J)
    nodes, edges = neo4j_lists(table) if neo4j else csv_lists(table, bom=bom)
    end = _NEO4J if neo4j else ".csv"
    stem = path.name[: -len(end)]
    return write_files(
        {
            path.with_name(f"{stem}_nodes{end}"): nodes,
            path.with_name(f"{stem}_edges{end}"): edges,
        }
    )
