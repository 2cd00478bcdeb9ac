"""Write the terms of the ontology into the shape ``msh:term-defined`` (``shapes/program.ttl``).

Run it after every change of the terms in ``ontology/mskg.ttl``; a test tells when it is due.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from rdflib import Graph

from mskg.ns import VOCABULARY

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Replace the list of terms in the shape."""
    ontology = Graph()
    ontology.parse(ROOT / "ontology" / "mskg.ttl")
    terms = sorted(
        {str(s).removeprefix(VOCABULARY) for s in ontology.subjects() if VOCABULARY in s}
    )
    listed = textwrap.wrap(", ".join(f'"{term}"' for term in terms), 96, break_long_words=False)
    lines = "\n    ".join(listed)
    path = ROOT / "shapes" / "program.ttl"
    text = path.read_text(encoding="utf-8")
    made, count = re.subn(r"(\?name NOT IN \()[^)]*\)", rf"\g<1>\n    {lines}\n  )", text)
    assert count == 1
    path.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
