"""Write into the shapes what is kept elsewhere: terms of the ontology, vague words.

``msh:term-defined`` (``shapes/program.ttl``) lists the terms of ``ontology/mskg.ttl``, and
``msh:item-vague`` (``shapes/task.ttl``) the words of ``data/vocabulary/vague.csv``. Run it
after every change of them; tests tell when it is due.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from opencc import OpenCC
from rdflib import Graph

from mskg.lexicon.tables import read_table
from mskg.ns import VOCABULARY

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Replace the lists in the shapes."""
    ontology = Graph()
    ontology.parse(ROOT / "ontology" / "mskg.ttl")
    terms = sorted(
        {str(s).removeprefix(VOCABULARY) for s in ontology.subjects() if VOCABULARY in s}
    )
    listed = textwrap.wrap(", ".join(f'"{term}"' for term in terms), 96, break_long_words=False)
    lines = "\n    ".join(listed)
    _write("program.ttl", r"(\?name NOT IN \()[^)]*(\))", f"\n    {lines}\n  ", 1)
    _write("task.ttl", r'(REGEX\(\?plain, "\()[^"]*(\)"\))', vague_words(), 1)
    _write("task.ttl", r'(REPLACE\(\?plain, "\S+?\*\?\()[^"]*(\)\[)', vague_words(), 1)


def vague_words() -> str:
    """Return one expression for the words that leave amount, effort or time open.

    Each sign is matched in simplified and traditional script. 应…尽… asks for any sign twice:
    SPARQL has no back references.
    """
    rows = [row for row in read_table("vague") if row["kind"] != "approximate"]
    words = sorted((row["word"] for row in rows), key=lambda word: (-len(word), word))
    convert = OpenCC("s2t").convert
    return "|".join("".join(_sign(sign, convert(sign)) for sign in word) for word in words)


def _sign(simplified: str, traditional: str) -> str:
    if simplified == "…":
        return "[^，。；]"
    return simplified if simplified == traditional else f"[{simplified}{traditional}]"


def _write(name: str, pattern: str, middle: str, times: int) -> None:
    path = ROOT / "shapes" / name
    text = path.read_text(encoding="utf-8")
    made, count = re.subn(pattern, lambda match: match[1] + middle + match[2], text)
    assert count == times
    path.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
