"""`facialis serve`: the clinic, its worker and its planner, until it is told to stop."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from facialis.cli.clinic.extra import require_clinic
from facialis.cli.once import OnceCommand
from facialis.errors import FacialisError

app = typer.Typer(add_completion=False)

HostOption = Annotated[
    str, typer.Option("--host", help="Where to listen. Other machines come through a proxy with TLS.")
]
PortOption = Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")]
DemoOption = Annotated[
    bool, typer.Option("--demo", help="Fill an empty clinic with invented patients first.")
]


class ServeError(FacialisError):
    """The clinic cannot be started."""

    code = "serve_failed"


@app.command(cls=OnceCommand)
def serve(host: HostOption = "127.0.0.1", port: PortOption = 8000, demo: DemoOption = False) -> None:
    """Serve the clinic: the web, the worker that measures photographs, and the planner.

    Everything is kept in the folder that FACIALIS_DATA names (unless set: clinic-data). Ctrl-C or SIGTERM
    stops it in good order. Exit status: 0 when it was told to stop, 1 if it could not start.
    """
    require_clinic()
    from facialis.clinic.environment import read_environment
    from facialis.clinic.operations.folder import only_one, prepare_folder
    from facialis.clinic.operations.listening import is_loopback, listen
    from facialis.clinic.operations.programs import (
        demo_command,
        environment_of_programs,
        planner,
        prepare_command,
        ready_file,
        web,
        worker,
    )
    from facialis.clinic.operations.supervisor import Supervisor

    environment = prepare_folder(read_environment())
    if not (environment.is_behind_tls or is_loopback(host)):
        raise ServeError(
            f"At {host} other machines would send passwords and photographs over an open line. Listen on "
            "127.0.0.1 behind a proxy with TLS and set FACIALIS_TLS=1 (docs/how-to/run-a-clinic.md)."
        )
    passed_on = environment_of_programs(environment, dict(os.environ))
    with only_one(environment), listen(host, port) as link:
        _run_first(prepare_command(), passed_on)
        if demo:
            _run_first(demo_command(), passed_on)
        ready = ready_file(environment)
        ready.unlink(missing_ok=True)
        address = f"http://{host}:{link.getsockname()[1]}/"
        supervisor = Supervisor([web(link.fileno()), worker(), planner(environment)], _say, passed_on)
        supervisor.run(_once_there(ready, lambda: typer.echo(f"The clinic is at {address}")))
    _say("The clinic has stopped.")


def _once_there(path: Path, tell: Callable[[], None]) -> Callable[[], None]:
    """A look that calls ``tell`` when it finds the file for the first time."""
    told = False

    def look() -> None:
        nonlocal told
        if not told and path.exists():
            told = True
            tell()

    return look


def _say(sentence: str) -> None:
    typer.echo(f"facialis: {sentence}", err=True)


def _run_first(command: tuple[str, ...], environment: dict[str, str]) -> None:
    """Run a step that has to succeed before anything is served."""
    if subprocess.run(command, env=environment, check=False).returncode != 0:  # noqa: S603  our own command
        raise ServeError("The clinic was not started, for the reason above.")
