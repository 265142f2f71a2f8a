"""Where the passphrase of a backup comes from: never from the command line, where others can see it."""

import os
from pathlib import Path
from typing import Annotated

import typer

from facialis.errors import FacialisError

VARIABLE = "FACIALIS_BACKUP_PASSPHRASE"

PassphraseFileOption = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file", help=f"Its first line is the passphrase. Else {VARIABLE}, else it is asked for."
    ),
]


class PassphraseFileError(FacialisError):
    """The file of the passphrase cannot be read."""

    code = "passphrase_file_refused"


def passphrase_from(file: Path | None, *, is_new: bool) -> str:
    """Take the passphrase from a file, the environment, or the person.

    Parameters
    ----------
    file : Path         Or None.
    is_new : bool       Whether a person types it twice.
    """
    if file is not None:
        try:
            return file.read_text("utf-8").partition("\n")[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise PassphraseFileError(
                f"The passphrase cannot be read from {file}. Name a text file."
            ) from error
    given = os.environ.get(VARIABLE, "")
    if given:
        return given
    return str(
        typer.prompt("Passphrase of the backup", hide_input=True, confirmation_prompt=is_new, err=True)
    )
