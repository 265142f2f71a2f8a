"""The steps of a visit, in their order, each with how far it is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from facialis.clinic.accounts.pages import Request
from facialis.clinic.kernel.states import PlanStatus
from facialis.clinic.patients.banner import banner_of, palsy_of
from facialis.clinic.patients.case import coded_list
from facialis.clinic.patients.models import Patient
from facialis.clinic.visits.models import ClosureChoice, ConsentDecision, Visit
from facialis.clinic.visits.progress import PHOTOGRAPHS, Progress, progress_of
from facialis.errors import FacialisError
from facialis.planning.case.answers import ListState


class Mark(StrEnum):
    """How far a step is; the words beside it say the same."""

    DONE = "done"
    PART = "part"
    PROBLEM = "problem"
    TO_DO = "todo"
    LOCKED = "locked"


@dataclass(frozen=True)
class Step:
    """One step, as `visits/steps.html` shows it."""

    key: str
    name: str
    mark: Mark
    state: str
    url: str
    action: str = ""
    """Words of the button when it is the next sensible thing."""
    detail: str = ""
    """What exactly is missing, where there is room for it."""

    @property
    def calls(self) -> bool:
        """Whether something is to be done here."""
        return self.mark in {Mark.TO_DO, Mark.PART, Mark.PROBLEM} and bool(self.url)


def visit_context(request: Request, visit: Visit, step: str = "") -> dict[str, Any]:
    """What `visits/visit_base.html` needs: visit, patient, banner, steps and the current one's key."""
    return {
        "visit": visit,
        "patient": visit.patient,
        "banner": banner_of(visit.patient),
        "steps": steps_of(visit, progress_of([visit])[visit.pk]),
        "current_step": step,
    }


def steps_of(visit: Visit, progress: Progress) -> list[Step]:
    """All steps of a visit."""
    return [
        _history(visit),
        _consent(visit, progress),
        _examination(visit),
        _capture(visit, progress),
        _measure(visit, progress),
        _grade(visit, progress),
        _synkinesis(visit, progress),
        _plan(visit, progress),
        _treatment(progress),
        _sheet(progress),
        _followup(visit, progress),
    ]


def next_step(steps: list[Step]) -> Step | None:
    """The next sensible thing to do; None where nothing is left."""
    return next((step for step in steps if step.calls and step.action), None)


def missing_history(patient: Patient) -> list[str]:
    """What of the history was never asked, in words."""
    found = [] if palsy_of(patient) is not None else [_("the palsy")]
    named = {
        _("conditions"): patient.conditions,
        _("medication"): patient.medication,
        _("allergies"): patient.allergies,
    }
    for name, stored in named.items():
        try:
            is_missing = coded_list(stored, "").state is ListState.NOT_ASKED
        except FacialisError:
            is_missing = True
        if is_missing:
            found.append(name)
    if patient.earlier_toxin == ListState.NOT_ASKED.value:
        found.append(_("earlier toxin"))
    return found


def _history(visit: Visit) -> Step:
    missing = missing_history(visit.patient)
    return Step(
        "history",
        _("History"),
        Mark.DONE if not missing else Mark.TO_DO if palsy_of(visit.patient) is None else Mark.PART,
        ngettext("%(count)d not asked", "%(count)d not asked", len(missing)) % {"count": len(missing)}
        if missing
        else _("complete"),
        reverse("visit_history", args=[visit.pk]),
        _("Take the history") if palsy_of(visit.patient) is None else _("Complete the history"),
        _("not asked: %(what)s") % {"what": ", ".join(missing)} if missing else "",
    )


def _consent(visit: Visit, progress: Progress) -> Step:
    decisions = {progress.consent_treatment, progress.consent_photographs}
    missing = [
        name
        for name, decision in (
            (_("treatment"), progress.consent_treatment),
            (_("photographs"), progress.consent_photographs),
        )
        if decision != ConsentDecision.GIVEN
    ]
    if not missing:
        mark, state = Mark.DONE, _("given")
    elif decisions & {ConsentDecision.REFUSED.value, ConsentDecision.WITHDRAWN.value}:
        mark, state = Mark.PROBLEM, _("not given: %(what)s") % {"what": ", ".join(missing)}
    else:
        mark = Mark.PART if ConsentDecision.GIVEN.value in decisions else Mark.TO_DO
        state = _("missing: %(what)s") % {"what": ", ".join(missing)}
    return Step(
        "consent", _("Consent"), mark, state, reverse("consent", args=[visit.pk]), _("Ask for consent")
    )


def _examination(visit: Visit) -> Step:
    is_done = visit.eye_closure != ClosureChoice.UNKNOWN
    return Step(
        "examination",
        _("Eye and mouth"),
        Mark.DONE if is_done else Mark.TO_DO,
        _("examined") if is_done else _("eye not examined"),
        reverse("visit_edit", args=[visit.pk]),
        _("Examine eye and mouth"),
    )


def _capture(visit: Visit, progress: Progress) -> Step:
    count = progress.photographs
    state = _("%(count)d of %(all)d photographs") % {"count": count, "all": PHOTOGRAPHS}
    mark = Mark.DONE if count >= PHOTOGRAPHS else Mark.PART if count else Mark.TO_DO
    if progress.photographs_questioned:
        mark, state = Mark.PROBLEM, _("%(state)s, a question is open") % {"state": state}
    return Step(
        "capture", _("Photographs"), mark, state, reverse("capture", args=[visit.pk]), _("Take photographs")
    )


def _measure(visit: Visit, progress: Progress) -> Step:
    url = reverse("measure", args=[visit.pk])
    if progress.photographs_refused:
        refused = progress.photographs_refused
        mark = Mark.PROBLEM
        state = ngettext("%(count)d not measurable", "%(count)d not measurable", refused) % {"count": refused}
    elif progress.photographs_waiting:
        mark, state = (
            Mark.PART,
            _("%(count)d waiting to be measured") % {"count": progress.photographs_waiting},
        )
    elif progress.measured_at is not None:
        mark, state = Mark.DONE, _("measured")
    elif progress.photographs:
        mark, state = Mark.TO_DO, _("to do")
    else:
        mark, state, url = Mark.LOCKED, _("after the photographs"), ""
    return Step("measure", _("Measures"), mark, state, url, _("Look at the measures"))


def _grade(visit: Visit, progress: Progress) -> Step:
    if progress.grades_preliminary:
        mark, state = Mark.PART, _("%(count)d preliminary") % {"count": progress.grades_preliminary}
    elif progress.grades_final:
        mark, state = Mark.DONE, _("%(count)d final") % {"count": progress.grades_final}
    else:
        mark, state = Mark.TO_DO, _("to do")
    return Step("grade", _("Grading"), mark, state, reverse("grade", args=[visit.pk]), _("Grade the face"))


def _synkinesis(visit: Visit, progress: Progress) -> Step:
    if progress.measured_at is None:
        return Step("synkinesis", _("Synkinesis"), Mark.LOCKED, _("after measuring"), "")
    if not progress.has_movement:
        return Step("synkinesis", _("Synkinesis"), Mark.LOCKED, _("after rest and a movement"), "")
    return Step(
        "synkinesis", _("Synkinesis"), Mark.DONE, _("map ready"), reverse("synkinesis", args=[visit.pk])
    )


def _plan(visit: Visit, progress: Progress) -> Step:
    url = reverse("plan", args=[visit.pk])
    if progress.plan_signed and progress.plan_draft:
        mark, state = Mark.PART, _("signed; an amendment is drafted")
    elif progress.plan_signed:
        done = progress.plan_signed_status == PlanStatus.COMPLETED
        mark, state = Mark.DONE, _("carried out") if done else _("signed")
    elif progress.plan_draft:
        mark, state = Mark.PART, _("draft, not signed")
    else:
        mark, state = Mark.TO_DO, _("to do")
    return Step("plan", _("Plan"), mark, state, url, _("Plan the treatment"))


def _treatment(progress: Progress) -> Step:
    name, action = _("Treatment"), _("Inject")
    if progress.treatment_preliminary:
        url = reverse("treatment", args=[progress.treatment_preliminary])
        return Step("treatment", name, Mark.PART, _("not signed"), url, _("Finish and sign the treatment"))
    if progress.treatment_final:
        return Step(
            "treatment", name, Mark.DONE, _("signed"), reverse("treatment", args=[progress.treatment_final])
        )
    if progress.plan_signed and progress.plan_signed_status == PlanStatus.ACTIVE:
        return Step(
            "treatment", name, Mark.TO_DO, _("to do"), reverse("treat", args=[progress.plan_signed]), action
        )
    return Step("treatment", name, Mark.LOCKED, _("after a signed plan"), "")


def _sheet(progress: Progress) -> Step:
    if progress.treatment_final is None:
        return Step("sheet", _("Sheet for the patient"), Mark.LOCKED, _("after the treatment"), "")
    url, is_given = reverse("patient_sheet", args=[progress.treatment_final]), bool(progress.sheets)
    mark, state = (Mark.DONE, _("given")) if is_given else (Mark.TO_DO, _("to do"))
    return Step("sheet", _("Sheet for the patient"), mark, state, url, _("Give the sheet to the patient"))


def _followup(visit: Visit, progress: Progress) -> Step:
    name = _("Follow-up")
    if progress.treatment_final is None:
        return Step("followup", name, Mark.LOCKED, _("after the treatment"), "")
    url = reverse("trends", args=[visit.patient_id])
    if progress.dues:
        return Step("followup", name, Mark.DONE, _("scheduled"), url)
    return Step("followup", name, Mark.PART, _("nothing scheduled"), url)
