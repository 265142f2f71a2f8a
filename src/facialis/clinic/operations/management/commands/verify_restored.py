"""`manage verify_restored`: a restored clinic is whole: audit, signatures, photographs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from facialis.clinic.operations.safekeeping.check import check_record
from facialis.errors import FacialisError


class Command(BaseCommand):
    """Check everything that can be checked; the status is 1 where something differs."""

    help = __doc__.partition(":")[2].strip()

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and say what was found."""
        try:
            self.stdout.write(check_record())
        except FacialisError as error:
            raise CommandError(str(error)) from error
