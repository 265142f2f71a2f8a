"""Does a clinic keep what it said it had done, when its processes are killed at random moments?

People do scripted visits (patient, history, consents, photographs, a signed note, a signed grade, a plan that
the real planner proposes, edited and signed, a treatment from a vial, point by point, signed) while the web,
the worker, the planner and, on PostgreSQL, the database are killed without warning and started again. Whoever
gets no answer sends the same form again, as a person does. Afterwards nothing that was told may be lost,
half-written or there twice, no task may be left, and the audit has to be whole.

    PYTHONPATH=. .venv/bin/python benchmarks/clinic_chaos.py [--visits 200] [--people 3] [--on sqlite]
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

from tools.start_postgres import Postgres, postgres

from benchmarks._clinic_forms import GaveUpError, Visitor
from benchmarks._clinic_told import Told
from benchmarks._clinic_visit import PASSWORD, sign_in, visit

ENGINES = ("sqlite", "postgresql")
PROGRAMS = {"web": "gunicorn", "worker": "facialis_worker", "planner": "clinic.planner"}
ANSWERING = "process of the web"
OFTEN = {"planner": 1}
"""How often a program is chosen, if not twice; the planner needs longest until it is of use again."""
BREAK_EVERY_S = 8.0
"""On average, one of the processes that answer requests; the web starts another at once."""
KILL_EVERY_S = 25.0
"""On average, a whole program; `facialis serve` waits longer each time that one ends soon again."""
PICTURES = ("rest", "open_smile")
DATABASE_EVERY_S, DATABASE_DOWN_S = 50.0, 1.0
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
    parser.add_argument("--people", type=int, default=3)
    parser.add_argument("--on", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--calm", action="store_true", help="kill nothing, to see how long a visit takes")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    faults = [fault for engine in given.on for fault in try_out(engine, given)]
    sys.exit(1 if faults else 0)


def try_out(engine: str, given: argparse.Namespace) -> list[str]:
    """Do the visits on one database while things are killed; print and give what is wrong afterwards."""
    visits, people = given.visits, given.people
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="facialis-chaos-"))
        server = stack.enter_context(postgres()) if engine == "postgresql" else None
        clinic = _Clinic(folder, "" if server is None else server.make_database("chaos"))
        stack.callback(clinic.stop)
        clinic.python("-c", _PEOPLE, str(people))
        pictures = _pictures(folder)
        visitors = [Visitor(clinic.address) for _ in range(people)]
        for number, visitor in enumerate(visitors):
            sign_in(visitor, f"person-{number}")  # before the chaos: attempts to sign in are counted
        told, kills, began = Told(), Counter[str](), time.monotonic()
        left = iter(range(visits))
        failures: list[str] = []
        over = threading.Event()
        killers = [] if given.calm else _killers(clinic, server, over, kills)
        workers = [
            threading.Thread(target=_work, args=(visitor, left, told, pictures, failures), daemon=True)
            for visitor in visitors
        ]
        for thread in (*killers, *workers):
            thread.start()
        for thread in workers:
            thread.join()
        over.set()
        for thread in killers:
            thread.join()
        taken = time.monotonic() - began
        clinic.settle()
        # Kept beside the database, so that whatever is found can be looked for again.
        (folder / "told.json").write_text(json.dumps(told.plain()))
        said = json.loads(clinic.python("-m", "benchmarks._clinic_checks", given=json.dumps(told.plain())))
        faults: list[str] = failures + said["faults"]
    killed = ", ".join(f"{name} {count} times" for name, count in sorted(kills.items())) or "nothing"
    print(
        f"{engine}: {len(told.treatments)} of {visits} visits in {taken:.0f} s by {people} people; "
        f"killed: {killed}; {len(faults)} faults\n"
        f"  told: {told.signatures} signatures ({len(told.notes)} notes, {len(told.grades)} grades, "
        f"{len(told.plans)} plans, {len(told.treatments)} treatments), {len(told.edits)} edits of plans, "
        f"{len(told.pictures)} photographs\n"
        + "".join(f"  {name}: {count}\n" for name, count in said["counts"].items()),
        flush=True,
    )
    for fault in faults:
        print(f"  {fault}")
    if faults:
        print(f"  kept to be looked at: {folder}")
    else:
        shutil.rmtree(folder, ignore_errors=True)
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
        """Kill a program, with what it started, without warning; False where it does not run just now."""
        found = [pid for pid, words in _children(self._process.pid) if PROGRAMS[program] in words]
        for pid in found:
            started = _children(pid)
            for one in (pid, *(child for child, _ in started)):
                _end(one)
        return bool(found)

    def kill_answering(self, chance: random.Random) -> bool:
        """Kill one of the processes that answer requests; False where there is none just now."""
        webs = [pid for pid, words in _children(self._process.pid) if PROGRAMS["web"] in words]
        found = [child for pid in webs for child, _ in _children(pid)]
        if found:
            _end(chance.choice(found))
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
            began = time.monotonic()
            visit(visitor, told, number, pictures)
            print(f"visit {number}: {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)
    except GaveUpError as error:
        failures.append(f"somebody gave up: {error}")
        print(failures[-1], file=sys.stderr, flush=True)


def _killers(
    clinic: _Clinic, server: Postgres | None, over: threading.Event, kills: Counter[str]
) -> list[threading.Thread]:
    def kill_programs() -> None:
        chance = random.Random(SEED)
        often = [OFTEN.get(program, 2) for program in PROGRAMS]
        while not over.wait(_moment(chance, KILL_EVERY_S)):
            (what,) = chance.choices(list(PROGRAMS), often)
            kills[what] += clinic.kill(what)

    def kill_database() -> None:
        chance = random.Random(SEED + 2)
        while server is not None and not over.wait(_moment(chance, DATABASE_EVERY_S)):
            server.kill()
            time.sleep(DATABASE_DOWN_S)
            server.start()
            kills["database"] += 1

    def kill_answering() -> None:
        chance = random.Random(SEED + 1)
        while not over.wait(_moment(chance, BREAK_EVERY_S)):
            kills[ANSWERING] += clinic.kill_answering(chance)

    return [
        threading.Thread(target=one, daemon=True) for one in (kill_programs, kill_answering, kill_database)
    ]


def _moment(chance: random.Random, average_s: float) -> float:
    return chance.uniform(0.2 * average_s, 1.8 * average_s)


def _children(parent: int) -> list[tuple[int, str]]:
    """Processes that one started, each with its command."""
    listed = subprocess.run(
        ["/bin/ps", "-o", "pid=,args=", "--ppid", str(parent)], check=False, capture_output=True, text=True
    ).stdout
    found = [line.split(maxsplit=1) for line in listed.splitlines()]
    return [(int(words[0]), words[1] if len(words) > 1 else "") for words in found]


def _end(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _pictures(folder: Path) -> dict[str, bytes]:
    """Drawn photographs of one patient."""
    drawn = folder / "drawn"
    subprocess.run(
        [
            sys.executable, "-c", _FACIALIS, "synthetic", "render", str(drawn), "--seed", "3",
            "--severity", "0.6", "--width", "640",
        ],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return {name: next(drawn.glob(f"{name}.*")).read_bytes() for name in PICTURES}


if __name__ == "__main__":
    main()
