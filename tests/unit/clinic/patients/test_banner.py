"""The banner never lets four different answers about allergies look alike, and overlooks no toxin."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from facialis.clinic.followup.models import AdverseEvent
from facialis.clinic.patients.banner import banner_of, edge_of
from facialis.clinic.patients.models import EarlierTreatment, Patient
from facialis.clinic.patients.words import ALLERGIES, CONDITIONS, DRUGS
from facialis.planning.case.case import allergy_codes, condition_codes, drug_codes
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db

KNOWN = {"state": "known", "codes": ["albumin_allergy"], "others": ["penicillin"]}
NONE = {"state": "none", "codes": [], "others": []}
NOT_ASKED = {"state": "not_asked", "codes": [], "others": []}
LABELS = ["Known allergies", "No known allergies", "Allergies not recorded", "Allergies unavailable"]


@pytest.fixture
def by():
    return made.user(made.clinic())


@pytest.mark.parametrize(
    ("stored", "label"),
    [
        (KNOWN, "Known allergies"),
        (NONE, "No known allergies"),
        (NOT_ASKED, "Allergies not recorded"),
        ({"state": "maybe", "codes": [], "others": []}, "Allergies unavailable"),
        ({"state": "none", "codes": ["albumin_allergy"], "others": []}, "Allergies unavailable"),
        ({"state": "known", "codes": "albumin", "others": []}, "Allergies unavailable"),
        ({}, "Allergies unavailable"),
        ([], "Allergies unavailable"),
        ("known", "Allergies unavailable"),
    ],
)
def test_exactly_one_of_four_labels_is_shown(client, by, stored, label):
    client.force_login(by)
    page = client.get(reverse("patient", args=[made.patient(by, allergies=stored).pk])).content.decode()
    assert [one for one in LABELS if f">{one}<" in page] == [label]


def test_a_value_that_is_no_json_is_unavailable_and_not_empty(client, by):
    patient = made.patient(by, allergies=NONE)
    if connection.vendor != "sqlite":
        pytest.skip("this database refuses such a value")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("UPDATE patients_patient SET allergies = '{broken' WHERE id = %s", [patient.pk.hex])
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    client.force_login(by)
    page = client.get(reverse("patient", args=[patient.pk])).content.decode()
    assert ">Allergies unavailable<" in page
    health = client.get(reverse("health_edit", args=[patient.pk])).content.decode()
    assert "what is stored cannot be read" in health


def test_known_allergies_are_named_with_those_that_no_rule_knows(by):
    assert banner_of(made.patient(by, allergies=KNOWN)).allergies == ("Human albumin", "penicillin")


def test_a_code_of_another_version_is_shown_as_it_stands(by):
    unknown = {"state": "known", "codes": ["moon_dust"], "others": []}
    assert banner_of(made.patient(by, allergies=unknown)).allergies == ("moon_dust",)


def test_risks_are_named(by):
    patient = made.patient(
        by,
        pregnancy="yes",
        conditions={"state": "known", "codes": ["myasthenia_gravis", "dry_eye"], "others": []},
        medication={"state": "known", "codes": ["anticoagulants", "quinine"], "others": []},
        allergies={"state": "known", "codes": ["hypersensitivity_toxin"], "others": []},
    )
    assert banner_of(patient).risks == (
        "Myasthenia gravis",
        "Pregnant",
        "Anticoagulants",
        "Previous reaction",
    )


def test_lists_that_cannot_be_read_are_a_risk(by):
    patient = made.patient(by, conditions=[], medication="")
    assert banner_of(patient).risks == ("Conditions unavailable", "Medication unavailable")


@pytest.mark.parametrize(("status", "shown"), [("final", True), ("entered_in_error", False)])
def test_a_serious_event_is_a_previous_reaction(by, status, shown):
    patient = made.patient(by)
    AdverseEvent.objects.create(
        patient=patient,
        kind="dysphagia",
        onset=date(2026, 1, 5),
        seriousness="serious",
        status=status,
        reported_by=by,
    )
    assert ("Previous reaction" in banner_of(patient).risks) is shown


def test_toxin_elsewhere_counts_unless_it_was_an_error(by):
    patient = made.patient(by)
    assert banner_of(patient).last_toxin is None
    EarlierTreatment.objects.create(
        patient=patient, day=date(2025, 3, 1), product="onabotulinumtoxinA", total_units=Decimal("22.5")
    )
    EarlierTreatment.objects.create(patient=patient, day=date(2025, 6, 1), entered_in_error=True)
    last = banner_of(patient).last_toxin
    assert (last.day, last.product, last.units) == (date(2025, 3, 1), "onabotulinumtoxinA", Decimal("22.5"))


def test_toxin_of_an_unknown_product_is_shown_without_units(by):
    patient = made.patient(by)
    EarlierTreatment.objects.create(patient=patient, day=date(2025, 3, 1))
    last = banner_of(patient).last_toxin
    assert (last.product, last.units) == ("product not known", None)


def test_a_dead_patient_looks_different(client, by):
    patient = made.patient(by, deceased_on=date(2025, 1, 1))
    client.force_login(by)
    page = client.get(reverse("patient", args=[patient.pk])).content.decode()
    assert "banner--deceased" in page
    assert "New visit" not in page


def test_the_edge_is_the_same_for_a_patient_and_differs_between_patients():
    assert edge_of("F-AAAAAAAAAA") == edge_of("F-AAAAAAAAAA")
    assert {edge_of(f"F-{number:010d}") for number in range(100)} == {1, 2, 3, 4, 5, 6}


def test_the_banner_asks_three_questions(by, django_assert_max_num_queries):
    patient = Patient.objects.select_related("palsy").get(pk=made.patient(by).pk)
    with django_assert_max_num_queries(3):
        banner_of(patient)


def test_every_code_of_planning_has_its_words():
    assert set(CONDITIONS) == condition_codes()
    assert set(DRUGS) == drug_codes()
    assert set(ALLERGIES) == allergy_codes()
