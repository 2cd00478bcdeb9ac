"""Run one query in a process of its own, which its parent can end (pyoxigraph can't stop one).

The module is run as a file, not imported: ``python worker.py`` reads a JSON request from
stdin and answers on stdout with SPARQL JSON results or N-Triples. It imports nothing of
mskg, so that it starts fast.
"""

from __future__ import annotations

import json
import sys

import pyoxigraph as ox

__all__ = ["FAILURE", "SYNTAX", "main"]

SYNTAX = 3
FAILURE = 4


def main() -> int:
    """Answer the request on stdin; return the exit code."""
    request = json.load(sys.stdin)
    out = sys.stdout.buffer
    try:
        store = ox.Store.read_only(request["database"])
        result = store.query(request["query"], use_default_graph_as_union=request["union"])
        if isinstance(result, ox.QueryTriples):
            result.serialize(out, format=ox.RdfFormat.N_TRIPLES)
        else:
            result.serialize(out, format=ox.QueryResultsFormat.JSON)
    except SyntaxError as error:
        sys.stderr.write(str(error))
        return SYNTAX
    except (OSError, RuntimeError, ValueError) as error:
        sys.stderr.write(str(error))
        return FAILURE
    return 0


if __name__ == "__main__":
    sys.exit(main())
