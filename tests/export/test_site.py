"""Pages about the ontology: complete, with links that lead somewhere, readable in a browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
import rdflib
from lxml import html

from mskg import resources
from mskg.export import write_site
from mskg.export.diagram import EDGES, PLACES, core_diagram
from mskg.query import Catalogue, competency_questions
from mskg.rdf import SCHEMES
from mskg.rdf.ontology import ontology_terms, scheme_concepts

_BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module", name="site")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder)
    return folder


@cache
def _page(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_text(encoding="utf-8"))


def test_there_is_a_page_for_everything(site: Path) -> None:
    pages = {path.name for path in site.glob("*.html")}
    schemes = {f"scheme-{scheme.file}.html" for scheme in SCHEMES.values()}
    assert pages == schemes | {
        *("index.html", "core.html", "reading.html", "progress.html", "derived.html"),
        *("alignments.html", "questions.html"),
    }
    assert (site / "files" / "mskg.ttl").read_text() == resources.read_text("ontology/mskg.ttl")


def test_every_link_leads_somewhere(site: Path) -> None:
    checked = 0
    for path in site.glob("*.html"):
        for link in {str(href) for href in _page(path).xpath("//@href")}:
            if link.startswith("http"):
                continue
            name, _, anchor = link.partition("#")
            target = site / name if name else path
            assert target.is_file(), f"{path.name}: {link}"
            if anchor:
                assert _page(target).xpath("//*[@id=$id]", id=unquote(anchor)), (
                    f"{path.name}: {link}"
                )
            checked += 1
    assert checked > 500


def test_anchors_are_unique(site: Path) -> None:
    for path in site.glob("*.html"):
        ids = [str(name) for name in _page(path).xpath("//@id")]
        assert len(ids) == len(set(ids)), path.name


def test_every_term_is_explained(site: Path) -> None:
    for term in ontology_terms():
        (section,) = _page(site / f"{term.module}.html").xpath("//section[@id=$id]", id=term.name)
        text = section.text_content()
        for wanted in (*term.label, *term.definition, term.example, *term.domain, *term.range):
            assert wanted in text, (term.name, wanted)


@pytest.mark.parametrize("name", sorted(SCHEMES))
def test_every_concept_has_its_row(site: Path, name: str) -> None:
    page = _page(site / f"scheme-{SCHEMES[name].file}.html")
    concepts = scheme_concepts(name)
    assert concepts
    rows = {str(row.get("id")): row.text_content() for row in page.xpath("//tr[@id]")}
    assert rows.keys() == {concept.notation for concept in concepts}
    for concept in concepts:
        assert concept.label.zh in rows[concept.notation]


def test_every_question_has_its_query(site: Path) -> None:
    page = _page(site / "questions.html")
    for question in competency_questions():
        (row,) = page.xpath("//tr[@id=$id]", id=f"q{question.id}")
        assert question.text[0] in row.text_content()
        assert question.text[1] in row.text_content()
        links = row.xpath(".//td[last()]//@href")
        assert links == ([f"#query-{question.query}"] if question.query else [])
    assert len(page.xpath("//section")) == len(list(Catalogue()))


def test_the_diagram_shows_the_core() -> None:
    core = {t.name for t in ontology_terms() if t.module == "core" and t.kind == "class"}
    assert core == PLACES.keys()
    assert {name for one, _, other in EDGES for name in (one, other)} == core
    places = list(PLACES.values())
    assert len(places) == len(set(places))


def test_the_lines_of_the_diagram_are_allowed_by_the_ontology() -> None:
    terms = {term.name: term for term in ontology_terms()}
    ours = [edge for edge in EDGES if ":" not in edge[1]]
    assert len(ours) == len(EDGES) - 1
    for one, name, other in ours:
        assert one in terms[name].domain, (one, name)
        assert other in terms[name].range, (name, other)


def test_no_line_crosses_a_box() -> None:
    drawing = core_diagram(ontology_terms())
    for arrow in drawing.arrows:
        for share in (0.1, 0.25, 0.5, 0.75, 0.9):
            x = arrow.x1 + share * (arrow.x2 - arrow.x1)
            y = arrow.y1 + share * (arrow.y2 - arrow.y1)
            inside = [
                box.name
                for box in drawing.boxes
                if box.x < x < box.x + drawing.box_width and box.y < y < box.y + drawing.box_height
            ]
            assert inside == [], arrow.name


def test_pages_are_the_same_every_time(site: Path, tmp_path: Path) -> None:
    for path in write_site(tmp_path):
        assert path.read_bytes() == (site / path.relative_to(tmp_path)).read_bytes()


@pytest.mark.skipif(_BROWSER is None, reason="needs a browser: apt-get install chromium")
@pytest.mark.parametrize("width", [1280, 420])
def test_a_browser_shows_it(site: Path, tmp_path: Path, width: int) -> None:
    picture = tmp_path / "page.png"
    command = [
        *(str(_BROWSER), "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
        *(f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={width},1400"),
        *(f"--screenshot={picture}", (site / "index.html").as_uri()),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    from PIL import Image

    with Image.open(picture) as image:
        assert image.width >= width
        shown = image.convert("RGB")
        boxes = (0xE6, 0xF3, 0xF8)  # the colour of the boxes of the diagram
        colours = {colour: count for count, colour in shown.getcolors(1 << 24) or []}
        assert colours.get(boxes, 0) > 10_000 * (width / 1280) ** 2
        assert colours[(255, 255, 255)] < shown.width * shown.height


def test_files_of_the_site_are_those_of_the_ontology(site: Path) -> None:
    for path in (site / "files").rglob("*.ttl"):
        assert len(rdflib.Graph().parse(path)), path
    assert re.search(r"^## 0\.2\.0", (site / "files" / "CHANGELOG.md").read_text("utf-8"), re.M)
