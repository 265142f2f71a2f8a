"""What a plan is made from: asked of the record now, or as the plan keeps it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from facialis.clinic.planner.plain import from_plain, to_plain
from facialis.clinic.planner.requests import OverrideAsked, PlanQuestion
from facialis.clinic.plans.case import case_document, case_of, measured_documents
from facialis.clinic.plans.case_visits import seen_visits
from facialis.clinic.plans.models import Plan
from facialis.clinic.plans.prerequisites import answers_of, record_facts
from facialis.clinic.visits.models import ConsentKind
from facialis.clinic.visits.queries import has_consent


def question_of(plan: Plan, *, consented: bool | None = None) -> PlanQuestion:
    """The question as the record stands now; raises `CaseRefusedError`.

    Parameters
    ----------
    consented : bool    Whether the treatment is consented to; None: it is looked up.
    """
    visit, patient = plan.visit, plan.visit.patient
    if consented is None:
        consented = has_consent(patient, ConsentKind.TREATMENT)
    seen = seen_visits(patient, plan.day)
    answers = answers_of(plan.prerequisites, record_facts(visit, seen, consented=consented))
    case = case_of(patient, plan.day, answers, seen=seen)
    confirmed = plan.ranges_confirmed_by
    override = plan.override
    return PlanQuestion(
        case=case_document(case),
        measurements=measured_documents(patient, plan.day, seen=seen),
        product=plan.product,
        today=plan.day,
        confirmed_by=None if confirmed is None else confirmed.signature_name,
        override=None
        if override is None
        else OverrideAsked(override["by"], override["reason"], tuple(override["codes"])),
    )


def kept_question(plan: Plan) -> PlanQuestion:
    """The question that the proposal answers."""
    return from_plain(PlanQuestion, plan.inputs, "What the plan was made from")


def changes_since(plan: Plan, question: PlanQuestion) -> tuple[str, ...]:
    """What of the record is otherwise than when the proposal was made, in words; empty: nothing."""
    return tuple(dict.fromkeys(_changes(plan.inputs, to_plain(question))))


def _changes(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    words = {
        "patient": _("the patient's details"),
        "palsy": _("the palsy"),
        "visits": _("a visit: examination, findings or grades"),
        "treatments": _("earlier treatments"),
        "earlier_toxin": _("earlier treatments"),
        "conditions": _("conditions"),
        "medication": _("medication"),
        "allergies": _("allergies"),
        "wishes": _("the wishes"),
        "prerequisites": _("the checklist"),
    }
    old, new = before.get("case", {}), now["case"]
    for key in new:
        if old.get(key) != new[key]:
            yield words.get(key, key)
    if before.get("measurements") != now["measurements"]:
        yield _("a measurement")
    for key, word in (
        ("product", _("the product")),
        ("today", _("the day")),
        ("confirmed_by", _("who stands for the ranges")),
        ("override", _("the override")),
    ):
        if before.get(key) != now[key]:
            yield word
