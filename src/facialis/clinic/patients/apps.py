"""The application's place in the project."""

from django.apps import AppConfig


class PatientsConfig(AppConfig):
    """Configuration of `patients`."""

    name = "facialis.clinic.patients"
    label = "patients"
    default_auto_field = "django.db.models.BigAutoField"
