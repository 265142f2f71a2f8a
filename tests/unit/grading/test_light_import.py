"""Scores are wanted at once: reading the instruments pulls in no numbers library and no terminal."""

import subprocess
import sys

PROGRAM = """
import sys
from facialis.grading.registry import INSTRUMENTS
[instrument.items for instrument in INSTRUMENTS.values()]
print(sorted(set(sys.modules) & {"numpy", "scipy", "cv2", "jax", "typer", "rich", "altair"}))
"""


def test_instruments_need_nothing_heavy():
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"
