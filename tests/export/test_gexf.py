"""GEXF: structure, faithful content, and the parser of Gephi Lite."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from reference_plans import STEMS, reference_plan

from mskg.export import write_network
from mskg.export.gexf import gexf_bytes
from mskg.network import Collaboration, Duty, collaboration
from mskg.network.view import GRAPHS, NetworkTable, network_table
from mskg.render.clean import xml_text

G = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
NODE_FOLDER = Path(__file__).parents[1] / "js"
CASTS = {"integer": int, "double": float, "string": str}
RESERVED = {"id", "label", "pid", "weight", "source", "target", "type", "kind", "color", "size"}


def tables() -> list[Any]:
    return [
        pytest.param(stem[:3], graph, id=f"{stem[:3]}-{graph}")
        for stem in STEMS
        for graph in GRAPHS
        if stem[:3] != "001"  # an explainer that names no unit
    ]


def table_of(stem: str, graph: str, lang: str = "zh") -> NetworkTable:
    return network_table(collaboration(reference_plan(stem)), graph=graph, lang=lang)


def check_structure(data: bytes) -> etree._Element:
    """Assert what neither the schema nor most parsers check, and return the root."""
    root = etree.fromstring(data)
    assert (root.tag, root.get("version")) == (f"{G}gexf", "1.3")
    assert b"schemaLocation" not in data
    assert b"None" not in data
    ids = [node.get("id") for node in root.iter(f"{G}node")]
    assert len(ids) == len(set(ids))
    assert root.find(f".//{G}nodes").get("count") == str(len(ids))  # type: ignore[union-attr]
    edge_ids = [edge.get("id") for edge in root.iter(f"{G}edge")]
    assert len(edge_ids) == len(set(edge_ids))
    assert root.find(f".//{G}edges").get("count") == str(len(edge_ids))  # type: ignore[union-attr]
    for edge in root.iter(f"{G}edge"):
        assert {edge.get("source"), edge.get("target")} <= set(ids)
        assert float(edge.get("weight", "")) > 0
        assert edge.get("kind")
    for kind in ("node", "edge"):
        declared = {a.get("id"): a for a in root.findall(f".//{G}attributes[@class='{kind}']/*")}
        timed = {
            a.get("id")
            for a in root.findall(f".//{G}attributes[@class='{kind}'][@mode='dynamic']/*")
        }
        for attribute in declared.values():
            assert attribute.get("type") in CASTS
            assert attribute.get("title", "").lower() not in RESERVED
        for element in root.iter(f"{G}{kind}"):
            for value in element.iter(f"{G}attvalue"):
                attribute = declared[value.get("for", "")]
                CASTS[attribute.get("type", "")](value.get("value", ""))
                assert ("start" in value.attrib) is (value.get("for") in timed)
                assert ("end" in value.attrib) is (value.get("for") in timed)
    return root


@pytest.mark.parametrize(("stem", "graph"), tables())
def test_structure(stem: str, graph: str) -> None:
    check_structure(gexf_bytes(table_of(stem, graph)))
    check_structure(gexf_bytes(table_of(stem, graph, "en")))


def test_every_node_has_colour_size_and_place() -> None:
    root = check_structure(gexf_bytes(table_of("004", "bipartite")))
    for node in root.iter(f"{G}node"):
        colour = node.find(f"{VIZ}color")
        assert colour is not None
        assert all(0 <= int(colour.get(part, "")) <= 255 for part in "rgb")
        size = node.find(f"{VIZ}size")
        assert size is not None
        assert 6 <= float(size.get("value", "")) <= 28
    places = {(p.get("x"), p.get("y")) for p in root.iter(f"{VIZ}position")}
    assert len(places) == 33 + 10


def test_networkx_reads_the_same_graph() -> None:
    network = collaboration(reference_plan("004"))
    table = network_table(network)
    # networkx reads up to 1.2; the parts that it knows are the same in 1.3.
    data = gexf_bytes(table).replace(b"gexf.net/1.3", b"www.gexf.net/1.2draft")
    data = data.replace(b'version="1.3"', b'version="1.2"')
    graph: nx.Graph[str] = nx.read_gexf(io.BytesIO(data))
    assert set(graph.nodes) == set(network.projection.nodes)
    found = {frozenset((a, b)): d["weight"] for a, b, d in graph.edges(data=True)}
    assert found == {
        frozenset((a, b)): d["weight"] for a, b, d in network.projection.edges(data=True)
    }
    finance = next(d for _, d in graph.nodes(data=True) if d["label"] == "财政局")
    assert (finance["任务数"], finance["名称"]) == (9, "湛河区财政局")


@given(st.text(min_size=1), st.text(), st.text())
def test_any_name_makes_a_file_that_parses(department: str, title: str, region: str) -> None:
    duties = [
        Duty("t:1", title, "d:1", department, "accountable", region=region),
        Duty("t:1", title, "d:2", "民政局", "related", region=region),
    ]
    for graph in GRAPHS:
        root = etree.fromstring(gexf_bytes(network_table(Collaboration(duties), graph=graph)))
        names = [v.get("value") for v in root.iter(f"{G}attvalue") if v.get("for") == "名称"]
        assert xml_text(department) == "" or xml_text(department) in names


def test_same_bytes_every_time(tmp_path: Path) -> None:
    network = collaboration(reference_plan("004"))
    (first,) = write_network(tmp_path / "a.gexf", network)
    (second,) = write_network(tmp_path / "b.gexf", collaboration(reference_plan("004")))
    assert first.read_bytes() == second.read_bytes()


@pytest.fixture(scope="module")
def node() -> str:
    program = shutil.which("node")
    if program is None:
        pytest.skip("needs Node.js 18 or newer: apt-get install nodejs npm")
    if not (NODE_FOLDER / "node_modules" / "graphology-gexf").is_dir():
        pytest.skip("needs graphology-gexf: npm ci --prefix tests/js")
    if not (NODE_FOLDER / "node_modules" / "cytoscape").is_dir():
        pytest.skip("needs cytoscape: npm ci --prefix tests/js")
    return program


def run_node(node: str, script: str, path: Path, *options: str) -> Any:
    run = subprocess.run(
        [node, script, str(path), *options],
        cwd=NODE_FOLDER,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()[:500]
    return json.loads(run.stdout)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("stem", "graph"), tables())
def test_gephi_lite_reads_the_same_graph(
    node: str, stem: str, graph: str, lang: str, tmp_path: Path
) -> None:
    network = collaboration(reference_plan(stem))
    table = network_table(network, graph=graph, lang=lang)
    (path,) = write_network(tmp_path / "n.gexf", network, graph=graph, lang=lang)
    read = run_node(node, "read_gexf.cjs", path)
    assert (len(read["nodes"]), len(read["edges"])) == (len(table.nodes), len(table.edges))
    titles = {a.key: a.title(lang) for a in table.node_attributes}
    nodes = {entry["key"]: entry["attributes"] for entry in read["nodes"]}
    for row in table.nodes:
        found = nodes[row.id]
        red, green, blue = (int(row.colour[at : at + 2], 16) for at in (1, 3, 5))
        assert found["color"] == f"rgb({red},{green},{blue})"
        assert (found["label"], found["size"]) == (row.label, row.radius)
        assert (found["x"], found["y"]) == (row.x, -row.y)
        assert {titles[key]: value for key, value in row.values.items()}.items() <= found.items()
    titles = {a.key: a.title(lang) for a in table.edge_attributes}
    edges = {entry["key"]: entry for entry in read["edges"]}
    for edge in table.edges:
        found = edges[edge.id]
        assert (found["source"], found["target"]) == (edge.source, edge.target)
        assert found["attributes"]["weight"] == edge.weight
        values = {titles[key]: value for key, value in edge.values.items()}
        assert values.items() <= found["attributes"].items()
    kind = "directed" if table.directed else "undirected"
    assert read["options"]["type"] == (kind if table.edges else "mixed")
    kinds = {entry["attributes"]["kind"] for entry in read["edges"]}
    if (stem, graph, lang) == ("004", "bipartite", "zh"):
        assert kinds == {"牵头", "配合"}


def two_years(**options: str) -> Collaboration:
    """Return a and b that share tasks in 2021, 2022 (three) and 2024, b and c in 2024 alone."""
    rows = [("1", 2021, "ab"), *((n, 2022, "ab") for n in "234"), ("5", 2024, "abc")]
    return Collaboration(
        (
            Duty(f"t:{number}", "任务", f"d:{name}", f"{name}局", "related", year=year)
            for number, year, names in rows
            for name in names
        ),
        **options,
    )


def test_several_years_become_spells() -> None:
    root = check_structure(gexf_bytes(network_table(two_years())))
    graph = root.find(f"{G}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    assert (graph.get("start"), graph.get("end")) == ("2021-01-01", "2024-12-31")
    spells = {
        (edge.get("source"), edge.get("target")): [
            (s.get("start"), s.get("end")) for s in edge.iter(f"{G}spell")
        ]
        for edge in root.iter(f"{G}edge")
    }
    assert spells["d:a", "d:b"] == [("2021-01-01", "2022-12-31"), ("2024-01-01", "2024-12-31")]
    assert spells["d:b", "d:c"] == [("2024-01-01", "2024-12-31")]
    for spell in root.iter(f"{G}spell"):
        assert date.fromisoformat(spell.get("start", "")) < date.fromisoformat(spell.get("end", ""))
    assert all(len(node.findall(f"{G}spells")) == 1 for node in root.iter(f"{G}node"))
    single = gexf_bytes(network_table(collaboration(reference_plan("004"))))
    assert b"spell" not in single
    assert b'mode="static"' in single


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [("2021", 1), ("2022", 3), ("2024", 1)]),
        ({"weight": "newman"}, [("2021", 1), ("2022", 3), ("2024", 0.5)]),
        ({"weight": "jaccard"}, [("2021", 1), ("2022", 1), ("2024", 1)]),
    ],
)
def test_weights_of_several_years_are_those_of_each_year(
    options: dict[str, str], expected: list[tuple[str, float]]
) -> None:
    table = network_table(two_years(**options))
    edge = next(edge for edge in table.edges if edge.target == "d:b")
    assert edge.values["years"] == " ".join(f"{year}:{weight:g}" for year, weight in expected)
    for lang, title in (("zh", "当年权重"), ("en", "Weight in the year")):
        root = check_structure(gexf_bytes(replace(table, lang=lang)))
        element = root.find(f".//{G}edge[@id='{edge.id}']")
        assert element is not None
        found = [
            (v.get("start"), v.get("end"), float(v.get("value", "")))
            for v in element.iter(f"{G}attvalue")
            if v.get("for") == title
        ]
        assert found == [(f"{y}-01-01", f"{y}-12-31", weight) for y, weight in expected]
    single = gexf_bytes(network_table(collaboration(reference_plan("004"))))
    assert b'mode="dynamic"' not in single


def test_gephi_lite_reads_a_network_of_several_years(node: str, tmp_path: Path) -> None:
    (path,) = write_network(tmp_path / "n.gexf", two_years())
    read = run_node(node, "read_gexf.cjs", path, "--timed")
    weights = {(e["source"], e["target"]): e["attributes"]["weight"] for e in read["edges"]}
    # Its parser knows no time: the weight is that of all years, of the rest it keeps the last.
    assert weights == {("d:a", "d:b"): 5, ("d:a", "d:c"): 1, ("d:b", "d:c"): 1}
    tasks = {(e["source"], e["target"]): e["attributes"]["共同任务数"] for e in read["edges"]}
    assert tasks == weights
    last = {e["attributes"]["当年权重"] for e in read["edges"]}
    assert last == {"1"}


def test_cytoscape_reads_the_same_graph(node: str, tmp_path: Path) -> None:
    network = collaboration(reference_plan("004"))
    table = network_table(network)
    (path,) = write_network(tmp_path / "n.cyjs", network)
    read = run_node(node, "read_cytoscape.cjs", path)
    assert len(read["nodes"]) == 33
    assert {(n["id"], n["label"], n["x"], n["y"], n["tasks"]) for n in read["nodes"]} == {
        (n.id, n.label, n.x, n.y, n.values["tasks"]) for n in table.nodes
    }
    assert {(e["source"], e["target"], e["weight"]) for e in read["edges"]} == {
        (e.source, e.target, e.weight) for e in table.edges
    }


def test_graphology_imports_the_json(node: str, tmp_path: Path) -> None:
    (path,) = write_network(tmp_path / "n.json", collaboration(reference_plan("004")))
    read = run_node(node, "read_json.cjs", path)
    assert read == {"nodes": 33, "edges": 376, "type": "undirected"}
