"""A clinic that runs: its own process, its own folder and database, on this machine only."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
STARTS_WITHIN_S = 60
PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def running_clinic(folder, script):
    """Serve a new clinic; ``script`` runs in it first and prints JSON.

    Returns
    -------
    Its address, by a name that passkeys accept, and what the script printed.
    """
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "tests.clinic_settings"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "FACIALIS_DATA": str(folder),
    }
    prepare = PREPARE + script
    made = subprocess.run(
        [sys.executable, "-c", prepare], env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    port = free_port()
    command = ["runserver", "--noreload", "--insecure", f"127.0.0.1:{port}"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "facialis.clinic.manage", *command],
            env=environment, cwd=ROOT, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            wait_for(f"http://localhost:{port}/account/login/", server)
            yield f"http://localhost:{port}", json.loads(made.stdout.splitlines()[-1])
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(address, server):
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended; its folder has server.log"
        try:
            with urlopen(address, timeout=5):  # noqa: S310  of this machine
                return
        except URLError:
            time.sleep(0.2)
    raise AssertionError(f"{address} did not answer within {STARTS_WITHIN_S} s")
