"""`manage prepare_clinic`: the database and the static files of this version, before the clinic starts."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from facialis.clinic.accounts.models import Clinic, Role, User
from facialis.clinic.visits.actions import ensure_default_texts


class Command(BaseCommand):
    """Migrate, collect static files, add what every clinic has, and say what comes next."""

    help = __doc__.partition(":")[2].strip()

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; a database that does not answer is one sentence."""
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            raise CommandError(
                f"The database does not answer ({str(error).strip().splitlines()[0]}). Start it, or correct "
                "DATABASE_URL."
            ) from error
        call_command("collectstatic", interactive=False, verbosity=0)
        for clinic in Clinic.objects.all():
            ensure_default_texts(clinic)
        if not User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exists():
            self.stdout.write(
                "Nobody can sign in yet. Make the clinic and its first administrator with:\n"
                '  python -m facialis.clinic.manage first_run --clinic "NAME" --username NAME --generate'
            )
