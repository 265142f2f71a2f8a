"""How a plan begins, and how its proposal is asked for."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from facialis.clinic.accounts.models import Role
from facialis.clinic.kernel.errors import FieldsError, NotNowError, NotPermittedError
from facialis.clinic.plans import tasks
from facialis.clinic.plans.actions.drafting import (
    change_grounds,
    override_stop,
    propose_again,
    start_plan,
)
from facialis.clinic.plans.actions.editing import EditOf, accept_all
from facialis.clinic.plans.judging import Judged
from facialis.clinic.plans.models import Plan
from facialis.clinic.plans.overrides import overridable_codes
from facialis.clinic.plans.questions import changes_since, kept_question, question_of
from facialis.clinic.treatments.models import Treatment, TreatmentPoint
from tests.factories import clinic as records
from tests.factories import clinic_plans as made


def given_before(visit, by, product="onabotulinumtoxinA"):
    """A signed treatment half a year before, in which one point was given otherwise."""
    day = made.DAY - timedelta(days=180)
    earlier = records.visit(visit.patient, day)
    plan = records.active_plan(earlier, by)
    treatment = Treatment.objects.create(
        plan=plan,
        vial=records.vial(by, product=product),
        given_at=timezone.now() - timedelta(days=180),
        started_by=by,
        signature=plan.signature,
        status="final",
    )
    for order, (target, side, planned, given) in enumerate(
        [
            ("mentalis", "left", "2.5", "3"),
            ("procerus", "", "2.5", "2.5"),
            ("frontalis", "right", "2.5", None),
        ]
    ):
        status = "skipped" if given is None else "given" if given == planned else "changed"
        TreatmentPoint.objects.create(
            treatment=treatment,
            order=order,
            target=target,
            side=side,
            point=1,
            planned_units=Decimal(planned),
            given_units=None if given is None else Decimal(given),
            status=status,
            reason="" if status == "given" else "She asked for it.",
        )
    return treatment


def test_a_draft_and_the_task_that_proposes_it_are_kept_together_or_not_at_all(visit, clinician):
    with transaction.atomic():
        plan = start_plan(by=clinician, visit_id=visit.pk, grounds=made.grounds())
        # A process that is killed right after the commit has no time to ask for anything.
        assert DBTaskResult.objects.filter(args_kwargs__args__0=str(plan.pk)).count() == 1
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()
    assert not Plan.objects.exists()


def test_the_question_holds_the_record_and_who_stands_for_ranges(draft, clinician, planner):
    (asked,) = planner.asked
    assert asked.confirmed_by == clinician.signature_name
    assert asked.today == made.DAY
    assert list(asked.measurements) == [made.DAY]
    assert asked.case["prerequisites"]["off_label_consent"] == "yes"
    assert kept_question(draft).key == draft.planner_key == asked.key
    assert changes_since(draft, question_of(draft)) == ()


def test_nobody_stands_for_ranges_unless_somebody_says_so(visit, clinician, planner):
    made.proposed_plan(visit, clinician, confirms_ranges=False)
    assert planner.asked[0].confirmed_by is None


def test_an_assistant_drafts_and_does_not_confirm_ranges(visit, clinician, planner):
    assistant = records.user(clinician.clinic, Role.ASSISTANT)
    with pytest.raises(NotPermittedError):
        made.proposed_plan(visit, assistant)
    assert made.proposed_plan(visit, assistant, confirms_ranges=False).proposal_status == "ready"
    assert planner.asked[0].confirmed_by is None


def test_a_record_that_changed_is_noticed_and_named(draft, clinician):
    made.grade(draft.visit, clinician)
    patient = draft.visit.patient
    patient.allergies = {"state": "known", "codes": [], "others": ["latex"]}
    patient.save()
    assert (
        changes_since(draft, question_of(draft))
        == (
            "a visit: examination, findings or grades",
            "allergies",
            "the checklist",
        )[:2]
    )


def test_done_twice_the_task_changes_nothing(draft, clinician, planner):
    version = draft.version
    tasks.propose_plan.func(str(draft.pk), clinician.pk)
    assert (made.fresh(draft).version, len(planner.asked)) == (version, 1)


def test_proposed_again_the_doses_that_were_chosen_stay(accepted, clinician):
    made.grade(accepted.visit, clinician)
    plan = propose_again(by=clinician, plan_id=accepted.pk)
    assert plan.proposal_status == "waiting"
    tasks.propose_plan.func(str(plan.pk), clinician.pk)
    plan = made.fresh(plan)
    assert plan.choices == accepted.choices
    assert plan.planner_key != accepted.planner_key
    assert Judged(plan).is_checked


def test_without_the_planner_the_proposal_fails_with_a_sentence(visit, clinician, planner):
    planner.is_away = True
    plan = made.proposed_plan(visit, clinician)
    assert (plan.proposal_status, plan.proposal_error) == ("failed", "The planner does not answer.")
    planner.is_away = False
    propose_again(by=clinician, plan_id=plan.pk)
    tasks.propose_plan.func(str(plan.pk), clinician.pk)
    assert made.fresh(plan).proposal_status == "ready"


@pytest.mark.usefixtures("planner")
def test_a_record_that_contradicts_itself_fails_with_its_sentence(visit, clinician):
    visit.patient.earlier_toxin = "known"
    visit.patient.save()
    plan = made.proposed_plan(visit, clinician)
    assert plan.proposal_status == "failed"
    assert "no treatment is listed" in plan.proposal_error


def test_a_visit_has_one_plan(draft, clinician):
    with pytest.raises(NotNowError):
        start_plan(by=clinician, visit_id=draft.visit_id, grounds=made.grounds())


@pytest.mark.usefixtures("planner")
def test_a_plan_needs_an_open_visit_and_a_known_product(visit, clinician):
    with pytest.raises(FieldsError):
        start_plan(by=clinician, visit_id=visit.pk, grounds=made.grounds(product="water"))
    visit.status = "closed"
    visit.save()
    with pytest.raises(NotNowError):
        start_plan(by=clinician, visit_id=visit.pk, grounds=made.grounds())


@pytest.mark.usefixtures("planner")
def test_the_last_session_is_copied_as_it_was_given(visit, clinician):
    treatment = given_before(visit, clinician)
    plan = made.proposed_plan(visit, clinician, start="last")
    assert [(one["target"], one["side"], one["amount"]) for one in plan.choices] == [
        ("mentalis", "left", "3"),
        ("procerus", None, "2.5"),
    ]
    assert plan.copied_from == treatment.plan
    assert plan.edits.get().kind == "copy_last"


@pytest.mark.usefixtures("planner")
def test_units_of_another_product_are_not_copied(visit, clinician):
    given_before(visit, clinician, product="abobotulinumtoxinA")
    with pytest.raises(FieldsError, match="not interchangeable"):
        made.proposed_plan(visit, clinician, start="last")


def test_with_another_product_the_doses_go(accepted, clinician):
    grounds = made.grounds(product="abobotulinumtoxinA")
    plan = change_grounds(by=clinician, plan_id=accepted.pk, version=accepted.version, grounds=grounds)
    assert (plan.choices, plan.product) == ([], "abobotulinumtoxinA")
    assert plan.edits.last().before["choices"] == accepted.choices


def test_a_stop_that_may_be_overridden_is_overridden_by_name(visit, clinician, planner):
    planner.stops_with = [made.finding("acute_phase", "stop")]
    plan = made.proposed_plan(visit, clinician)
    assert (plan.proposal_status, overridable_codes(plan)) == ("stopped", ("acute_phase",))
    with pytest.raises(FieldsError):
        override_stop(by=clinician, plan_id=plan.pk, version=plan.version, reason="x")
    assistant = records.user(clinician.clinic, Role.ASSISTANT)
    with pytest.raises(NotPermittedError):
        override_stop(by=assistant, plan_id=plan.pk, version=plan.version, reason="Because.")
    override_stop(by=clinician, plan_id=plan.pk, version=plan.version, reason="A spasm that blinds.")
    planner.stops_with = None
    tasks.propose_plan.func(str(plan.pk), clinician.pk)
    asked = planner.asked[-1].override
    assert (asked.by, asked.codes) == (clinician.signature_name, ("acute_phase",))
    assert made.fresh(plan).proposal_status == "ready"


def test_other_stops_are_not_overridden(visit, clinician, planner):
    planner.stops_with = [made.finding("allergies_not_asked", "stop")]
    plan = made.proposed_plan(visit, clinician)
    with pytest.raises(NotNowError):
        override_stop(by=clinician, plan_id=plan.pk, version=plan.version, reason="Because.")


def test_a_stopped_plan_is_not_edited(visit, clinician, planner):
    planner.stops_with = [made.finding("no_photographs", "stop")]
    plan = made.proposed_plan(visit, clinician)
    with pytest.raises(NotNowError):
        accept_all(EditOf(clinician, plan.pk, plan.version))
