"""Signing in and signing records with passkeys and codes, in a real browser under the strict policy."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from playwright.sync_api import expect

from tests.browser.running_clinic import running_clinic

pytestmark = pytest.mark.enable_socket  # of this machine only
PASSWORD = "correct-horse-battery-staple"
PEOPLE = """
import json
from tests.factories import clinic as made
clinic = made.clinic()
doctor = made.user(clinic, username="doctor")
made.user(clinic, username="other")
patient = made.patient(doctor)
made.palsy(patient)
visits = [made.visit(patient, made.date(2026, month, 2), note="Seen.") for month in (3, 4)]
print(json.dumps([str(visit.pk) for visit in visits]))
"""
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    with running_clinic(tmp_path_factory.mktemp("clinic"), PEOPLE) as running:
        yield running


@pytest.fixture
def page(browser, clinic):
    """A page with a device that holds passkeys; what the policy or a script refuses fails the test."""
    context = browser.new_context(base_url=clinic[0])
    shown = context.new_page()
    refused = []
    shown.on("pageerror", lambda error: refused.append(str(error)))
    shown.on(
        "console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None
    )
    devices = context.new_cdp_session(shown)
    devices.send("WebAuthn.enable")
    shown.device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})[
        "authenticatorId"
    ]
    shown.devices = devices
    yield shown
    assert refused == []
    context.close()


def sign_in(page, name="doctor"):
    page.goto("/account/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.locator("details.topbar__menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def prove_password(page):
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def code_of(secret):
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def test_a_passkey_is_added_signs_in_and_signs_a_record(page, clinic):
    first, second = clinic[1]
    sign_in(page)
    page.goto("/account/2fa/webauthn/add/")
    prove_password(page)
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    sign_out(page)

    page.goto("/account/login/?next=/account/2fa/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Password and second factor")).to_be_visible()

    # Cancelled on the device: the page says so, and what was read back stays.
    page.goto(f"/visits/{first}/note/sign/")
    page.devices.send("WebAuthn.setUserVerified", {"authenticatorId": page.device, "isUserVerified": False})
    page.get_by_role("button", name="Sign with a passkey").click()
    expect(page.get_by_text("The passkey did not answer")).to_be_visible()
    assert page.url.endswith("/note/sign/")
    page.devices.send("WebAuthn.setUserVerified", {"authenticatorId": page.device, "isUserVerified": True})
    page.get_by_role("button", name="Sign with a passkey").click()
    expect(page.get_by_text("The note is signed.")).to_be_visible()

    # A password signs too; a wrong one does not.
    page.goto(f"/visits/{second}/note/sign/")
    page.get_by_label("Your password").fill("wrong")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator(".error-summary")).to_contain_text("not your password")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("The note is signed.")).to_be_visible()
    sign_out(page)

    # After the password the passkey is the second step.
    sign_in(page)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("details.topbar__menu summary")).to_contain_text("Invented")


def test_an_authenticator_app_is_set_up_and_is_the_second_step(page):
    sign_in(page, "other")
    page.goto("/account/2fa/totp/activate/")
    prove_password(page)
    secret = page.locator("ol code").inner_text()
    assert page.locator("svg.qr path").get_attribute("d")
    used = code_of(secret)
    page.get_by_label("Authenticator code").fill(used)
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_text("The authenticator app is set up.")).to_be_visible()
    sign_out(page)

    sign_in(page, "other")
    wrong = f"{(int(used) + 1) % 10**6:06d}"
    page.get_by_label("Code").fill(wrong)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile(r"/$"))
    expect(page.locator("details.topbar__menu summary")).to_contain_text("Invented")


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_no_page_of_accounts_is_wider_than_the_screen(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    for path in ("/account/login/", "/account/inactive/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
