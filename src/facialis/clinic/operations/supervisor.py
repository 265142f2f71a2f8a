"""Starts the clinic's processes, restarts one that ends, and stops all of them together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType

LEAST_DELAY_S, MOST_DELAY_S = 1.0, 60.0
"""Before a restart: doubled each time, from the least to the most."""
STEADY_S = 60.0
"""A process that ran for so long begins with the least delay again."""
GRACE_S = 40.0
"""For finishing what was begun, after which a process is killed; longer than gunicorn's own patience."""
LOOK_EVERY_S = 0.2

_ENDS_WITH_PARENT = (sys.executable, "-m", "facialis.clinic.operations.end_with_parent")


@dataclass(frozen=True)
class Program:
    """One process of the clinic."""

    name: str
    command: tuple[str, ...]
    descriptors: tuple[int, ...] = ()
    """Open files that it inherits."""


@dataclass
class _Run:
    program: Program
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    delay: float = 0.0
    due: float = 0.0
    """When it is started next, while it does not run."""


class Supervisor:
    """Keeps programs running until it is told to stop.

    Parameters
    ----------
    programs : sequence     Started in this order.
    say : callable          Takes a sentence for the person or the log.
    environment : mapping   Of every program.
    """

    def __init__(
        self, programs: Sequence[Program], say: Callable[[str], None], environment: dict[str, str]
    ) -> None:
        self._runs = [_Run(program, delay=LEAST_DELAY_S) for program in programs]
        self._say = say
        self._environment = environment
        self._stopping = False

    def run(self, each_look: Callable[[], None] = lambda: None) -> None:
        """Start everything, and come back when a signal asked to stop and all have ended.

        Parameters
        ----------
        each_look : callable    Called several times a second; an exception of it stops everything.
        """
        earlier = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self._stopping:
                for run in self._runs:
                    self._look_after(run)
                each_look()
                time.sleep(LOOK_EVERY_S)
        finally:
            self._stop_all()
            for number, handler in earlier.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._stopping = True

    def _look_after(self, run: _Run) -> None:
        now = time.monotonic()
        if run.process is None:
            if now >= run.due:
                run.process, run.began = self._start(run.program), now
            return
        status = run.process.poll()
        if status is None:
            return
        if now - run.began >= STEADY_S:
            run.delay = LEAST_DELAY_S
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        self._say(f"{run.program.name} {how}; it is started again in {run.delay:g} s.")
        run.process, run.due = None, now + run.delay
        run.delay = min(2 * run.delay, MOST_DELAY_S)

    def _start(self, program: Program) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  our own commands
            (*_ENDS_WITH_PARENT, str(os.getpid()), *program.command),
            env=self._environment,
            stdin=subprocess.DEVNULL,
            pass_fds=program.descriptors,
            # Ctrl-C in a terminal reaches this process alone, which then stops the others in good order.
            start_new_session=True,
        )

    def _stop_all(self) -> None:
        running = [run.process for run in self._runs if run.process is not None]
        for process in running:
            process.terminate()
        until = time.monotonic() + GRACE_S
        for process in running:
            try:
                process.wait(max(until - time.monotonic(), 0.0))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
