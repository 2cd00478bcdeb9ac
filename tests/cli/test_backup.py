"""``mskg dump`` and ``mskg load`` as a user runs them."""

from __future__ import annotations

import gzip
from pathlib import Path


def test_out_and_back(mskg, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.nq.zst"
    made = mskg("dump", "--store", store, "--out", file, "--lang", "en")
    assert (made.returncode, made.stdout) == (0, "")
    assert made.stderr.endswith(" graphs\n")
    loaded = mskg("load", file, "--store", tmp_path / "new", "--lang", "en")
    assert loaded.returncode == 0
    assert loaded.stderr.startswith("loaded ")
    one, two = (mskg("dump", "--store", where).stdout for where in (store, tmp_path / "new"))
    assert one == two
    assert one.count("\n") > 20_000
    query = ("query", "shared-tasks", "--store", tmp_path / "new")
    assert mskg(*query).stdout == mskg(*query[:-1], store).stdout


def test_through_a_pipe(mskg, tmp_path: Path) -> None:
    quad = '<http://e/s> <http://e/p> "民生" <http://e/g> .\n'
    target = ("--store", tmp_path / "new", "--lang", "en")
    loaded = mskg("load", "-", *target, stdin=gzip.compress(quad.encode()))
    assert loaded.returncode == 0
    assert "no end mark" in loaded.stderr
    assert mskg("dump", *target).stdout == quad + "# end of mskg dump, graphs: 1\n"
    trig = mskg("dump", *target, "--format", "trig").stdout
    assert mskg("load", "-", *target, "--format", "trig", stdin=trig.encode()).returncode == 2
    again = mskg("load", "-", *target, "--format", "trig", "--replace", stdin=trig.encode())
    assert (again.returncode, again.stderr) == (
        0,
        "loaded 1 graphs, 1 statements; removed 0 graphs\n",
    )


def test_what_can_not_be_is_told_in_one_line(mskg, tmp_path: Path) -> None:
    both = mskg("load", "x.nq", "--add", "--replace", "--store", tmp_path / "s")
    strange = mskg("dump", "--out", tmp_path / "x.pdf", "--store", tmp_path / "s")
    for result in (both, strange):
        assert result.returncode == 2
        assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
