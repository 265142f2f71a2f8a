"""What a signature needs."""

import pytest
from allauth.core import context
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django.urls import resolve

from facialis.clinic.accounts.reauthentication import IdentityForm, require_identity
from facialis.clinic.audit.models import AuditEntry, Verb
from facialis.clinic.kernel.errors import FieldsError
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def signer():
    return made.user(made.clinic())


def prove(signer, **fields):
    request = RequestFactory().post("/account/session/", fields)
    request.user, request.session = signer, SessionStore()
    request.resolver_match = resolve("/account/session/")
    with context.request_context(request):
        return require_identity(request)


def refusal(signer, **fields):
    with pytest.raises(FieldsError) as refused:
        prove(signer, **fields)
    assert list(refused.value.errors) == ["password"]
    return refused.value.errors["password"]


def test_the_right_password_proves_who_signs(signer):
    assert prove(signer, password=made.PASSWORD) == "password"
    assert not AuditEntry.objects.filter(verb=Verb.SIGN_IN_FAILED).exists()


@pytest.mark.parametrize("fields", [{}, {"password": ""}, {"password": "", "passkey": ""}])
def test_nothing_proves_nothing(signer, fields):
    assert "Enter your password" in refusal(signer, **fields)


def test_a_wrong_password_is_refused_and_audited(signer):
    assert "not your password" in refusal(signer, password="something else")
    entry = AuditEntry.objects.get(verb=Verb.SIGN_IN_FAILED)
    assert (entry.actor, entry.clinic, entry.details["reason"]) == (signer, signer.clinic, "password")
    assert entry.details["page"] == "keep_session"


def test_the_password_of_somebody_else_does_not_count(signer):
    other = made.user(signer.clinic)
    other.set_password("another-correct-horse")
    other.save()
    assert "not your password" in refusal(signer, password="another-correct-horse")


def test_after_five_wrong_passwords_the_right_one_is_refused(signer):
    for _ in range(5):
        refusal(signer, password="wrong")
    assert "locked for ten minutes" in refusal(signer, password=made.PASSWORD)
    assert AuditEntry.objects.last().details["reason"] == "locked"


def test_right_passwords_lock_nobody(signer):
    for _ in range(8):
        assert prove(signer, password=made.PASSWORD) == "password"


def code_now():
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


def test_a_code_of_the_authenticator_app_signs_once(signer):
    TOTP.activate(signer, SECRET)
    code = code_now()
    assert prove(signer, password=f"{code[:3]} {code[3:]}") == "totp"
    assert "used already" in refusal(signer, password=code)


def test_a_code_is_no_proof_of_somebody_without_an_authenticator_app(signer):
    assert "not your password" in refusal(signer, password=code_now())


def test_wrong_codes_lock_too(signer):
    TOTP.activate(signer, SECRET)
    wrong = f"{(int(code_now()) + 1) % 1_000_000:06d}"
    for _ in range(5):
        assert "not valid" in refusal(signer, password=wrong)
    assert "locked for ten minutes" in refusal(signer, password=wrong)


@pytest.mark.parametrize("answer", ["{}", "no json", '{"type": "public-key", "id": "x", "rawId": "x"}'])
def test_a_made_up_answer_of_a_passkey_is_refused_and_audited(signer, answer):
    assert "not recognised" in refusal(signer, passkey=answer)
    assert AuditEntry.objects.get(verb=Verb.SIGN_IN_FAILED).details["reason"] == "passkey"


def test_the_fields_are_never_shown_again_with_what_was_typed():
    shown = IdentityForm({"password": "secret-words", "passkey": ""}).as_p()
    assert "secret-words" not in shown
    assert 'autocomplete="current-password"' in shown
