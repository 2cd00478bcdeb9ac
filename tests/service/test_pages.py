"""Pages, entities, REST, graphs and descriptions over the real server."""

from __future__ import annotations

import csv
import io
import json
import shutil
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import lxml.html
import pytest
import rdflib
from openapi_spec_validator import validate
from openpyxl import load_workbook
from private_plans import PRIVATE, leaders
from rdflib.compare import to_isomorphic

from mskg.query import Catalogue, run_query
from mskg.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from served_store import Served

TASK = "program/410411/2023/livelihood/task/1"
IRI = "https://w3id.org/mskg/id/" + TASK
RDF = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/n-triples": "nt"}


def words(content: bytes) -> str:
    """Return the text of a page, blanks in one."""
    return " ".join(lxml.html.fromstring(content).text_content().split())


# rdflib itself still uses the name it has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("kind", RDF)
def test_entity_is_the_same_in_every_form(server: Served, kind: str) -> None:
    turtle = rdflib.Graph().parse(data=server.get(f"/id/{TASK}.ttl").body, format="turtle")
    assert (rdflib.URIRef(IRI), rdflib.RDF.type, None) in turtle
    reply = server.get(f"/id/{TASK}", accept=kind)
    assert reply.headers["content-type"].split(";")[0] == kind
    other = rdflib.Graph().parse(data=reply.body, format=RDF[kind])
    assert to_isomorphic(other) == to_isomorphic(turtle)


def test_page_of_an_entity_tells_names_facts_and_the_sentence(server: Served) -> None:
    reply = server.get(f"/id/{TASK}", accept="text/html,*/*;q=0.8", accept_language="zh-CN")
    tree = lxml.html.fromstring(reply.body)
    asked = f"SELECT ?title WHERE {{ <{IRI}> dcterms:title ?title }}"
    title = server.query(asked, accept="text/csv").text.splitlines()[1]
    assert tree.xpath("string(//h1)") == title
    quoted = tree.xpath("string(//blockquote[contains(., $title)])", title=title)
    assert "行" in quoted
    assert tree.xpath("//table[@class='facts']//a[text()='湛河区人力资源和社会保障局']/@href")
    assert "有任务" in words(reply.body)
    english = words(server.get(f"/id/{TASK}?lang=en", accept="text/html").body)
    assert "Where it says so" in english
    chosen = server.get("/?lang=en").headers["set-cookie"].partition(";")[0]
    kept = server.get(f"/id/{TASK}", accept="text/html", accept_language="zh", cookie=chosen)
    assert words(kept.body) == english
    links = [link for link in tree.xpath("//main//a/@href") if not link.startswith("http")]
    assert {server.get("/" + link, "HEAD").status for link in links} == {200}


def test_what_is_not_there_is_not_found(server: Served) -> None:
    for path in ("/id/no/such/thing", "/id/no/such/thing.ttl", "/queries/nothing", "/nothing"):
        assert server.get(path, accept="text/html").status == 404
    reply = server.get("/api/queries/shared-task", accept_language="en")
    assert reply.status == 404
    assert "shared-tasks" in json.loads(reply.body)["detail"]


@pytest.mark.parametrize("region", ["410411", "湛河区", "https://w3id.org/mskg/id/region/410411"])
def test_rest_gives_what_the_command_gives(server: Served, store: Path, region: str) -> None:
    with open_store(store) as opened:
        wanted = run_query(opened, "shared-tasks", {"region": region, "min": 4})
    assert len(wanted) > 3
    path = "/api/queries/shared-tasks?" + urlencode({"region": region, "min": "4"})
    assert server.get(path).text == wanted.to_json()
    assert server.get(path + "&format=csv&lang=en").text == wanted.to_csv()
    assert server.get(path, accept="text/markdown").text == wanted.to_markdown(language="zh")
    assert server.get(path + "&format=srj").text == wanted.to_sparql_json()
    sheet = load_workbook(io.BytesIO(server.get(path + "&format=xlsx").body)).active
    assert sheet is not None
    assert [tuple(row) for row in sheet.iter_rows(min_row=2, values_only=True)] == list(wanted.rows)


def test_rest_answers_every_question(server: Served) -> None:
    """Each once, with the sentences where it has them, and nothing private in any."""
    given = {"date": "2023-06-30", "word": "就业", "region": "410411", "department": "民政局"}
    for query in Catalogue():
        wanted = {p.name: given.get(p.name, given.get(p.type, "")) for p in query.parameters}
        needed = {name: value for name, value in wanted.items() if value}
        path = f"/api/queries/{query.name}?" + urlencode(
            {**needed, "format": "csv", "evidence": "yes"}
        )
        reply = server.get(path)
        assert reply.status == 200, (query.name, reply.text)
        assert len(next(csv.reader(io.StringIO(reply.text)))) >= len(query.columns)
        assert [name for name in (*leaders(), *PRIVATE) if name in reply.text] == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("shared-tasks?min=x", "min='x'"),
        ("shared-tasks?region=湛江区", "湛河区"),
        ("shared-tasks?limit=3", "limit"),
        ("shared-tasks?format=doc", "csv"),
    ],
)
def test_wrong_parameters_are_told(server: Served, path: str, said: str) -> None:
    reply = server.get(f"/api/queries/{quote(path, safe='?=')}", accept_language="en")
    assert reply.status in {400, 406}
    assert reply.headers["content-type"] == "application/problem+json"
    assert said in json.loads(reply.body)["detail"]


def test_openapi_is_valid_and_names_every_question(server: Served) -> None:
    document = json.loads(server.get("/api/openapi.json").body)
    validate(document)
    listed = json.loads(server.get("/api/queries").body)
    assert [entry["name"] for entry in listed] == Catalogue().names
    assert set(document["paths"]) == {
        "/api/queries",
        *(f"/api/queries/{e['name']}" for e in listed),
    }


def test_graph_store_protocol(server: Served, store: Path) -> None:
    with open_store(store) as opened:
        names = [name for name in opened.graphs() if "/doc/" in name]
    graph = rdflib.Graph().parse(
        data=server.get("/graphs?" + urlencode({"graph": names[0]}), accept="text/turtle").body,
        format="turtle",
    )
    head = server.get("/graphs?" + urlencode({"graph": names[0]}), "HEAD")
    assert (head.status, head.body, len(graph) > 100) == (200, b"", True)
    whole = server.get("/graphs?default", accept="application/n-triples").text.splitlines()
    with open_store(store) as opened:
        hidden = len(set(opened.construct("CONSTRUCT WHERE { ?s ?p ?o }"))) - len(set(whole))
    assert 0 < hidden < len(whole) / 50
    for path, status in (("?graph=x:none", 404), ("", 400), ("?graph=no%20iri", 400)):
        assert server.get("/graphs" + path).status == status
    for method in ("PUT", "POST", "DELETE"):
        assert server.get("/graphs?default", method, b"").status == 405


def test_service_description_and_void(server: Served) -> None:
    described = rdflib.Graph().parse(data=server.get("/sparql", accept="text/turtle").body)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (service,) = described.subjects(rdflib.RDF.type, sd.Service)
    assert str(described.value(service, sd.endpoint)) == server.address + "/sparql"
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    data = rdflib.Graph().parse(data=server.get("/.well-known/void").body, format="turtle")
    dataset = data.value(None, rdflib.RDF.type, void.Dataset)
    (count,) = data.objects(dataset, void.triples)
    asked = server.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", accept="text/csv").text
    assert str(count) == asked.split()[1]
    assert server.get("/sparql", accept="text/html").text.count("yasgui")
    assert server.get("/ontology").headers["content-type"].startswith("text/turtle")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_front_page_lists_every_question(server: Served, lang: str) -> None:
    tree = lxml.html.fromstring(server.get(f"/?lang={lang}").body)
    shown = {link.text_content() for link in tree.xpath("//li/a[starts-with(@href, 'queries/')]")}
    assert shown == {q.title_zh if lang == "zh" else q.title for q in Catalogue()}


def test_a_browser_asks_through_form_and_editor(server: Served) -> None:
    """In Chromium, and without a request to another host or an error on a page."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("needs a browser: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    asked: set[str] = set()
    errors: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda request: asked.add(request.url.split("/")[2]))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        page.goto(server.address + "/queries/promises?lang=zh")
        page.fill("input[name=word]", "法律援助")
        page.click("button[type=submit]")
        page.wait_for_url("**word=**")
        assert "法律援助" in page.inner_text("#answer tbody tr:first-child")
        page.goto(server.address + "/yasgui")
        page.click(".yasqe_queryButton")
        page.wait_for_selector(".yasr table tbody tr")
        assert page.locator(".yasr table tbody tr").count() == 20
        browser.close()
    assert (asked, errors) == ({f"127.0.0.1:{server.port}"}, [])
