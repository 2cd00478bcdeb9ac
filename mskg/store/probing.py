"""What a SPARQL server can do of what mskg needs, tried on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from mskg.errors import MskgError, StoreError
from mskg.ns import PREFIXES
from mskg.rdf.terms import Literal
from mskg.store.health import Check
from mskg.store.remote import STAGING

if TYPE_CHECKING:
    from collections.abc import Callable

    from mskg.rdf.terms import Triple
    from mskg.store.remote import RemoteStore

__all__ = ["PROBE", "check_server"]

# Graphs that are made for a moment; one that stays was left by a doctor that was stopped.
PROBE: Final = "urn:mskg:probe:"
_XSD: Final = PREFIXES["xsd"]
_S, _P, _Q, _M, _D, _N, _B, _W = (f"{PROBE}{name}" for name in "spqmdnbw")
_DIGITS: Final = "12345678901234.5678"
_SIDE: Final = 150  # rows and columns of the square that tells a limit of rows


def check_server(store: RemoteStore) -> list[Check]:
    """Try what mskg needs of a server, and return what was found.

    A store opened for writing is written to: graphs named ``urn:mskg:probe:…`` are made and
    removed again. One opened for reading only is asked what can be asked without data.

    Raises
    ------
    StoreError
        If the server does not answer any more.
    """
    checks = [
        Check("server", None, (store.software or "未说明", store.software or "does not say")),
        _secrecy(store),
        _rows(store),
        _staging(store),
    ]
    if not store.writable:
        untried = ("没有试：加了 --read-only", "not tried: --read-only")
        return [*checks, *(Check(name, None, untried) for name in ("updates", *_ON_DATA))]
    checks.append(_updates(store))
    if checks[-1].ok:
        try:
            checks += [_tried(name, test, store) for name, test in _ON_DATA.items()]
        finally:
            for number in range(1, 5):
                store.drop_graph(f"{PROBE}{number}")
    return checks


def _tried(name: str, test: Callable[[RemoteStore], Check], store: RemoteStore) -> Check:
    try:
        return test(store)
    except MskgError as error:
        return Check(name, False, (error.line("zh"), error.line()), _OTHER)


_OTHER: Final = ("换一个支持 SPARQL 1.1 的服务器", "use a server that knows SPARQL 1.1")


def _secrecy(store: RemoteStore) -> Check:
    parts = urlsplit(store.location)
    local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if parts.scheme == "https" or local or not store.has_login:
        return Check("secrecy", True, ("没有明文传送的口令", "no password goes in clear"))
    return Check(
        "secrecy",
        False,
        ("口令以明文经 http 传送", "the password goes in clear over http"),
        ("请用 https 地址", "use an https address"),
    )


def _rows(store: RemoteStore) -> Check:
    values = " ".join(map(str, range(_SIDE)))
    query = f"SELECT ?a ?b {{ VALUES ?a {{ {values} }} VALUES ?b {{ {values} }} }}"
    rows = len(store.select(query).rows)
    if rows == _SIDE**2:
        return Check("rows", True, (f"{rows} 行都返回了", f"all of {rows} rows came"))
    return Check(
        "rows",
        False,
        (
            f"{_SIDE**2} 行只返回了 {rows} 行：结果和备份会不完整",
            f"only {rows} of {_SIDE**2} rows came: results and dumps will lack some",
        ),
        (
            "调大服务器的结果行数上限（Virtuoso：virtuoso.ini 里的 ResultSetMaxRows）",
            "raise the server's limit of rows (Virtuoso: ResultSetMaxRows in virtuoso.ini)",
        ),
    )


def _staging(store: RemoteStore) -> Check:
    left = [g for g in store.graphs() if g.startswith((STAGING, PROBE))]
    if not left:
        return Check("leftovers", True, ("没有", "none"))
    drop = " ; ".join(f"DROP GRAPH <{graph}>" for graph in left)
    return Check(
        "leftovers",
        False,
        (f"写入中断留下的图：{len(left)} 个", f"{len(left)} graphs left by stopped writers"),
        (f"没有写入者时执行：{drop}", f"when nobody writes, run: {drop}"),
    )


def _updates(store: RemoteStore) -> Check:
    first: list[Triple] = [
        (_S, _P, Literal("民生", "", "zh-Hans")),
        (_S, _D, Literal("2023-06-30", _XSD + "date")),
        (_S, _D, Literal("2023-12-31", _XSD + "date")),
        (_S, _N, Literal("9.5", _XSD + "decimal")),
        (_S, _N, Literal(_DIGITS, _XSD + "decimal")),
        (_S, _B, Literal("true", _XSD + "boolean")),
        (_S, _W, Literal("甲")),
        (_S, _W, Literal("乙")),
        (_S, _Q, _M),
    ]
    try:
        store.replace_graph(f"{PROBE}1", first)
        store.replace_graph(f"{PROBE}2", [(_M, _Q, Literal("far"))])
    except MskgError as error:
        return Check(
            "updates",
            False,
            (error.line("zh"), error.line()),
            (
                "写入需要有权限的地址和用户（Virtuoso：…/sparql-auth；Oxigraph：serve，不是"
                " serve-read-only；Fuseki：--update）；只查询则不必",
                "to write, give an address and user that may (Virtuoso: …/sparql-auth; Oxigraph:"
                " serve, not serve-read-only; Fuseki: --update); queries do without",
            ),
        )
    return Check("updates", True, ("可以写入", "can be written to"))


def _union(store: RemoteStore) -> Check:
    if store.ask(f'ASK {{ <{_S}> <{_Q}>/<{_Q}> "far" }}'):
        return Check("union", True, ("默认图是全部图的并集", "the default graph is the union"))
    return Check(
        "union",
        False,
        (
            "默认图不是全部图的并集：查询会找不到内容",
            "the default graph is not the union of all graphs: queries will find nothing",
        ),
        (
            "Oxigraph：serve --union-default-graph；Fuseki：tdb2:unionDefaultGraph true；"
            "Stardog：query.all.graphs=true",
            "Oxigraph: serve --union-default-graph; Fuseki: tdb2:unionDefaultGraph true; Stardog:"
            " query.all.graphs=true",
        ),
    )


def _values(store: RemoteStore, predicate: str, condition: str) -> list[object]:
    query = f"SELECT ?o {{ GRAPH ?g {{ <{_S}> <{predicate}> ?o }} FILTER({condition}) }}"
    return [row[0] for row in store.select(query).rows]


def _language(store: RemoteStore) -> Check:
    found = _values(store, _P, 'LANGMATCHES(LANG(?o), "zh")')
    same = found == [Literal("民生", "", "zh-hans")]
    return _plain("language tags", same, "语言标记", found)


def _dates(store: RemoteStore) -> Check:
    limit = f'"2023-09-30"^^<{_XSD}date>'
    found = _values(store, _D, f"?o <= {limit}")
    return _plain("dates", found == [Literal("2023-06-30", _XSD + "date")], "日期比较", found)


def _decimals(store: RemoteStore) -> Check:
    found = _values(store, _N, "ISNUMERIC(?o) && ?o > 10")
    return _plain("decimals", found == [Literal(_DIGITS, _XSD + "decimal")], "小数", found)


def _booleans(store: RemoteStore) -> Check:
    found = [
        store.ask(f"ASK {{ GRAPH ?g {{ <{_S}> <{_B}> {value} }} }}") for value in ("true", "false")
    ]
    return _plain("booleans", found == [True, False], "真假值", found)


def _joined(store: RemoteStore) -> Check:
    joined = f'(GROUP_CONCAT(?w; SEPARATOR="、") AS ?all) {{ GRAPH ?g {{ <{_S}> <{_W}> ?w }} }}'
    found = [row[0] for row in store.select(f"SELECT {joined}").rows]
    same = found in ([Literal("甲、乙")], [Literal("乙、甲")])
    return _plain("joined texts", same, "拼接中文", found)


def _plain(name: str, same: bool, name_zh: str, found: object) -> Check:
    if same:
        return Check(name, True, (f"{name_zh}正确", "as they should be"))
    return Check(
        name,
        False,
        (f"{name_zh}不对，得到 {found}", f"wrong, got {found}"),
        (
            "用到它的查询在这个服务器上会出错：请换一个服务器，或用 mskg dump、load 搬到本机数据库",
            "queries that use it go wrong on this server: use another one, or move to a store in a"
            " folder with mskg dump and load",
        ),
    )


def _nested(store: RemoteStore) -> Check:
    """Try a variable of the outside in a filter two levels down, as the catalogue does."""
    triples: list[Triple] = []
    for number, day in ((1, "2023-03-31"), (2, "2023-06-30")):
        triples.append((f"{_S}{number}", _Q, _M))
        triples.append((f"{_S}{number}", _D, Literal(day, _XSD + "date")))
    store.replace_graph(f"{PROBE}3", triples)
    query = (
        f"SELECT ?a {{ GRAPH <{PROBE}3> {{ ?a <{_Q}> ?m ; <{_D}> ?day"
        f" FILTER NOT EXISTS {{ ?b <{_Q}> ?m"
        f" FILTER EXISTS {{ ?b <{_D}> ?later FILTER(?later > ?day) }} }} }} }}"
    )
    found = [row[0] for row in store.select(query).rows]
    if found == [f"{_S}2"]:
        return Check("nested filters", True, ("嵌套条件正确", "as they should be"))
    return Check(
        "nested filters",
        False,
        (f"嵌套的 EXISTS 不对，得到 {found}", f"EXISTS in NOT EXISTS is wrong, got {found}"),
        (
            "按日期的查询在这个服务器上会出错：请建本机数据库，或换一个服务器",
            "queries by date will be wrong on this server: use a store in a folder, or another one",
        ),
    )


def _moves(store: RemoteStore) -> Check:
    store.replace_graph(f"{PROBE}3", [(_S, _P, Literal("moved"))])
    store.update(f"MOVE GRAPH <{PROBE}3> TO GRAPH <{PROBE}4>")
    moved = store.ask(f'ASK {{ GRAPH <{PROBE}4> {{ ?s ?p "moved" }} }}')
    left = store.ask(f"ASK {{ GRAPH <{PROBE}3> {{ ?s ?p ?o }} }}")
    return _plain("large documents", moved and not left, "大文件分批写入（MOVE）", (moved, left))


def _atomicity(store: RemoteStore) -> Check:
    store.drop_graph(f"{PROBE}3")
    insert = f'INSERT DATA {{ GRAPH <{PROBE}3> {{ <{_S}> <{_P}> "half" }} }}'
    try:
        store.update(f"{insert} ; CREATE GRAPH <{PROBE}1>")
    except StoreError:
        pass
    else:
        return Check(
            "atomicity", None, ("试不出来：没有出错", "can't be told: the update did not fail")
        )
    if store.ask(f"ASK {{ GRAPH <{PROBE}3> {{ ?s ?p ?o }} }}"):
        return Check(
            "atomicity",
            False,
            (
                "出错的更新会留下一半内容：中断的 build 可能留下不完整的文件",
                "an update that fails is half done: a build that is stopped may leave half a"
                " document",
            ),
            (
                "中断后请再运行一次 mskg build，它会补全；或换用事务完整的服务器",
                "after a stopped build run mskg build again, which mends it; or use another server",
            ),
        )
    return Check("atomicity", True, ("更新要么全部完成，要么不变", "an update is all or nothing"))


_ON_DATA: Final[dict[str, Callable[[RemoteStore], Check]]] = {
    "union": _union,
    "language tags": _language,
    "dates": _dates,
    "decimals": _decimals,
    "booleans": _booleans,
    "joined texts": _joined,
    "nested filters": _nested,
    "large documents": _moves,
    "atomicity": _atomicity,
}
