"""Page models as HTML: Jinja2 templates in ``templates/``, everything escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["page_html"]


def page_html(template: str, **model: object) -> str:
    """Return the page that `template` makes of `model`.

    Parameters
    ----------
    template:
        Name of a file in ``templates/``, without its suffix.
    """
    text: str = _environment().get_template(f"{template}.html").render(**model)
    return text


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
