"""The ontology as a folder of files to publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mskg import resources
from mskg.export.files import write_files
from mskg.rdf import region_file, scheme_files

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["write_ontology"]


def write_ontology(folder: Path) -> tuple[Path, ...]:
    """Write all files of the ontology to `folder` and return their paths.

    What is made from tables (concept schemes, regions) is made anew; the rest is copied.

    Raises
    ------
    InputError
        If the folder can't be written.
    """
    bundled = resources.folder("ontology")
    files = {
        path.relative_to(bundled).as_posix(): path.read_bytes()
        for path in sorted(bundled.rglob("*"))
        if path.is_file()
    }
    made = dict((*scheme_files(), region_file()))
    files |= {name: text.encode() for name, text in made.items()}
    return write_files({folder / name: content for name, content in files.items()})
