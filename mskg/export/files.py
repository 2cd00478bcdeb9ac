"""Write files so that nobody ever sees a half-written one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mskg.errors import InputError, system_reason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["write_files"]


def write_files(contents: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Write all files beside their places, then rename them; return the paths.

    Missing folders are made.

    Raises
    ------
    InputError
        If a folder can't be made or written; nothing is left behind then.
    """
    waiting: list[tuple[Path, Path]] = []
    at: Path | str = ""
    try:
        for path, content in contents.items():
            at = path
            beside = path.with_name(f".{path.name}.{os.getpid()}.part")
            waiting.append((beside, path))
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("xb") as file:
                file.write(content)
        for beside, at in waiting:
            beside.replace(at)
    except OSError as error:
        raise InputError(
            f"can't write {at}: {error.strerror or type(error).__name__}",
            zh=f"{at}：写不进去（{system_reason(error)}）",
        ) from error
    finally:
        for beside, _ in waiting:
            _discard(beside)
    return tuple(contents)


def _discard(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # The folder itself is unusable, so there is nothing to remove.
        return
