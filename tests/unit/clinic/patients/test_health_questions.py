"""What is probably a slip in the health record is asked about, and kept once it is confirmed."""

import pytest
from django.urls import reverse

from facialis.clinic.patients.drug_names import COMMON_MEMBERS, suggested_classes
from facialis.clinic.patients.models import Patient
from facialis.clinic.patients.words import DRUGS
from tests.factories import clinic as made


@pytest.fixture
def by(db):  # noqa: ARG001  it opens the database
    return made.user(made.clinic())


@pytest.fixture
def save(client, by):
    """Send the health form of a patient."""
    patient = made.patient(by, sex="male")
    client.force_login(by)
    states = {f"{name}_state": "not_asked" for name in ("conditions", "medication", "allergies")}
    fixed = {"version": 1, "pregnancy": "no", "lactation": "no"}

    def send(**changes):
        return client.post(reverse("health_edit", args=[patient.pk]), fixed | states | changes)

    return send


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Gentamicin iv", "aminoglycosides"),
        ("warfarin 5 mg", "anticoagulants"),
        ("an aminoglycoside", "aminoglycosides"),
        ("Anticoagulants", "anticoagulants"),
        ("Chloroquine", "chloroquine"),
        ("Doxycyclin 100", "tetracyclines"),
        ("doxycycline", "tetracyclines"),
        ("erythromycin", None),
        ("allopurinol", None),
    ],
)
def test_a_drug_in_free_text_is_matched_with_its_class(line, code):
    found = suggested_classes([line], [])
    assert found.get(line) == code
    assert suggested_classes([line], list(DRUGS)) == {}, "ticked already"


def test_names_are_of_rules_that_can_be_ticked():
    assert set(COMMON_MEMBERS) <= set(DRUGS)


def test_the_class_is_suggested_and_the_text_kept_once_confirmed(save):
    written = {"medication_state": "known", "medication_others": "Gentamicin iv"}
    answer = save(**written)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Aminoglycoside antibiotics" in answer.context["form"].errors["medication_others"][0]
    assert 'name="are_names_confirmed"' in page
    assert save(**written, medication_codes=["aminoglycosides"]).status_code == 302
    assert save(**written, version=2, are_names_confirmed="on").status_code == 302
    assert Patient.objects.get().medication["others"] == ["Gentamicin iv"]


def test_pregnancy_of_a_man_is_asked_about_and_not_forbidden(save):
    answer = save(pregnancy="yes")
    assert answer.status_code == 422
    assert 'name="is_pregnancy_confirmed"' in answer.content.decode()
    assert save(pregnancy="yes", is_pregnancy_confirmed="on").status_code == 302
    assert Patient.objects.get().pregnancy == "yes"
