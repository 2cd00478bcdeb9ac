"""Run one benchmark by its name: ``python -m benchmarks NAME [options]``."""

from __future__ import annotations

import os
import sys
from importlib import import_module

NAMES = (
    *("accuracy", "cost", "endpoint", "generated", "ledger", "network", "scans", "search"),
    *("speed", "store", "validation"),
)


def main(arguments: list[str]) -> int:
    """Run the benchmark named first and return its exit code."""
    if not arguments or arguments[0] not in NAMES:
        print(f"usage: python -m benchmarks {'|'.join(NAMES)} [options]", file=sys.stderr)
        return 2
    # pip compiles what it installs, so the peers come compiled; a command started from a checkout
    # must be let write its own, or compiling is measured too.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    result: int = import_module(f"benchmarks.{arguments[0]}").main(arguments[1:])
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
