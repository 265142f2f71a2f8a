"""Pages of visits: reachable, bounded, and of the own clinic only."""

import pytest
from django.urls import reverse

from facialis.clinic.accounts.models import Role
from facialis.clinic.visits.actions import ensure_default_texts
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db
PAGES = [
    "visit",
    "visit_history",
    "visit_edit",
    "consent",
    "visit_note",
    "visit_note_sign",
    "visit_note_amend",
    "visit_close",
    "visit_cancel",
    "visit_error",
]


@pytest.fixture
def by():
    return made.user(made.clinic())


@pytest.fixture
def visit(by):
    patient = made.patient(by)
    made.palsy(patient)
    ensure_default_texts(by.clinic)  # else the first page of consent makes them
    return made.visit(patient)


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_with_few_queries(client, by, visit, name, django_assert_max_num_queries):
    client.force_login(by)
    with django_assert_max_num_queries(25):
        answer = client.get(reverse(name, args=[visit.pk]))
    assert answer.status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_another_clinic_are_not_there(client, visit, name):
    client.force_login(made.user(made.clinic()))
    assert client.get(reverse(name, args=[visit.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
def test_pages_are_not_for_those_who_see_no_patient(client, by, visit, role):
    client.force_login(made.user(by.clinic, role))
    assert client.get(reverse("visit", args=[visit.pk])).status_code == 403
