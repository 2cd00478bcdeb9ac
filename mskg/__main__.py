"""``python -m mskg``: the command line."""

from __future__ import annotations

from mskg.cli import main

if __name__ == "__main__":
    main()
