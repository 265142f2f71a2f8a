"""What is signed: the doses as they were read back, and everything that they rest on."""

from collections.abc import Mapping
from typing import Any

from facialis import __version__
from facialis.anatomy.injection_sites import injection_target
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.clinic.patients.case import UnreadableError, coded_list
from facialis.clinic.patients.words import ALLERGIES, worded
from facialis.clinic.plans.checks import Surroundings, role_of_needle
from facialis.clinic.plans.choices import Needle, needles_of, of_place, places_of, stored, suggested, total_of
from facialis.clinic.plans.judging import Judged, reason_key
from facialis.clinic.plans.models import Plan
from facialis.toxins.exact import number_text

FORMAT = "facialis-clinic-plan/1"
STATEMENT = (
    "Doses for one session that the named clinician stands for. LEFT and RIGHT are the patient's. The "
    "software suggested; the clinician decided."
)
SIDES = (("RIGHT", "right"), ("LEFT", "left"), ("midline", None))
"""RIGHT first, as on the screen."""


def read_back(plan: Plan, found: Surroundings) -> dict[str, Any]:
    """The plan as it is read aloud before the signature: by side, with totals.

    Parameters
    ----------
    found : Surroundings    What the record says today.

    Notes
    -----
    The patient's name stands in it, for it is part of what is signed.
    """
    patient = plan.visit.patient
    affected = patient.palsy.affected_side
    needles = needles_of(plan.choices)
    consent, toxin = found.consent, found.last_toxin
    return {
        "patient": {
            "family_name": patient.family_name,
            "given_names": patient.given_names,
            "title": patient.title,
            "birth_date": patient.birth_date.isoformat(),
            "record_number": patient.record_number,
        },
        "day": plan.day.isoformat(),
        "product": plan.product,
        "affected_side": affected.upper() or None,
        "sides": [
            _side(word, [n for n in needles if n.side == side], affected)
            for word, side in SIDES
            if side is not None or any(n.side is None for n in needles)
        ],
        "total_units": number_text(total_of(needles)),
        "needles": len(needles),
        "consent": None
        if consent is None
        else {
            "decision": consent.decision,
            "at": consent.at.isoformat(),
            "name": consent.signed_name,
            "signed_by": consent.signed_by,
            "representation": consent.representation,
        },
        "allergies": patient.allergies,
        "last_toxin": None
        if toxin is None
        else {
            "day": toxin.day.isoformat(),
            "product": str(toxin.product),
            "units": None if toxin.units is None else str(toxin.units),
        },
        "findings": _findings(plan),
        "override": plan.override,
        "ranges_confirmed_by": None
        if plan.ranges_confirmed_by is None
        else plan.ranges_confirmed_by.signature_name,
        "amends": None
        if plan.amends_id is None
        else {"plan": str(plan.amends_id), "reason": plan.status_reason},
    }


def document_of(plan: Plan, shown: Mapping[str, Any]) -> dict[str, Any]:
    """The whole document of a signature.

    Parameters
    ----------
    shown : mapping     `read_back`, as the page showed it.
    """
    return {
        "format": FORMAT,
        "statement": STATEMENT,
        "software": {"name": "facialis", "version": __version__},
        "plan": str(plan.pk),
        "visit": str(plan.visit_id),
        "read_back": dict(shown),
        "choices": plan.choices,
        "suggested": stored(suggested(plan.proposal)),
        "reasons": plan.reasons,
        "planner_key": plan.planner_key,
        "judgement": plan.judged.get("judgement"),
        "proposal": plan.proposal.get("plan"),
    }


def allergy_words(shown: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """State and words of the allergies in a read-back; 'unavailable' where they cannot be read."""
    try:
        found = coded_list(shown["allergies"], "")
    except UnreadableError:
        return "unavailable", ()
    return found.state.value, (*worded(found.codes, ALLERGIES), *found.others)


def signed_document(plan: Plan) -> dict[str, Any] | None:
    """What was signed, word for word; None for a plan without a signature."""
    return None if plan.signature is None else dict(plan.signature.document)


def _side(word: str, needles: list[Needle], affected: str) -> dict[str, Any]:
    targets = []
    for place in places_of(needles):
        here = of_place(needles, place)
        role = role_of_needle(here[0], affected)
        targets.append(
            {
                "target": place.target,
                "name": _name(place.target),
                "role": None if role is None else role.value,
                "is_contralateral": role is SideRole.HEALTHY,
                "units": number_text(total_of(here)),
                "points": [{"point": n.point, "units": n.amount} for n in here],
            }
        )
    return {"side": word, "sites": len(needles), "units": number_text(total_of(needles)), "targets": targets}


def _name(target: str) -> str:
    """In words; a target that is none is refused by the checks, and shown as it stands."""
    known = target in set(InjectionTarget)
    return injection_target(InjectionTarget(target)).full_name if known else target


def _findings(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "code": one["code"],
            "action": one["action"],
            "sentence": one["sentence"],
            "source": one["source"]["text"],
            "reason": plan.reasons.get(reason_key(one), "") if one["action"] == "warn" else None,
        }
        for one in Judged(plan).findings
    ]
