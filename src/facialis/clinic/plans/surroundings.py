"""What the record says of a plan today."""

from facialis.clinic.kernel import times
from facialis.clinic.patients.queries import Banner, last_toxin
from facialis.clinic.plans.case import CaseRefusedError
from facialis.clinic.plans.checks import Surroundings
from facialis.clinic.plans.models import Plan
from facialis.clinic.plans.questions import changes_since, question_of
from facialis.clinic.visits.models import ConsentDecision, ConsentKind
from facialis.clinic.visits.queries import latest_decisions


def surroundings_of(plan: Plan, banner: Banner | None = None) -> Surroundings:
    """Read consent, affected side, last toxin and changes of the record since the proposal.

    Parameters
    ----------
    banner : Banner     Of the patient, where it is at hand: it knows the last toxin.
    """
    patient = plan.visit.patient
    palsy = getattr(patient, "palsy", None)
    consent = latest_decisions(patient).get(ConsentKind.TREATMENT)
    consented = consent is not None and consent.decision == ConsentDecision.GIVEN
    changed: tuple[str, ...] = ()
    refusal = ""
    if plan.inputs:
        try:
            changed = changes_since(plan, question_of(plan, consented=consented))
        except CaseRefusedError as error:
            refusal = error.sentence
    return Surroundings(
        today=times.today(),
        has_consent=consented,
        affected="" if palsy is None else palsy.affected_side,
        is_visit_open=plan.visit.is_editable,
        changed=changed,
        refusal=refusal,
        consent=consent,
        last_toxin=last_toxin(patient) if banner is None else banner.last_toxin,
    )
