"""The application's place in the project."""

from django.apps import AppConfig


class GradingConfig(AppConfig):
    """Configuration of `grading`."""

    name = "facialis.clinic.grading"
    label = "grading"
    default_auto_field = "django.db.models.BigAutoField"
