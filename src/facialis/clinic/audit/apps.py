"""The application's place in the project."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Configuration of `audit`."""

    name = "facialis.clinic.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
