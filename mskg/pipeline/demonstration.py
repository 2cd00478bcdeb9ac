"""The whole path once: documents in, and everything that comes of them in one folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mskg.errors import InputError, system_reason
from mskg.model.record import dumps_record, plan_to_record
from mskg.pipeline.building import BuildResult, build
from mskg.pipeline.job import Advance, ignore

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mskg.network import Collaboration, Measures
    from mskg.query import ResultTable
    from mskg.store import Store

__all__ = ["Answer", "Demonstration", "demonstrate"]

QUESTIONS: Final[tuple[tuple[str, Mapping[str, object]], ...]] = (
    ("programs", {}),
    ("shared-tasks", {"min": 3}),
    ("department-load", {"min": 3}),
    ("due-by", {"date": "2023-06-30"}),
    ("stage-targets", {}),
    ("targets-for-thing", {"word": "法律援助"}),
    ("evidence", {"word": "城镇新增就业"}),
    ("tasks-without-number", {}),
    ("tasks-without-unit", {}),
    ("issues", {}),
)
_MARKER: Final = ".mskg-demo"


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of the catalogue, its parameters, its rows, and the file they lie in."""

    query: str
    title: str
    title_zh: str
    parameters: Mapping[str, object]
    table: ResultTable
    path: Path


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was made: results by document, answers, the network, and the files."""

    folder: Path
    results: Sequence[BuildResult]
    answers: Sequence[Answer]
    network: Collaboration
    measures: Measures
    files: Mapping[str, Sequence[Path]]


def demonstrate(
    paths: Sequence[Path], folder: Path, *, language: str = "zh", advance: Advance = ignore
) -> Demonstration:
    """Read, validate, store, query, draw and export the documents `paths`.

    Parameters
    ----------
    folder:
        Where results go. It may be new, empty, or that of an earlier call.
    language:
        Language of findings and drawings, ``zh`` or ``en``.
    advance:
        Called with the name of each document when it is read.

    Raises
    ------
    InputError
        If the folder holds other things or can't be written, or no file gave a plan.
    """
    from mskg.export import dump_store
    from mskg.network import collaboration, measures
    from mskg.store import open_store

    _claim(folder)
    with open_store(folder / "store", write=True) as store:
        results = build(paths, store, force=True, advance=advance)
    plans = [(r.reading.source, r.reading.plan) for r in results if r.reading.plan is not None]
    if not plans:
        raise _nothing(results)
    files: dict[str, list[Path]] = {"store": [folder / "store"]}
    files["records"] = [
        _write(folder / "records" / f"{source.stem}.json", dumps_record(plan_to_record(plan)))
        for source, plan in plans
    ]
    files["findings"] = [_write(folder / "findings.json", _findings(results))]
    with open_store(folder / "store") as store:
        answers = _answers(store, folder / "answers", language)
        files["answers"] = [answer.path for answer in answers]
        network = collaboration(store)
        files["network"] = _draw(store, network, folder / "network", language)
        files["graph"] = [_write(folder / "plans.trig", "".join(dump_store(store)))]
    return Demonstration(folder, results, answers, network, measures(network), files)


def _nothing(results: Sequence[BuildResult]) -> InputError:
    reasons = [result.reading.error for result in results if result.reading.error is not None]
    if not reasons:
        return InputError("no files to read", zh="没有可读的文件")
    return InputError(
        f"none of {len(results)} files gave a plan; the first: {reasons[0].line()}",
        zh=f"{len(results)} 个文件都没有读出计划；第一个：{reasons[0].line('zh')}",
    )


def _claim(folder: Path) -> None:
    """Make the folder ours, or refuse one with other people's files in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / _MARKER).exists():
            raise InputError(
                f"{folder}: holds other files",
                hint="name a new or empty folder",
                zh=f"{folder}：里面有别的文件（请换一个新的或空的文件夹）",
            )
        (folder / _MARKER).touch()
    except OSError as error:
        raise InputError(
            f"{folder}: can't be written ({error.strerror})",
            zh=f"{folder}：写不进去（{system_reason(error)}）",
        ) from error


def _write(path: Path, text: str) -> Path:
    from mskg.export.files import write_files

    write_files({path: text.encode()})
    return path


def _findings(results: Sequence[BuildResult]) -> str:
    records = [
        {
            "file": result.reading.source.name,
            "conforms": result.reading.conforms,
            "findings": [finding.to_dict() for finding in result.reading.findings],
        }
        for result in results
    ]
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


def _answers(store: Store, folder: Path, language: str) -> list[Answer]:
    from mskg.query import Catalogue, run_query

    catalogue, answers = Catalogue(), []
    for name, parameters in QUESTIONS:
        table = run_query(store, name, parameters)
        path = _write(folder / f"{name}.csv", table.to_csv(bom=True, language=language))
        query = catalogue.get(name)
        answers.append(Answer(name, query.title, query.title_zh, parameters, table, path))
    return answers


def _draw(store: Store, network: Collaboration, folder: Path, language: str) -> list[Path]:
    from mskg.export import network_report, write_network

    page = network_report(network, store=store, lang=language)
    written = [_write(folder / "departments.html", page)]
    for name, graph in (
        ("departments.gexf", "projection"),
        ("departments.svg", "projection"),
        ("departments-and-tasks.gexf", "bipartite"),
    ):
        written += write_network(folder / name, network, graph=graph, lang=language)
    return written
