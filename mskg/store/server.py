"""Requests to a SPARQL 1.1 server: addresses, login, time limits, second tries, errors."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from base64 import b64encode
from functools import partial
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final, NoReturn
from urllib.parse import urlsplit, urlunsplit

from mskg.errors import InputError, QueryError, StoreError
from mskg.store import oxigraph
from mskg.store.login import Login
from mskg.store.text import query_form

if TYPE_CHECKING:
    from urllib.request import Request

__all__ = ["Server", "endpoints"]

_PAUSES: Final = (0.2, 0.8)
_TRY_AGAIN: Final = {502, 503, 504}
# Codes by which a server says that it did nothing, and when to come again.
_BUSY: Final = {429, 503}
_LONGEST_PAUSE: Final = 60.0
_BUSY_TRIES: Final = 5
_UNAUTHORIZED: Final = 401
_LONGEST_MESSAGE: Final = 300
_SAID: Final = "Response:\n"  # where in a message of SPARQLWrapper the server speaks


def endpoints(address: str) -> tuple[str, str]:
    """Return the addresses for queries and updates of the server at `address`.

    ================================  =========================  ==========================
    `address`                         queries                    updates
    ================================  =========================  ==========================
    ``http://host:7878``              ``…/query``                ``…/update``
    ``…/query`` (Oxigraph, Fuseki)    as given                   ``…/update``
    ``…/repositories/NAME`` (GraphDB) as given                   ``…/statements``
    anything else (``…/sparql``)      as given                   as given
    ================================  =========================  ==========================

    Raises
    ------
    InputError
        If the address holds a password, which everybody could read in lists of processes
        and logs.
    """
    parts = urlsplit(address)
    if "@" in parts.netloc:
        raise InputError(
            "the address of a store must not hold a user or password",
            hint="set MSKG_STORE_USER and MSKG_STORE_PASSWORD, or MSKG_STORE_TOKEN, or use .netrc",
            zh="数据库地址里不能写用户名和密码（请用环境变量 MSKG_STORE_USER、"
            "MSKG_STORE_PASSWORD、MSKG_STORE_TOKEN 或 .netrc 文件）",
        )
    path = parts.path.rstrip("/")
    query, update = path, path
    if not path:
        query, update = "/query", "/update"
    elif path.endswith("/query"):
        update = path.removesuffix("query") + "update"
    elif path.rpartition("/")[0].endswith("/repositories"):
        update = path + "/statements"
    return (
        urlunsplit(parts._replace(path=query)),
        urlunsplit(parts._replace(path=update)),
    )


class Server:
    """One SPARQL 1.1 server; sends one request after the other, never two at a time.

    Parameters
    ----------
    address:
        See `endpoints`.
    login:
        User or token, sent to this server only, not where it redirects to. A server that asks
        for digest authentication gets that.
    timeout:
        Seconds for a request that brings no limit of its own.
    """

    def __init__(self, address: str, login: Login | None, timeout: float) -> None:
        self.address = address
        self._query_address, self._update_address = endpoints(address)
        self._timeout = timeout
        self._login = login or Login()
        self.has_login = bool(self._login.user or self._login.token)
        self._digest: _Digest | None = None
        self.software = ""
        self._bare = False  # no login is sent, so that the server says which kind it wants

    def send(
        self,
        text: str,
        timeout: float | None = None,
        *,
        update: bool = False,
        graph: bool = False,
    ) -> bytes:
        """Send a query or an `update` and return the answer: JSON, or N-Triples of a `graph`.

        Reads are tried again when the connection fails. Writes are not, because nobody knows
        whether the first one arrived; but both wait where the server says that it is busy.

        Raises
        ------
        QueryError
            If the query is wrong, or the time is up.
        StoreError
            If the server refuses, fails or can't be reached.
        """
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        timeout = timeout or self._timeout
        pauses = iter(() if update else _PAUSES)
        busy = 0
        while True:
            try:
                return self._request(text, timeout, update=update, graph=graph)
            except (SPARQLWrapperException, OSError, HTTPException) as error:
                if self._answers_challenge(error):
                    continue
                pause = _asked_pause(error) if busy < _BUSY_TRIES else None
                busy += pause is not None
                if pause is None and _is_passing(error):
                    pause = next(pauses, None)
                if pause is None:
                    self._fail(error, timeout, "" if update else text)
            time.sleep(pause)

    def _request(self, text: str, timeout: float, *, update: bool, graph: bool) -> bytes:
        from SPARQLWrapper import JSON, POST, TURTLE

        form = query_form(text)
        if form == "DESCRIBE" and self.software.startswith("Virtuoso"):
            # Without it, Virtuoso describes nothing outside of its own default graphs.
            text = f'define sql:describe-mode "CBD" {text}'
        wrapper = _wrapper(partial(self._complete, graph=graph))(
            self._query_address, updateEndpoint=self._update_address, agent="mskg"
        )
        # setTimeout would cut it to whole seconds, and 0 means no limit.
        wrapper.timeout = timeout
        wrapper.setMethod(POST)
        wrapper.setReturnFormat(TURTLE if graph else JSON)
        wrapper.setOnlyConneg(True)
        # Not setQuery: its guess of the type warns about errors that the server reports better.
        wrapper.queryString = text
        wrapper.queryType = "INSERT" if update else form
        response = wrapper.query().response
        self.software = response.headers.get("Server", "").strip()
        body: bytes = response.read()
        return body

    def _complete(self, request: Request, *, graph: bool) -> None:
        """Add the login to `request`, so that it does not go along to another server."""
        if graph:
            # Virtuoso's Turtle makes integers of decimals without a fraction.
            request.add_header("Accept", "application/n-triples, text/turtle;q=0.5")
        login = self._login
        if login.token:
            value = f"Bearer {login.token}"
        elif self._digest is not None:
            value = self._digest.answer(request)
        elif login.user and not self._bare:
            pair = f"{login.user}:{login.password}".encode()
            value = f"Basic {b64encode(pair).decode()}"
        else:
            return
        request.add_unredirected_header("Authorization", value)

    def _answers_challenge(self, error: Exception) -> bool:
        """Take up a challenge to digest authentication; return whether to send once more."""
        refused: Any = error.__context__
        if getattr(refused, "code", 0) != _UNAUTHORIZED or not self._login.user:
            return False
        challenges = refused.headers.get_all("WWW-Authenticate") or ()
        for challenge in challenges:
            kind, _, parts = challenge.partition(" ")
            if kind.lower() == "digest":
                values = urllib.request.parse_keqv_list(urllib.request.parse_http_list(parts))
                stale = str(values.get("stale", "")).lower() == "true"
                if self._digest is None or stale:
                    self._digest = _Digest(self._login, values)
                    return True
        # Virtuoso answers a login of the wrong kind without saying which one it wants.
        first = not (challenges or self._bare or self._digest or self._login.token)
        self._bare = self._bare or first
        return first

    def _fail(self, error: Exception, timeout: float, query: str) -> NoReturn:
        """Raise the error of mskg for what SPARQLWrapper raised."""
        from SPARQLWrapper.SPARQLExceptions import (
            QueryBadFormed,
            SPARQLWrapperException,
            Unauthorized,
        )

        if isinstance(error, QueryBadFormed) and query:
            oxigraph.check_syntax(query)  # knows the place
            raise oxigraph.syntax_error(_answer(error)) from error
        if _is_timeout(error):
            raise QueryError(
                f"{self.address}: no answer within {timeout:g} s",
                hint="bind a region or a department, or allow more time",
                zh=f"{self.address}：{timeout:g} 秒内没有回答（请限定地区或部门，或放宽时限）",
            ) from error
        if isinstance(error, Unauthorized):
            self._refused(error)
        if isinstance(error, urllib.error.HTTPError):
            message = f"HTTP {error.code} {error.reason}"
        elif isinstance(error, SPARQLWrapperException):
            message = _shortened(_answer(error))
        else:
            message = str(getattr(error, "reason", error))
        raise StoreError(
            f"{self.address}: {message}", zh=f"数据库 {self.address} 出错：{message}"
        ) from error

    def _refused(self, error: Exception) -> NoReturn:
        said = _shortened(_answer(error)) if _SAID in str(error) else ""
        tail = f": {said}" if said else ""
        if self._login.user or self._login.token:
            hint, hint_zh = "check user, password or token", "请检查用户名、密码或令牌"
        else:
            hint = "set MSKG_STORE_USER and MSKG_STORE_PASSWORD, or MSKG_STORE_TOKEN"
            hint_zh = "请设置 MSKG_STORE_USER 和 MSKG_STORE_PASSWORD，或 MSKG_STORE_TOKEN"
        raise StoreError(
            f"{self.address}: access denied{tail}",
            hint=hint,
            zh=f"{self.address}：没有权限{tail}（{hint_zh}）",
        ) from error


class _Digest:
    """Answers of one login to one challenge (RFC 7616), by the standard library."""

    def __init__(self, login: Login, challenge: dict[str, str]) -> None:
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        self._challenge = challenge
        self._known, self._login = known, login
        self._handler = urllib.request.HTTPDigestAuthHandler(known)

    def answer(self, request: Request) -> str:
        """Return the value of the header for `request`."""
        self._known.add_password(None, request.full_url, self._login.user, self._login.password)
        return f"Digest {self._handler.get_authorization(request, self._challenge)}"


def _wrapper(complete: Any) -> Any:
    """Return SPARQLWrapper with requests that `complete` adds to.

    Its own ways would pass the login on to wherever the server redirects, and change the
    opener of the whole process.
    """
    from SPARQLWrapper import SPARQLWrapper

    class Authorized(SPARQLWrapper):
        def _createRequest(self) -> Any:  # noqa: N802 - SPARQLWrapper's name
            request = super()._createRequest()
            complete(request)
            return request

    return Authorized


def _answer(error: Exception) -> str:
    """Return what the server said, out of the message of SPARQLWrapper."""
    text = str(error)
    _, marker, said = text.partition(_SAID)
    if marker and said.startswith(("b'", 'b"')):
        import ast

        said = ast.literal_eval(said).decode(errors="replace")
    return " ".join((said if marker else text).split())


def _shortened(text: str) -> str:
    """Return the beginning of what a server said: Virtuoso repeats the whole request."""
    return text if len(text) <= _LONGEST_MESSAGE else text[:_LONGEST_MESSAGE] + " …"


def _is_timeout(error: Exception) -> bool:
    reason: Any = getattr(error, "reason", None)
    return isinstance(error, TimeoutError) or isinstance(reason, TimeoutError)


def _asked_pause(error: Exception) -> float | None:
    """Return how many seconds a busy server asks to wait, None where it does not."""
    if not isinstance(error, urllib.error.HTTPError) or error.code not in _BUSY:
        return None
    asked = error.headers.get("Retry-After", "")
    return min(float(asked), _LONGEST_PAUSE) if asked.isdigit() else None


def _is_passing(error: Exception) -> bool:
    """Return whether the same request may well succeed in a moment."""
    if _is_timeout(error):
        return False
    if isinstance(error, urllib.error.HTTPError):
        return error.code in _TRY_AGAIN
    return isinstance(error, urllib.error.URLError | ConnectionError)
