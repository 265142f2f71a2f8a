"""Does a clinic keep what it said it had done, when its processes are killed at random moments?

People do scripted visits (patient, palsy, consents, a signed note, a signed grade, a photograph) while the
web, the worker, the planner and, on PostgreSQL, the database are killed without warning and started again.
Whoever gets no answer sends the same form again, as a person does. Afterwards nothing that was told may be
lost, half-written or there twice, no task may be left, and the audit has to be whole.

    PYTHONPATH=. .venv/bin/python benchmarks/clinic_chaos.py [--visits 200] [--people 4] [--on sqlite]
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from tools.start_postgres import Postgres, postgres

from benchmarks._clinic_forms import GaveUpError, Visitor
from benchmarks._clinic_visit import PASSWORD, Told, sign_in, visit

ENGINES = ("sqlite", "postgresql")
PROGRAMS = {"web": "gunicorn", "worker": "facialis_worker", "planner": "clinic.planner"}
KILL_EVERY_S = (1.0, 6.0)
DATABASE_DOWN_S = 1.0
SETTLE_S = 300.0
"""For the worker to finish what waits, once nothing is killed any more."""
SEED = 20261122
_FACIALIS = "from facialis.cli.main import main; main()"
_PEOPLE = f"""
import django; django.setup()
from django.utils import timezone
from facialis.clinic.accounts.models import Clinic, Role, User
import sys
clinic = Clinic.objects.create(name="A clinic in trouble")
for number in range(int(sys.argv[1])):
    User.objects.create_user(f"person-{{number}}", password={PASSWORD!r}, clinic=clinic, role=Role.CLINICIAN)
"""
_WAITING = """
import django; django.setup()
from django_tasks_db.models import DBTaskResult
print(DBTaskResult.objects.exclude(status__in=["SUCCESSFUL"]).count())
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visits", type=int, default=200)
    parser.add_argument("--people", type=int, default=4)
    parser.add_argument("--on", nargs="+", choices=ENGINES, default=list(ENGINES))
    given = parser.parse_args()
    faults = [fault for engine in given.on for fault in try_out(engine, given.visits, given.people)]
    sys.exit(1 if faults else 0)


def try_out(engine: str, visits: int, people: int) -> list[str]:
    """Do the visits on one database while things are killed; print and give what is wrong afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="facialis-chaos-")))
        server = stack.enter_context(postgres()) if engine == "postgresql" else None
        clinic = _Clinic(folder, "" if server is None else server.make_database("chaos"))
        stack.callback(clinic.stop)
        clinic.python("-c", _PEOPLE, str(people))
        pictures = _picture(folder)
        visitors = [Visitor(clinic.address) for _ in range(people)]
        for number, visitor in enumerate(visitors):
            sign_in(visitor, f"person-{number}")  # before the chaos: attempts to sign in are counted
        told, kills, began = Told(), {}, time.monotonic()
        left = iter(range(visits))
        failures: list[str] = []
        over = threading.Event()
        killer = threading.Thread(target=_kill, args=(clinic, server, over, kills))
        workers = [
            threading.Thread(target=_work, args=(visitor, left, told, pictures, failures))
            for visitor in visitors
        ]
        for thread in (killer, *workers):
            thread.start()
        for thread in workers:
            thread.join()
        over.set()
        killer.join()
        taken = time.monotonic() - began
        clinic.settle()
        asked = {
            name: list(value) if isinstance(value, set) else value for name, value in asdict(told).items()
        }
        faults = failures + json.loads(
            clinic.python("-m", "benchmarks._clinic_checks", given=json.dumps(asked))
        )
    killed = ", ".join(f"{name} {count} times" for name, count in sorted(kills.items()))
    print(
        f"{engine}: {len(told.visits)} visits in {taken:.0f} s, {len(told.notes) + len(told.grades)} "
        f"signatures and {len(told.pictures)} photographs told; killed: {killed}; {len(faults)} faults"
    )
    for fault in faults[:20]:
        print(f"  {fault}")
    return faults


class _Clinic:
    """A served clinic that is killed and comes back."""

    def __init__(self, folder: Path, url: str) -> None:
        data = folder / "data"
        data.mkdir(mode=0o700)
        (data / "secret-key").write_text("k" * 60)
        self._log = folder / "serve.log"
        self._environment = {
            **os.environ, "FACIALIS_DATA": str(data), "DATABASE_URL": url, "FACIALIS_SECRET_KEY": "",
            "FACIALIS_PLANNER_COLD": "1", "FACIALIS_WEB_WORKERS": "2", "FACIALIS_SESSION_MINUTES": "720",
            "DJANGO_SETTINGS_MODULE": "facialis.clinic.settings", "PYTHONPATH": os.pathsep.join(sys.path),
        }  # fmt: skip
        with self._log.open("w") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _FACIALIS, "serve", "--port", "0"],
                env=self._environment, stdout=out, stderr=out,
            )  # fmt: skip
        self.address = self._address()

    def _address(self) -> str:
        said = "The clinic is at "
        for _ in range(3000):
            lines = [line for line in self._log.read_text().splitlines() if line.startswith(said)]
            if lines:
                return lines[0].removeprefix(said)
            time.sleep(0.1)
        sys.exit("The clinic does not start:\n" + self._log.read_text())

    def kill(self, program: str) -> bool:
        """Kill one of its processes without warning; False where it does not run just now."""
        listed = subprocess.run(
            ["/bin/ps", "-o", "pid=,args=", "--ppid", str(self._process.pid)],
            check=False,
            capture_output=True,
            text=True,
        ).stdout
        found = [int(line.split()[0]) for line in listed.splitlines() if PROGRAMS[program] in line]
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        return bool(found)

    def settle(self) -> None:
        """Wait until no task is left, for so long at most."""
        until = time.monotonic() + SETTLE_S
        while time.monotonic() < until and self.python("-c", _WAITING).strip() != "0":
            time.sleep(1)

    def python(self, *arguments: str, given: str | None = None) -> str:
        """What a program that sees the clinic's database prints."""
        outcome = subprocess.run(
            [sys.executable, *arguments], env=self._environment, input=given, check=True,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return outcome.stdout

    def stop(self) -> None:
        """Stop it in good order."""
        self._process.terminate()
        self._process.wait(90)


def _work(
    visitor: Visitor, left: Iterator[int], told: Told, pictures: dict[str, bytes], failures: list[str]
) -> None:
    try:
        for number in left:
            visit(visitor, told, number, pictures)
    except GaveUpError as error:
        failures.append(f"somebody gave up: {error}")


def _kill(clinic: _Clinic, server: Postgres | None, over: threading.Event, kills: dict[str, int]) -> None:
    chance = random.Random(SEED)
    while not over.wait(chance.uniform(*KILL_EVERY_S)):
        what = chance.choice([*PROGRAMS, *(["database"] if server is not None else [])])
        if what == "database" and server is not None:
            server.kill()
            time.sleep(DATABASE_DOWN_S)
            server.start()
        elif not clinic.kill(what):
            continue
        kills[what] = kills.get(what, 0) + 1


def _picture(folder: Path) -> dict[str, bytes]:
    """One drawn photograph at rest."""
    drawn = folder / "drawn"
    subprocess.run(
        [sys.executable, "-c", _FACIALIS, "synthetic", "render", str(drawn), "--seed", "7", "--width", "640"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    (found,) = drawn.glob("rest.*")
    return {"rest": found.read_bytes()}


if __name__ == "__main__":
    main()
