"""The process that decodes: it reads jobs, one a line, and forks a child with limits for each.

A child has no secrets in its environment, and whatever a file does to it ends with it.
"""

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

from facialis.clinic.photographs.decoding.picture import decode_into

MEMORY_BYTES = 1_600_000_000
"""A picture of 80 megapixels, the largest that is read, needs 0.8 GB."""
SECONDS = 30
"""Of the clock and of the processor; the largest pictures take about 5."""
WRITTEN_BYTES = 64_000_000
RESULT_FILE = "result.json"
_POLL_S = 0.004


def main() -> None:
    """Answer every line of standard input by a line of standard output, until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the web, which then closes our input
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)  # noqa: T201 - the answer is a line


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """Decode one file in a child.

    Parameters
    ----------
    job : dict      ``source`` and ``folder`` (paths), ``name`` (of the file, for sentences).

    Returns
    -------
    dict            As `decode_into` says, or ``{"died": reason}``.
    """
    child = os.fork()
    if child == 0:
        _work(job)
    status = _wait(child)
    result = Path(job["folder"]) / RESULT_FILE
    if status == 0 and result.is_file():
        found: dict[str, Any] = json.loads(result.read_text())
        return found
    return {"died": "time" if status is None else f"status {status}"}


def _wait(child: int) -> int | None:
    """Exit status of a child, or None for one that had to be ended at its time limit."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(_POLL_S)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _work(job: dict[str, Any]) -> None:
    """Only in the child; never returns."""
    status = 1
    try:
        _limit()
        _without_voice()
        folder = Path(job["folder"])
        found = decode_into(Path(job["source"]), folder, name=job["name"])
        (folder / RESULT_FILE).write_text(json.dumps(found))
        status = 0
    finally:
        os._exit(status)


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def _without_voice() -> None:
    """The answers' channel is the parent's; what a decoder prints would stand between them."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)


if __name__ == "__main__":
    main()
