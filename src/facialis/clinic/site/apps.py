"""The application's place in the project."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Configuration of `site`."""

    name = "facialis.clinic.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"
