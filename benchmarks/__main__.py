"""Run one benchmark: ``python -m benchmarks accuracy|generated|speed|validation [options]``."""

from __future__ import annotations

import sys

from benchmarks import accuracy, generated, speed, validation

RUNNERS = {
    "accuracy": accuracy.main,
    "generated": generated.main,
    "speed": speed.main,
    "validation": validation.main,
}


def main(arguments: list[str]) -> int:
    """Run the benchmark named first and return its exit code."""
    if not arguments or arguments[0] not in RUNNERS:
        print(f"usage: python -m benchmarks {'|'.join(RUNNERS)} [options]", file=sys.stderr)
        return 2
    return RUNNERS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
