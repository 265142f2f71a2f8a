"""Edits of doses: what they make, what is logged, and that nobody overwrites another."""

from fractions import Fraction
from uuid import uuid4

import pytest

from facialis.clinic.accounts.models import Role
from facialis.clinic.kernel.errors import FieldsError, NotNowError, NotPermittedError, StaleVersionError
from facialis.clinic.plans.actions.editing import (
    EditOf,
    accept_all,
    accept_place,
    change_place,
    check_again,
    give_reason,
    take_alternative,
    undo,
)
from facialis.clinic.plans.choices import PlaceKey, needles_of, suggested, total_of
from facialis.clinic.plans.edit_words import words_of
from facialis.clinic.plans.judging import Judged
from facialis.clinic.plans.queries import edits_after
from facialis.clinic.plans.rows import rows_of
from tests.factories import clinic as records
from tests.factories import clinic_plans as made

FRONTALIS = PlaceKey("frontalis", "right")
PROCERUS = PlaceKey("procerus", None)


@pytest.fixture
def edit(clinician):
    def of(plan, **changes):
        return EditOf(**{"by": clinician, "plan_id": plan.pk, "version": made.fresh(plan).version, **changes})

    return of


def test_a_suggestion_is_never_accepted_by_itself(draft):
    assert draft.choices == []
    assert suggested(draft.proposal)
    assert {row.state for row in rows_of(draft)} == {"open"}


def test_accepting_one_row_takes_its_doses_alone(draft, edit):
    plan = accept_place(edit(draft), place=FRONTALIS)
    assert plan.choices == [
        {"target": "frontalis", "side": "right", "point": 1, "amount": "2.5"},
        {"target": "frontalis", "side": "right", "point": 2, "amount": "2.5"},
    ]
    states = {row.place: row.state for row in rows_of(plan)}
    assert states.pop(FRONTALIS) == "accepted"
    assert set(states.values()) == {"open"}


def test_a_change_is_logged_beside_what_was_suggested(draft, edit, clinician):
    accept_place(edit(draft), place=FRONTALIS)
    plan = change_place(edit(draft), place=FRONTALIS, doses={1: Fraction(2), 2: Fraction(0)})
    last = plan.edits.last()
    assert (last.kind, last.by, last.plan_version) == ("change", clinician, plan.version)
    assert [one["amount"] for one in last.before["choices"]] == ["2.5", "2.5"]
    assert [one["amount"] for one in last.after["choices"]] == ["2"]
    assert [one["amount"] for one in last.suggested["choices"]] == ["2.5", "2.5"]
    assert words_of(last) == "changed RIGHT frontalis from 2 × 2.5 units to 2 units"


def test_choosing_the_suggested_doses_by_hand_is_accepting_them(draft, edit):
    plan = change_place(edit(draft), place=FRONTALIS, doses={1: Fraction(5, 2), 2: Fraction(5, 2)})
    assert plan.edits.last().kind == "accept"


def test_targets_are_added_and_removed(draft, edit):
    plan = change_place(edit(draft), place=PROCERUS, doses={1: Fraction(5, 4)})
    assert plan.edits.last().kind == "add"
    assert needles_of(plan.choices)[0].side is None
    plan = change_place(edit(draft), place=PROCERUS, doses={1: Fraction(0)})
    assert plan.edits.last().kind == "remove"
    assert plan.choices == []


def test_doses_are_exact_and_in_one_order(draft, edit):
    change_place(edit(draft), place=PlaceKey("mentalis", "left"), doses={1: Fraction(11, 4)})
    plan = change_place(edit(draft), place=FRONTALIS, doses={2: Fraction(1, 4), 1: Fraction(5, 2)})
    assert [(one["side"], one["target"], one["point"], one["amount"]) for one in plan.choices] == [
        ("right", "frontalis", 1, "2.5"),
        ("right", "frontalis", 2, "0.25"),
        ("left", "mentalis", 1, "2.75"),
    ]


@pytest.mark.parametrize(
    ("place", "doses", "field"),
    [
        (FRONTALIS, {1: Fraction(26, 10)}, "point_1"),
        (FRONTALIS, {99: Fraction(1)}, "point_99"),
        (FRONTALIS, {1: Fraction(-1)}, "point_1"),
        (PlaceKey("deltoid", "right"), {1: Fraction(1)}, "target"),
        (PlaceKey("frontalis", None), {1: Fraction(1)}, "side"),
        (PlaceKey("procerus", "left"), {1: Fraction(1)}, "side"),
        (PlaceKey("frontalis", "above"), {1: Fraction(1)}, "side"),
    ],
)
def test_doses_that_cannot_be_are_refused(draft, edit, place, doses, field):
    with pytest.raises(FieldsError) as refused:
        change_place(edit(draft), place=place, doses=doses)
    assert field in refused.value.errors
    assert made.fresh(draft).choices == []


def test_undo_puts_back_edit_after_edit(draft, edit):
    accept_place(edit(draft), place=FRONTALIS)
    accept_all(edit(draft))
    change_place(edit(draft), place=FRONTALIS, doses={1: Fraction(1), 2: Fraction(0)})
    undo(edit(draft))
    assert total_of(needles_of(made.fresh(draft).choices)) == 36
    undo(edit(draft))
    assert total_of(needles_of(made.fresh(draft).choices)) == 5
    plan = undo(edit(draft))
    assert plan.choices == []
    assert [one.kind for one in plan.edits.all()] == [
        "accept",
        "accept_all",
        "change",
        "undo",
        "undo",
        "undo",
    ]
    with pytest.raises(NotNowError):
        undo(edit(draft))


def test_an_alternative_is_taken_as_it_was_offered(draft, edit):
    offered = draft.proposal["alternatives"][1]
    plan = take_alternative(edit(draft), number=1)
    assert str(total_of(needles_of(plan.choices))) == offered["totals"]["session"]
    assert plan.edits.last().kind == "take_alternative"
    assert take_alternative(edit(draft), number=0).choices == []
    with pytest.raises(FieldsError):
        take_alternative(edit(draft), number=99)


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(draft, edit, clinician):
    seen = draft.version
    other = made.clinician(clinician.clinic)
    change_place(edit(draft, by=other), place=FRONTALIS, doses={1: Fraction(1)})
    with pytest.raises(StaleVersionError):
        change_place(edit(draft, version=seen), place=FRONTALIS, doses={1: Fraction(2)})
    assert [one["amount"] for one in made.fresh(draft).choices] == ["1"]
    (meanwhile,) = edits_after(draft, seen)
    assert meanwhile.by == other


def test_an_edit_sent_twice_is_made_once(draft, edit):
    sent = edit(draft, key=uuid4())
    first = change_place(sent, place=FRONTALIS, doses={1: Fraction(1)})
    again = change_place(sent, place=FRONTALIS, doses={1: Fraction(1)})
    assert (again.version, again.edits.count()) == (first.version, 1)


def test_every_edit_is_judged_with_its_product(draft, edit, planner):
    planner.judged.clear()
    plan = change_place(edit(draft), place=FRONTALIS, doses={1: Fraction(2)})
    ((dose,),) = planner.judged
    assert (dose.target, dose.side, dose.point, dose.amount) == ("frontalis", "RIGHT", 1, "2")
    assert dose.product == "onabotulinumtoxinA"
    assert Judged(plan).is_checked


def test_without_the_planner_an_edit_is_saved_and_not_checked(draft, edit, planner, clinician):
    planner.is_away = True
    plan = made.fresh(change_place(edit(draft), place=FRONTALIS, doses={1: Fraction(2)}))
    assert [one["amount"] for one in plan.choices] == ["2"]
    assert not Judged(plan).is_checked
    assert Judged(plan).findings == []
    planner.is_away = False
    check_again(by=clinician, plan_id=plan.pk)
    assert Judged(made.fresh(plan)).is_checked


def test_a_planner_that_forgot_the_plan_reads_it_again(draft, edit, planner):
    planner.has_forgotten = True
    plan = change_place(edit(draft), place=FRONTALIS, doses={1: Fraction(2)})
    assert Judged(plan).is_forgotten
    assert made.run_tasks() == 1
    assert planner.asked[-1].key == plan.planner_key
    assert Judged(made.fresh(plan)).is_checked


def test_a_judgement_of_other_doses_does_not_count(accepted):
    assert Judged(accepted).is_checked
    accepted.choices = accepted.choices[1:]
    assert not Judged(accepted).is_checked
    assert Judged(accepted).findings == []


def test_a_reason_is_kept_taken_back_and_logged(accepted, edit):
    plan = give_reason(edit(accepted), finding="some_code:LEFT frontalis", reason="  It is known. ")
    assert plan.reasons == {"some_code:LEFT frontalis": "It is known."}
    plan = give_reason(edit(accepted), finding="some_code:LEFT frontalis", reason=" ")
    assert plan.reasons == {}
    assert [one.kind for one in plan.edits.all()][-2:] == ["reason", "reason"]


def test_a_signed_plan_is_not_edited(accepted, sign, edit):
    sign(accepted)
    with pytest.raises(NotNowError):
        accept_place(edit(accepted), place=FRONTALIS)


def test_assistants_draft_and_researchers_do_not(draft, edit, clinician):
    assistant = records.user(clinician.clinic, Role.ASSISTANT)
    assert accept_place(edit(draft, by=assistant), place=FRONTALIS).choices
    with pytest.raises(NotPermittedError):
        accept_all(edit(draft, by=records.user(clinician.clinic, Role.RESEARCHER)))
