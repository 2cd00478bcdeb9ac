"""Pages of the service, in Chinese or English."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import HTMLResponse

from mskg.service.negotiation import language

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["STATIC", "chosen_language", "page"]

_HERE: Final = Path(__file__).parent
STATIC: Final = _HERE / "static"
_COOKIE: Final = "mskg-lang"
# Yasgui sets styles of its own and loads pictures out of its style sheet.
_POLICY: Final = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self' data:; connect-src 'self'; object-src 'none'; frame-ancestors 'none'"
)


def chosen_language(request: Request) -> str:
    """Return ``zh`` or ``en``: as ``?lang=`` says or said last, else as the browser prefers."""
    asked = request.query_params.get("lang", "") or request.cookies.get(_COOKIE, "")
    return asked if asked in {"zh", "en"} else language(request.headers.get("accept-language", ""))


def page(request: Request, template: str, *, status: int = 200, **model: Any) -> HTMLResponse:
    """Return the page that `template` (its name without suffix) makes of `model`."""
    lang = chosen_language(request)
    text = (
        _environment()
        .get_template(f"{template}.html")
        .render(
            lang=lang,
            base=str(request.base_url).rstrip("/"),
            t=lambda zh, en: zh if lang == "zh" else en,
            other=str(request.url.include_query_params(lang="en" if lang == "zh" else "zh")),
            **model,
        )
    )
    headers = {
        "Content-Security-Policy": _POLICY,
        "Vary": "Accept, Accept-Language, Cookie, HX-Request",
    }
    response = HTMLResponse(text, status, headers)
    if request.query_params.get("lang") == lang:
        response.set_cookie(_COOKIE, lang, httponly=True, samesite="lax")
    return response


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
