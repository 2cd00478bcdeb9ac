"""``mskg network``: who works with whom."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mskg.cli.console import note, progress_bar
from mskg.cli.language import language, t
from mskg.cli.network_options import (
    Against,
    Alpha,
    Areas,
    Backbone,
    BackboneOption,
    Behind,
    Collectives,
    Communities,
    CommunitiesOption,
    Coordinators,
    EdgeWeight,
    Graph,
    GraphKind,
    Level,
    LevelOption,
    Names,
    NetworkFile,
    Regions,
    ReportFile,
    RoleOption,
    Share,
    ShareOption,
    Sources,
    Weight,
    Whole,
    Years,
)
from mskg.cli.network_tables import (
    measured,
    show_behind,
    show_comparison,
    show_measures,
    show_whole,
    tell_layout,
    telling,
)
from mskg.cli.options import Bom, Format, Store
from mskg.cli.output import write_file, written
from mskg.cli.stores import chosen_store
from mskg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mskg.network import Collaboration, Measures, Significance
    from mskg.store import Store as AnyStore

HELP = t(
    "部门协作网络：共同承担任务的部门连成网，并算出每个部门和整个网络的各项指标。\n"
    "不带 --out 时打印部门表；带 --out 时写网络文件，供 Gephi 等打开，或画成图；\n"
    "--report 写一页网页：图、表、各指标的含义，每个数字都连到任务和原文。",
    "The collaboration network: departments are joined by the tasks they share.\n"
    "Without --out it prints one row a department; with --out it writes the network for Gephi"
    " and others, or draws it;\n"
    "--report writes a page: drawing, tables, meanings, each number linked to its tasks.",
)
EXAMPLES = t(
    "mskg network                                     各部门的任务数、合作伙伴数、中心性\n"
    "mskg network --region 410411 --report 协作.html  一个地区的报告，用浏览器打开\n"
    "mskg network --out 协作.gexf                     给 Gephi 的文件；.svg .png 画成图\n"
    "mskg network --graph bipartite --out 网.graphml  部门与任务两类节点\n"
    "mskg network --backbone hypergeometric           只看超出随机的合作\n"
    "mskg network --level function --region 130303 --against 410411   两地按职能比较\n"
    "mskg network --behind 财政局 民政局              两个部门共同的任务和原文\n"
    "mskg network --whole --format json               整个网络的密度、中心势、模块度等\n"
    "mskg network 计划.docx                           不用数据库，直接看一份计划\n",
    "mskg network                                     tasks, partners, centrality of departments\n"
    "mskg network --region 410411 --report n.html     a report on one region, for the browser\n"
    "mskg network --out network.gexf                  a file for Gephi; .svg .png draw it\n"
    "mskg network --graph bipartite --out n.graphml   departments and tasks as nodes\n"
    "mskg network --backbone hypergeometric           only pairs that are more than chance\n"
    "mskg network --level function --region 130303 --against 410411   two regions by function\n"
    "mskg network --behind 财政局 民政局              the tasks two departments share\n"
    "mskg network --whole --format json               density, centralisation, modularity, …\n"
    "mskg network plan.docx                           one plan, without a store\n",
)


def command(
    sources: Sources = None,
    store: Store = None,
    region: Regions = None,
    year: Years = None,
    area: Areas = None,
    role: RoleOption = None,
    level: LevelOption = Level.department,
    share: ShareOption = Share.item,
    weight: EdgeWeight = Weight.tasks,
    graph: Graph = GraphKind.projection,
    backbone: BackboneOption = None,
    alpha: Alpha = 0.05,
    communities: CommunitiesOption = Communities.louvain,
    collectives: Collectives = False,
    coordinators: Coordinators = False,
    names: Names = False,
    whole: Whole = False,
    against: Against = None,
    behind: Behind = None,
    out: NetworkFile = None,
    report: ReportFile = None,
    form: Format = None,
    bom: Bom = False,
) -> None:
    """Print the measures of the network, compare it, or write it to files."""
    choices: dict[str, Any] = {
        "region": region, "year": year, "area": area, "role": role.value if role else None,
        "level": level.value, "share": share.value, "weight": weight.value,
        "include_collectives": collectives, "include_coordinators": coordinators, "names": names,
    }  # fmt: skip
    _check_together(against, behind, out, report, backbone, graph, whole=whole)
    with ExitStack() as stack:
        source = _source(stack, sources, store)
        if against is not None:
            _compare(source, choices, against, form=form or "", out=out, bom=bom)
            return
        found = _collaboration(source, choices)
        chosen = _significance(found, backbone, alpha)
        if behind is not None:
            show_behind(found, _with_text(source), behind, form or "", names=names, bom=bom)
        result = measured(found, communities.value) if report or out else None
        if report is not None:
            _report(report, source, found, chosen, alpha, result, names=names)
        if out is not None:
            _write(out, found, graph, chosen, result, bom=bom)
    if whole:
        show_whole(found, result or measured(found, communities.value), form or "", bom=bom)
    elif out is None and report is None and behind is None:
        show_measures(found, communities.value, chosen, form or "", bom=bom)
    if found.notes:
        note(found.note(language()))


def _check_together(
    against: str | None,
    behind: tuple[str, str] | None,
    out: Path | None,
    report: Path | None,
    backbone: Backbone | None,
    graph: GraphKind,
    *,
    whole: bool,
) -> None:
    """Refuse options that say nothing together, before anything is read."""
    clashes = (
        (against and behind, "--against", "--behind"),
        (against and report, "--against", "--report"),
        (against and backbone, "--against", "--backbone"),
        (behind and out, "--behind", "--out"),
        (whole and (against or ""), "--whole", "--against"),
        (whole and behind, "--whole", "--behind"),
        (whole and backbone, "--whole", "--backbone"),
        (backbone and graph is not GraphKind.projection, "--backbone", f"--graph {graph.value}"),
    )
    for clash, first, second in clashes:
        if clash:
            raise InputError(
                f"{first} and {second} can't be used together",
                hint="give one of them",
                zh=f"{first} 与 {second} 不能同时使用（请只用一个）",
            )
    if report is not None and report.suffix.lower() not in {".html", ".htm"}:
        raise InputError(
            f"{report}: a report is a web page",
            hint="use the suffix .html",
            zh=f"{report}：报告是网页（请用后缀 .html）",
        )


def _source(stack: ExitStack, sources: Sequence[str] | None, store: str | None) -> Any:
    """Return the store, or what the files hold."""
    if not sources:
        return stack.enter_context(chosen_store(store))
    if store is not None:
        raise InputError(
            "files and --store can't be used together",
            hint="give files, or a store",
            zh="文件与 --store 不能同时使用（请只给一种）",
        )
    from mskg.cli.network_sources import table_of_file
    from mskg.network import store_of

    if any(name.lower().endswith(".csv") for name in sources):
        return table_of_file(sources)
    from mskg.cli.network_sources import plans_of_files

    return stack.enter_context(store_of(plans_of_files(sources)))


def _collaboration(source: Any, choices: dict[str, Any]) -> Collaboration:
    from mskg.network import collaboration

    plans = t("计划", "plans")
    with progress_bar(t("读取", "reading"), 0) as advance:
        return collaboration(source, **choices, progress=lambda done, of: advance(plans, done, of))


def _significance(
    found: Collaboration, backbone: Backbone | None, alpha: float
) -> Significance | None:
    from mskg.network import significance

    return None if backbone is None else significance(found, backbone.value, alpha)


def _with_text(source: Any) -> AnyStore | None:
    """Return the source where it holds the text of tasks, which a table does not."""
    from mskg.store import Store as AnyStore

    return source if isinstance(source, AnyStore) else None


def _write(
    path: Path,
    found: Collaboration,
    graph: GraphKind,
    backbone: Significance | None,
    result: Measures | None,
    *,
    bom: bool,
) -> None:
    from mskg.export import write_network

    tell_layout(found)
    for file in write_network(
        path, found, graph=graph.value, lang=language(), bom=bom, backbone=backbone,
        found=result,
    ):  # fmt: skip
        written(file)


def _report(
    path: Path,
    source: Any,
    found: Collaboration,
    backbone: Significance | None,
    alpha: float,
    result: Measures | None,
    *,
    names: bool,
) -> None:
    from mskg.export import network_report

    tell_layout(found)
    null = backbone.model if backbone and backbone.q is not None else "hypergeometric"
    page = network_report(
        found, store=_with_text(source), lang=language(), model=null, alpha=alpha,
        backbone=backbone, found=result, names=names,
    )  # fmt: skip
    write_file(path, page)
    written(path)


def _compare(
    source: Any, choices: dict[str, Any], against: str, *, form: str, out: Path | None, bom: bool
) -> None:
    """Compare with another year where `against` is one, else with another region."""
    from mskg.network import compare

    is_year = against.isdigit() and len(against) == 4
    other = choices | ({"year": int(against)} if is_year else {"region": against})
    one, two = (_collaboration(source, chosen) for chosen in (choices, other))
    comparison = compare(one, two, lang=language(), tell=telling(one, two))
    show_comparison(comparison, form, out, bom=bom)
