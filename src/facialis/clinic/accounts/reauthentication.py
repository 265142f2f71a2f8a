"""Who signs proves, with the signature itself, to be the person who is signed in.

A form that signs something mixes in `IdentityForm`, shows `accounts/identity_fields.html`, and its view calls
`require_identity` before the action. A password, a code or a passkey answer counts for one signature only.
"""

import re

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from facialis.clinic.accounts.forms import PasskeyForSignatureForm
from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.pages import Request
from facialis.clinic.accounts.sign_ins import audit_failure
from facialis.clinic.kernel.errors import FieldsError

PASSWORD, PASSKEY, TOTP = "password", "passkey", "totp"
_CODE = re.compile(r"\s*\d{3}\s?\d{3}\s*")


class IdentityForm(forms.Form):
    """Fields that a signature adds to a form; `require_identity` reads them from the request."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        required=False,  # a passkey answers instead; `require_identity` asks for one of them
        strip=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "data-no-autosave": "", "data-identity-password": ""}
        ),
    )
    passkey = forms.CharField(
        required=False, widget=forms.HiddenInput(attrs={"data-identity-passkey": "", "data-no-autosave": ""})
    )


def require_identity(request: Request) -> str:
    """Check who signs; call it in the view, before the action that signs.

    Parameters
    ----------
    request     A POST with the fields of `IdentityForm`.

    Returns
    -------
    How the person proved it: 'password', 'passkey' or 'totp', for `audit.actions.sign`.

    Raises
    ------
    FieldsError     At 'password': nothing was given, it was wrong, or too many were wrong.

    Notes
    -----
    Five wrong passwords within ten minutes lock signing and signing in for that person until ten minutes
    have passed; a passkey still works. Each failure is audited, so it must not be rolled back: a view shows
    the form again, it does not let the error escape from a transaction.
    """
    passkey, given = request.POST.get("passkey", ""), request.POST.get("password", "")
    if request.method != "POST" or not (passkey or given):
        raise FieldsError({"password": _("Enter your password, or use a passkey, to sign.")})
    if passkey:
        _check_passkey(request.user, passkey)
        return PASSKEY
    if _CODE.fullmatch(given) and is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
        _check_code(request.user, given)
        return TOTP
    _check_password(request.user, given)
    return PASSWORD


def has_passkeys(user: User) -> bool:
    """Whether a person has a passkey to sign with."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN]))


def _check_password(user: User, password: str) -> None:
    try:
        is_right = get_adapter().reauthenticate(user, password)
    except ValidationError:
        raise _locked() from None
    if not is_right:
        raise FieldsError({"password": _("This is not your password. Nothing was signed.")})


def _check_code(user: User, code: str) -> None:
    proof = ReauthenticateForm(user=user, data={"code": code})
    if proof.is_valid():
        proof.authenticator.record_usage()
        return
    if any(error.code == "too_many_login_attempts" for error in proof.errors.as_data().get("code", [])):
        raise _locked()
    raise FieldsError(
        {
            "password": _(
                "This code is not valid, or was used already. Wait for the next one. Nothing was signed."
            )
        }
    )


def _check_passkey(user: User, answer: str) -> None:
    proof = PasskeyForSignatureForm(user=user, data={"credential": answer})
    if proof.is_valid():
        proof.cleaned_data["credential"].record_usage()
        return
    audit_failure("passkey", user=user)
    raise FieldsError(
        {
            "password": _(
                "The passkey was not recognised. Try again, or enter your password. Nothing was signed."
            )
        }
    )


def _locked() -> FieldsError:
    return FieldsError(
        {
            "password": _(
                "Too many wrong passwords: signing and signing in are locked for ten minutes. Nothing was "
                "signed. Wait, or use a passkey; an administrator can help with a new password."
            )
        }
    )
