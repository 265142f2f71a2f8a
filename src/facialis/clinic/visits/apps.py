"""The application's place in the project."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Configuration of `visits`."""

    name = "facialis.clinic.visits"
    label = "visits"
    default_auto_field = "django.db.models.BigAutoField"
