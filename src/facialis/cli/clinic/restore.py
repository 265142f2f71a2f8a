"""`facialis restore`: a clinic from its backup, in an empty place, wholly or not at all."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from facialis.cli.clinic.extra import require_clinic
from facialis.cli.clinic.passphrase import PassphraseFileOption, passphrase_from
from facialis.cli.once import OnceCommand
from facialis.errors import FacialisError

app = typer.Typer(add_completion=False)

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]
IntoOption = Annotated[Path, typer.Option("--into", help="The data folder: a new or empty one.")]


class NotVerifiedError(FacialisError):
    """The clinic was restored, and what it holds is not as it was signed."""

    code = "restored_not_verified"


@app.command(cls=OnceCommand)
def restore(file: FileArgument, into: IntoOption, passphrase_file: PassphraseFileOption = None) -> None:
    """Bring a clinic back from a backup, and check its audit from the first entry to the last.

    Nothing is ever written over: the folder has to be new or empty, and a database of PostgreSQL, which
    DATABASE_URL names, has to be empty, too. Exit status: 0 if everything is back and checked, 1 if not.
    """
    require_clinic()
    os.umask(0o077)  # everything that is restored is for this account alone
    environment = {**os.environ, "FACIALIS_DATA": str(into.absolute())}
    os.environ.update(environment)
    os.environ.setdefault("FACIALIS_SECRET_KEY", "not used to restore")  # the clinic's own is in the backup
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "facialis.clinic.settings")
    import django

    django.setup()
    from facialis.clinic.operations.safekeeping.restore import restore as bring_back

    found = bring_back(file, into, passphrase_from(passphrase_file, is_new=False))
    typer.echo(
        f"Restored into {into}: the {found.about['engine']} database of {found.about['made_at']} and "
        f"{found.files} other files."
    )
    for step in ("migrate", "verify_restored"):
        command = [sys.executable, "-m", "facialis.clinic.manage", step, "--verbosity", "0"]
        if subprocess.run(command, env=environment, check=False).returncode != 0:  # noqa: S603  our own command
            raise NotVerifiedError(
                f"Everything in the backup is in {into}, and it did not pass its checks, for the reason "
                "above. Do not work with it before that is understood; the backup itself is unchanged."
            )
    typer.echo(f"Start it with: FACIALIS_DATA={into} facialis serve")
