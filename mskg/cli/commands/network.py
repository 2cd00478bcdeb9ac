"""``mskg network``: who works with whom."""

from __future__ import annotations

from dataclasses import astuple
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mskg.cli.console import note
from mskg.cli.language import language, t
from mskg.cli.options import Bom, Format, Store, store_location
from mskg.cli.output import emit_table, written

if TYPE_CHECKING:
    from mskg.network import Collaboration, NetworkMeasures

HELP = t(
    "部门协作网络：共同承担任务的部门连成网，并算出每个部门的各项指标。\n"
    "不带 --out 时打印部门表；带 --out 时写网络文件，供 Gephi、Gephi Lite 等打开。",
    "The collaboration network: departments are joined by the tasks they share.\n"
    "Without --out it prints one row a department; with --out it writes the network for Gephi,"
    " Gephi Lite and others.",
)
EXAMPLES = t(
    "mskg network                                     各部门的任务数、合作伙伴数、中心性\n"
    "mskg network --region 410411 --year 2020         只看一个地区一年\n"
    "mskg network --out 协作.gexf                     给 Gephi 的文件\n"
    "mskg network --out 协作.svg                      画成图\n"
    "mskg network --graph bipartite --out 网.graphml  部门与任务两类节点\n",
    "mskg network                                     tasks, partners, centrality of departments\n"
    "mskg network --region 410411 --year 2020         one region in one year\n"
    "mskg network --out network.gexf                  a file for Gephi\n"
    "mskg network --out network.svg                   a drawing\n"
    "mskg network --graph bipartite --out n.graphml   departments and tasks as nodes\n",
)
# The measures of a department after its IRI, with their Chinese headings.
_COLUMNS = {
    "department": "部门",
    "tasksAccountable": "负责任务",
    "tasksRelated": "配合任务",
    "partners": "合作部门",
    "weightedDegree": "合作强度",
    "betweenness": "中介中心性",
    "leadShare": "负责占比",
    "core": "核数",
    "community": "群组",
}


class GraphKind(StrEnum):
    """What the nodes of the written network are."""

    projection = "projection"
    bipartite = "bipartite"


class Weight(StrEnum):
    """What the weight of an edge is."""

    tasks = "count"
    newman = "newman"
    jaccard = "jaccard"


class Level(StrEnum):
    """What two departments must share to be joined."""

    item = "item"
    task = "task"


Place = Annotated[
    str | None,
    typer.Option("--region", metavar="NAME", help=t("地区名或代码", "region, name or code")),
]
Year = Annotated[
    int | None, typer.Option("--year", metavar="YEAR", help=t("年份", "year of the program"))
]
Graph = Annotated[
    GraphKind,
    typer.Option(
        "--graph",
        metavar="projection|bipartite",
        help=t("节点只有部门，或部门加任务", "nodes: departments, or departments and tasks"),
    ),
]
EdgeWeight = Annotated[
    Weight,
    typer.Option(
        "--weight",
        metavar="count|newman|jaccard",
        help=t(
            "边的权重：共同任务数、按部门数折算、或占比",
            "edge weight: tasks shared, each worth 1/(k-1), or the share in common",
        ),
    ),
]
Sharing = Annotated[
    Level,
    typer.Option(
        "--level",
        metavar="item|task",
        help=t("按分项或整个任务算共同承担", "share an item, or the whole task"),
    ),
]
Collectives = Annotated[
    bool,
    typer.Option(
        "--collectives", help=t("计入各乡镇（街道）等集体单位", "keep collectives as nodes")
    ),
]
NetworkFile = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help=t(
            "写网络文件：.gexf .graphml .json .svg .csv",
            "write the network: .gexf .graphml .json .svg .csv",
        ),
    ),
]


def command(
    store: Store = None,
    region: Place = None,
    year: Year = None,
    graph: Graph = GraphKind.projection,
    weight: EdgeWeight = Weight.tasks,
    level: Sharing = Level.item,
    collectives: Collectives = False,
    out: NetworkFile = None,
    form: Format = None,
    bom: Bom = False,
) -> None:
    """Print the measures of the network, or write it to a file."""
    from mskg.network import collaboration
    from mskg.store import open_store

    with open_store(store_location(store)) as opened:
        found = collaboration(
            opened,
            region=region,
            year=year,
            include_collectives=collectives,
            weight=weight.value,
            level=level.value,
        )
    if out is None:
        _print_measures(found, form or "", bom=bom)
    else:
        from mskg.export import write_network

        for path in write_network(out, found, graph=graph.value, lang=language(), bom=bom):
            written(path)
    if found.note:
        note(t(found.note, found.note_en))


def _print_measures(found: Collaboration, form: str, *, bom: bool) -> None:
    from mskg.network import measures
    from mskg.query import ResultTable

    result = measures(found)
    rows = tuple(tuple(map(_short, astuple(row)))[1:] for row in result.departments)
    table = ResultTable(tuple(_COLUMNS), rows, tuple(_COLUMNS.values()))
    emit_table(table, form=form, bom=bom, title=found.title)
    note(_summary(result.network))


def _short(cell: Any) -> Any:
    return round(cell, 4) if isinstance(cell, float) else cell


def _summary(network: NetworkMeasures) -> str:
    return t(
        f"{network.departments} 个部门，{network.tasks} 个任务，{network.edges} 对合作关系，"
        f"{network.communities} 个群组，密度 {network.density:.3f}",
        f"{network.departments} departments, {network.tasks} tasks, {network.edges} pairs,"
        f" {network.communities} communities, density {network.density:.3f}",
    )
