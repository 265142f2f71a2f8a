"""A signed treatment and its vial that were changed behind the clinic are found."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from facialis.clinic.audit.verification import all_problems
from facialis.clinic.treatments.models import Vial
from tests.factories import clinic as made
from tests.unit.clinic.audit.conftest import break_in, signed_treatment, stored, verify

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("statement", "table", "part"),
    [
        (
            "UPDATE treatments_treatmentpoint SET given_units = 25, planned_units = 25",
            "treatmentpoint",
            "points",
        ),
        ("UPDATE treatments_treatmentpoint SET side = 'left'", "treatmentpoint", "points"),
        ("UPDATE treatments_treatment SET given_at = '2020-01-01 00:00:00'", "treatment", "given_at"),
        ("UPDATE treatments_treatment SET syringe = '0.3 mL'", "treatment", "syringe"),
        ("UPDATE treatments_treatment SET hours_since_reconstitution = 1", "treatment", "vial"),
    ],
)
def test_a_treatment_changed_after_signing_is_found(by, statement, table, part):
    treatment = signed_treatment(by)
    assert list(all_problems()) == []
    break_in(statement, table=f"treatments_{table}")
    assert verify() == f"Treatment {treatment.pk}: {part} is not what was signed.\n"


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"lot": "D9999"}, "vial"),
        ({"expiry": date(2029, 6, 30)}, "vial"),
        ({"saline_ml": 5}, "vial"),
        ({"units": 50}, "vial"),
        ({"reconstituted_at": None}, "vial"),
        ({"product": "incobotulinumtoxinA"}, "product"),
    ],
)
def test_a_vial_changed_after_the_treatment_is_found(by, change, part):
    treatment = signed_treatment(by)
    Vial.objects.update(**change)
    assert verify() == f"Treatment {treatment.pk}: {part} is not what was signed.\n"


def test_another_vial_of_a_treatment_is_found(by):
    treatment = signed_treatment(by)
    other = stored(str(made.vial(by, lot="D9999").pk))
    break_in("UPDATE treatments_treatment SET vial_id = %s", other, table="treatments_treatment")
    assert verify() == f"Treatment {treatment.pk}: vial is not what was signed.\n"


def test_a_discarded_vial_is_the_one_that_was_signed(by):
    signed_treatment(by)
    Vial.objects.update(is_discarded=True)
    assert list(all_problems()) == []


def test_the_time_of_a_treatment_is_signed_in_utc_wherever_the_clinic_is(by):
    treatment = signed_treatment(by)
    assert treatment.given_at.utcoffset() != timedelta(0)
    assert treatment.signature.document["given_at"].endswith("+00:00")
    assert list(all_problems()) == []


def in_the_clinics_zone(document):
    moment = datetime.fromisoformat(document["given_at"]).astimezone(ZoneInfo("Europe/Berlin"))
    return document | {"given_at": moment.isoformat()}


def in_earlier_words(document):
    return document | {"points": [{**point, "words": "another name"} for point in document["points"]]}


@pytest.mark.parametrize("change", [in_the_clinics_zone, in_earlier_words])
def test_a_treatment_signed_by_an_earlier_version_is_whole(by, change):
    signed = signed_treatment(by, change).signature.document
    assert change(signed) == signed, "that is what was signed"
    assert list(all_problems()) == []


@pytest.mark.parametrize("written", ["tomorrow", None])
def test_a_time_that_is_none_is_not_what_was_given(by, written):
    treatment = signed_treatment(by, lambda document: document | {"given_at": written})
    assert verify() == f"Treatment {treatment.pk}: given_at is not what was signed.\n"
