"""A plan whose photographs show the other side as the palsied one is signed only with a written reason."""

import pytest
from django.urls import reverse

from facialis.anatomy.sides import Side
from facialis.clinic.plans.actions.editing import EditOf, accept_all, check_again, give_reason
from facialis.clinic.plans.actions.signing import CannotSignError
from facialis.clinic.plans.documents import signed_document
from facialis.clinic.plans.side_question import CODE
from tests.factories import clinic_plans as made
from tests.factories.sided_sets import sided_document


@pytest.fixture
def visit(clinician):
    """The record says LEFT; the photographs show a palsy on the RIGHT."""
    visit = made.planned_visit(clinician, measured=False)
    made.measure(visit, document=sided_document("FLACCID", Side.LEFT, mirrored=True))
    return visit


def test_it_blocks_the_signature_until_a_reason_is_written_and_the_reason_is_signed(
    accepted, sign, clinician
):
    with pytest.raises(CannotSignError, match="show the RIGHT side") as refused:
        sign(accepted)
    assert [problem.code for problem in refused.value.problems] == ["no_reason"]
    plan = made.fresh(accepted)
    give_reason(
        EditOf(clinician, plan.pk, plan.version),
        finding=CODE,
        reason="Seen today: the LEFT is palsied, the RIGHT was operated on.",
    )
    document = signed_document(made.fresh(sign(plan)))
    (found,) = [one for one in document["read_back"]["findings"] if one["code"] == CODE]
    assert "operated on" in found["reason"]


def test_the_editor_stops_the_reader_and_asks(client, accepted, clinician):
    client.force_login(clinician)
    page = client.get(reverse("plan_editor", args=[accepted.pk])).content.decode()
    assert "data-side-question" in page
    assert f'name="finding" value="{CODE}"' in page
    assert "No rule speaks against these doses" not in page


def test_nothing_is_asked_once_the_photographs_agree(accepted, visit, clinician):
    made.measure(visit, 2, document=sided_document("FLACCID", Side.LEFT))
    plan = check_again(by=clinician, plan_id=accepted.pk)
    assert made.fresh(plan).judged["side"] == ""


def test_an_earlier_set_counts_where_the_visit_has_none(clinician, planner):  # noqa: ARG001
    patient = made.asked_patient(clinician)
    earlier = made.planned_visit(clinician, patient, day=made.DAY.replace(year=2025), measured=False)
    made.measure(earlier, document=sided_document("FLACCID", Side.LEFT, mirrored=True))
    visit = made.planned_visit(clinician, patient, measured=False)
    plan = made.proposed_plan(visit, clinician)
    plan = accept_all(EditOf(clinician, plan.pk, plan.version))
    assert "RIGHT" in made.fresh(plan).judged["side"]
