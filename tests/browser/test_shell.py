"""Signing in, the home page, the list of patients: what everybody sees first."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.access import check_access
from tests.browser.conftest import DESKTOP, PHONE, TABLET, type_in_and_sign_in

SIZES = {"tablet": TABLET, "desktop": DESKTOP, "phone": PHONE}


def test_who_is_not_signed_in_sees_the_sign_in_page_and_comes_back(page, clinic):
    page.goto(clinic.url("/patients/?q=muster"))
    expect(page).to_have_url(re.compile(r"/account/login/\?next=/patients/%3Fq%3Dmuster"))
    check_access(page)
    type_in_and_sign_in(page, clinic, "clinician")


def test_a_wrong_password_is_told_without_telling_who_exists(page, clinic):
    page.goto(clinic.url("/account/login/"))
    said = []
    for name in ("clinician", "nobody-of-this-name"):
        page.locator("input[name=login]").fill(name)
        page.locator("input[name=password]").fill("not the password")
        page.locator("input[name=password]").press("Enter")
        page.wait_for_load_state()
        expect(page).to_have_url(re.compile("/account/login/"))
        said.append(page.locator("main").inner_text().replace(name, "NAME"))
    assert said[0] == said[1]


@pytest.mark.parametrize("role", ["clinician", "assistant", "researcher", "administrator"])
def test_home_is_usable_by_everybody_in_every_role(signed_in, role):
    page = signed_in(role)
    expect(page.locator("h1")).to_be_visible()
    check_access(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_list_of_patients_is_usable_on_every_screen(signed_in, clinic, size, scheme):
    clinic.make("patient", family_name="Musterfrau", given_names=f"Ada {size} {scheme}")
    page = signed_in("clinician", "/patients/", size=SIZES[size], color_scheme=scheme)
    expect(page.locator("h1")).to_be_visible()
    check_access(page)


def test_a_patient_is_found_and_opened_by_the_keyboard_alone(signed_in, clinic):
    clinic.make("patient", family_name="Keyboardson", given_names="Kim")
    page = signed_in("clinician", "/patients/")
    page.locator("main input[name=q]").focus()
    page.keyboard.type("keyboards")
    page.keyboard.press("Enter")
    link = page.locator("main a", has_text="Keyboardson").first
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/patients/[0-9a-f-]{36}/"))
    expect(page.locator("body")).to_contain_text("KEYBOARDSON", ignore_case=True)
    check_access(page)


@pytest.mark.parametrize("role", ["researcher", "administrator"])
def test_who_may_see_no_patient_sees_none(signed_in, clinic, role):
    key = clinic.make("patient", family_name="Secretperson")
    page = signed_in(role, clinic.path("patient", key))
    expect(page.locator("body")).not_to_contain_text("Secretperson", ignore_case=True)
    check_access(page)


def test_a_patient_of_another_clinic_does_not_exist_here(signed_in, clinic):
    page = signed_in("clinician", clinic.path("patient", clinic.make("another_clinic")))
    expect(page.locator("body")).to_contain_text("no such page or record")


def test_going_back_after_signing_out_shows_nothing(page, clinic):
    clinic.make("patient", family_name="Backbutton")
    type_in_and_sign_in(page, clinic, "assistant")
    page.goto(clinic.url("/patients/?q=backbutton"))
    expect(page.locator("body")).to_contain_text("Backbutton", ignore_case=True)
    page.goto(clinic.url("/account/logout/"))
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    page.goto(clinic.url("/patients/?q=backbutton"))
    expect(page).to_have_url(re.compile("/account/login/"))
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("Backbutton", ignore_case=True)
