"""Write into the shapes what is kept elsewhere: terms of the ontology, vague words.

``msh:term-defined`` (``shapes/program.ttl``) lists the terms of ``ontology/mskg.ttl``, and
``msh:item-vague`` (``shapes/task.ttl``) the words of ``data/vocabulary/vague.csv``. Run it
after every change of them; tests tell when it is due.
"""

from __future__ import annotations

import re
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
    _write("program.ttl", r'(!REGEX\(STR\(\?value\), "#\()[^"]*(\)\$")', _names(ontology), 1)
    _write("task.ttl", r'(REGEX\(\?plain, "\()[^"]*(\)"\))', vague_words(), 1)
    _write("task.ttl", r'(REPLACE\(\?plain, "\S+?\*\?\()[^"]*(\)\[)', vague_words(), 1)


def _names(ontology: Graph) -> str:
    """Return an expression for the names of the terms of `ontology`."""
    terms = {str(node) for node in ontology.subjects() if str(node).startswith(VOCABULARY)}
    return "|".join(sorted(term.removeprefix(VOCABULARY) for term in terms))


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
