"""Every error that mskg raises on purpose speaks Chinese and English."""

from __future__ import annotations

import ast
import pickle
from pathlib import Path

import pytest

from mskg import errors
from mskg.errors import InputError, MskgError, StoreError

ROOT = Path(__file__).resolve().parents[2]
KINDS = set(errors.__all__)


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
