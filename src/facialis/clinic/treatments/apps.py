"""The application's place in the project."""

from django.apps import AppConfig


class TreatmentsConfig(AppConfig):
    """Configuration of `treatments`."""

    name = "facialis.clinic.treatments"
    label = "treatments"
    default_auto_field = "django.db.models.BigAutoField"
