"""Check the audit chain, the signatures and the signed records."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from facialis.clinic.audit.verification import all_problems, current_head


class Command(BaseCommand):
    """`verify_audit`; run it each night, and keep the last hash somewhere else."""

    help = "Walk the audit chain and compare what is stored with what was signed; 1 if anything differs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        head = current_head()  # before the walk, which then goes at least as far
        found = 0
        for problem in all_problems():
            found += 1
            self.stdout.write(problem)
        if found:
            raise CommandError(f"{found} problems. Keep the database as it is, and look at the backups.")
        number, own_hash = (head.number, head.own_hash) if head is not None else (0, "none")
        self.stdout.write(f"{number} entries, all as they were written; the last hash is {own_hash}.")
