"""How fast the clinic's pages are with many patients and twenty people at once, on SQLite and on PostgreSQL.

Makes 20,000 patients with 100,000 visits, 500,000 photographs (rows, no files), measurements, 40,000
treatments and 80,000 dues; starts the web with two processes; twenty people sign in and click. Prints half
and 95 of a hundred answers beside the aims.

    PYTHONPATH=. .venv/bin/python benchmarks/clinic_load.py [--patients 20000] [--seconds 20] [--on sqlite]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import quantiles

from tools.start_postgres import postgres

from benchmarks._clinic_rows import PASSWORD

AIMS_MS = {"postgresql": 200, "sqlite": 300}
"""For 95 of a hundred answers."""
PAGES = {
    "search": ("patients", None, ("?q=meyer", "?q=nowak+ada", "?q=r-000123", "?q=zim")),
    "patient": ("patient", "patients", ("",)),
    "trends": ("trends", "patients", ("",)),
    "recalls": ("recalls", None, ("",)),
    "home": ("home", None, ("",)),
}
"""Page to the name of its address, what its key is of, and what is asked."""
WEB_WORKERS = 2
PAUSES = {1.0: "each person clicks about once a second", 0.0: "each clicks as soon as the page is there"}
SECRET = "only-for-benchmarks-0123456789-abcdefghijklmnopqrstuvwxyz"  # noqa: S105  of a clinic that is thrown away
_ADDRESSES = """
import django, json, sys
django.setup()
from django.urls import NoReverseMatch, reverse
asked, found = json.load(sys.stdin), {}
for page, (name, keys, ends) in asked["pages"].items():
    try:
        paths = [reverse(name, args=[key]) for key in asked[keys]] if keys else [reverse(name)]
    except NoReverseMatch:
        continue
    found[page] = [path + end for path in paths for end in ends]
print(json.dumps(found))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--patients", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--on", nargs="+", choices=list(AIMS_MS), default=list(AIMS_MS))
    given = parser.parse_args()
    for engine in given.on:
        measure(engine, given.patients, given.seconds)


def measure(engine: str, patients: int, seconds: float) -> None:
    """Make the clinic, load it, print the table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="facialis-load-")))
        url = stack.enter_context(postgres()).make_database("load") if engine == "postgresql" else ""
        environment = {
            **os.environ, "FACIALIS_DATA": str(folder), "DATABASE_URL": url, "FACIALIS_SECRET_KEY": SECRET,
            "FACIALIS_WEB_WORKERS": str(WEB_WORKERS), "FACIALIS_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "facialis.clinic.settings", "PYTHONPATH": os.pathsep.join(sys.path),
        }  # fmt: skip
        django = [sys.executable, "-m", "facialis.clinic.manage"]
        run([*django, "migrate", "--verbosity", "0"], environment)
        run([*django, "collectstatic", "--no-input", "--verbosity", "0"], environment)
        began = time.monotonic()
        made = json.loads(run([sys.executable, "-m", "benchmarks._clinic_rows", str(patients)], environment))
        print(f"\n{engine}: {patients} patients written in {time.monotonic() - began:.0f} s", flush=True)
        asked = json.dumps({"pages": PAGES, "patients": made["patients"]})
        pages = json.loads(run([sys.executable, "-c", _ADDRESSES], environment, asked))
        for missing in PAGES.keys() - pages.keys():
            print(f"  {missing}: there is no such page; skipped")
        with web(environment) as address:
            load = {
                "users": made["users"], "password": PASSWORD, "pages": pages, "seconds": seconds,
                "pauses": list(PAUSES),
            }  # fmt: skip
            command = [sys.executable, "-m", "benchmarks._clinic_users", address]
            found = json.loads(run(command, environment, json.dumps(load)))
    print(f"  {len(made['users'])} people, {WEB_WORKERS} processes; aim for p95: {AIMS_MS[engine]} ms")
    for words, taken in zip(PAUSES.values(), found, strict=True):
        report(engine, words, taken, seconds)


def report(engine: str, words: str, taken: list[tuple[str, float, int]], seconds: float) -> None:
    """Print a line for each page."""
    aim = AIMS_MS[engine]
    print(f"  {words}: {len(taken) / seconds:.0f} pages a second")
    print(f"  {'page':<10} {'answers':>8} {'p50 ms':>8} {'p95 ms':>8}")
    for page in PAGES:
        times = sorted(ms for name, ms, status in taken if name == page and status == 200)
        wrong = {status for name, _, status in taken if name == page and status != 200}
        if len(times) > 1:
            steps = quantiles(times, n=20)
            word = "" if steps[18] <= aim else "above the aim"
            print(f"  {page:<10} {len(times):>8} {steps[9]:>8.0f} {steps[18]:>8.0f}  {word}")
        if wrong:
            print(f"  {page:<10} also answered {sorted(wrong)}")


@contextmanager
def web(environment: dict[str, str]) -> Iterator[str]:
    """The web alone, as `facialis serve` starts it."""
    from facialis.clinic.operations.listening import listen
    from facialis.clinic.operations.programs import web as web_program

    with listen("127.0.0.1", 0) as link:
        program = web_program(link.fileno())
        log = (Path(environment["FACIALIS_DATA"]) / "web.log").open("wb")
        with (
            log,
            subprocess.Popen(
                program.command, env=environment, pass_fds=program.descriptors, stdout=log, stderr=log
            ) as process,
        ):
            try:
                yield f"http://127.0.0.1:{link.getsockname()[1]}"
            finally:
                process.terminate()


def run(command: list[str], environment: dict[str, str], given: str | None = None) -> str:
    """What a command prints."""
    outcome = subprocess.run(
        command, env=environment, input=given, check=False, stdout=subprocess.PIPE, text=True
    )
    if outcome.returncode != 0:
        sys.exit(f"{command[1:4]} failed")
    return outcome.stdout


if __name__ == "__main__":
    main()
