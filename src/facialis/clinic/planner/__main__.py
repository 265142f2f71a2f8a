"""`python -m facialis.clinic.planner --socket PATH`: run the planner."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from facialis.clinic.planner.server import CannotListenError, serve
from facialis.clinic.planner.service import MOST_PLANS, MOST_RESIDENT_BYTES, Service
from facialis.report.compilation_cache import use_compilation_cache

MB = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until told to end; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m facialis.clinic.planner", description=__doc__)
    parser.add_argument(
        "--socket", type=Path, required=True, help="where to listen: a path in a folder of one's own"
    )
    parser.add_argument("--plans", type=_from_one, default=MOST_PLANS, help="plans to remember (%(default)s)")
    parser.add_argument(
        "--memory-mb",
        type=_from_one,
        default=MOST_RESIDENT_BYTES // MB,
        help="above so much memory compiled programs are let go of (%(default)s)",
    )
    parser.add_argument("--no-warm-up", action="store_true", help="compile with the first plan, not at once")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s planner %(levelname)s %(message)s")
    use_compilation_cache()
    service = Service(most_plans=given.plans, most_resident_bytes=given.memory_mb * MB)
    try:
        serve(given.socket, service, warm=not given.no_warm_up)
    except CannotListenError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _from_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is less than 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
