"""A PostgreSQL of its own, in a temporary folder, for as long as a command runs.

    python tools/start_postgres.py COMMAND ...

runs the command with DATABASE_URL set, and ends the server after it. Without a command it prints DATABASE_URL
and waits for the end of its input. Nothing listens on the network: the socket lies in the temporary folder.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ACCOUNT = "postgres"
"""PostgreSQL refuses to run as root; as root it is run as this account."""
PORT = 5432
"""Only part of the socket's name here."""
START_S = 60.0
SETTINGS = {"listen_addresses": "", "max_connections": "200", "shared_buffers": "128MB"}


class Postgres:
    """One server; it may be killed and started again.

    Parameters
    ----------
    folder : Path       Empty; owned by the account that the server runs as.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._cluster = folder / "cluster"
        self._as = ["runuser", "-u", ACCOUNT, "--"] if os.geteuid() == 0 else []
        self._server: subprocess.Popen[bytes] | None = None
        initdb = [_program("initdb"), "--username=facialis", "--auth=trust", "--encoding=UTF8", "--no-locale"]
        subprocess.run(
            [*self._as, *initdb, f"--pgdata={self._cluster}"], check=True, capture_output=True, cwd=folder
        )

    def start(self) -> None:
        """Start it, and come back when it answers."""
        port = ("-p", str(PORT))
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        log = (self.folder / "log").open("ab")
        with log:
            self._server = subprocess.Popen(
                [
                    *self._as, _program("postgres"), "-D", str(self._cluster), "-k", str(self.folder),
                    *port, *options,
                ],
                stdout=log, stderr=log, cwd=self.folder, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + START_S
        ready = [_program("pg_isready"), "-q", "-h", str(self.folder), *port]
        while subprocess.run(ready, check=False).returncode != 0:
            if self._server.poll() is not None or time.monotonic() > until:
                sys.exit("PostgreSQL does not start:\n" + (self.folder / "log").read_text(errors="replace"))
            time.sleep(0.05)

    def stop(self) -> None:
        """End it in good order."""
        if self._server is not None and self._server.poll() is None:
            os.kill(self.pid, signal.SIGINT)  # fast: ends the sessions
            self._server.wait(30)

    def kill(self) -> None:
        """End it as a loss of power would."""
        os.kill(self.pid, signal.SIGKILL)
        if self._server is not None:
            self._server.wait(30)

    @property
    def pid(self) -> int:
        """Of the server itself, not of the program that changed the account."""
        return int((self._cluster / "postmaster.pid").read_text().splitlines()[0])

    def make_database(self, name: str) -> str:
        """Make an empty database and return its address."""
        createdb = [_program("createdb"), "-h", str(self.folder), "-p", str(PORT), "-U", "facialis", name]
        subprocess.run(createdb, check=True)
        return f"postgres://facialis@{quote(str(self.folder), safe='')}:{PORT}/{name}"


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A running server, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="facialis-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            account = pwd.getpwnam(ACCOUNT)
            os.chown(folder, account.pw_uid, account.pw_gid)
        server = Postgres(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _program(name: str) -> str:
    """On the path, or the newest of Debian's."""
    newest = max(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]), default=None
    )
    found = shutil.which(name) or newest
    if found is None:
        sys.exit(f"{name} is not installed. On Debian: apt-get install postgresql")
    return str(found)


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with postgres() as server:
        address = server.make_database("facialis")
        if not command:
            print(address, flush=True)
            sys.stdin.read()
            return 0
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
