"""Read RDF files for validation, with one clear line for whatever is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, Dataset, Graph
from rdflib.namespace import SH

from mskg.errors import InputError, ShapesError, system_reason
from mskg.ns import VOCABULARY
from mskg.rdf.files import RDF_FORMATS, parse_rdf

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["merge", "read_graph", "require_instances"]


def read_graph(path: Path) -> Graph:
    """Return the triples of the RDF file at `path`; named graphs are merged.

    Raises
    ------
    ShapesError
        If the file is missing, has an unknown suffix or can't be parsed.
    """
    kind = RDF_FORMATS.get(path.suffix.lower())
    if kind is None:
        known = " ".join(RDF_FORMATS)
        raise ShapesError(
            f"{path}: not a known kind of RDF file",
            hint=f"wanted {known}",
            zh=f"{path}：不是认得的 RDF 文件（可用 {known}）",
        )
    try:
        return merge(parse_rdf(path.read_text(encoding="utf-8-sig"), kind))
    except OSError as error:
        raise ShapesError(
            f"{path}: can't be opened: {error.strerror}",
            zh=f"{path}：打不开（{system_reason(error)}）",
        ) from error
    except UnicodeDecodeError as error:
        raise ShapesError(f"{path}: not UTF-8 text", zh=f"{path}：不是 UTF-8 文本") from error
    except InputError as error:
        raise ShapesError(f"{path}: {error}", zh=f"{path}：{error.line('zh')}") from error


def merge(graph: Graph) -> Graph:
    """Return `graph` as one plain graph: the union of its named graphs, if it has any."""
    if not isinstance(graph, Dataset):
        return graph
    union = Graph()
    for subject, predicate, value, _ in graph.quads():
        union.add((subject, predicate, value))
    return union


def require_instances(data: Graph, shapes: Graph, name: str = "") -> None:
    """Make sure that there is something to validate.

    Parameters
    ----------
    name:
        Name of the file, for the error.

    Raises
    ------
    ShapesError
        If `data` is empty, or none of its nodes is one that `shapes` look at.
    """
    where, where_zh = (f"{name}: ", f"{name}：") if name else ("", "")
    if not len(data):
        raise ShapesError(
            f"{where}the graph is empty: there is nothing to validate",
            zh=f"{where_zh}图是空的，没有可检查的",
        )
    if any((None, RDF.type, kind) in data for kind in shapes.objects(None, SH.targetClass)):
        return
    raise ShapesError(
        f"{where}the graph says nothing about a plan ({_vocabularies(data)}), "
        "so there is nothing to validate",
        hint=f"a plan uses the classes of {VOCABULARY}, such as mskg:PlanDocument",
        zh=f"{where_zh}图里没有关于计划的内容（{_vocabularies(data, zh=True)}），没有可检查的；"
        f"计划用的是 {VOCABULARY} 的类，如 mskg:PlanDocument",
    )


def _vocabularies(data: Graph, *, zh: bool = False) -> str:
    kinds = map(str, set(data.objects(None, RDF.type)))
    spaces = sorted({kind[: max(kind.rfind("#"), kind.rfind("/")) + 1] for kind in kinds})
    if not spaces:
        return "没有一个节点写明类型" if zh else "no node has a type"
    return "、".join(spaces[:3]) + " 的类型" if zh else "types from " + ", ".join(spaces[:3])
