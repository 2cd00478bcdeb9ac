"""Imports go one way: a package imports only from rows above its own (see CONTRIBUTING.md)."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "mskg"

# Row 0 is ordered as listed: each may import those before it.
FIRST_ROW = ["errors", "ns", "text", "resources", "lexicon"]
ROWS = [
    ["model"],
    ["readers", "layout", "extract", "resolve"],
    ["rdf", "render"],
    ["store"],
    ["query", "validation", "network"],
    ["ledger", "export"],
    ["pipeline"],
    ["service", "web"],
    ["cli"],
]
ROW = {name: (0, place) for place, name in enumerate(FIRST_ROW)} | {
    name: (number, 0) for number, row in enumerate(ROWS, 1) for name in row
}
# Library → packages (or modules) of mskg that may import it.
ONLY_IN = {
    "networkx": {"network", "export"},
    "pyoxigraph": {"store", "validation"},
    "SPARQLWrapper": {"store"},
    "pyshacl": {"validation"},
    "rdflib": {"rdf", "validation"},
    "typer": {"cli"},
    "rich": {"cli"},
}


@cache
def modules() -> dict[str, Path]:
    """Return module name → file of the package."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path, *, at_run_time: bool = False) -> Iterator[tuple[str, int]]:
    """Yield the modules that a file imports, anywhere in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = set()
    if at_run_time:
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                skipped |= {id(inner) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            if names == ["mskg.__version__"]:
                continue
            known = [name for name in names if name in modules()]
            yield from ((name, node.lineno) for name in known or [str(node.module)])


def package_of(module: str) -> str:
    """Return the part of a module name that the table of rows speaks of."""
    return module.split(".")[1] if module.startswith("mskg.") else ""


def test_every_package_has_its_row() -> None:
    found = {package_of(name) for name in modules()} - {"", "__main__"}
    assert found <= set(ROW)


def test_imports_point_to_rows_above() -> None:
    wrong = []
    for name, path in modules().items():
        own = package_of(name)
        if own in {"", "__main__"}:
            continue
        for imported, line in imports(path):
            other = package_of(imported)
            if imported.startswith("mskg.") and other != own and not ROW[other] < ROW[own]:
                wrong.append(f"{path.relative_to(ROOT)}:{line} {own} imports {other}")
            elif imported == "mskg":
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports the package itself")
            if ROW.get(other, (0, 0))[0] == ROW[own][0] != 0 and other not in {own, ""}:
                wrong.append(f"{path.relative_to(ROOT)}:{line} {own} imports its own row: {other}")
    assert wrong == []


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_library_stays_in_its_package(library: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for name, path in modules().items()
        for imported, line in imports(path, at_run_time=True)
        if imported.split(".")[0] == library and package_of(name) not in ONLY_IN[library]
    ]
    # The public `to_graph` returns an rdflib graph, but only its annotation names rdflib.
    assert wrong == []


@pytest.mark.parametrize("library", ["pyshacl", "pyoxigraph"])
def test_validation_knows_a_library_in_one_file(library: str) -> None:
    files = {
        path.name
        for name, path in modules().items()
        for imported, _ in imports(path)
        if imported.split(".")[0] == library and package_of(name) == "validation"
    }
    assert len(files) == 1


def test_modules_make_no_cycle() -> None:
    edges = {
        name: {i for i, _ in imports(path, at_run_time=True) if i in modules() and i != name}
        for name, path in modules().items()
    }
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join([*way[way.index(name) :], name])
        if name not in done:
            for other in sorted(edges[name]):
                # A package and the modules in it belong together.
                if not name.startswith(f"{other}."):
                    visit(other, (*way, name))
            done.add(name)

    for name in edges:
        visit(name, ())
