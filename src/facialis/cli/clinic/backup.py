"""`facialis backup`: the whole clinic in one sealed file, while it runs."""

import os
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from facialis.cli.clinic.extra import require_clinic
from facialis.cli.clinic.passphrase import PassphraseFileOption, passphrase_from
from facialis.cli.once import OnceCommand

app = typer.Typer(add_completion=False)

ToOption = Annotated[Path | None, typer.Option("--to", help="Write the backup into this file.")]
VerifyOption = Annotated[Path | None, typer.Option("--verify", help="Read this backup through instead.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace a file that is there.")]


@app.command(cls=OnceCommand)
def backup(
    to: ToOption = None,
    verify: VerifyOption = None,
    passphrase_file: PassphraseFileOption = None,
    force: ForceOption = False,
) -> None:
    """Write the database, the photographs and the keys of the clinic into one sealed file.

    The clinic may go on working. The file is read back before it appears. Keep the passphrase apart from it:
    without it nobody can open the backup. Exit status: 0 if the backup is whole, 1 if not.
    """
    if (to is None) == (verify is None):
        raise typer.BadParameter("Give either --to, to write a backup, or --verify, to read one through.")
    require_clinic()
    if to is not None:
        _start_django()
        from facialis.clinic.operations.safekeeping.backup import back_up

        _say(
            "Written and read back",
            to,
            back_up(to, passphrase_from(passphrase_file, is_new=True), replace=force),
        )
        return
    from facialis.clinic.operations.safekeeping.verify import verify as read_through

    assert verify is not None  # noqa: S101  one of both is given
    with tempfile.TemporaryDirectory(prefix="facialis-") as scratch:
        found = read_through(verify, passphrase_from(passphrase_file, is_new=False), Path(scratch))
    _say("Whole", verify, found)


def _start_django() -> None:
    from facialis.clinic.environment import read_environment
    from facialis.clinic.operations.folder import prepare_folder

    prepare_folder(read_environment())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "facialis.clinic.settings")
    import django

    django.setup()


def _say(outcome: str, path: Path, found: Any) -> None:
    typer.echo(
        f"{outcome}: {path}, {found.size / 1e6:.1f} MB, made at {found.about['made_at']} by Facialis "
        f"{found.about['version']}: the {found.about['engine']} database and {found.files} other files."
    )
    if not found.about["has_secret_key"]:
        typer.echo("The secret key is not in it: it comes from FACIALIS_SECRET_KEY. Keep that safe, too.")
