"""What the record says of a plan today."""

from facialis.clinic.kernel import times
from facialis.clinic.plans.case import CaseRefusedError
from facialis.clinic.plans.checks import Surroundings
from facialis.clinic.plans.models import Plan
from facialis.clinic.plans.questions import changes_since, question_of
from facialis.clinic.visits.models import ConsentKind
from facialis.clinic.visits.queries import has_consent


def surroundings_of(plan: Plan) -> Surroundings:
    """Read consent, affected side and changes of the record since the proposal."""
    patient = plan.visit.patient
    palsy = getattr(patient, "palsy", None)
    changed, refusal = (), ""
    if plan.inputs:
        try:
            changed = changes_since(plan, question_of(plan))
        except CaseRefusedError as error:
            refusal = error.sentence
    return Surroundings(
        today=times.today(),
        has_consent=has_consent(patient, ConsentKind.TREATMENT),
        affected="" if palsy is None else palsy.affected_side,
        is_visit_open=plan.visit.is_editable,
        changed=changed,
        refusal=refusal,
    )
