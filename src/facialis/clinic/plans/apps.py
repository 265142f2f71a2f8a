"""The application's place in the project."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Configuration of `plans`."""

    name = "facialis.clinic.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
