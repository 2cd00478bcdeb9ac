"""The catalogue as REST (``/api/queries``) and as pages with forms (``/queries``)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from mskg.errors import MskgError, QueryError
from mskg.ns import DATA
from mskg.query import Catalogue, known_values, run_query
from mskg.render.xlsx import Sheet, xlsx_bytes
from mskg.service.errors import RequestError
from mskg.service.negotiation import best
from mskg.service.openapi import openapi
from mskg.service.pages import chosen_language, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from mskg.query import NamedQuery, ResultTable
    from mskg.store import Store

__all__ = ["Questions"]

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What ?format= says, and its media type.
FORMATS: Final = {
    "json": "application/json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "md": "text/markdown",
    "srj": "application/sparql-results+json",
    "srx": "application/sparql-results+xml",
    "xlsx": _XLSX,
}
_OWN: Final = {"format", "evidence", "lang"}
_SHOWN: Final = 500
_YES: Final = {"yes", "true", "1", "on"}
_EXAMPLES: Final = {"date": "2023-06-30", "year": "2023", "integer": "4", "number": "0.5"}
_LISTED: Final = {
    "region",
    "department",
    "function",
    "area",
    "origin",
    "thing",
    "target-group",
    "year",
}
_MOST_LISTED: Final = 2000


class _Cell(NamedTuple):
    text: str
    href: str = ""
    kind: str = ""


class Questions:
    """The named queries over the served data.

    Parameters
    ----------
    today:
        Gives the date that ``today`` means in defaults of parameters.
    """

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        self._store = store
        self._today = today
        self._catalogue = Catalogue()

    def front(self, request: Request) -> Response:
        """Return the page that lists all questions by topic."""
        return page(request, "front", topics=self._catalogue.by_topic())

    def list(self, request: Request) -> Response:
        """Return all questions with their parameters as JSON."""
        base = str(request.base_url)
        return JSONResponse(
            [
                {
                    "name": query.name,
                    "title": {"zh": query.title_zh, "en": query.title},
                    "url": f"{base}api/queries/{query.name}",
                    "parameters": [
                        {"name": p.name, "type": p.type, "default": p.default or None}
                        for p in query.parameters
                    ],
                    "columns": list(query.columns),
                }
                for query in self._catalogue
            ]
        )

    def openapi(self, request: Request) -> Response:
        """Return the description of the REST interface."""
        base = str(request.base_url).rstrip("/")
        return JSONResponse(openapi(self._catalogue, base, FORMATS))

    async def rest(self, request: Request) -> Response:
        """Run one question; the form of the answer by ``format`` or the header Accept."""
        try:
            query = self._query(request)
            form = _form(request)
            table = await run_in_threadpool(self._run, request, query)
        except MskgError as error:
            return _problem(request, error)
        return _response(table, query, form, chosen_language(request))

    async def page(self, request: Request) -> Response:
        """Return the form of one question, with its answer once it is asked."""
        return await run_in_threadpool(self._page, request)

    def _query(self, request: Request) -> NamedQuery:
        try:
            return self._catalogue.get(request.path_params["name"])
        except QueryError as error:
            raise RequestError(str(error), zh=error.zh, status=404) from error

    def _run(self, request: Request, query: NamedQuery) -> ResultTable:
        given = _given(request)
        if any(parameter.name == "language" for parameter in query.parameters):
            given = {"language": chosen_language(request), **given}
        return run_query(
            self._store,
            query.name,
            given,
            evidence=_evidence(request),
            today=self._today(),
            catalogue=self._catalogue,
        )

    def _page(self, request: Request) -> Response:
        query = self._query(request)
        lang = chosen_language(request)
        status, error, table = 200, "", None
        try:
            table = self._run(request, query)
        except MskgError as failed:
            # A page that was not asked yet only lacks what must be given.
            status = getattr(failed, "status", 400) if _given(request) else 200
            error = failed.line(lang)
        model = _answer(request, query, table, lang) | {"error": error}
        if request.headers.get("hx-request") == "true":
            # An error shows in its place, which htmx does for success only.
            return page(request, "answer", **model)
        known = {
            p.name: known_values(self._store, p)[:_MOST_LISTED]
            for p in query.parameters
            if p.type in _LISTED
        }
        given = {name: " ".join(map(str, _several(v))) for name, v in _given(request).items()}
        return page(
            request, "query", status=status, query=query, known=known, given=given,
            evidence=_evidence(request), examples=_EXAMPLES, **model,
        )  # fmt: skip


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _given(request: Request) -> dict[str, object]:
    """Return the parameters of a question; an empty one is not given, a repeated one a list."""
    found: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name not in _OWN and value:
            found.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def _evidence(request: Request) -> bool:
    return request.query_params.get("evidence", "").lower() in _YES


def _form(request: Request) -> str:
    asked = request.query_params.get("format")
    if asked is None:
        kind = best(request.headers.get("accept", ""), tuple(FORMATS.values()))
        asked = next((name for name, known in FORMATS.items() if known == kind), "")
    if asked not in FORMATS:
        known = ", ".join(FORMATS)
        raise RequestError(
            f"the format can be one of {known}", zh=f"format 可以是 {known} 之一", status=406
        )
    return asked


def _response(table: ResultTable, query: NamedQuery, form: str, lang: str) -> Response:
    title = query.title_zh if lang == "zh" else query.title
    content: str | bytes
    if form == "xlsx":
        content = xlsx_bytes([Sheet(title, table.titles(lang), table.rows)])
    else:
        content = {
            "json": table.to_json,
            "csv": lambda: table.to_csv(language=lang),
            "tsv": lambda: table.to_tsv(language=lang),
            "md": lambda: table.to_markdown(language=lang),
            "srj": table.to_sparql_json,
            "srx": table.to_sparql_xml,
        }[form]()
    headers = {"Vary": "Accept, Accept-Language"}
    if form in {"xlsx", "csv"}:
        headers["Content-Disposition"] = f'inline; filename="{query.name}.{form}"'
    return Response(content, headers=headers, media_type=FORMATS[form])


def _problem(request: Request, error: MskgError) -> Response:
    """Return an error as problem details (RFC 9457)."""
    status = getattr(error, "status", 400)
    found = {"status": status, "title": str(error), "detail": error.line(chosen_language(request))}
    text = json.dumps(found, ensure_ascii=False)
    headers = getattr(error, "headers", {})
    return Response(text, status, headers, "application/problem+json")


def _answer(
    request: Request, query: NamedQuery, table: ResultTable | None, lang: str
) -> dict[str, Any]:
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "format" and v]
    if table is None:
        return {"table": [], "titles": [], "shown": [], "left": 0, "api": ""}
    texts = table.lexical()[:_SHOWN]
    shown = [
        [
            _Cell(text, _link(text), _kind(value, name))
            for text, value, name in zip(row, values, table.columns, strict=True)
        ]
        for row, values in zip(texts, table.rows, strict=False)
    ]
    return {
        "table": table,
        "titles": table.titles(lang),
        "shown": shown,
        "left": len(table) - len(shown),
        "api": f"api/queries/{query.name}?{urlencode(kept)}",
    }


def _kind(value: object, column: str) -> str:
    if isinstance(value, int | float | Decimal):
        return "number"
    if isinstance(value, date):
        return "date"
    return "quote" if column in {"quote", "text"} else ""


def _link(text: str) -> str:
    return "id/" + text[len(DATA) :] if text.startswith(DATA) else ""
