"""The application's place in the project."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Configuration of `accounts`."""

    name = "facialis.clinic.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
