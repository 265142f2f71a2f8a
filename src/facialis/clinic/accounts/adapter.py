"""How allauth signs people in here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from facialis.clinic.accounts.sign_ins import audit_failure


class ClinicAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator, never by signing up; nothing is sent by e-mail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "Too many wrong passwords: signing in is locked for ten minutes, also with the right one. Wait, "
            "or sign in with a passkey; an administrator can help with a new password."
        ),
        "username_password_mismatch": _("Name and password do not belong together. Check both."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go home, not to the empty form again, which looks as if nothing had been done."""
        return reverse("home")

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is sent."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse when too many failed; counted for signing in and for signatures together."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            audit_failure("locked", username=credentials.get("username", ""))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Audit it."""
        audit_failure("password", username=credentials.get("username", ""))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Not by the host's name as in allauth: each alias of the clinic would allow five more guesses.
        return str(credentials.get("username", "")).lower()
