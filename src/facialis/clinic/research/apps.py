"""The application's place in the project."""

from django.apps import AppConfig


class ResearchConfig(AppConfig):
    """Configuration of `research`; it has no rows of its own."""

    name = "facialis.clinic.research"
    label = "research"
