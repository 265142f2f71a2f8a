"""Photographs of one invented person on two days, drawn once and kept for later runs on this machine."""

import hashlib
import os
import tempfile
from pathlib import Path

from facialis.anatomy.sides import Side
from facialis.vision import synthetic
from facialis.vision.synthetic import PalsyKind, write_patient_set

WIDTH_PX = 700
SEED = 3
SEVERITIES = {"before": 0.9, "today": 0.6}


def photographs(which: str) -> Path:
    """Folder with nine files that are named by their expression."""
    folder = Path(tempfile.gettempdir()) / f"facialis-drawn-{os.getuid()}" / _drawing() / which
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        drawn = Path(tempfile.mkdtemp(dir=folder.parent))
        write_patient_set(
            drawn,
            seed=SEED,
            palsy=PalsyKind.SYNKINETIC,
            side=Side.LEFT,
            severity=SEVERITIES[which],
            width_px=WIDTH_PX,
        )
        try:
            drawn.rename(folder)
        except OSError:  # another process was faster
            assert folder.is_dir()
    return folder


def _drawing() -> str:
    """Changes when anything does that draws."""
    found = hashlib.sha256(f"{WIDTH_PX} {SEED} {SEVERITIES}".encode())
    for path in sorted(Path(synthetic.__file__).parent.rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]
