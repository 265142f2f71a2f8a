"""What is recorded, corrected or struck out after the day itself."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from facialis.clinic.kernel.errors import FieldsError, NotNowError
from facialis.clinic.kernel.times import now
from facialis.clinic.treatments.actions.giving import (
    choose_vial,
    give_all_open,
    start_treatment,
)
from facialis.clinic.treatments.actions.signing import amend_treatment, mark_treatment_error
from facialis.clinic.treatments.actions.vials import enter_vial
from facialis.clinic.treatments.dilutions import refusal_of
from facialis.clinic.treatments.queries import (
    in_the_patient,
    past_use,
    planning_treatments,
    units_taken_from,
    vials_to_choose,
)
from tests.factories import clinic as made
from tests.unit.clinic.treatments.conftest import consented_plan, signed

pytestmark = pytest.mark.django_db


def days_later(monkeypatch, days):
    """The clinic's clock, moved on."""
    then = timezone.now() + timedelta(days=days)
    monkeypatch.setattr("django.utils.timezone.now", lambda: then)


def test_what_was_given_and_not_signed_counts_for_the_next_plan(clinician, given):
    patient, day = given.plan.visit.patient, given.plan.day
    (known,) = planning_treatments(patient, day + timedelta(days=3))
    assert (known.day, len(known.injections)) == (day, 3)
    assert planning_treatments(patient, day) == []  # its own plan is not judged by what is given under it
    signed(clinician, given)
    assert len(planning_treatments(patient, day + timedelta(days=3))) == 1


def test_a_late_signature_names_the_true_time_and_why(clinician, given, monkeypatch):
    then = now()
    days_later(monkeypatch, 3)
    with pytest.raises(FieldsError) as refused:
        signed(clinician, given, given_at=then)
    assert set(refused.value.errors) == {"note"}
    done = signed(clinician, given, given_at=then, note="Nobody signed on that Friday.")
    assert done.given_at == then


def test_an_open_amendment_takes_no_units_twice(clinician, given):
    done = signed(clinician, given)
    amend_treatment(by=clinician, pk=done.pk, reason="wrong dose typed in")
    assert units_taken_from(done.vial) == Decimal("6.25")
    assert in_the_patient(done.plan.visit.patient).distinct().count() == 1


def test_a_wrong_lot_is_corrected_days_later(clinician, given, monkeypatch):
    done = signed(clinician, given)
    days_later(monkeypatch, 3)
    new = amend_treatment(by=clinician, pk=done.pk, reason="wrong lot typed in")
    values = {
        "product": "onabotulinumtoxinA",
        "units": Decimal(100),
        "lot": "C9999",
        "saline_ml": Decimal("2.5"),
    }
    values |= {"expiry": done.vial.expiry, "reconstituted_at": done.vial.reconstituted_at}
    with pytest.raises(FieldsError):
        enter_vial(by=clinician, **values)
    vial = enter_vial(by=clinician, used_at=past_use(new), **values)
    assert vial in vials_to_choose(new, clinician.clinic_id)
    choose_vial(by=clinician, pk=new.pk, version=None, vial_id=vial.pk, syringe="one_ml")
    assert signed(clinician, new, given_at=done.given_at).vial.lot == "C9999"


def test_expiry_counts_the_days_of_the_clinic(clinician, settings):
    settings.TIME_ZONE = "Australia/Brisbane"
    morning = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)  # 8 o'clock on 1 July there
    vial = made.vial(clinician, expiry=date(2026, 6, 30), reconstituted_at=morning - timedelta(hours=1))
    assert "expired" in refusal_of(vial, morning)
    assert "expired" in refusal_of(vial, morning.astimezone(timezone.get_default_timezone()))


def test_a_struck_out_treatment_does_not_come_back_by_its_amendment(clinician, given):
    done = signed(clinician, given)
    new = amend_treatment(by=clinician, pk=done.pk, reason="wrong dose typed in")
    mark_treatment_error(by=clinician, pk=done.pk, reason="of another patient")
    new.refresh_from_db()
    assert (new.status, new.amends_id) == ("entered_in_error", None)
    with pytest.raises(NotNowError):
        signed(clinician, new)
    done.refresh_from_db()
    assert (done.status, done.status_reason) == ("entered_in_error", "of another patient")


def test_a_discarded_correction_leaves_room_for_the_next(clinician, given):
    done = signed(clinician, given)
    for _ in range(2):
        new = amend_treatment(by=clinician, pk=done.pk, reason="wrong dose typed in")
        mark_treatment_error(by=clinician, pk=new.pk, reason="begun by mistake")
    done.refresh_from_db()
    assert done.status == "final"
    assert done.dues.filter(status="open").count() == 2


def test_striking_out_the_only_treatment_leaves_its_plan_open(clinician, given):
    done = signed(clinician, given)
    mark_treatment_error(by=clinician, pk=done.pk, reason="of another patient")
    done.plan.refresh_from_db()
    assert done.plan.status == "active"
    assert start_treatment(by=clinician, plan_id=done.plan_id).pk != done.pk


@pytest.fixture
def treated_twice(clinician, given, monkeypatch):
    """A patient's signed treatments, half a year apart."""
    first = signed(clinician, given)
    days_later(monkeypatch, 180)
    plan = consented_plan(first.plan.visit.patient, clinician)
    second = start_treatment(by=clinician, plan_id=plan.pk)
    vial = made.vial(clinician)
    choose_vial(by=clinician, pk=second.pk, version=None, vial_id=vial.pk, syringe="one_ml")
    give_all_open(by=clinician, pk=second.pk, version=None)
    return first, signed(clinician, second)


def still_due(treatment):
    return sorted(due.kind for due in treatment.dues.filter(status="open"))


def test_amending_the_earlier_treatment_leaves_what_is_due_of_the_later(clinician, treated_twice):
    first, second = treated_twice
    new = amend_treatment(by=clinician, pk=first.pk, reason="wrong lot typed in")
    new = signed(clinician, new, given_at=first.given_at)
    assert still_due(new) == []
    assert still_due(second) == ["repeat", "review"]


def test_a_review_that_was_done_is_not_due_again_after_an_amendment(clinician, given):
    done = signed(clinician, given)
    done.dues.filter(kind="review").update(status="done")
    new = amend_treatment(by=clinician, pk=done.pk, reason="wrong lot typed in")
    assert still_due(signed(clinician, new)) == ["repeat"]


def test_striking_out_the_later_treatment_makes_the_earlier_due_again(clinician, treated_twice):
    first, second = treated_twice
    assert still_due(first) == []
    mark_treatment_error(by=clinician, pk=second.pk, reason="of another patient")
    assert (still_due(first), still_due(second)) == (["repeat", "review"], [])
