"""The application's place in the project."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Configuration of `accounts`."""

    name = "facialis.clinic.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to people who sign in and out."""
        from facialis.clinic.accounts import sign_ins  # noqa: F401
