"""Networks of generated plans: building, projection against networkx, measures, memory, growth.

``python -m benchmarks network [--regions 30 300 3000] [--years 20] [--quick] [--store 300]``. Every
size runs in a process of its own, so that its peak memory is its own. Sizes of up to `--store`
regions are also read from a store on disk, in one more process. The peer is
``networkx.bipartite.weighted_projected_graph`` on the same duties, in the same run; CPU seconds
count. A region has 30 departments and 20 tasks a year; 3,000 regions and 20 years make 1.2
million tasks. `--quick` measures one small size.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mskg.network import Collaboration, Duty

__all__ = ["generated_duties", "main", "measure", "projection_ratio"]

DEPARTMENTS = 30
TASKS = 20
_AREAS = ("education", "health", "housing", "elderly", "transport", "culture-sport")
_LIMIT = 4.0


def generated_duties(regions: int, years: int, seed: int = 7) -> Iterator[Duty]:
    """Yield the duties of plans with the skew of real ones: a few departments in most tasks.

    A task has one lead and one to eleven others; the department with number d is drawn with
    a weight of 1/(d+3).
    """
    from mskg.network import Duty

    draw = random.Random(seed)
    weights = [1 / (number + 3) for number in range(DEPARTMENTS)]
    numbers = range(DEPARTMENTS)
    names = [f"部门{number}" for number in numbers]
    functions = [(f"function-{number}",) for number in numbers]
    for region in range(regions):
        place, code = f"地区{region}", f"{100000 + region}"
        iris = [f"https://w3id.org/mskg/id/org/{code}/unit-{number}" for number in numbers]
        for year in range(2024 - years, 2024):
            program = f"https://w3id.org/mskg/id/program/{code}/{year}/livelihood"
            for task in range(TASKS):
                size = min(1 + int(draw.expovariate(1 / 4)), 12)
                members = dict.fromkeys(draw.choices(numbers, weights, k=size))
                iri, areas = f"{program}/task/{task}", (_AREAS[task % len(_AREAS)],)
                months = (f"{year}-{6 + task % 7:02}",)
                for place_in_task, number in enumerate(members):
                    yield Duty(
                        iri, f"任务{task}", iris[number], names[number],
                        "related" if place_in_task else "accountable", functions[number],
                        place, year, areas=areas, months=months, program=program,
                    )  # fmt: skip


def make_store(folder: Path, regions: int, years: int) -> dict[str, float]:
    """Write a store of generated plans to `folder`; return its triples and the CPU seconds."""
    from benchmarks.network_store import write_store

    write, triples = _timed(lambda: write_store(folder, generated_duties(regions, years)))
    return {"triples": triples, "write": write}


def measure_store(folder: Path) -> dict[str, Any]:
    """Return CPU seconds and memory of the network that is read from the store in `folder`."""
    from mskg.network import collaboration
    from mskg.store import open_store

    with open_store(folder) as store:
        build, network = _timed(lambda: collaboration(store))
    return {
        "tasks": len(network.incidence.tasks),
        "duties": len(network.incidence.task),
        "edges": len(network.columns),
        "build": build,
        "memory": _peak(),
    }


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    # What earlier steps left behind is collected before: that took longer than a projection.
    gc.collect()
    begin = time.process_time()
    value = work()
    return time.process_time() - begin, value


def _peak() -> float:
    """Return the greatest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _peer_graph(network: Collaboration) -> Any:
    """Return the bipartite networkx graph of the same duties, without attributes."""
    import networkx as nx

    incidence = network.incidence
    graph: Any = nx.Graph()
    departments = len(incidence.nodes)
    graph.add_nodes_from(range(departments))
    graph.add_edges_from(
        zip(incidence.node.tolist(), (incidence.task + departments).tolist(), strict=True)
    )
    return graph


def projection_ratio(network: Collaboration) -> dict[str, float]:
    """Return CPU seconds of the projection, ours and networkx's, after checking equality."""
    import networkx as nx

    pairs, columns = _timed(lambda: network.columns)
    graph, _ = _timed(lambda: network.projection)
    peer = _peer_graph(network)
    departments = range(len(network.incidence.nodes))
    theirs, projected = _timed(lambda: nx.bipartite.weighted_projected_graph(peer, departments))
    rows = zip(columns.first.tolist(), columns.second.tolist(), columns.tasks.tolist(), strict=True)
    adjacent = projected.adj
    if projected.number_of_edges() != len(columns) or any(
        adjacent[first][second]["weight"] != tasks for first, second, tasks in rows
    ):
        raise AssertionError("the two projections differ")
    return {"pairs": pairs, "graph": pairs + graph, "networkx": theirs}


def measure(regions: int, years: int, *, peer: bool = True) -> dict[str, Any]:
    """Return sizes, CPU seconds and memory of one generated network."""
    from mskg.network import Collaboration

    rows, _ = _timed(lambda: sum(1 for _ in generated_duties(regions, years)))
    build, network = _timed(lambda: Collaboration(generated_duties(regions, years)))
    incidence = network.incidence
    found: dict[str, Any] = {
        "regions": regions,
        "tasks": len(incidence.tasks),
        "departments": len(incidence.nodes),
        "duties": len(incidence.task),
        "build": build - rows,
    }
    found["pairs"], columns = _timed(lambda: network.columns)
    found["edges"] = len(columns)
    found["memory built"] = _peak()
    first, second = network.pairs[len(columns) // 2][:2]
    found["tasks behind an edge"], _ = _timed(lambda: network.tasks_behind(first, second))
    found["tasks behind another"], _ = _timed(lambda: network.tasks_behind(first, second))
    found["measures"] = _measures(network)
    found["memory measured"] = _peak()
    if peer:
        del network.columns, network.pairs
        found["projection"] = projection_ratio(network)
        found["memory with networkx"] = _peak()
    return found


def _measures(network: Collaboration) -> dict[str, Any]:
    """Return CPU seconds of each costly measure, with the way it was computed."""
    from mskg.network import centrality, communities, significance, whole
    from mskg.network.measures import integer_graph

    found: dict[str, Any] = {}
    found["graph"], graph = _timed(lambda: integer_graph(network))
    fields = [str(node % 6) for node in graph]
    work: dict[str, Callable[[], Any]] = {
        "betweenness": lambda: centrality.betweenness(graph)[1],
        "eigenvector": lambda: centrality.eigenvector(graph) and "exact",
        "pagerank": lambda: centrality.pagerank(graph) and "exact",
        "constraint": lambda: centrality.constraint(graph) and "exact",
        "brokerage": lambda: centrality.brokerage(graph, fields) and "exact",
        "core numbers": lambda: centrality.core_numbers(graph) and "exact",
        "core–periphery": lambda: whole.core_periphery(graph) and "exact",
        "nestedness": lambda: whole.nestedness(network.incidence)[1],
        "Leiden": lambda: communities.communities(graph, "leiden").method,
        "Louvain": lambda: communities.communities(graph, "louvain").method,
        "disparity filter": lambda: significance(network, "disparity").method,
        "hypergeometric": lambda: significance(network, "hypergeometric").method,
    }
    for name, task in work.items():
        seconds, how = _timed(task)
        found[name] = {"seconds": seconds, "how": getattr(how, "en", str(how))}
    return found


def _show(found: dict[str, Any]) -> None:
    print(
        f"\n{found['regions']:,} regions: {found['tasks']:,} tasks, {found['departments']:,}"
        f" departments, {found['duties']:,} duties, {found['edges']:,} pairs"
    )
    print(f"  build from rows        {found['build']:9.2f} s   (the rows themselves not counted)")
    print(f"  pairs                  {found['pairs']:9.2f} s")
    print(f"  tasks behind an edge   {found['tasks behind another'] * 1e3:9.2f} ms")
    for name, value in found["measures"].items():
        seconds, how = (value, "") if isinstance(value, float) else (value["seconds"], value["how"])
        print(f"  {name:<22} {seconds:9.2f} s   {how}")
    print(f"  memory                 {found['memory built']:9.0f} MB built,"
          f" {found['memory measured']:.0f} MB with all measures")  # fmt: skip
    if "projection" in found:
        ratio = found["projection"]
        print(
            f"  projection             {ratio['pairs']:9.2f} s as columns,"
            f" {ratio['graph']:.2f} s as a networkx graph with all weights;"
            f" networkx {ratio['networkx']:.2f} s"
        )
        print(
            f"  ratio                  {ratio['networkx'] / ratio['pairs']:9.1f} × as columns,"
            f" {ratio['networkx'] / ratio['graph']:.1f} × as a graph (at least {_LIMIT:g} ×)"
        )


def main(arguments: Sequence[str]) -> int:
    """Measure each size in a process of its own; 1 if a store gives another network."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks network", description=__doc__)
    parser.add_argument("--regions", type=int, nargs="+", default=[30, 300, 3000])
    parser.add_argument("--years", type=int, default=20)
    parser.add_argument("--quick", action="store_true", help="one small size")
    parser.add_argument(
        "--store", type=int, default=300, help="regions up to which a store is made"
    )
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.write:
        print(json.dumps(make_store(chosen.write, chosen.regions[0], chosen.years)))
        return 0
    if chosen.read:
        print(json.dumps(measure_store(chosen.read)))
        return 0
    if chosen.one:
        print(json.dumps(measure(chosen.regions[0], chosen.years)))
        return 0
    other = 0
    for regions in [30] if chosen.quick else chosen.regions:
        found = _run("--one", "--regions", str(regions), "--years", str(chosen.years))
        if found is None:
            return 2
        _show(found)
        if regions <= chosen.store:
            other += _from_store(regions, chosen.years, found)
    return int(other > 0)


def _run(*options: str) -> dict[str, Any] | None:
    command = [sys.executable, "-m", "benchmarks", "network", *options]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        print(run.stderr, file=sys.stderr)
        return None
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def _from_store(regions: int, years: int, found: dict[str, Any]) -> bool:
    """Show the same network read from a store; tell whether it is another one."""
    with tempfile.TemporaryDirectory() as folder:
        # Each in a process of its own: a child begins with the peak memory of its parent.
        made = _run("--write", folder, "--regions", str(regions), "--years", str(years))
        stored = _run("--read", folder) if made else None
    if made is None or stored is None:
        return True
    print(
        f"  build from a store     {stored['build']:9.2f} s   {made['triples']:,} triples, loaded"
        f" in {made['write']:.0f} s; {stored['memory']:.0f} MB built"
    )
    return any(stored[key] != found[key] for key in ("tasks", "duties", "edges"))
