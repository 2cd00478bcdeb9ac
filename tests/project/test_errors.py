"""Every error that mskg raises on purpose speaks Chinese and English."""

from __future__ import annotations

import ast
import errno
import os
import pickle
from pathlib import Path

import pytest

from mskg import errors
from mskg.errors import InputError, MskgError, StoreError

ROOT = Path(__file__).resolve().parents[2]
KINDS = {name for name in errors.__all__ if name.endswith("Error")}


def raised() -> list[tuple[str, ast.Call]]:
    """Return the calls that make an error, with their places."""
    found = []
    for path in sorted((ROOT / "mskg").rglob("*.py")):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        calls = (node for node in nodes if isinstance(node, ast.Call))
        found += [
            (f"{path.relative_to(ROOT)}:{call.lineno}", call)
            for call in calls
            if getattr(call.func, "id", "") in KINDS
        ]
    return found


def test_every_error_has_a_chinese_line() -> None:
    without = [
        place for place, call in raised() if "zh" not in {word.arg for word in call.keywords}
    ]
    assert without == []


def test_no_chinese_line_quotes_the_system_in_english() -> None:
    english = [
        place
        for place, call in raised()
        for word in call.keywords
        if word.arg == "zh" and "strerror" in ast.unparse(word.value)
    ]
    assert english == []


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOENT, "没有这个文件"), (errno.EXDEV, f"系统错误 {errno.EXDEV}")]
)
def test_reasons_of_the_system_are_in_chinese(number: int, words: str) -> None:
    assert errors.system_reason(OSError(number, os.strerror(number))).startswith(words)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_exit_codes(kind: str) -> None:
    wanted = {"NotAPlanError": 1, "FaultError": 3}.get(kind, 2)
    assert getattr(errors, kind).exit_code == wanted


def test_line_is_one_line_in_either_language() -> None:
    error = InputError("bad\nfile", hint="mend it", zh="文件\n不好")
    assert error.line("en") == "bad file (mend it)"
    assert error.line("zh") == "文件 不好"
    assert StoreError("only English").line("zh") == "only English"


def test_error_survives_another_process() -> None:
    error = pickle.loads(pickle.dumps(InputError("bad", hint="mend it", zh="不好")))
    assert isinstance(error, MskgError)
    assert (str(error), error.line("zh"), error.exit_code) == ("bad (mend it)", "不好", 2)
