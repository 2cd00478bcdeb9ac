"""GraphML, CSV, JSON and SVG of a network, and what happens when writing fails."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import igraph
import networkx as nx
import pytest
from lxml import etree
from PIL import Image
from reference_plans import reference_plan

from mskg.errors import InputError
from mskg.export import NETWORK_SUFFIXES, write_network
from mskg.export.lists import plain_graph
from mskg.network import Collaboration, Duty, collaboration
from mskg.network.drawing import drawing_of, svg_bytes
from mskg.network.placement import Box, placed
from mskg.network.view import network_table
from mskg.render import png
from mskg.render.png import find_font
from mskg.render.svg import Label, Mark, text_width

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def zhanhe() -> Collaboration:
    return collaboration(reference_plan("004"))


@pytest.mark.parametrize("graph", ["projection", "bipartite"])
def test_graphml_round_trip(zhanhe: Collaboration, graph: str, tmp_path: Path) -> None:
    (path,) = write_network(tmp_path / "n.graphml", zhanhe, graph=graph)
    read = nx.read_graphml(path)
    expected = plain_graph(network_table(zhanhe, graph=graph))
    assert dict(read.nodes(data=True)) == dict(expected.nodes(data=True))
    assert {frozenset((a, b)): d for a, b, d in read.edges(data=True)} == {
        frozenset((a, b)): d for a, b, d in expected.edges(data=True)
    }
    assert len(expected) == (43 if graph == "bipartite" else 33)


@pytest.mark.parametrize("graph", ["projection", "bipartite", "directed"])
def test_igraph_reads_the_graphml(zhanhe: Collaboration, graph: str, tmp_path: Path) -> None:
    (path,) = write_network(tmp_path / "n.graphml", zhanhe, graph=graph)
    table = network_table(zhanhe, graph=graph)
    read = igraph.Graph.Read_GraphML(str(path))
    assert (read.vcount(), read.ecount()) == (len(table.nodes), len(table.edges))
    assert read.is_directed() is (graph == "directed")
    assert {v["id"]: (v["label"], v["color"]) for v in read.vs} == {
        n.id: (n.label, n.colour) for n in table.nodes
    }
    ends = tuple if graph == "directed" else frozenset
    ids = read.vs["id"]
    assert {(ends((ids[e.source], ids[e.target])), e["weight"]) for e in read.es} == {
        (ends((e.source, e.target)), e.weight) for e in table.edges
    }


@pytest.mark.parametrize("graph", ["projection", "directed"])
def test_igraph_and_networkx_read_the_pajek_file(
    zhanhe: Collaboration, graph: str, tmp_path: Path
) -> None:
    (path,) = write_network(tmp_path / "n.net", zhanhe, graph=graph)
    table = network_table(zhanhe, graph=graph)
    labels = {node.id: node.label for node in table.nodes}
    ends = tuple if graph == "directed" else frozenset
    expected = {(ends((labels[e.source], labels[e.target])), e.weight) for e in table.edges}
    read = igraph.Graph.Read_Pajek(str(path))
    assert read.is_directed() is (graph == "directed")
    names = read.vs["id"] if "id" in read.vs.attributes() else read.vs["name"]
    assert {(ends((names[e.source], names[e.target])), e["weight"]) for e in read.es} == expected
    again = nx.read_pajek(path)
    assert set(again.nodes) == set(labels.values())
    assert again.number_of_edges() == len(expected)


def test_pajek_names_can_hold_no_quotes_and_stay_apart(tmp_path: Path) -> None:
    names = ['甲"局"', "甲”局\n二", "同名", "同名"]
    duties = [Duty("t:1", "任务", f"d:{n}", name, "related") for n, name in enumerate(names)]
    (path,) = write_network(tmp_path / "n.net", Collaboration(duties))
    read = nx.read_pajek(path)
    assert len(read) == 4
    assert {"甲’局’", "甲”局 二", "同名"} <= set(read.nodes)


def test_neo4j_lists_are_typed_and_complete(zhanhe: Collaboration, tmp_path: Path) -> None:
    nodes_path, edges_path = write_network(tmp_path / "图.neo4j.csv", zhanhe, graph="bipartite")
    assert (nodes_path.name, edges_path.name) == ("图_nodes.neo4j.csv", "图_edges.neo4j.csv")
    nodes = list(csv.DictReader(io.StringIO(nodes_path.read_text(encoding="utf-8"))))
    edges = list(csv.DictReader(io.StringIO(edges_path.read_text(encoding="utf-8"))))
    assert {row[":LABEL"] for row in nodes} == {"Department", "Task"}
    assert {row[":TYPE"] for row in edges} == {"ACCOUNTABLE", "RELATED"}
    ids = {row["id:ID"] for row in nodes}
    assert len(ids) == len(nodes) == 43
    assert {row[":START_ID"] for row in edges} | {row[":END_ID"] for row in edges} == ids
    casts = {"int": int, "float": float}
    for row in (*nodes, *edges):
        for heading, cell in row.items():
            kind = heading.rpartition(":")[2]
            if kind in casts and cell:
                casts[kind](cell)


@pytest.fixture
def font() -> str:
    try:
        return find_font()
    except InputError:
        pytest.skip("needs a Chinese font: apt-get install fonts-noto-cjk")


def test_png_shows_every_department_in_its_colour(
    zhanhe: Collaboration, font: str, tmp_path: Path
) -> None:
    (path,) = write_network(tmp_path / "n.png", zhanhe)
    drawing = drawing_of(network_table(zhanhe))
    picture = Image.open(path).convert("RGB")
    assert picture.size == (round(drawing.width * 2), round(drawing.height * 2))
    for shape in drawing.shapes:
        if isinstance(shape, Mark):
            rgb = tuple(int(shape.colour[at : at + 2], 16) for at in (1, 3, 5))
            assert picture.getpixel((round(shape.x * 2), round(shape.y * 2))) == rgb
        elif isinstance(shape, Label):
            # The letters are there: something dark in the box of every label.
            width = text_width(shape.text, shape.size)
            left = shape.x - {"start": 0, "middle": width / 2, "end": width}[shape.anchor]
            box = (left * 2, (shape.y - shape.size) * 2, (left + width) * 2, shape.y * 2)
            darkest, _ = picture.crop(tuple(map(round, box))).convert("L").getextrema()
            assert darkest < 120, shape.text


def test_png_without_a_chinese_font_is_one_clear_line(
    zhanhe: Collaboration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find_font.cache_clear()
    png._font.cache_clear()
    monkeypatch.setattr(png, "_folders", lambda: iter(()))
    with pytest.raises(InputError, match="fonts-noto-cjk"):
        write_network(tmp_path / "n.png", zhanhe)
    assert list(tmp_path.iterdir()) == []
    find_font.cache_clear()


def test_csv_lists(zhanhe: Collaboration, tmp_path: Path) -> None:
    nodes_path, edges_path = write_network(tmp_path / "网络.csv", zhanhe)
    assert (nodes_path.name, edges_path.name) == ("网络_nodes.csv", "网络_edges.csv")
    nodes = list(csv.DictReader(io.StringIO(nodes_path.read_text(encoding="utf-8"))))
    edges = list(csv.DictReader(io.StringIO(edges_path.read_text(encoding="utf-8"))))
    assert (len(nodes), len(edges)) == (33, 376)
    assert list(nodes[0])[:2] == ["Id", "Label"]
    assert list(edges[0])[:6] == ["Source", "Target", "Type", "Id", "Kind", "Weight"]
    finance = next(row for row in nodes if row["name"] == "湛河区财政局")
    assert (finance["tasks"], finance["Label"]) == ("9", "财政局")
    ids = {row["Id"] for row in nodes}
    assert {row["Source"] for row in edges} | {row["Target"] for row in edges} <= ids
    assert max(int(row["tasks"]) for row in edges) == 6
    assert {row["Type"] for row in edges} == {"Undirected"}


def test_csv_with_byte_order_mark(zhanhe: Collaboration, tmp_path: Path) -> None:
    for path in write_network(tmp_path / "n.csv", zhanhe, bom=True):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_json_holds_the_graph(zhanhe: Collaboration, tmp_path: Path) -> None:
    (path,) = write_network(tmp_path / "n.json", zhanhe, lang="en")
    document = json.loads(path.read_text(encoding="utf-8"))
    weights = {e["key"]: e["attributes"]["weight"] for e in document["edges"]}
    assert sorted(weights.values())[-1] == 6
    assert {n["attributes"]["kind"] for n in document["nodes"]} == {"department"}


def labels_of(root: etree._Element) -> list[tuple[float, float, float, str]]:
    return [
        (float(t.get("x", "")), float(t.get("y", "")), float(t.get("font-size", "")), t.text or "")
        for t in root.iter(f"{SVG}text")
        if t.get("text-anchor") == "middle"
    ]


@pytest.mark.parametrize("graph", ["projection", "bipartite"])
@pytest.mark.parametrize("stem", ["000", "002", "003", "004"])
def test_labels_of_the_drawing_do_not_collide(stem: str, graph: str) -> None:
    table = network_table(collaboration(reference_plan(stem)), graph=graph)
    root = etree.fromstring(svg_bytes(table))
    boxes = [
        (x - text_width(text, size) / 2, y - size, x + text_width(text, size) / 2, y)
        for x, y, size, text in labels_of(root)
    ]
    assert len(boxes) == len(table.nodes)
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert right <= width
        assert bottom <= height
        for other in boxes[number + 1 :]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart


def test_drawing_tells_tasks_and_pairs_under_the_pointer(zhanhe: Collaboration) -> None:
    text = svg_bytes(network_table(zhanhe)).decode()
    assert "湛河区财政局: 任务9项（牵头1，配合8）" in text
    assert re.search("(财政局 — 住房和城乡建设局|住房和城乡建设局 — 财政局): 共同任务6项", text)
    assert "未计入集体单位1个" in text


def test_many_nodes_have_few_labels() -> None:
    duties = [
        Duty(f"t:{n}", f"任务{n}", f"d:{d}", f"部门{d}", "related")
        for n in range(100)
        for d in (2 * n, 2 * n + 1, 0)
    ]
    table = network_table(Collaboration(duties))
    assert len(table.nodes) == 200
    assert sum(bool(node.shown) for node in table.nodes) == 60
    assert table.nodes[0].shown == "部门0"  # the busiest keeps its label


def test_boxes_end_up_apart() -> None:
    boxes = [Box(10, "住房和城乡建设局") for _ in range(12)]
    centres, width, height = placed([(0.0, 0.0)] * 12, boxes)
    for number, (x, y) in enumerate(centres):
        assert 0 <= x <= width
        assert 0 <= y <= height
        for other_x, other_y in centres[number + 1 :]:
            assert abs(x - other_x) > 100 or abs(y - other_y) > 30


@pytest.mark.parametrize("name", ["n.gefx", "n", "n.xlsx"])
def test_unknown_suffix_is_one_clear_line(zhanhe: Collaboration, name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        write_network(tmp_path / name, zhanhe)
    assert " ".join(NETWORK_SUFFIXES) in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_unknown_graph_is_one_clear_line(zhanhe: Collaboration, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown graph 'tripartite'"):
        write_network(tmp_path / "n.gexf", zhanhe, graph="tripartite")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", NETWORK_SUFFIXES)
def test_folder_that_is_a_file_is_one_clear_line(
    zhanhe: Collaboration, suffix: str, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(InputError, match=r"can't write .*taken"):
        write_network(tmp_path / "taken" / f"n{suffix}", zhanhe)
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_failure_at_the_end_leaves_no_part_and_no_broken_file(
    zhanhe: Collaboration, tmp_path: Path
) -> None:
    (tmp_path / "n.gexf").mkdir()
    with pytest.raises(InputError, match=r"n\.gexf"):
        write_network(tmp_path / "n.gexf", zhanhe)
    assert [path.name for path in tmp_path.iterdir()] == ["n.gexf"]
    assert list((tmp_path / "n.gexf").iterdir()) == []


def test_missing_folder_is_made_and_an_old_file_replaced(
    zhanhe: Collaboration, tmp_path: Path
) -> None:
    target = tmp_path / "一" / "二" / "n.svg"
    target.parent.mkdir(parents=True)
    target.write_text("old")
    write_network(target, zhanhe)
    assert target.read_text(encoding="utf-8").startswith("<svg")
    write_network(tmp_path / "三" / "n.svg", zhanhe)
    assert (tmp_path / "三" / "n.svg").read_bytes() == target.read_bytes()
