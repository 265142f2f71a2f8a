"""The pages of vials, treatments and the sheet, as a browser without scripts uses them."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from facialis.clinic.accounts.models import Role
from facialis.clinic.audit.models import AuditEntry
from facialis.clinic.audit.verification import all_problems
from facialis.clinic.treatments.models import Treatment, Vial
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client, clinician):
    client.force_login(clinician)
    return client


def post(browser, name, pk, data=None, **more):
    return browser.post(reverse(name, args=[pk, *more.values()]), data or {})


def test_from_a_signed_plan_to_a_signed_treatment_and_its_sheet(
    browser, clinician, plan, django_assert_max_num_queries
):
    assert b"Begin the treatment" in browser.get(reverse("treat", args=[plan.pk])).content
    page = post(browser, "treat", plan.pk)
    treatment = Treatment.objects.get()
    assert page.url == reverse("treatment", args=[treatment.pk])
    vial = made.vial(clinician)
    post(
        browser, "treatment_vial", treatment.pk,
        {"vial": vial.pk, "syringe": "insulin_0_3_ml_half", "version": treatment.version},
    )  # fmt: skip
    with django_assert_max_num_queries(25):
        shown = browser.get(page.url).content.decode()
    assert "0.0625 mL" in shown
    assert "CONTRALATERAL" in shown
    first = treatment.points.first()
    assert (
        post(browser, "treatment_point", treatment.pk, {"status": "given"}, point=first.pk).status_code == 302
    )
    post(browser, "treatment_all_given", treatment.pk)
    treatment.refresh_from_db()
    moment = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    signing = {"given_at": moment, "note": "", "version": treatment.version, "password": made.PASSWORD}
    refused = post(browser, "treatment_sign", treatment.pk, {**signing, "password": "wrong"})
    assert refused.status_code == 422
    assert post(browser, "treatment_sign", treatment.pk, signing).status_code == 302
    treatment.refresh_from_db()
    assert treatment.status == "final"
    with django_assert_max_num_queries(25):
        signed = browser.get(page.url).content.decode()
    assert treatment.signature.document_sha256 in signed
    assert "Begin" not in signed
    sheet = browser.get(reverse("patient_sheet", args=[treatment.pk]))
    assert b"Your treatment with botulinum toxin" in sheet.content
    assert post(browser, "patient_sheet", treatment.pk, {"language": "en-gb"}).status_code == 302
    assert treatment.sheets.count() == 1
    assert AuditEntry.objects.filter(what="page.treatment", verb="read").exists()


def test_a_treatment_signed_in_another_zone_than_utc_is_what_was_signed(browser, started, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    post(browser, "treatment_all_given", started.pk)
    started.refresh_from_db()
    moment = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    signing = {"given_at": moment, "note": "", "version": started.version, "password": made.PASSWORD}
    assert post(browser, "treatment_sign", started.pk, signing).status_code == 302
    started.refresh_from_db()
    assert started.signature.document["given_at"] == started.given_at.isoformat()
    assert timezone.localtime(started.given_at).strftime("%Y-%m-%d %H:%M") == moment
    assert list(all_problems()) == []


def test_an_error_at_a_point_keeps_what_was_typed(browser, started):
    point = started.points.get(target="corrugator")
    answer = post(
        browser, "treatment_point", started.pk, {"status": "changed", "given_units": "1.5", "reason": ""},
        point=point.pk,
    )  # fmt: skip
    assert answer.status_code == 422
    assert 'value="1.5"' in answer.content.decode()
    assert "needs its reason" in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"units": "73"}, "has no vial of 73 units"),
        ({"saline_ml": "50"}, "too weak"),
        ({"expiry": "2020-01-31"}, "expired"),
        ({"lot": "  "}, "required"),
        ({"reconstituted_at": ""}, "is missing"),
        ({"units": "-5"}, "at least 1"),
    ],
)
def test_a_vial_that_cannot_be_used_is_refused_at_its_field(browser, change, sentence):
    typed = {
        "product": "onabotulinumtoxinA",
        "units": "100",
        "lot": "C77",
        "expiry": (timezone.localdate() + timedelta(days=90)).isoformat(),
        "saline_ml": "2.5",
        "reconstituted_at": (timezone.localtime() - timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M"),
    }
    answer = browser.post(reverse("vial_new"), {**typed, **change})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Vial.objects.exists()
    assert browser.post(reverse("vial_new"), typed).status_code == 302


def test_a_vial_of_another_product_is_not_entered_for_a_plan(browser, started):
    page = browser.get(reverse("treatment", args=[started.pk])).content.decode()
    where = unescape(re.search(r'href="([^"]*vial[^"]*product=[^"]*)"', page)[1])
    typed = {
        "product": "abobotulinumtoxinA",
        "units": "500",
        "lot": "D12",
        "expiry": (timezone.localdate() + timedelta(days=90)).isoformat(),
        "saline_ml": "2.5",
        "reconstituted_at": (timezone.localtime() - timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M"),
    }
    answer = browser.post(where, typed)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "The vial holds abobotulinumtoxinA and the plan is for onabotulinumtoxinA" in text
    assert "Take a vial of onabotulinumtoxinA, or plan again." in text
    assert not Vial.objects.filter(lot="D12").exists()
    assert browser.post(reverse("vial_new"), typed).status_code == 302, "without a plan any vial is entered"


def test_choosing_a_vial_of_another_product_is_refused_in_a_sentence(browser, clinician, started):
    other = made.vial(clinician, product="incobotulinumtoxinA")
    address = reverse("treatment_vial", args=[started.pk])
    answer = browser.post(address, {"vial": other.pk, "syringe": "one_ml", "version": started.version})
    assert answer.status_code == 422
    assert "the plan is for onabotulinumtoxinA" in answer.content.decode()
    started.refresh_from_db()
    assert started.vial != other


def test_the_same_form_sent_twice_enters_one_vial(browser):
    typed = {
        "once": "0b6a4b1e-4f5e-4c5f-9a77-6f3c6e7b1a11",
        "product": "onabotulinumtoxinA",
        "units": "100",
        "lot": "C77",
        "expiry": "2030-06-30",
        "saline_ml": "2.5",
        "reconstituted_at": (timezone.localtime() - timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M"),
    }
    first, second = (browser.post(reverse("vial_new"), typed) for _ in range(2))
    assert first.url == second.url
    assert Vial.objects.count() == 1


def test_a_record_of_another_clinic_is_not_found(client, started):
    client.force_login(made.user(made.clinic()))
    assert client.get(reverse("treatment", args=[started.pk])).status_code == 404


def test_an_assistant_sees_no_signature_and_may_not_send_one(client, clinician, started):
    client.force_login(made.user(clinician.clinic, Role.ASSISTANT))
    assert b"Sign the treatment" not in client.get(reverse("treatment", args=[started.pk])).content
    assert client.post(reverse("treatment_sign", args=[started.pk])).status_code == 403
