"""The ontology as a folder of files to publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg import resources
from mskg.export.files import write_files
from mskg.rdf import region_file, scheme_files

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ontology_files", "write_ontology"]


def write_ontology(folder: Path) -> tuple[Path, ...]:
    """Write all files of the ontology to `folder` and return their paths.

    Raises
    ------
    InputError
        If the folder can't be written.
    """
    return write_files({folder / name: content for name, content in ontology_files().items()})


def ontology_files() -> dict[str, bytes]:
    """Return path and content of every file of the ontology.

    What is made from tables (concept schemes, regions) is made anew; the rest is as bundled.
    """
    bundled = resources.folder("ontology")
    files = {
        path.relative_to(bundled).as_posix(): path.read_bytes()
        for path in sorted(bundled.rglob("*"))
        if path.is_file()
    }
    made = dict((*scheme_files(), region_file()))
    return files | {name: text.encode() for name, text in made.items()}
