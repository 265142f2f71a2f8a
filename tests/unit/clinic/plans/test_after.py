"""After the signature: amended, revoked, entered in error; never changed."""

import pytest
from django.urls import reverse

from facialis.clinic.accounts.models import Role
from facialis.clinic.kernel.errors import FieldsError, NotNowError, NotPermittedError
from facialis.clinic.plans import tasks
from facialis.clinic.plans.actions.after import amend_plan, mark_plan_error, revoke_plan
from facialis.clinic.plans.actions.editing import EditOf, change_place
from facialis.clinic.plans.actions.signing import CannotSignError
from facialis.clinic.plans.choices import PlaceKey
from facialis.clinic.plans.differences import differences_of
from facialis.clinic.plans.queries import active_plan
from facialis.clinic.treatments.actions.giving import start_treatment
from tests.factories import clinic as records
from tests.factories import clinic_plans as made

MENTALIS = PlaceKey("mentalis", "left")


@pytest.fixture
def signed(accepted, sign):
    return sign(accepted)


def amended(plan, by, **changes):
    given = {"reason": "The dose was too high last time.", "confirms_ranges": True, **changes}
    draft = amend_plan(by=by, plan_id=plan.pk, **given)
    tasks.propose_plan.func(str(draft.pk), by.pk)
    return made.fresh(draft)


def test_an_amendment_is_a_draft_with_the_same_doses_and_a_reason(signed, clinician):
    draft = amended(signed, clinician)
    assert (draft.status, draft.amends, draft.choices) == ("draft", signed, signed.choices)
    assert draft.status_reason == "The dose was too high last time."
    assert active_plan(signed.visit) == signed


def test_the_old_plan_is_revoked_when_the_amendment_is_signed(signed, sign, clinician):
    draft = amended(signed, clinician)
    change_place(EditOf(clinician, draft.pk, draft.version), place=MENTALIS, doses={1: 2})
    new, old = sign(draft), made.fresh(signed)
    assert (new.status, old.status) == ("active", "revoked")
    assert old.status_reason == draft.status_reason
    assert old.choices == signed.choices
    (difference,) = differences_of(old.choices, new.choices)
    assert (difference.target, difference.side, difference.before, difference.after) == (
        "mentalis",
        "left",
        "2.5",
        "2",
    )
    assert new.signature.document["read_back"]["amends"]["reason"] == draft.status_reason


def test_ranges_from_memory_are_confirmed_anew_in_an_amendment(signed, clinician):
    assert amended(signed, clinician, confirms_ranges=False).ranges_confirmed_by is None


def test_an_amendment_asked_for_twice_is_one_draft(signed, clinician):
    assert amended(signed, clinician) == amended(signed, clinician)


def test_an_amendment_of_a_plan_that_was_revoked_meanwhile_is_not_signed(signed, sign, clinician):
    draft = amended(signed, clinician)
    revoke_plan(by=clinician, plan_id=signed.pk, reason="Not today.")
    with pytest.raises(NotNowError):
        sign(draft)
    assert made.fresh(draft).status == "draft"


@pytest.mark.parametrize(
    ("action", "status"), [(revoke_plan, "revoked"), (mark_plan_error, "entered_in_error")]
)
def test_a_plan_is_taken_back_with_a_reason_and_kept(action, status, signed, clinician):
    with pytest.raises(FieldsError, match="different words"):
        action(by=clinician, plan_id=signed.pk, reason="x")
    found = made.fresh(action(by=clinician, plan_id=signed.pk, reason="Another patient."))
    assert (found.status, found.status_reason) == (status, "Another patient.")
    assert found.signature is not None
    assert active_plan(signed.visit) is None
    with pytest.raises(NotNowError):
        action(by=clinician, plan_id=signed.pk, reason="Entered twice.")


def test_a_discarded_amendment_leaves_room_for_the_next(client, signed, clinician):
    client.force_login(clinician)
    draft = amended(signed, clinician)
    page = client.get(reverse("plan_editor", args=[draft.pk])).content.decode()
    assert reverse("plan_error", args=[draft.pk]) in page
    assert client.post(reverse("plan_error", args=[draft.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("plan_error", args=[draft.pk]), {"reason": "Nobody wants it."})
    assert made.fresh(draft).status == "entered_in_error"
    again = amended(signed, clinician)
    assert (again.status, again.amends) == ("draft", signed)


@pytest.mark.parametrize("action", [revoke_plan, mark_plan_error, amended])
def test_what_was_begun_to_be_given_is_corrected_there(action, signed, clinician, monkeypatch):
    monkeypatch.setattr("facialis.clinic.treatments.actions.giving.today", lambda: made.DAY)
    start_treatment(by=clinician, plan_id=signed.pk)
    arguments = (signed, clinician) if action is amended else ()
    named = {} if action is amended else {"by": clinician, "plan_id": signed.pk, "reason": "Late by a day."}
    with pytest.raises(NotNowError):
        action(*arguments, **named)


@pytest.mark.parametrize("action", [revoke_plan, mark_plan_error])
def test_assistants_take_nothing_back(action, signed, clinician):
    with pytest.raises(NotPermittedError):
        action(by=records.user(clinician.clinic, Role.ASSISTANT), plan_id=signed.pk, reason="No.")


def test_a_warning_of_the_amendment_wants_its_reason_too(signed, sign, planner, clinician):
    draft = amended(signed, clinician)
    planner.findings = [made.finding("above_total_range", "warn", ("mentalis", "LEFT"))]
    with pytest.raises(CannotSignError):
        sign(draft)
