"""What forbids a signature, and that there is only one."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from facialis.clinic.accounts.models import Role, User
from facialis.clinic.audit.models import AuditEntry, Signature
from facialis.clinic.kernel import times
from facialis.clinic.kernel.errors import FieldsError, NotPermittedError, StaleVersionError
from facialis.clinic.plans.actions.editing import EditOf, give_reason, undo
from facialis.clinic.plans.actions.signing import CannotSignError
from facialis.clinic.plans.documents import signed_document
from facialis.clinic.plans.judging import Judged, reason_key
from facialis.clinic.plans.models import Plan
from tests.factories import clinic as records
from tests.factories import clinic_plans as made

FRONTALIS = {"target": "frontalis", "side": "right", "point": 1, "amount": "2.5"}


def changed_choices(plan, *choices):
    """Doses as no page would save them: what the second check is for."""
    Plan.objects.filter(pk=plan.pk).update(choices=list(choices))


def codes(refused):
    return {problem.code for problem in refused.value.problems}


def test_a_checked_plan_with_consent_is_signed_on_its_day(accepted, sign, clinician):
    signed = made.fresh(sign(accepted))
    assert signed.status == "active"
    assert signed.signature.signer == clinician
    document = signed_document(signed)
    assert document["choices"] == signed.choices
    assert document["read_back"]["total_units"] == "36"
    assert [(side["side"], side["sites"], side["units"]) for side in document["read_back"]["sides"]] == [
        ("RIGHT", 6, "10"),
        ("LEFT", 9, "26"),
    ]
    assert AuditEntry.objects.filter(verb="sign", record=str(signed.pk)).count() == 1


@dataclass
class Scene:
    """A plan just before its signature, and what a test may make wrong about it."""

    plan: Plan
    planner: made.RecordedPlanner
    monkeypatch: pytest.MonkeyPatch
    clinician: User


def _other_day(scene):
    scene.monkeypatch.setattr(times, "today", lambda: date(2026, 3, 3))


def _stopped(scene):
    scene.planner.findings = [made.finding("target_closed", "stop", ("frontalis", "RIGHT"))]


def _warned(scene):
    scene.planner.findings = [made.finding("above_total_range", "warn", ("frontalis", "RIGHT"))]


def _away(scene):
    scene.planner.is_away = True


def _consent_withdrawn(scene):
    made.consent(scene.plan.visit, scene.clinician, "withdrawn")


def _side_corrected(scene):
    palsy = scene.plan.visit.patient.palsy
    palsy.affected_side = "right"
    palsy.save()


def _graded_since(scene):
    made.grade(scene.plan.visit, scene.clinician)


def _nothing_chosen(scene):
    changed_choices(scene.plan)


def _twice(scene):
    changed_choices(scene.plan, FRONTALIS, FRONTALIS)


def _off_step(scene):
    changed_choices(scene.plan, FRONTALIS | {"amount": "2.6"})


def _unknown_point(scene):
    changed_choices(scene.plan, FRONTALIS | {"point": 99})


def _unknown_target(scene):
    changed_choices(scene.plan, FRONTALIS | {"target": "deltoid"})


def _midline_with_side(scene):
    changed_choices(scene.plan, FRONTALIS | {"target": "procerus"})


def _zero(scene):
    changed_choices(scene.plan, FRONTALIS | {"amount": "0"})


def _other_product(scene):
    Plan.objects.filter(pk=scene.plan.pk).update(product="abobotulinumtoxinA")


def _visit_closed(scene):
    scene.plan.visit.status = "closed"
    scene.plan.visit.save()


@pytest.mark.parametrize(
    ("make_wrong", "code"),
    [
        (_other_day, "other_day"),
        (_stopped, "stopped"),
        (_warned, "no_reason"),
        (_away, "not_checked"),
        (_consent_withdrawn, "no_consent"),
        (_side_corrected, "wrong_role"),
        (_side_corrected, "other_affected_side"),
        (_side_corrected, "record_changed"),
        (_graded_since, "record_changed"),
        (_nothing_chosen, "no_doses"),
        (_twice, "point_twice"),
        (_off_step, "off_step"),
        (_unknown_point, "unknown_point"),
        (_unknown_target, "unknown_target"),
        (_midline_with_side, "unknown_side"),
        (_zero, "no_amount"),
        (_other_product, "other_product"),
        (_visit_closed, "visit_not_open"),
    ],
)
def test_what_forbids_a_signature(make_wrong, code, accepted, sign, planner, monkeypatch, clinician):
    make_wrong(Scene(accepted, planner, monkeypatch, clinician))
    with pytest.raises(CannotSignError) as refused:
        sign(accepted)
    assert code in codes(refused)
    assert not Signature.objects.filter(what="plans.plan").exists()
    assert made.fresh(accepted).status == "draft"


@pytest.mark.usefixtures("planner")
def test_without_consent_nothing_is_signed(clinician, sign):
    plan = made.proposed_plan(made.planned_visit(clinician, with_consent=False), clinician)
    with pytest.raises(CannotSignError) as refused:
        sign(plan)
    assert "no_consent" in codes(refused)


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.RESEARCHER, Role.ADMINISTRATOR])
def test_only_a_clinician_signs(role, accepted, sign, clinician):
    other = records.user(clinician.clinic, role)
    with pytest.raises(NotPermittedError):
        sign(accepted, by=other)


def test_a_clinician_of_another_clinic_finds_no_plan(accepted, sign):
    with pytest.raises(Plan.DoesNotExist):
        sign(accepted, by=made.clinician())


@pytest.mark.parametrize("left_out", ["identity", "side", "product", "consent"])
def test_each_point_of_the_time_out_is_ticked(left_out, accepted, sign):
    ticks = [tick for tick in ("identity", "side", "product", "consent") if tick != left_out]
    with pytest.raises(FieldsError) as refused:
        sign(accepted, ticks=ticks)
    assert set(refused.value.errors) == {left_out}


def test_a_plan_that_changed_since_the_read_back_is_not_signed(accepted, sign, clinician):
    shown = accepted.version
    undo(EditOf(clinician, accepted.pk, accepted.version))
    with pytest.raises(StaleVersionError):
        sign(accepted, version=shown)


def test_what_is_signed_is_what_was_shown(accepted, sign):
    with pytest.raises(StaleVersionError):
        sign(accepted, shown="0" * 64)


def test_a_warning_passes_with_a_reason_of_its_own(accepted, sign, planner, clinician):
    first = made.finding("above_total_range", "warn", ("frontalis", "RIGHT"))
    second = made.finding("above_total_range", "warn", ("mentalis", "LEFT"))
    planner.findings = [first, second]
    edit = EditOf(clinician, accepted.pk, accepted.version)
    plan = give_reason(edit, finding=reason_key(first), reason="It held last time.")
    with pytest.raises(CannotSignError, match="above_total_range"):
        sign(plan)
    edit = EditOf(clinician, accepted.pk, plan.version)
    give_reason(edit, finding=reason_key(second), reason="So did this.")
    signed = sign(plan)
    found = signed.signature.document["read_back"]["findings"]
    assert [one["reason"] for one in found] == ["It held last time.", "So did this."]


def test_a_reason_for_one_dose_is_none_for_a_larger_one(client, accepted, sign, planner, clinician):
    low = made.finding("above_total_range", "warn", ("frontalis", "RIGHT")) | {
        "sentence": "5.25 units: above 4."
    }
    planner.findings = [low]
    plan = give_reason(
        EditOf(clinician, accepted.pk, accepted.version), finding=reason_key(low), reason="It held last time."
    )
    planner.findings = [low | {"sentence": "9 units: above 4."}]
    with pytest.raises(CannotSignError, match="9 units"):
        sign(plan)
    client.force_login(clinician)
    page = client.get(reverse("plan_editor", args=[plan.pk])).content.decode()
    assert "It held last time." in page  # offered, and not kept
    assert "Not kept yet" in page


def test_the_words_of_a_warning_have_a_language_and_its_key_has_none():
    english = made.finding("above_range", "warn", ("frontalis", "RIGHT")) | {
        "sentence": "5.25 units: too many."
    }
    assert reason_key(english) == reason_key(english | {"sentence": "5,25 Einheiten: zu viele."})


def test_signing_twice_gives_one_signature(accepted, sign):
    first, again = sign(accepted), sign(accepted)
    assert first.signature_id == again.signature_id
    assert Signature.objects.count() == 1


def test_the_database_itself_refuses_to_change_a_signed_plan(accepted, sign):
    signed = sign(accepted)
    for column in ("choices", "product", "reasons", "judged", "inputs", "proposal", "prerequisites"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Plan.objects.filter(pk=signed.pk).update(**{column: "other"})
    with pytest.raises(DatabaseError), transaction.atomic():
        Plan.objects.filter(pk=signed.pk).update(signature=None)


def test_the_log_of_edits_is_never_changed(accepted):
    with pytest.raises(DatabaseError), transaction.atomic():
        accepted.edits.update(kind="other")
    with pytest.raises(DatabaseError), transaction.atomic():
        accepted.edits.all().delete()


def test_a_function_endangered_more_than_it_may_be_wants_a_reason(accepted, sign, planner, clinician):
    planner.endangers = "gentle_eye_closure LEFT"
    with pytest.raises(CannotSignError) as refused:
        sign(accepted)
    assert codes(refused) == {"no_reason"}
    plan = made.fresh(accepted)
    edit = EditOf(clinician, plan.pk, plan.version)
    (limit,) = Judged(plan).warnings
    assert limit["code"] == "function_limit gentle_eye_closure LEFT"
    give_reason(edit, finding=reason_key(limit), reason="Tape at night was agreed.")
    assert sign(plan).status == "active"
