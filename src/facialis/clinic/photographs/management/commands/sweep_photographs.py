"""`manage sweep_photographs`: what lies in the store for nothing, and what is missing from it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from facialis.clinic.photographs import incoming
from facialis.clinic.photographs.sweep import delete, look


class Command(BaseCommand):
    """Says what does not fit together, and deletes orphans when asked to."""

    help = "List files of the store that no record names, and records whose file is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--delete", action="store_true", help="Delete the files that no record names.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; ends with an error where files of records are missing."""
        found = look()
        for file in found.orphans:
            self.stdout.write(f"no record names {file}")
        if options["delete"]:
            delete(found.orphans)
            incoming.sweep()
        done = "deleted" if options["delete"] else "kept; --delete removes them"
        self.stdout.write(f"{len(found.orphans)} files without a record ({done}).")
        if found.missing:
            raise CommandError(
                f"{len(found.missing)} files of records are missing: {', '.join(found.missing)}. "
                "Put them back from a backup."
            )
