"""What may be recorded as given, and what blocks a signature."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from facialis.clinic.accounts.models import Role
from facialis.clinic.kernel.errors import FieldsError, NotNowError, NotPermittedError, StaleVersionError
from facialis.clinic.kernel.times import now
from facialis.clinic.treatments.actions.giving import (
    add_point,
    choose_vial,
    give_all_open,
    note_point,
    start_treatment,
)
from facialis.clinic.treatments.actions.signing import amend_treatment, mark_treatment_error, sign_treatment
from facialis.clinic.treatments.models import Treatment
from facialis.clinic.treatments.queries import (
    last_treatment,
    planning_treatments,
)
from tests.factories import clinic as made
from tests.factories.clinic_plans import consent
from tests.unit.clinic.treatments.conftest import signed

pytestmark = pytest.mark.django_db


def consented_visit(patient, by):
    visit = made.visit(patient, timezone.localdate())
    consent(visit, by)
    return visit


def test_a_treatment_given_as_planned_completes_the_plan_and_makes_review_and_repeat_due(clinician, given):
    done = signed(clinician, given)
    assert done.status == "final"
    assert {point.status for point in done.points.all()} == {"given"}
    done.plan.refresh_from_db()
    assert done.plan.status == "completed"
    assert sorted(due.kind for due in done.dues.all()) == ["repeat", "review"]
    assert done.signature.document["total_units"] == "6.25"
    assert 0.9 < done.hours_since_reconstitution < 1.1


def test_signing_twice_gives_one_signature(clinician, given):
    first = signed(clinician, given)
    again = sign_treatment(by=clinician, pk=given.pk, version=1, method="password", given_at=now())
    assert again.signature_id == first.signature_id
    assert Treatment.objects.get().dues.count() == 2


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        (lambda t, by: note_point(by=by, pk=t.pk, point_id=t.points.first().pk, status="open"), "points"),
        (lambda *_: Treatment.objects.update(vial=None), "vial"),
        (lambda t, _: type(t.vial).objects.update(reconstituted_at=now() + timedelta(hours=1)), "vial"),
        (lambda t, _: type(t.vial).objects.update(reconstituted_at=now() - timedelta(hours=30)), "note"),
        (lambda t, _: type(t.vial).objects.update(expiry=timezone.localdate() - timedelta(days=1)), "note"),
        (
            lambda t, _: type(t.vial).objects.update(units=Decimal(50), saline_ml=Decimal("1.25")) and None,
            None,
        ),
    ],
)
def test_what_blocks_a_signature(clinician, given, spoil, field):
    given.refresh_from_db()
    spoil(given, clinician)
    if field is None:
        assert signed(clinician, given).status == "final"
        return
    with pytest.raises(FieldsError) as refused:
        signed(clinician, given)
    assert field in refused.value.errors
    assert Treatment.objects.get().signature_id is None


@pytest.mark.parametrize("hours", [1, -25, 49])
def test_the_time_of_a_treatment_lies_on_the_plans_day_and_not_in_the_future(clinician, given, hours):
    with pytest.raises(FieldsError) as refused:
        signed(clinician, given, given_at=now() + timedelta(hours=hours))
    assert "given_at" in refused.value.errors


@pytest.mark.parametrize("discards", [True, False])
def test_a_vial_past_its_hours_is_recorded_as_it_was_with_a_word(clinician, given, discards):
    vials = type(given.vial).objects
    vials.update(reconstituted_at=now() - timedelta(hours=30), is_discarded=discards)
    with pytest.raises(FieldsError) as refused:  # thrown away, it is no younger
        signed(clinician, given)
    assert set(refused.value.errors) == {"note"}
    done = signed(clinician, given, note="The second patient came two hours late.")
    assert done.hours_since_reconstitution > 29
    assert any("prepared" in one for one in done.signature.document["objections"])


def test_a_vial_does_not_give_more_than_it_holds_to_all_its_patients(clinician, given):
    other = made.patient(clinician)
    made.palsy(other)
    dose = {"target": "mentalis", "side": "left", "point": 1, "amount": "95"}
    plan = made.active_plan(consented_visit(other, clinician), clinician, [dose])
    second = start_treatment(by=clinician, plan_id=plan.pk)
    given.refresh_from_db()
    choose_vial(by=clinician, pk=second.pk, version=None, vial_id=given.vial_id, syringe="one_ml")
    give_all_open(by=clinician, pk=second.pk, version=None)
    with pytest.raises(FieldsError, match=r"93\.75 units left"):
        signed(clinician, second)


def test_an_assistant_records_and_does_not_sign(clinician, given):
    assistant = made.user(clinician.clinic, Role.ASSISTANT)
    note_point(by=assistant, pk=given.pk, point_id=given.points.first().pk, status="given")
    with pytest.raises(NotPermittedError):
        signed(assistant, given)


def test_a_person_of_another_clinic_finds_nothing(given):
    stranger = made.user(made.clinic())
    with pytest.raises(Treatment.DoesNotExist):
        give_all_open(by=stranger, pk=given.pk, version=None)


def test_a_stale_page_does_not_sign(clinician, given):
    given.refresh_from_db()
    old = given.version
    give_all_open(by=clinician, pk=given.pk, version=None)
    with pytest.raises(StaleVersionError):
        signed(clinician, given, version=old)


@pytest.mark.parametrize("status", ["changed", "skipped"])
def test_every_deviation_needs_a_reason(clinician, started, status):
    point = started.points.first()
    with pytest.raises(FieldsError) as refused:
        note_point(by=clinician, pk=started.pk, point_id=point.pk, status=status, given_units=Decimal(1))
    assert "reason" in refused.value.errors


@pytest.mark.parametrize("units", [None, Decimal(0), Decimal(-1), Decimal("NaN"), Decimal("2.5")])
def test_a_changed_dose_is_a_number_above_0_and_not_the_planned_one(clinician, started, units):
    point = started.points.get(target="corrugator")
    with pytest.raises(FieldsError) as refused:
        note_point(
            by=clinician, pk=started.pk, point_id=point.pk, status="changed", given_units=units, reason="less"
        )
    assert "given_units" in refused.value.errors


@pytest.mark.parametrize(
    ("target", "side", "point", "field"),
    [
        ("corrugator", "right", 1, "point"),
        ("corrugator", "right", 9, "point"),
        ("corrugator", "", 1, "side"),
        ("procerus", "left", 1, "side"),
        ("levator", "left", 1, "target"),
    ],
)
def test_an_added_point_has_a_place_of_its_own(clinician, started, target, side, point, field):
    with pytest.raises(FieldsError) as refused:
        add_point(
            by=clinician,
            pk=started.pk,
            target=target,
            side=side,
            point=point,
            given_units=Decimal(1),
            reason="x",
        )
    assert field in refused.value.errors


def test_a_vial_of_another_product_is_refused(clinician, started):
    other = made.vial(clinician, product="incobotulinumtoxinA")
    with pytest.raises(FieldsError, match="not interchangeable"):
        choose_vial(by=clinician, pk=started.pk, version=None, vial_id=other.pk, syringe="one_ml")


def test_a_plan_of_another_day_is_not_given(clinician):
    patient = made.patient(clinician)
    made.palsy(patient)
    plan = made.active_plan(made.visit(patient, timezone.localdate() - timedelta(days=1)), clinician)
    with pytest.raises(NotNowError, match="given on that day only"):
        start_treatment(by=clinician, plan_id=plan.pk)


def test_without_consent_a_signed_plan_is_not_given(clinician, plan):
    consent(plan.visit, clinician, "withdrawn")
    with pytest.raises(NotNowError, match="consent to the treatment is not given, or was withdrawn"):
        start_treatment(by=clinician, plan_id=plan.pk)


def test_what_was_given_though_the_record_speaks_against_it_needs_its_reason(clinician, given):
    consent(given.plan.visit, clinician, "withdrawn")
    with pytest.raises(FieldsError, match="write why") as refused:
        signed(clinician, given, note="done")
    assert "note" in refused.value.errors
    done = signed(clinician, given, note="Withdrawn after the last point was given.")
    assert "withdrawn" in done.signature.document["objections"][0]


def test_nothing_is_given_before_a_vial_is_chosen(clinician, plan):
    begun = start_treatment(by=clinician, plan_id=plan.pk)
    with pytest.raises(FieldsError, match="vial"):
        give_all_open(by=clinician, pk=begun.pk, version=None)
    with pytest.raises(FieldsError, match="vial"):
        note_point(by=clinician, pk=begun.pk, point_id=begun.points.first().pk, status="given")


def test_starting_twice_finds_the_first(clinician, plan, started):
    assert start_treatment(by=clinician, plan_id=plan.pk).pk == started.pk


def test_a_signed_treatment_refuses_changes_by_whatever_code(clinician, given):
    done = signed(clinician, given)
    point = done.points.first()
    with pytest.raises(NotNowError):
        note_point(by=clinician, pk=done.pk, point_id=point.pk, status="skipped", reason="late idea")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        done.points.update(given_units=Decimal(9))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Treatment.objects.filter(pk=done.pk).update(vial=None)


def test_an_amendment_replaces_what_it_corrects_and_both_are_kept(clinician, given):
    old = signed(clinician, given)
    new = amend_treatment(by=clinician, pk=old.pk, reason="The chin received less.")
    assert Treatment.objects.get(pk=old.pk).status == "final"
    point = new.points.get(target="mentalis")
    note_point(
        by=clinician,
        pk=new.pk,
        point_id=point.pk,
        status="changed",
        given_units=Decimal("1.25"),
        reason="The syringe was spilt.",
    )
    done = signed(clinician, new, given_at=old.given_at)
    assert Treatment.objects.get(pk=old.pk).status == "amended"
    assert done.signature.document["amends"] == str(old.pk)
    assert done.signature.document["total_units"] == "5"
    patient = done.plan.visit.patient
    assert last_treatment(patient).pk == done.pk
    assert [float(t.amount.amount) for t in planning_treatments(patient)] == [5.0]


def test_a_treatment_entered_in_error_no_longer_counts_and_stays(clinician, given):
    done = signed(clinician, given)
    mark_treatment_error(by=clinician, pk=done.pk, reason="Another patient.")
    assert planning_treatments(done.plan.visit.patient) == []
    assert Treatment.objects.get(pk=done.pk).points.count() == 3
    assert {due.status for due in done.dues.all()} == {"cancelled"}


def test_planning_knows_side_role_and_volume_of_every_needle(clinician, given):
    signed(clinician, given)
    (known,) = planning_treatments(given.plan.visit.patient)
    by_target = {i.target.value: i for i in known.injections}
    assert by_target["corrugator"].role.value == "healthy"
    assert by_target["mentalis"].role.value == "affected"
    assert float(by_target["corrugator"].volume_ml) == 0.0625
