"""The command line: thin commands over the library.

Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 findings or "this is
no plan", 2 usage or input error, 3 internal error, 130 interrupted.
"""

from __future__ import annotations

import sys
import threading
from typing import NoReturn

__all__ = ["main"]

_MOMENT = 1.0  # seconds


def main() -> NoReturn:
    """Run the command line of this process and exit."""
    from mskg.cli.console import INTERRUPTED
    from mskg.cli.entry import run

    code = run(sys.argv[1:])
    if code == INTERRUPTED:
        # A pool that is closing its pipes is left to end: woken by the exit of the interpreter
        # between the two, it would complain of a bad file descriptor (concurrent.futures).
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and not thread.daemon:
                thread.join(_MOMENT)
    sys.exit(code)
