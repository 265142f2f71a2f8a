"""The application's place in the project."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Configuration of `operations`, which keeps no rows."""

    name = "facialis.clinic.operations"
    label = "operations"
