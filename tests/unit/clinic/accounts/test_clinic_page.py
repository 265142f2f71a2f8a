"""Name and telephone of the clinic: on every sheet, changed by an administrator."""

import pytest
from django.urls import reverse

from facialis.clinic.accounts.models import Clinic, Role
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client):
    client.force_login(made.user(made.clinic("North"), Role.ADMINISTRATOR))
    return client


def test_an_administrator_sets_the_number_and_the_page_asks_until_then(browser):
    assert "No telephone number is set" in browser.get(reverse("team")).content.decode()
    typed = {"name": "North", "emergency_contact": "+49 30 123, day and night"}
    assert browser.post(reverse("clinic_edit"), typed).status_code == 302
    assert Clinic.objects.get().emergency_contact == typed["emergency_contact"]
    assert "No telephone number is set" not in browser.get(reverse("team")).content.decode()


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"emergency_contact": ""}, {"emergency_contact": "ask"}, {"name": "South"}]
)
def test_what_cannot_be_is_refused_at_its_field(browser, change):
    made.clinic("South")
    answer = browser.post(reverse("clinic_edit"), {"name": "North", "emergency_contact": "123", **change})
    assert answer.status_code == 422
    assert not Clinic.objects.get(name="North").emergency_contact
