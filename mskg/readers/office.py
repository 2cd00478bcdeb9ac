"""Old and other word processor formats, turned into docx by LibreOffice where it is present."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from mskg.errors import ReadError
from mskg.readers.packages import damaged

if TYPE_CHECKING:
    from mskg.model import Document
    from mskg.readers.composing import Source

__all__ = ["converted", "find_office", "read_office"]

_SECONDS = 120
_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)


def find_office() -> str | None:
    """Return the path of LibreOffice, None where it is not installed."""
    found = (shutil.which(program) for program in _PROGRAMS)
    there = (place for place in _PLACES if os.access(place, os.X_OK))
    return next((path for path in (*found, *there) if path), None)


def read_office(data: bytes, source: Source) -> Document:
    """Return the document of a doc, wps, rtf, odt or Word XML file.

    Raises
    ------
    ReadError
        If LibreOffice is not installed, takes too long, or can't open the file.
    """
    from mskg.readers.docx import read_docx

    program = find_office()
    if program is None:
        raise ReadError(
            f"{source.name}: .{source.format} needs LibreOffice, which is not installed",
            hint="install LibreOffice Writer, or save the file as .docx",
            zh=f"{source.name}：读 .{source.format} 需要 LibreOffice，本机没有"
            "（请安装 LibreOffice Writer，或另存为 .docx）",
        )
    return read_docx(converted(program, data, source, "docx:MS Word 2007 XML"), source)


def converted(program: str, data: bytes, source: Source, form: str) -> bytes:
    """Return the file in another format, by LibreOffice at the path `program`.

    `form` is the suffix and the filter that LibreOffice writes. Every call has a profile of
    its own, so that calls can't block.

    Raises
    ------
    ReadError
        If LibreOffice takes too long, or can't open the file.
    """
    # LibreOffice tells formats by their suffix; old kinds are known to it as doc.
    suffix = {"wps": "doc", "wpt": "doc", "dot": "doc"}.get(source.format, source.format)
    with tempfile.TemporaryDirectory(prefix="mskg-", ignore_cleanup_errors=True) as folder:
        file = Path(folder, f"input.{suffix}")
        file.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = [
            program, f"-env:UserInstallation={profile}", "--headless", "--norestore",
            "--nolockcheck", "--convert-to", form, "--outdir", folder, str(file),
        ]  # fmt: skip
        try:
            _run(command)
        except subprocess.TimeoutExpired as error:
            raise ReadError(
                f"{source.name}: LibreOffice did not finish within {_SECONDS} s",
                hint="save the file in a newer format",
                zh=f"{source.name}：LibreOffice 超过 {_SECONDS} 秒没有转换完（请另存为新格式）",
            ) from error
        except OSError as error:
            raise damaged(source.name, source.format) from error
        result = Path(folder, f"input.{form.partition(':')[0]}")
        if not result.is_file():
            raise damaged(source.name, source.format)
        return result.read_bytes()


def _run(command: list[str]) -> None:
    """Run LibreOffice in a process group of its own: its launcher starts another process."""
    own_group = os.name == "posix"
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=own_group,
    )
    try:
        process.wait(_SECONDS)
    except BaseException:
        if own_group:
            os.killpg(process.pid, 9)
        else:
            process.kill()
        process.wait()
        raise
