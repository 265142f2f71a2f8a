"""Forms of allauth with what the clinic adds: failures are audited, labels stand alone, old is not new."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as MFAReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.core.exceptions import ValidationError
from django.forms import HiddenInput, JSONField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from facialis.clinic.accounts.sign_ins import audit_failure

PARTS_OF_ANSWER = frozenset({"id", "rawId", "type", "response"})
"""Of every answer of a passkey, as browsers write it."""


class _WithoutPlaceholders:
    """A label says what a field is; the same word inside it would vanish while typing."""

    fields: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignInForm(_WithoutPlaceholders, LoginForm):
    """Name and password."""


class PasswordAgainForm(_WithoutPlaceholders, ReauthenticateForm):
    """The password once more, before factors are changed."""


class CodeForm(_WithoutPlaceholders, AuthenticateForm):
    """The code of the second step."""


class CodeAgainForm(_WithoutPlaceholders, MFAReauthenticateForm):
    """A code before factors are changed."""


class ActivateAppForm(_WithoutPlaceholders, ActivateTOTPForm):
    """The first code of an authenticator app."""


class PasskeyAnswerField(JSONField):
    """What a browser says for a passkey; what no browser says is refused, and breaks nothing."""

    def __init__(self) -> None:
        super().__init__(widget=HiddenInput)

    def to_python(self, value: Any) -> Any:
        """The answer as allauth reads it."""
        try:
            found = super().to_python(value)
        except (ValueError, RecursionError):  # a number of thousands of digits, brackets without an end
            found = {}
        if found is not None and not (isinstance(found, dict) and found.keys() >= PARTS_OF_ANSWER):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": "…"})
        return found


class _AuditedPasskey:
    """Audits an answer of a passkey that does not count."""

    user: Any

    def clean_credential(self) -> Authenticator:
        """Check the answer."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError:
            audit_failure("passkey", user=self.user)
            raise


class PasskeyAuthenticateForm(_AuditedPasskey, AuthenticateWebAuthnForm):
    """Second step of signing in."""

    credential = PasskeyAnswerField()


class PasskeyLoginForm(_AuditedPasskey, LoginWebAuthnForm):
    """Signing in with a passkey alone."""

    credential = PasskeyAnswerField()


class PasskeyProofForm(_AuditedPasskey, ReauthenticateWebAuthnForm):
    """Proving again who one is."""

    credential = PasskeyAnswerField()


class PasskeyForSignatureForm(ReauthenticateWebAuthnForm):
    """Proving with a signature who one is; who asks for it audits."""

    credential = PasskeyAnswerField()


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey; it can sign in alone unless the person says otherwise."""

    credential = PasskeyAnswerField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = gettext_lazy("Name of this passkey")
        self.fields["name"].help_text = gettext_lazy("So that you can tell it from others: “my phone”.")
        self.fields["passwordless"].label = gettext_lazy("Sign in with it alone, without the password")
        self.fields["passwordless"].help_text = gettext_lazy(
            "Needs a device that checks a fingerprint, a face or a PIN. Otherwise it is the second step "
            "after the password."
        )
        self.fields["passwordless"].initial = True


class NewPasswordForm(_WithoutPlaceholders, ChangePasswordForm):
    """A password that the person chooses; not the one that is being replaced."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = gettext_lazy("The password that you have now")
        self.fields["password1"].label = gettext_lazy("New password")
        self.fields["password2"].label = gettext_lazy("New password, again")

    def clean(self) -> dict[str, Any]:
        """Refuse the old one."""
        cleaned: dict[str, Any] = super().clean() or {}
        new = cleaned.get("password1")
        if new and new == cleaned.get("oldpassword"):
            self.add_error("password1", _("This is the password that you have now. Choose another one."))
        return cleaned
