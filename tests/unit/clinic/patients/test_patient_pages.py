"""Pages of patients: reachable, bounded, and of the own clinic only."""

import pytest
from django.urls import reverse

from facialis.clinic.accounts.models import Role
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db
PAGES = [
    "patient",
    "patient_edit",
    "palsy_edit",
    "health_edit",
    "wishes_edit",
    "earlier_treatment_new",
    "visit_new",
]


@pytest.fixture
def by():
    return made.user(made.clinic())


@pytest.fixture
def patient(by):
    return made.patient(by)


@pytest.mark.parametrize("has_palsy", [False, True])
@pytest.mark.parametrize("name", PAGES)
def test_pages_open_with_few_queries(client, by, patient, name, has_palsy, django_assert_max_num_queries):
    if has_palsy:
        made.palsy(patient)
        made.visit(patient)
    client.force_login(by)
    with django_assert_max_num_queries(25):
        answer = client.get(reverse(name, args=[patient.pk]))
    assert answer.status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_another_clinic_are_not_there(client, patient, name):
    client.force_login(made.user(made.clinic()))
    assert client.get(reverse(name, args=[patient.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("name", PAGES)
def test_pages_are_not_for_those_who_see_no_patient(client, by, patient, name, role):
    client.force_login(made.user(by.clinic, role))
    assert client.get(reverse(name, args=[patient.pk])).status_code == 403
