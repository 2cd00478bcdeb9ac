"""The description of the REST interface in OpenAPI 3.1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mskg.query import Catalogue, NamedQuery, Parameter

__all__ = ["openapi"]

_SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "year": {"type": "integer", "minimum": 1000, "maximum": 9999},
}
_PROBLEM: Final = {"$ref": "#/components/responses/Problem"}


def openapi(catalogue: Catalogue, base: str, formats: Mapping[str, str]) -> dict[str, Any]:
    """Return the document for the service at the address `base`.

    Parameters
    ----------
    formats:
        What ``?format=`` takes, with the media types.
    """
    from mskg import __version__

    paths: dict[str, Any] = {
        "/api/queries": {
            "get": {
                "operationId": "queries",
                "summary": "The questions that can be asked 能问的问题",
                "responses": {"200": _content("The questions", {"application/json": {}})},
            }
        }
    }
    for query in catalogue:
        paths[f"/api/queries/{query.name}"] = {"get": _operation(query, formats)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "mskg 民生知识图谱",
            "version": __version__,
            "description": "Questions about livelihood plans. 关于民生实事计划的问题。",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": base}],
        "paths": paths,
        "components": {"responses": {"Problem": _content("What is wrong", _problem())}},
    }


def _operation(query: NamedQuery, formats: Mapping[str, str]) -> dict[str, Any]:
    shared = [
        _query_parameter("format", "form of the answer | 结果形式", {"enum": list(formats)}),
        _query_parameter("lang", "language of headings | 表头语言", {"enum": ["zh", "en"]}),
    ]
    if query.evidence:
        words = "yes: the sentences behind each row | 填 yes：附原文"
        shared.append(_query_parameter("evidence", words, {"enum": ["yes", "no"]}))
    columns = {name: {"title": zh} for name, zh in zip(query.columns, query.titles_zh, strict=True)}
    rows = {"type": "array", "items": {"type": "object", "properties": columns}}
    content: dict[str, Any] = {kind: {} for kind in formats.values()}
    content["application/json"] = {"schema": rows}
    return {
        "operationId": query.name,
        "summary": f"{query.title} {query.title_zh}",
        "description": query.description,
        "tags": list(query.tags[:1]),
        "parameters": [*(_parameter(p) for p in query.parameters), *shared],
        "responses": {"200": _content("The rows", content), "default": _PROBLEM},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    if parameter.choices:
        schema: dict[str, Any] = {"type": "string", "enum": list(parameter.choices)}
    else:
        schema = dict(_SCHEMAS.get(parameter.type, {"type": "string"}))
    words = " | ".join(filter(None, (parameter.help, parameter.help_zh)))
    if parameter.default:
        words += f" [{parameter.default}]"
    # A value may be repeated: any of them.
    array = {"type": "array", "items": schema}
    return _query_parameter(parameter.name, words, array)


def _query_parameter(name: str, words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


def _content(words: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": content}


def _problem() -> dict[str, Any]:
    properties = {
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
    }
    return {"application/problem+json": {"schema": {"type": "object", "properties": properties}}}
