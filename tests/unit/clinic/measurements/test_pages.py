"""The pages of measures and synkinesis: who sees them, what stands there, and at what cost."""

from datetime import date

import pytest
from django.urls import reverse

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.clinic.accounts.models import Role
from facialis.clinic.measurements import measuring
from facialis.clinic.measurements.actions import place_points
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.measurements.queries import current_measurement, face_points, newest_points
from facialis.clinic.photographs.models import PhotoStatus
from tests.factories import clinic

pytestmark = pytest.mark.slow

MOST_QUERIES = 25


@pytest.fixture
def browser(client, clinician):
    client.force_login(clinician)
    return client


@pytest.fixture
def again(visit, add, measured):
    """The same patient at a later visit."""
    later = clinic.visit(visit.patient, date(2026, 6, 1))
    for expression in measured:
        measuring.measure_photograph(add(later, expression).pk)
    return later


def pages_of(visit, photograph):
    return [
        reverse("measure", args=[visit.pk]),
        reverse("measure_progress", args=[visit.pk]),
        reverse("synkinesis", args=[visit.pk]),
        reverse("synkinesis_cell", args=[visit.pk, "open_smile", "eye"]),
        reverse("edit_points", args=[photograph.pk]),
    ]


def posts_of(visit, photograph):
    return [
        reverse("visit_measure_again", args=[visit.pk]),
        reverse("preview_points", args=[photograph.pk]),
        reverse("edit_points", args=[photograph.pk]),
        reverse("take_points_back", args=[photograph.pk]),
    ]


def test_nobody_of_another_clinic_learns_that_they_exist(client, visit, measured):
    client.force_login(clinic.user(clinic.clinic()))
    photograph = measured[Expression.REST]
    for url in pages_of(visit, photograph):
        assert client.get(url).status_code == 404, url
    for url in posts_of(visit, photograph):
        data = {"to": "0", "shown_version": "0"}
        assert client.post(url, data).status_code == 404, url


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
def test_roles_that_see_no_patient_see_no_face(client, visit, measured, clinician, role):
    client.force_login(clinic.user(clinician.clinic, role))
    photograph = measured[Expression.REST]
    assert {client.get(url).status_code for url in pages_of(visit, photograph)} == {403}
    assert {client.post(url).status_code for url in posts_of(visit, photograph)} == {403}


def test_a_person_who_is_not_signed_in_goes_to_the_sign_in_page(client, visit, measured):
    for url in pages_of(visit, measured[Expression.REST]):
        assert client.get(url).status_code == 302


def test_no_page_asks_the_database_too_often(browser, again, django_assert_max_num_queries):
    photograph = again.photographs.first()
    for url in pages_of(again, photograph):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert browser.get(url).status_code in {200, 204}, url


def test_no_page_has_a_style_or_a_script_in_it(browser, again):
    for url in pages_of(again, again.photographs.first()):
        text = browser.get(url).content.decode()
        assert " style=" not in text, url
        assert " onclick" not in text, url


@pytest.mark.usefixtures("measured")
def test_the_page_shows_the_numbers_of_the_document(browser, visit):
    text = browser.get(reverse("measure", args=[visit.pk]) + "?view=open_smile").content.decode()
    document = current_measurement(visit).document
    moved = {
        (e["name"], e["side"]): e for e in document["set"]["excursions"] if e["expression"] == "open_smile"
    }
    for side in Side:
        value = moved["commissure_height_excursion", side.value]["value"]
        assert f"{value:.1f} mm".replace("-", "−") in text
    assert 'data-mark="commissure_height"' in text
    assert "RIGHT" in text


@pytest.mark.usefixtures("measured")
def test_an_unknown_view_is_the_first_one(browser, visit):
    assert browser.get(reverse("measure", args=[visit.pk]) + "?view=../etc").status_code == 200


def test_a_refused_photograph_stands_with_its_reason(browser, visit, add, pictures):
    refusal = {"code": "no_face", "sentence": "No human face was found in this picture."}
    add(visit, Expression.PUCKER, pictures[Expression.REST], status=PhotoStatus.REFUSED, refusal=refusal)
    text = browser.get(reverse("measure", args=[visit.pk]) + "?view=pucker").content.decode()
    assert "No human face was found" in text
    assert "Take it again" in text


@pytest.mark.usefixtures("backend")
def test_waiting_photographs_bring_their_numbers_by_themselves(browser, visit, add):
    add(visit)
    page = browser.get(reverse("measure", args=[visit.pk])).content.decode()
    url = reverse("measure_progress", args=[visit.pk])
    assert f"{url}?waiting=1" in page
    assert "HX-Refresh" not in browser.get(f"{url}?waiting=1").headers
    assert browser.get(f"{url}?waiting=2").headers["HX-Refresh"] == "true"


@pytest.mark.usefixtures("measured")
def test_numbers_of_before_are_said_to_be_so_and_measured_again(browser, visit):
    visit.patient.palsy.affected_side = "right"
    visit.patient.palsy.save()
    url = reverse("measure", args=[visit.pk])
    assert "These numbers are of before" in browser.get(url).content.decode()
    count = Measurement.objects.count()
    browser.post(reverse("visit_measure_again", args=[visit.pk]))
    assert Measurement.objects.count() == count + 1
    assert "These numbers are of before" not in browser.get(url).content.decode()


def test_what_changed_since_the_last_visit_stands_beside_each_value(browser, again):
    text = browser.get(reverse("measure", args=[again.pk])).content.decode()
    assert "02-Mar-2026" in text
    assert "+0.0 ± " in text, "the same pictures: nothing changed"


@pytest.mark.usefixtures("measured")
def test_the_map_shows_what_the_document_says(browser, visit):
    text = browser.get(reverse("synkinesis", args=[visit.pk])).content.decode()
    entries = current_measurement(visit).document["set"]["synkinesis"]["entries"]
    found = [entry for entry in entries if entry["value"]]
    assert found
    for entry in found:
        assert f"{abs(entry['value']):.1f}" in text
        assert f"± {entry['sd']:.1f}" in text
    assert "part of the movement that was asked" in text
    assert "There is no photograph of &#x27;pucker&#x27;." in text
    assert "look at the neck" in text


@pytest.mark.usefixtures("measured")
def test_a_cell_shows_its_place_at_rest_and_in_the_expression(browser, visit):
    answer = browser.get(reverse("synkinesis_cell", args=[visit.pk, "open_smile", "eye"]))
    text = answer.content.decode()
    assert text.count("<image") == 2
    assert "more than the other side" in text
    for place in (("open_smile", "neck"), ("rest", "eye"), ("pucker", "eye"), ("x", "eye")):
        assert browser.get(reverse("synkinesis_cell", args=[visit.pk, *place])).status_code == 404


def test_a_visit_without_photographs_says_what_to_do(browser, visit):
    for name in ("measure", "synkinesis"):
        text = browser.get(reverse(name, args=[visit.pk])).content.decode()
        assert "To the photographs" in text


def test_placed_points_are_named_on_the_page(browser, visit, measured, clinician):
    rest = measured[Expression.REST]
    found = face_points(newest_points(rest))
    points = {"chin": (found.chin + [3.0, 0.0]).tolist()}
    place_points(rest, points=points, shown_version=0, by=clinician)
    text = browser.get(reverse("measure", args=[visit.pk])).content.decode()
    assert "Points version 1" in text
    assert clinician.signature_name in text


@pytest.mark.usefixtures("measured")
def test_the_index_beside_one_view_says_that_it_is_of_the_whole_visit(browser, visit):
    page = browser.get(reverse("measure", args=[visit.pk]), {"view": "rest"}).content.decode()
    assert "Symmetry index, whole visit" in page
