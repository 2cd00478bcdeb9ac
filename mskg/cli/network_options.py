"""The options of ``mskg network``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mskg.cli.language import t

__all__ = [
    "Against",
    "Alpha",
    "Areas",
    "Backbone",
    "BackboneOption",
    "Behind",
    "Collectives",
    "Communities",
    "CommunitiesOption",
    "Coordinators",
    "EdgeWeight",
    "Graph",
    "GraphKind",
    "Level",
    "LevelOption",
    "Names",
    "NetworkFile",
    "Regions",
    "ReportFile",
    "Role",
    "RoleOption",
    "Share",
    "ShareOption",
    "Sources",
    "Weight",
    "Whole",
    "Years",
]


class GraphKind(StrEnum):
    """What the nodes and edges of the written network are."""

    projection = "projection"
    bipartite = "bipartite"
    directed = "directed"


class Weight(StrEnum):
    """What the weight of an edge is."""

    tasks = "count"
    newman = "newman"
    jaccard = "jaccard"


class Share(StrEnum):
    """What two departments must share to be joined."""

    item = "item"
    task = "task"


class Level(StrEnum):
    """What the nodes stand for."""

    department = "department"
    function = "function"
    place_function = "place-function"
    post = "post"


class Role(StrEnum):
    """Which duties count."""

    accountable = "accountable"
    related = "related"


class Backbone(StrEnum):
    """How pairs that are more than chance are found."""

    disparity = "disparity"
    hypergeometric = "hypergeometric"
    bicm = "bicm"


class Communities(StrEnum):
    """How communities are found."""

    louvain = "louvain"
    leiden = "leiden"


Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE…]",
        help=t(
            "不用数据库，直接读：计划文件、计划记录（.json）或查询结果（.csv，含任务、部门两列）",
            "instead of the store: plans, plan records (.json), or a query result (.csv with"
            " columns task and department)",
        ),
        show_default=False,
    ),
]
Regions = Annotated[
    list[str] | None,
    typer.Option(
        "--region",
        metavar="NAME",
        help=t(
            "地区：名称、名称的一部分或代码，可写多次",
            "region: name, part of a name or code; may be repeated",
        ),
    ),
]
Years = Annotated[
    list[int] | None,
    typer.Option(
        "--year", metavar="YEAR", help=t("年份，可写多次", "year of the program; may be repeated")
    ),
]
Areas = Annotated[
    list[str] | None,
    typer.Option(
        "--area",
        metavar="AREA",
        help=t("政策领域，如 养老，可写多次", "policy area, such as elderly-care; may be repeated"),
    ),
]
RoleOption = Annotated[
    Role | None,
    typer.Option(
        "--role",
        metavar="accountable|related",
        help=t("只算牵头（负责）或只算配合的职责", "only lead duties, or only supporting ones"),
    ),
]
LevelOption = Annotated[
    Level,
    typer.Option(
        "--level",
        metavar="department|function|place-function|post",
        help=t(
            "节点：部门；职能（各地的卫生健康合为一点）；各地的职能；责任领导",
            "nodes: departments; functions over all places; functions of each place; leaders",
        ),
    ),
]
Names = Annotated[
    bool,
    typer.Option(
        "--names",
        help=t(
            "责任领导显示姓名（默认只编号），原文不遮姓名和电话",
            "show the names of leaders, not numbers; keep names and telephone numbers in text",
        ),
    ),
]
Graph = Annotated[
    GraphKind,
    typer.Option(
        "--graph",
        metavar="projection|bipartite|directed",
        help=t(
            "写出的图：部门之间；部门与任务；牵头指向配合",
            "graph to write: departments; departments and tasks; from lead to support",
        ),
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
ShareOption = Annotated[
    Share,
    typer.Option(
        "--share",
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
Coordinators = Annotated[
    bool,
    typer.Option(
        "--coordinators",
        help=t("计入总协调、督查等项目级职责", "keep programme duties such as coordination"),
    ),
]
BackboneOption = Annotated[
    Backbone | None,
    typer.Option(
        "--backbone",
        metavar="disparity|hypergeometric|bicm",
        help=t(
            "只留超出随机的部门对：差异过滤，或两种零模型（FDR 校正）",
            "keep pairs that are more than chance: disparity filter, or a null model with FDR",
        ),
    ),
]
Alpha = Annotated[
    float,
    typer.Option("--alpha", metavar="LEVEL", help=t("显著性水平", "level of significance")),
]
CommunitiesOption = Annotated[
    Communities,
    typer.Option(
        "--communities",
        metavar="louvain|leiden",
        help=t("分组算法", "how communities are found"),
    ),
]
Whole = Annotated[
    bool,
    typer.Option(
        "--whole",
        help=t("打印整个网络的指标", "print the measures of the whole network"),
    ),
]
Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="REGION|YEAR",
        help=t(
            "与另一地区或年度比较：按职能对照名次和合作",
            "compare with another region or year, by function: ranks and pairs",
        ),
    ),
]
Behind = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--behind",
        metavar="DEPT DEPT",
        help=t(
            "列出两个部门共同承担的任务和原文", "the tasks two departments share, with the text"
        ),
    ),
]
NetworkFile = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help=t(
            "写网络文件，格式看后缀：.gexf .graphml .net .json .cyjs .svg .png .csv .neo4j.csv；"
            "与 --against 同用时写比较表 .csv .xlsx .json",
            "write the network; the suffix tells the format: .gexf .graphml .net .json .cyjs .svg"
            " .png .csv .neo4j.csv; with --against a table: .csv .xlsx .json",
        ),
    ),
]
ReportFile = Annotated[
    Path | None,
    typer.Option(
        "--report",
        metavar="FILE.html",
        help=t(
            "写一页报告：图、表、各指标的含义和原文",
            "write a page: drawing, tables, meanings, text",
        ),
    ),
]
