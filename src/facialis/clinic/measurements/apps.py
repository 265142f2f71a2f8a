"""The application's place in the project."""

from django.apps import AppConfig


class MeasurementsConfig(AppConfig):
    """Configuration of `measurements`."""

    name = "facialis.clinic.measurements"
    label = "measurements"
    default_auto_field = "django.db.models.BigAutoField"
