"""The command line: thin commands over the library.

Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 findings or "this is
no plan", 2 usage or input error, 3 internal error, 130 interrupted.
"""

from __future__ import annotations

import sys
from typing import NoReturn

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command line of this process and exit."""
    from mskg.cli.entry import run

    sys.exit(run(sys.argv[1:]))
