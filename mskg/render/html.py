"""Small pieces of HTML pages: escaped text, links, tables that sort, one page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from mskg.render.clean import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Markup", "element", "html_page", "html_table", "link", "text_of"]

_STYLE: Final = """
body{margin:0 auto;max-width:72rem;padding:1.5rem;color:#1f2933;background:#fff;line-height:1.6;
font-family:"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
h1{font-size:1.6rem;margin:0}
h2{font-size:1.2rem;margin:2.2rem 0 .6rem;border-bottom:1px solid #cbd2d9}
h3{font-size:1rem;margin:1.4rem 0 .2rem}p.note,figcaption,.muted{color:#52606d;font-size:.9rem}
nav a{margin-right:1rem}a{color:#1f5fa8;text-decoration:none}a:hover{text-decoration:underline}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.88rem}
th,td{padding:.25rem .6rem;border-bottom:1px solid #e4e7eb;text-align:left;vertical-align:top}
th{background:#f5f7fa;position:sticky;top:0}th[data-sort]{cursor:pointer;white-space:nowrap}
td:first-child{min-width:9em}
td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
figure{margin:0}figure svg{max-width:100%;height:auto}
blockquote{margin:.2rem 0 .2rem 1rem;padding-left:.6rem;border-left:3px solid #cbd2d9;
white-space:pre-line}
ul{margin:.2rem 0;padding-left:1.3rem}:target{background:#fff6d6}
@media print{th{position:static}nav{display:none}}
"""
_SORT: Final = """
document.querySelectorAll('th[data-sort]').forEach(head=>head.onclick=()=>{
const body=head.closest('table').tBodies[0],at=head.cellIndex;
const down=head.dataset.sort!=='down';head.dataset.sort=down?'down':'up';
const value=row=>{const t=row.cells[at].textContent.trim(),n=parseFloat(t);
return row.cells[at].classList.contains('n')?(isNaN(n)?-Infinity:n):t};
[...body.rows].map(r=>[value(r),r]).sort(([a],[b])=>(a>b?1:a<b?-1:0)*(down?-1:1))
.forEach(([,r])=>body.append(r))});
"""


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def text_of(value: object) -> Markup:
    """Return `value` as HTML: markup as it is, anything else escaped, None as nothing."""
    if isinstance(value, Markup):
        return value
    return Markup("" if value is None else escape(xml_text(str(value))))


def element(name: str, *content: object, **attributes: str) -> Markup:
    """Return an element; ``class_`` stands for the attribute class."""
    said = "".join(f' {key.rstrip("_")}="{text_of(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{said}>{''.join(map(text_of, content))}</{name}>")


def link(target: str, content: object) -> Markup:
    """Return a link to `target`."""
    return element("a", content, href=target)


def html_table(columns: Sequence[object], rows: Iterable[Sequence[object]]) -> Markup:
    """Return a table that sorts by the column whose heading is clicked.

    Numbers are set to the right; a link around a number counts as one.
    """
    head = "".join(element("th", column, data_sort="") for column in columns)
    head = head.replace(" data_sort", " data-sort")
    body = "".join(element("tr", *(_cell(value) for value in row)) for row in rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return Markup(f'<div class="wide">{table}</div>')


def _cell(value: object) -> Markup:
    inner = text_of(value)
    shown = inner.partition(">")[2].partition("<")[0] if inner.startswith("<a ") else inner
    return element("td", inner, class_="n") if _is_number(shown) else element("td", inner)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def html_page(title: str, lang: str, *content: object) -> str:
    """Return a whole page; nothing in it is loaded from elsewhere."""
    body = "\n".join(map(text_of, content))
    return (
        f'<!doctype html>\n<html lang="{"en" if lang == "en" else "zh-CN"}">\n'
        '<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text_of(title)}</title><style>{_STYLE}</style></head>\n"
        f"<body>\n{body}\n<script>{_SORT}</script>\n</body>\n</html>\n"
    )
