"""Signing in, out, and failing to."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from facialis.clinic.audit.models import AuditEntry, Verb
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db


def sign_in(client, username, password=made.PASSWORD):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_signing_in_leads_home_and_is_audited_with_its_method(client, clinician):
    answer = sign_in(client, clinician.username)
    assert answer.headers["Location"] == "/"
    entry = AuditEntry.objects.get(verb=Verb.SIGN_IN)
    assert (entry.actor, entry.clinic, entry.details) == (
        clinician,
        clinician.clinic,
        {"methods": ["password"]},
    )


def test_signing_out_needs_a_post_and_is_audited(client, clinician):
    client.force_login(clinician)
    assert client.get(reverse("account_logout")).status_code == 200
    assert not AuditEntry.objects.filter(verb=Verb.SIGN_OUT).exists()
    client.post(reverse("account_logout"))
    assert AuditEntry.objects.get(verb=Verb.SIGN_OUT).actor == clinician
    assert client.get(reverse("home")).status_code == 302


def test_the_sixth_attempt_is_refused_even_with_the_right_password(client, clinician):
    for _ in range(5):
        answer = sign_in(client, clinician.username, "wrong")
        assert "do not belong together" in answer.content.decode()
    answer = sign_in(client, clinician.username)
    assert "locked for ten minutes" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    reasons = AuditEntry.objects.filter(verb=Verb.SIGN_IN_FAILED).values_list("details__reason", flat=True)
    assert list(reasons) == ["password"] * 5 + ["locked"]


def test_other_names_of_the_host_and_capitals_give_no_further_attempts(client, clinician):
    hosts = ("testserver", "localhost", "127.0.0.1")
    for host in hosts * 2:
        credentials = {"login": clinician.username.upper(), "password": "wrong"}
        answer = client.post(reverse("account_login"), credentials, headers={"host": host})
    assert "locked for ten minutes" in answer.content.decode()


def test_a_locked_person_does_not_lock_another(client, clinician, administrator):
    for _ in range(6):
        sign_in(client, clinician.username, "wrong")
    assert sign_in(client, administrator.username).status_code == 302


def test_a_failed_attempt_is_seen_by_the_clinic_of_the_name_that_was_typed(client, clinician):
    sign_in(client, clinician.username, "wrong")
    entry = AuditEntry.objects.get(verb=Verb.SIGN_IN_FAILED)
    assert (entry.actor, entry.clinic, entry.record) == (None, clinician.clinic, str(clinician.pk))
    assert entry.details == {"reason": "password", "page": "account_login"}


def test_a_name_that_nobody_has_is_not_kept_for_it_may_be_a_password(client):
    sign_in(client, "my-secret-password", "wrong")
    entry = AuditEntry.objects.get(verb=Verb.SIGN_IN_FAILED)
    assert "my-secret-password" not in f"{entry.actor_name} {entry.details} {entry.record}"


def test_a_closed_account_does_not_sign_in(client, clinician):
    clinician.is_active = False
    clinician.save()
    answer = sign_in(client, clinician.username)
    assert "_auth_user_id" not in client.session
    assert answer.headers["Location"] == reverse("account_inactive")
    assert "not active any more" in client.get(reverse("account_inactive")).content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "account_signup", "account_email", "account_reset_password", "account_reset_password_done",
        "account_set_password", "account_email_verification_sent", "account_request_reauthentication_code",
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_signed_in", [False, True])
def test_nobody_signs_up_and_nothing_is_done_by_email(client, clinician, name, is_signed_in):
    if is_signed_in:
        client.force_login(clinician)
    assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse(name)).status_code == 404


def test_a_one_time_password_leads_nowhere_but_to_its_change(client, clinician):
    clinician.must_change_password = True
    clinician.save()
    sign_in(client, clinician.username)
    change = reverse("account_change_password")
    for name in ("home", "team", "mfa_index", "identity_passkey"):
        assert client.get(reverse(name)).headers["Location"] == change
    assert client.get("/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == change
    assert "made by an administrator" in client.get(change).content.decode()
    same = {"oldpassword": made.PASSWORD, "password1": made.PASSWORD, "password2": made.PASSWORD}
    assert "Choose another one" in client.post(change, same).content.decode()
    clinician.refresh_from_db()
    assert clinician.must_change_password
    new = "quite-another-horse-battery"
    changed = client.post(change, {"oldpassword": made.PASSWORD, "password1": new, "password2": new})
    assert changed.headers["Location"] == reverse("home")
    clinician.refresh_from_db()
    assert not clinician.must_change_password
    assert client.get(reverse("home")).status_code == 200
    assert AuditEntry.objects.filter(details={"done": "password_changed"}).exists()


def test_a_changed_password_ends_other_sessions(client, clinician):
    other = type(client)()
    for one in (client, other):
        sign_in(one, clinician.username)
    new = "quite-another-horse-battery"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": made.PASSWORD, "password1": new, "password2": new},
    )
    assert client.get(reverse("home")).status_code == 200
    assert other.get(reverse("home")).status_code == 302


@pytest.fixture
def factor_required(settings):
    from dataclasses import replace

    settings.FACIALIS = replace(settings.FACIALIS, requires_second_factor=True)


@pytest.mark.usefixtures("factor_required")
@pytest.mark.parametrize(("role", "is_sent"), [
    ("clinician", True), ("administrator", True), ("assistant", False), ("researcher", False),
])  # fmt: skip
def test_clinicians_and_administrators_set_up_a_second_factor_first(client, clinic, role, is_sent):
    person = made.user(clinic, role)
    client.force_login(person)
    answer = client.get(reverse("home"))
    assert answer.headers.get("Location") == (reverse("mfa_index") if is_sent else None)
    if is_sent:
        assert "needs a second factor" in client.get(reverse("mfa_index")).content.decode()
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
        assert client.get(reverse("home")).status_code == 200


@pytest.mark.usefixtures("factor_required")
def test_recovery_codes_alone_are_no_second_factor(client, clinician):
    Authenticator.objects.create(user=clinician, type=Authenticator.Type.RECOVERY_CODES, data={})
    client.force_login(clinician)
    assert client.get(reverse("home")).headers["Location"] == reverse("mfa_index")


def test_keeping_the_session_needs_a_post_of_somebody_signed_in(client, clinician):
    assert client.post(reverse("keep_session")).status_code == 302
    client.force_login(clinician)
    assert client.get(reverse("keep_session")).status_code == 405
    assert client.post(reverse("keep_session")).status_code == 204


def test_pages_say_when_the_session_ends(client, clinician, settings):
    client.force_login(clinician)
    page = client.get(reverse("home")).content.decode()
    assert f'data-session-ends-in="{settings.SESSION_COOKIE_AGE}"' in page
    assert f'data-session-keep-url="{reverse("keep_session")}"' in page
    client.logout()
    assert "data-session-ends-in" not in client.get(reverse("account_login")).content.decode()


def test_attempts_are_counted_across_processes_of_the_web(client, clinician, settings, tmp_path):
    """In the clinic each process of the web has its own memory; the count lies in files."""
    from django.core.cache import caches

    settings.CACHES = {"default": {"BACKEND": "facialis.clinic.site.cache.SharedCache", "LOCATION": tmp_path}}
    for _ in range(5):
        sign_in(client, clinician.username, "wrong")
        caches.close_all()
    assert "locked for ten minutes" in sign_in(client, clinician.username).content.decode()
    assert list(tmp_path.iterdir())
