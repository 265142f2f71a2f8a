"""The application's place in the project."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """Configuration of `followup`."""

    name = "facialis.clinic.followup"
    label = "followup"
    default_auto_field = "django.db.models.BigAutoField"
