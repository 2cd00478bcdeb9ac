"""The public names of the package: one list, all of them there, all of them documented."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import mskg

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", [name for name in mskg.__all__ if name != "__version__"])
def test_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(mskg, name)
    assert (value.__doc__ or "").strip()


def test_names_for_type_checkers_are_the_public_ones() -> None:
    tree = ast.parse((ROOT / "mskg" / "__init__.py").read_text(encoding="utf-8"))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("mskg.")
        for alias in node.names
    }
    assert imported == set(mskg.__all__) - {"__version__"} == set(mskg._HOME)
    assert list(mskg.__all__) == sorted(mskg.__all__)


def test_unknown_name_is_an_attribute_error() -> None:
    name = "no_such_name"
    with pytest.raises(AttributeError, match=name):
        getattr(mskg, name)


@pytest.mark.parametrize(
    "module", sorted(m.name for m in pkgutil.walk_packages(mskg.__path__, "mskg."))
)
def test_module_imports_and_its_all_is_true(module: str) -> None:
    if module == "mskg.__main__":
        return
    found = importlib.import_module(module)
    missing = [name for name in getattr(found, "__all__", ()) if not hasattr(found, name)]
    assert missing == []


def test_import_of_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, mskg; print(sorted(set(sys.modules) & {'rdflib', 'lxml', 'opencc', 'typer'}))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
