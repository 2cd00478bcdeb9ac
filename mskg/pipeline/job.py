"""One file to read, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from mskg.errors import FaultError, MskgError
from mskg.pipeline.reading import read_plan

if TYPE_CHECKING:
    from pathlib import Path

    from mskg.model import Plan
    from mskg.resolve import Corrections
    from mskg.validation import Finding

__all__ = ["Advance", "Job", "Reading", "fault", "ignore"]


class Advance(Protocol):
    """Who is told how far a batch is."""

    def __call__(self, name: str, page: int = 0, pages: int = 0) -> None:
        """Take the name of a file: alone when it is done, or with a page of it that is done."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file: a plan, or the error that says why there is none.

    ``findings`` are those of the validation, where it was asked for.
    """

    source: Path
    plan: Plan | None = None
    error: MskgError | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether no finding is a violation."""
        return not any(finding.severity == "violation" for finding in self.findings)


def ignore(name: str, page: int = 0, pages: int = 0) -> None:
    """Do nothing: the progress callback of callers that want none."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read, and how: as told to `read_many`."""

    path: Path
    region: str
    corrections: Corrections | None
    check: bool

    def read(self, advance: Advance) -> Reading:
        """Return what came of the file; never raises."""
        from mskg.readers import ReadOptions

        try:
            plan = read_plan(
                self.path,
                region=self.region,
                corrections=self.corrections,
                options=ReadOptions(progress=partial(advance, self.path.name)),
            )
            return Reading(self.path, plan, findings=_check(plan) if self.check else ())
        except MskgError as error:
            return Reading(self.path, error=error)
        except Exception as error:
            return Reading(self.path, error=fault(self.path, error))


def _check(plan: Plan) -> tuple[Finding, ...]:
    from mskg.validation import validate_plan

    # Not the report itself: it holds a graph, which does not go from process to process.
    return validate_plan(plan).findings


def fault(path: Path, error: BaseException) -> FaultError:
    """Return `error`, which no one foresaw, as an error about the document at `path`."""
    what = f"{type(error).__name__}: {error}".split("\n", 1)[0]
    return FaultError(
        f"{path}: failed ({what})",
        hint="this is a fault of mskg, please report it with the file",
        zh=f"{path}：出错（{what}；这是 mskg 的缺陷，请连同文件告诉我们）",
    )
