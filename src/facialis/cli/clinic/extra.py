"""Whether the libraries of the clinic are installed."""

from importlib.util import find_spec

from facialis.errors import FacialisError

NEEDED = ("allauth", "cryptography", "django", "django_tasks_db", "gunicorn", "psycopg", "whitenoise")


class ClinicNotInstalledError(FacialisError):
    """The optional libraries of the clinic are missing."""

    code = "clinic_not_installed"


def require_clinic() -> None:
    """Refuse to go on without them; raises `ClinicNotInstalledError`."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise ClinicNotInstalledError(
            f"The clinic needs libraries that are not installed ({', '.join(missing)}). Install Facialis "
            'with its clinic: `pip install "facialis[clinic]"`.'
        )
