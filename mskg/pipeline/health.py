"""Whether the documents of a store were read to the end, and by this version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg import __version__
from mskg.pipeline.stored import known_runs, stored_documents
from mskg.store.health import Check

if TYPE_CHECKING:
    from mskg.store import Store

__all__ = ["check_documents"]

_SHOWN = 3


def check_documents(store: Store) -> list[Check]:
    """Return what there is to say of the documents in `store`."""
    documents, runs = stored_documents(store), known_runs(store)
    finished = {run.document for run in runs}
    names = {iri: d.source or iri for iri, d in documents.items()}
    broken = sorted(names[iri] for iri in documents if iri not in finished)
    older = sorted({names.get(r.document, r.document) for r in runs if r.version != __version__})
    checks = [
        Check("documents", None, (f"{len(documents)} 份文件", f"{len(documents)} documents")),
        Check("unfinished", True, ("都写完了", "all are complete")),
        Check(
            "version", True, (f"都由 mskg {__version__} 读入", f"all read by mskg {__version__}")
        ),
    ]
    if broken:
        checks[1] = Check(
            "unfinished",
            False,
            (f"{_listed(broken)} 没有写完", f"not complete: {_listed(broken)}"),
            ("对这些文件再运行一次 mskg build", "run mskg build on these files again"),
        )
    if older:
        checks[2] = Check(
            "version",
            False,
            (
                f"{len(older)} 份由其他版本读入：{_listed(older)}",
                f"{len(older)} read by other versions: {_listed(older)}",
            ),
            (
                "对全部文件再运行一次 mskg build，没有变过的也会重读",
                "run mskg build on all files again: it reads them anew",
            ),
        )
    return checks


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
