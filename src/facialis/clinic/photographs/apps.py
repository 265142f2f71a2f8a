"""The application's place in the project."""

from django.apps import AppConfig


class PhotographsConfig(AppConfig):
    """Configuration of `photographs`."""

    name = "facialis.clinic.photographs"
    label = "photographs"
    default_auto_field = "django.db.models.BigAutoField"
