"""A clinic as it is served: web, worker and planner, its own folder, and a way to put records into it."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any
from urllib.parse import urljoin

ROOT = Path(__file__).resolve().parents[2]
FACIALIS = Path(sys.executable).with_name("facialis")
START_S = 120.0
SAID = "The clinic is at "


class ClinicServer:
    """A running clinic.

    Parameters
    ----------
    folder : Path       Empty; data and log go below it.
    changes : mapping   Environment of this clinic beside that of the tests.
    """

    def __init__(self, folder: Path, **changes: str) -> None:
        data = folder / "data"
        data.mkdir(mode=0o700)
        (data / "secret-key").write_text("k" * 60, "utf-8")
        self.log = folder / "serve.log"
        self.environment = {
            **os.environ,
            "FACIALIS_DATA": str(data),
            "FACIALIS_SECRET_KEY": "",
            "FACIALIS_HOSTS": "127.0.0.1 localhost",
            "FACIALIS_PLANNER_COLD": "1",  # what no test asks for is not compiled
            "FACIALIS_WEB_WORKERS": "2",
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "facialis.clinic.settings",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
            **changes,
        }
        with self.log.open("w") as out:
            self._process = subprocess.Popen(
                [FACIALIS, "serve", "--port", "0"], cwd=ROOT, env=self.environment, stdout=out, stderr=out
            )
        # localhost, and not a number: browsers allow passkeys only under a name.
        self.address = self._address().replace("127.0.0.1", "localhost")
        self._records = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.records"],
            cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._asks, self._answers = _pipes(self._records)

    def url(self, path: str) -> str:
        """Address of a path."""
        return urljoin(self.address, path)

    def make(self, what: str, **values: object) -> Any:
        """Call a function of `tests.browser.records` where the clinic's database is; give what it returns."""
        self._asks.write(json.dumps({"function": what, "values": values}, default=str) + "\n")
        self._asks.flush()
        answer = json.loads(self._answers.readline() or '{"error": "the records process ended"}')
        assert "error" not in answer, answer["error"]
        return answer["made"]

    def path(self, name: str, *arguments: str) -> str:
        """Path of a page by its name: `clinic.path("patient", key)`."""
        return str(self.make("path", name=name, arguments=arguments))

    def said(self) -> str:
        """Everything that the clinic has logged."""
        return self.log.read_text("utf-8", errors="replace")

    def stop(self) -> None:
        """End it in good order."""
        self._asks.close()
        self._records.wait(20)
        self._answers.close()
        self._process.terminate()
        self._process.wait(60)

    def _address(self) -> str:
        end = time.monotonic() + START_S
        while time.monotonic() < end and self._process.poll() is None:
            found = [line for line in self.said().splitlines() if line.startswith(SAID)]
            if found:
                return found[0].removeprefix(SAID)
            time.sleep(0.1)
        self._process.terminate()
        raise AssertionError(f"the clinic did not start:\n{self.said()}")


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    """Where a process reads, and where it writes."""
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout
