"""The application's place in the project."""

from django.apps import AppConfig

from facialis.clinic.kernel.missing import say_what_is_allowed


class SiteConfig(AppConfig):
    """Configuration of `site`."""

    name = "facialis.clinic.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every form say what is allowed where an answer is missing."""
        say_what_is_allowed()
