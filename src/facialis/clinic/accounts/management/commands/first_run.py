"""Make the clinic and its first administrator."""

import getpass
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from facialis.clinic.accounts.actions import first_run
from facialis.clinic.accounts.passwords import one_time_password
from facialis.clinic.kernel.errors import ClinicError

VARIABLE = "FACIALIS_FIRST_PASSWORD"


class Command(BaseCommand):
    """`first_run --clinic NAME --username NAME`; there is no default password."""

    help = "Make the clinic and its administrator; refused once there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Arguments."""
        parser.add_argument("--clinic", required=True, help="name of the clinic")
        parser.add_argument("--username", required=True, help="name for signing in")
        parser.add_argument("--name", default="", help='"First Last"')
        how = parser.add_mutually_exclusive_group()
        how.add_argument(
            "--password-stdin", action="store_true", help="read the password from standard input"
        )
        how.add_argument(
            "--generate", action="store_true", help="print a one-time password; it must be changed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        first, _space, last = options["name"].strip().rpartition(" ")
        password, is_generated = _password(options["password_stdin"], is_generated=options["generate"])
        try:
            user = first_run(
                clinic_name=options["clinic"],
                username=options["username"],
                password=password,
                must_change=is_generated,
                first_name=first,
                last_name=last,
            )
        except ClinicError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{user.clinic}: {user.username} is its administrator.")
        if is_generated:
            self.stdout.write(f"Password for signing in once, not shown again: {password}")


def _password(from_stdin: bool, *, is_generated: bool) -> tuple[str, bool]:
    """Return the password, and whether it was generated."""
    if is_generated:
        return one_time_password(), True
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n"), False
    if VARIABLE in os.environ:
        return os.environ[VARIABLE], False
    if not sys.stdin.isatty():
        raise CommandError(
            f"No password: there is no terminal to ask on. Set {VARIABLE}, or say --password-stdin or "
            "--generate."
        )
    first = getpass.getpass("Password (12 characters or more): ")
    if getpass.getpass("The same again: ") != first:
        raise CommandError("The two passwords differ. Nothing was made; start again.")
    return first, False
