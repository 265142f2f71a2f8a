"""Pages of signing in keep the strict policy: no inline script, no inline style."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from tests.factories import clinic as made

pytestmark = pytest.mark.django_db
PAGES = (
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "mfa_generate_recovery_codes",
    "account_change_password", "account_reauthenticate", "account_logout", "team", "team_member_new", "audit",
)  # fmt: skip
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>")


def check(page):
    assert not INLINE.search(page)
    assert not SCRIPT.search(page)
    assert page.count("<h1") == 1
    assert 'href="/static/site/css/tokens.css"' in page


@pytest.fixture
def proven(client, administrator):
    """Somebody who has just entered the password again."""
    client.force_login(administrator)
    client.post(reverse("account_reauthenticate"), {"password": made.PASSWORD})
    return client


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_in_our_frame_without_inline_parts(proven, name):
    answer = proven.get(reverse(name))
    assert answer.status_code == 200
    check(answer.content.decode())
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["account_login", "account_inactive"])
def test_pages_before_signing_in_too(client, name):
    check(client.get(reverse(name)).content.decode())


def test_the_login_page_says_who_helps_and_offers_no_reset(client):
    page = client.get(reverse("account_login")).content.decode()
    assert "An administrator of your clinic gives you a new one" in page
    assert reverse("account_reset_password") not in page
    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="username"' in page


def test_the_key_of_an_authenticator_app_is_encrypted_and_drawn(proven, administrator):
    page = proven.get(reverse("mfa_activate_totp")).content.decode()
    assert re.search(r'<svg class="qr" viewBox="0 0 (\d+) \1".*?<path d="M\d+ \d+h1v1h-1z', page)
    secret = proven.session["mfa.totp.secret"]
    assert f'<code class="number">{secret}</code>' in page
    TOTP.activate(administrator, secret)
    stored = Authenticator.objects.get(user=administrator).data["secret"]
    assert secret not in stored
    check(proven.get(reverse("mfa_deactivate_totp")).content.decode())
    check(proven.get(reverse("mfa_generate_recovery_codes")).content.decode())


def test_changing_factors_asks_for_the_password_again(client, clinician):
    client.force_login(clinician)
    for name in ("mfa_add_webauthn", "mfa_activate_totp"):
        assert client.get(reverse(name)).headers["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        ("clinician", ["Patients", "Recalls", "Find a patient"], ["Team", "Audit", "Research"]),
        ("assistant", ["Patients", "Recalls", "Find a patient"], ["Team", "Audit", "Research"]),
        ("researcher", ["Research"], ["Patients", "Recalls", "Team", "Audit", "Find a patient"]),
        ("administrator", ["Team", "Audit"], ["Patients", "Recalls", "Research", "Find a patient"]),
    ],
)
def test_the_bar_shows_what_the_role_may_use(client, clinic, role, shown, hidden):
    person = made.user(clinic, role)
    client.force_login(person)
    bar = client.get(reverse("account_change_password")).content.decode().partition("</header>")[0]
    assert all(f">{word}</" in bar for word in shown)
    assert not any(f">{word}</" in bar for word in hidden)
    assert person.signature_name in bar
    assert clinic.name in bar


def test_refusals_are_pages_with_a_way_on(client, clinician):
    client.force_login(clinician)
    for path, status in (("/nothing-here/", 404), (reverse("team"), 403)):
        answer = client.get(path)
        assert answer.status_code == status
        check(answer.content.decode())
        assert 'href="/"' in answer.content.decode()
        piece = client.get(path, headers={"HX-Request": "true"})
        assert piece.headers["HX-Retarget"] == "#refusal"
        assert "<html" not in piece.content.decode()


@pytest.mark.django_db(transaction=False)
def test_the_page_of_a_broken_clinic_needs_no_database(rf, django_assert_num_queries):
    from facialis.clinic.site.views.errors import server_error

    with django_assert_num_queries(0):
        answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Nothing that was signed is lost" in answer.content.decode()


def test_too_many_attempts_have_a_page(rf, clinician):
    from allauth.core.internal.ratelimit import respond_429

    request = rf.get("/")
    request.user = clinician
    answer = respond_429(request)
    assert answer.status_code == 429
    assert "Wait ten minutes" in answer.content.decode()
