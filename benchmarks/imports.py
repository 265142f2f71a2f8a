"""How long a new Python process takes to import rooms of rules, beside one that imports nothing.

The clinical scales are used by web pages and small scripts: `facialis.grading` stays under 0.2 s, and
loads no numerics and no image library.
"""

import subprocess
import sys
import time
from statistics import median

PROGRAMS = {
    "evidence": "import facialis.evidence",
    "anatomy": "import facialis.anatomy",
    "toxins": "import facialis.toxins",
    "grading": "import facialis.grading",
    "all ten instruments": "from facialis.grading.registry import INSTRUMENTS; list(INSTRUMENTS.values())",
    "suggested grades": "import facialis.grading.suggest.registry",
}
REPEATS = 9
HEAVY = ("numpy", "scipy", "cv2", "jax", "altair")


def main() -> None:
    """Print seconds above an empty process, the ratio to it, and which heavy packages came along."""
    empty = seconds("pass")
    print(f"{'(nothing)':<20} {empty:6.3f} s")
    for name, program in PROGRAMS.items():
        taken = seconds(program)
        heavy = run(f"{program}; import sys; print(*[n for n in {HEAVY!r} if n in sys.modules])").strip()
        print(
            f"{name:<20} {taken - empty:6.3f} s more, {taken / empty:4.1f} x   {heavy or 'none'} of {HEAVY}"
        )


def seconds(program: str) -> float:
    """Median over several new processes."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        run(program)
        times.append(time.perf_counter() - start)
    return median(times)


def run(program: str) -> str:
    """Output of a new process of the same Python."""
    # Our own program, with code from this file alone.
    command = [sys.executable, "-c", program]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
