"""Django's own commands: `python -m facialis.clinic.manage migrate` and others."""

import os
import sys


def main() -> None:
    """Run a command of Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "facialis.clinic.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
