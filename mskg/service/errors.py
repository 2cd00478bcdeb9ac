"""What ends a request to the service, with the HTTP status that says so.

::

    RequestError               what was asked can't be answered   400 and others
    StoppedError
    ├── BusyError              503 and Retry-After
    ├── LimitError             400: too many rows; 504: time; 507: memory
    └── FailedError            500
"""

from __future__ import annotations

from mskg.errors import MskgError

__all__ = ["BusyError", "FailedError", "LimitError", "RequestError", "StoppedError"]


class RequestError(MskgError):
    """A request that can't be answered.

    Parameters
    ----------
    status:
        The HTTP status.
    headers:
        Headers that go with it.
    """

    def __init__(
        self, message: str, *, zh: str, status: int = 400, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message, zh=zh)
        self.status = status
        self.headers = headers or {}


class StoppedError(RequestError):
    """A query that was ended before it was answered; ``reason`` is a word for the metrics."""

    reason = "failed"

    @classmethod
    def gone(cls) -> StoppedError:
        """Return the error of a query whose answer nobody waits for any more."""
        error = cls("the client has left", zh="客户端已离开", status=499)
        error.reason = "gone"
        return error


class BusyError(StoppedError):
    """There is no room for the request now."""

    reason = "busy"

    @classmethod
    def _make(cls, message: str, zh: str) -> BusyError:
        return cls(message, zh=zh, status=503, headers={"Retry-After": "2"})

    @classmethod
    def waiting(cls) -> BusyError:
        """Return the error for too many requests that wait."""
        return cls._make(
            "too many requests wait for an answer: try again in a moment",
            "等待回答的请求太多，请稍后再试",
        )

    @classmethod
    def crowd(cls, most: int) -> BusyError:
        """Return the error for too many long queries."""
        return cls._make(
            f"{most} long queries are running already, and this one takes long too:"
            " try again later, or bind a region or a department",
            f"已有 {most} 个耗时的查询在运行，这个查询也很慢：请稍后再试，或限定地区、部门",
        )

    @classmethod
    def closing(cls) -> BusyError:
        """Return the error of a server that stops."""
        return cls._make("the server is being stopped", "服务正在停止")


class LimitError(StoppedError):
    """A query that wants more than it may have."""

    @classmethod
    def rows(cls, most: str) -> LimitError:
        """Return the error for more rows than allowed."""
        error = cls(
            f"the answer has more than {most} rows: add LIMIT, or ask for less",
            zh=f"结果超过 {most} 行：请加 LIMIT，或缩小查询范围",
        )
        error.reason = "rows"
        return error

    @classmethod
    def time(cls, seconds: float) -> LimitError:
        """Return the error for a query whose time is up."""
        error = cls(
            f"the query took longer than {seconds:g} s and was stopped:"
            " bind a region or a department, or ask for less",
            zh=f"查询超过 {seconds:g} 秒，已停止：请限定地区或部门，或缩小查询范围",
            status=504,
        )
        error.reason = "time"
        return error

    @classmethod
    def memory(cls, megabytes: int) -> LimitError:
        """Return the error for a process that ended by itself, as it does for want of memory."""
        error = cls(
            f"the query was stopped: its process ended, most likely for want of memory"
            f" ({megabytes} MB are allowed)",
            zh=f"查询已停止：查询进程中断，多半是内存不够（上限 {megabytes} MB）",
            status=507,
        )
        error.reason = "memory"
        return error


class FailedError(StoppedError):
    """The store failed in the middle of an answer."""

    def __init__(self, message: str = "", *, zh: str = "") -> None:
        super().__init__(
            message or "the store failed in the middle of the answer",
            zh=zh or "数据库在回答中途出错",
            status=500,
        )
