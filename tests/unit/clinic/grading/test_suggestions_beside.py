"""A suggestion stands beside the answers, is never chosen unasked, and is kept apart from them."""

import re

import pytest
from django.urls import reverse

from facialis.clinic.grading.models import Grading
from facialis.grading.suggest import SUGGESTED
from tests.factories import clinic as made
from tests.unit.clinic.grading.answers import complete, posted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("instrument_id", SUGGESTED)
def test_a_suggestion_is_shown_and_never_chosen(browser, visit, measurement, instrument_id):  # noqa: ARG001
    page = browser.get(reverse("grade_instrument", args=[visit.pk, instrument_id])).content.decode()
    assert "data-take=" in page
    chosen = re.findall(r'<input type="radio"[^>]*value="([^"]*)"[^>]*checked', page)
    assert set(chosen) <= {""}
    typed = re.findall(r'<input class="input" type="number"[^>]*value="([^"]*)"', page)
    assert set(typed) <= {""}
    assert not re.search(r'name="taken"[^>]*checked', page)


def test_without_a_measurement_the_page_says_why_nothing_is_suggested(browser, visit):
    page = browser.get(reverse("grade_instrument", args=[visit.pk, "sunnybrook"])).content.decode()
    assert "are not measured yet" in page
    assert "data-take=" not in page


def test_an_answer_taken_over_is_told_from_one_that_happens_to_agree(browser, visit, measurement):
    address = reverse("grade_instrument", args=[visit.pk, "sunnybrook"])
    values = {"mouth_rest": "normal", "eye_rest": "normal", "version": "0", "measurement": measurement.pk}
    browser.post(address, {**values, "taken": ["mouth_rest", "cheek_rest"]})
    draft = Grading.objects.get()
    items = {item["item"]: item["value"] for item in draft.suggested["suggestion"]["items"]}
    assert items["mouth_rest"] == items["eye_rest"] == "normal"
    assert draft.suggested["taken"] == ["mouth_rest"]
    assert draft.suggested["measurement"] == str(measurement.pk)
    changed = {**values, "mouth_rest": "corner_drooped", "version": draft.version, "taken": "mouth_rest"}
    browser.post(address, changed)
    draft.refresh_from_db()
    assert draft.suggested["taken"] == []
    assert draft.answers["answers"]["mouth_rest"] == "corner_drooped"


def test_the_button_takes_one_suggestion_over_without_any_script(browser, visit, measurement):
    address = reverse("grade_instrument", args=[visit.pk, "sunnybrook"])
    browser.post(
        address, {"version": "0", "measurement": measurement.pk, "eye_rest": "wide", "take": "mouth_rest"}
    )
    draft = Grading.objects.get()
    assert draft.answers["answers"]["mouth_rest"] == "normal"
    assert draft.answers["answers"]["eye_rest"] == "wide"
    assert draft.suggested["taken"] == ["mouth_rest"]


def test_a_measurement_of_another_visit_suggests_nothing(browser, clinician, visit, measurement):
    other = made.visit(made.patient(clinician), visit.day)
    values = {**posted("sunnybrook", complete("sunnybrook")), "version": "0", "taken": "mouth_rest"}
    browser.post(
        reverse("grade_instrument", args=[other.pk, "sunnybrook"]), {**values, "measurement": measurement.pk}
    )
    assert Grading.objects.get().suggested == {}
