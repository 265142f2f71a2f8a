"""Signing in and out, and failing to, in the audit."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import password_changed
from allauth.core import context
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb

WHAT = "accounts.user"


def audit_failure(reason: str, *, user: User | None = None, username: str = "") -> None:
    """Audit that somebody failed to prove to be somebody.

    A name that nobody has is not kept: people type passwords into the wrong field.

    Parameters
    ----------
    reason : str            'password', 'locked', 'passkey' or 'code'.
    user, username          Whom the person claimed to be.
    """
    if user is None and username:
        user = User.objects.filter(username__iexact=username).first()
    request: HttpRequest | None = context.request
    is_again = request is not None and request.user.is_authenticated
    match = None if request is None else request.resolver_match
    record(
        Verb.SIGN_IN_FAILED,
        WHAT,
        by=user if is_again else None,
        name=user.signature_name if user is not None else _("unknown name"),
        clinic_id=None if user is None else user.clinic_id,
        record_id="" if user is None else user.pk,
        details={"reason": reason, "page": "" if match is None else match.view_name},
    )


@receiver(user_logged_in)
def _signed_in(sender: object, request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    methods = [] if request is None else get_authentication_records(request, user)
    words = [str(one.get("type", one["method"])) for one in methods]
    record(Verb.SIGN_IN, WHAT, by=user, record_id=user.pk, details={"methods": words})


@receiver(user_logged_out)
def _signed_out(sender: object, user: User | None, **_kwargs: Any) -> None:
    if user is not None:
        record(Verb.SIGN_OUT, WHAT, by=user, record_id=user.pk)


@receiver(authentication_failed)
def _code_failed(sender: object, user: User, **_kwargs: Any) -> None:
    audit_failure("code", user=user)


@receiver(password_changed)
def _password_changed(sender: object, user: User, **_kwargs: Any) -> None:
    user.must_change_password = False
    user.save(update_fields=["must_change_password"])
    record(Verb.ADMINISTER, WHAT, by=user, record_id=user.pk, details={"done": "password_changed"})


@receiver(authenticator_added)
@receiver(authenticator_removed)
def _factor_changed(sender: object, signal: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    done = "added" if signal is authenticator_added else "removed"
    details = {"factor": str(kwargs["authenticator"].type), "done": done}
    record(Verb.ADMINISTER, WHAT, by=user, record_id=user.pk, details=details)
