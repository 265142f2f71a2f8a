"""How long a set takes and how much memory: nine 12-megapixel photographs of an invented patient.

`cold` is the whole command in a new process; `warm` is the same set again in a process whose detector is
running. Memory is the sum over all processes at its highest, sampled every 50 ms.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import cv2

from facialis.vision.backends.choose import choose_backend
from facialis.vision.files import Photo, expand_inputs, load_photos
from facialis.vision.measure_photo import measure_photos
from facialis.vision.synthetic.patient_set import write_patient_set

WIDTH_PX, HEIGHT_PX = 3000, 4000
FACIALIS = Path(sys.executable).with_name("facialis")


def main() -> None:
    """Print seconds and megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        photos = Path(folder)
        write_patient_set(photos, seed=5)
        for path in photos.glob("*.jpg"):
            picture = cv2.imread(str(path))
            if picture is None:
                raise SystemExit(f"{path} was not written; there is nothing to measure.")
            cv2.imwrite(str(path), cv2.resize(picture, (WIDTH_PX, HEIGHT_PX), interpolation=cv2.INTER_CUBIC))
        (photos / "truth.json").unlink()
        print(f"facialis --help          {_seconds(lambda: _run('--help')):6.2f} s")
        memory = _PeakMemory(with_own=False)
        cold = _seconds(
            lambda: _run("measure", str(photos), "--format", "json", "--out", str(photos / "out.json"))
        )
        print(f"nine photographs, cold   {cold:6.2f} s")
        print(f"peak memory, cold        {memory.stop() / 2**20:6.0f} MB")
        _warm(photos)


def _warm(folder: Path) -> None:
    backend = choose_backend("auto", os.environ).backend
    try:
        measured = 0

        def once() -> None:
            nonlocal measured
            photos = [p for p in load_photos(expand_inputs([folder])) if isinstance(p, Photo)]
            measured = sum(r.refusal is None for r in measure_photos(photos, backend=backend))

        once()
        memory = _PeakMemory(with_own=True)
        print(
            f"nine photographs, warm   {min(_seconds(once) for _ in range(3)):6.2f} s ({measured} measured)"
        )
        print(f"peak memory, warm        {memory.stop() / 2**20:6.0f} MB")
    finally:
        backend.close()


def _run(*arguments: str) -> None:
    # Our own program, with arguments from this file alone.
    subprocess.run([str(FACIALIS), *arguments], check=True, capture_output=True)


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


class _PeakMemory:
    """Highest resident memory of the processes below this one, and its own where it measures itself."""

    def __init__(self, *, with_own: bool) -> None:
        self._first = 0 if with_own else 1
        self._peak = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """Bytes at the highest."""
        self._done.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        while not self._done.wait(0.05):
            self._peak = max(self._peak, sum(_resident(pid) for pid in _family(os.getpid())[self._first :]))


def _family(root: int) -> list[int]:
    """The process ``root`` and all below it (Linux)."""
    found, queue = [root], [root]
    while queue:
        parent = queue.pop()
        try:
            text = Path(f"/proc/{parent}/task/{parent}/children").read_text()
        except OSError:
            continue
        children = [int(pid) for pid in text.split()]
        found += children
        queue += children
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


if __name__ == "__main__":
    main()
