"""What forbids a signature, judged from nothing but what the plan and the record keep.

The planner checks the same doses by its rules; this is the second pair of eyes, and shares no code with it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.clinic.kernel.states import PlanStatus
from facialis.clinic.patients.queries import LastToxin
from facialis.clinic.plans.choices import Needle, needles_of
from facialis.clinic.plans.judging import Judged, reason_key
from facialis.clinic.plans.models import Plan, ProposalStatus
from facialis.clinic.plans.steps import is_on_step, point_numbers, step_of
from facialis.clinic.site.templatetags.clinic_format import day as day_words
from facialis.clinic.site.templatetags.clinic_format import units as units_words
from facialis.clinic.treatments.points import place_words
from facialis.clinic.visits.models import Consent
from facialis.planning.places import is_midline
from facialis.toxins.exact import number_text
from facialis.toxins.products import ToxinProduct


@dataclass(frozen=True)
class Problem:
    """One reason why a plan cannot be signed as it stands."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Surroundings:
    """What the record says on the day of the signature."""

    today: date
    has_consent: bool
    affected: str
    """'left' or 'right'; empty where both sides are affected."""
    is_visit_open: bool
    changed: Sequence[str] = ()
    """What of the record changed since the proposal was made."""
    refusal: str = ""
    """Why no case can be made of the record any more."""
    consent: Consent | None = None
    """The patient's latest decision about the treatment."""
    last_toxin: LastToxin | None = None


def problems_of(plan: Plan, found: Surroundings) -> tuple[Problem, ...]:
    """Everything that forbids the signature; empty: nothing does."""
    return (*_of_state(plan, found), *_of_needles(plan, found), *_of_judgement(plan))


def role_of_needle(needle: Needle, affected: str) -> SideRole | None:
    """affected, healthy or midline; None where both sides are affected, so that none is healthy."""
    if needle.side is None:
        return SideRole.MIDLINE
    if not affected:
        return None
    return SideRole.AFFECTED if needle.side == affected else SideRole.HEALTHY


def _of_state(plan: Plan, found: Surroundings) -> Iterator[Problem]:
    if plan.status != PlanStatus.DRAFT:
        yield Problem(
            "not_a_draft",
            _("The plan is %(status)s; only a draft is signed.") % {"status": plan.get_status_display()},
        )
    if not found.is_visit_open:
        yield Problem("visit_not_open", _("The visit is not open. Plan in a visit that is."))
    if plan.day != found.today:
        yield Problem(
            "other_day",
            _("The plan is for %(plan)s, and today is %(today)s. Open a visit of today and plan in it.")
            % {"plan": day_words(plan.day), "today": day_words(found.today)},
        )
    if not found.has_consent:
        yield Problem(
            "no_consent",
            _("The patient's consent to the treatment is not given, or was withdrawn. Take it first."),
        )
    if found.refusal:
        yield Problem("case_refused", found.refusal)
    if found.changed:
        yield Problem(
            "record_changed",
            _("The record changed since the proposal was made: %(what)s. Have it proposed again; doses stay.")
            % {"what": ", ".join(found.changed)},
        )


def _of_needles(plan: Plan, found: Surroundings) -> Iterator[Problem]:
    needles = needles_of(plan.choices)
    if not needles:
        yield Problem("no_doses", _("The plan holds no dose. There is nothing to sign."))
    if plan.product not in set(ToxinProduct):
        yield Problem("unknown_product", _("The product of the plan is not known."))
        return
    proposed_for = plan.inputs.get("product")
    if proposed_for is not None and proposed_for != plan.product:
        yield Problem(
            "other_product",
            _("The plan is of %(plan)s and was proposed for %(then)s; units are not interchangeable.")
            % {"plan": plan.product, "then": proposed_for},
        )
    roles = {(one["target"], one["side"]): one["role"] for one in plan.proposal.get("targets", ())}
    for needle in needles:
        yield from _of_needle(needle, plan.product)
    # A needle without a place is refused above; the questions below name places.
    needles = tuple(needle for needle in needles if _has_place(needle))
    counts = Counter((n.target, n.side, n.point) for n in needles)
    for (target, side, point), count in counts.items():
        if count > 1:
            yield Problem(
                "point_twice",
                _("%(where)s stands in the plan twice. Give each point once.")
                % {"where": place_words(target, side or "", point)},
            )
    judged_side = plan.inputs.get("case", {}).get("palsy", {}).get("affected_side")
    if plan.inputs and (judged_side or "").lower() != found.affected:
        yield Problem(
            "other_affected_side",
            _("The plan was made for a palsy on the %(then)s; the record says %(now)s. Have it made again.")
            % {
                "then": _(judged_side) if judged_side else _("both sides"),
                "now": _(found.affected.upper()) if found.affected else _("both sides"),
            },
        )
    for needle in needles:
        word = "midline" if needle.side is None else needle.side.upper()
        shown, role = roles.get((needle.target, word)), role_of_needle(needle, found.affected)
        if role is None or shown != role.value:
            yield Problem(
                "wrong_role",
                _("%(where)s was shown as %(shown)s; by the record it is %(role)s. Check the affected side.")
                % {
                    "where": place_words(needle.target, needle.side or "", needle.point),
                    "shown": _(shown) if shown else _("unknown"),
                    "role": _("unknown") if role is None else _(role.value),
                },
            )


def _has_place(needle: Needle) -> bool:
    return needle.target in set(InjectionTarget) and needle.side in {None, *Side}


def _of_needle(needle: Needle, product: str) -> Iterator[Problem]:
    if needle.target not in set(InjectionTarget):
        yield Problem("unknown_target", _("'%(name)s' is no target.") % {"name": needle.target})
        return
    is_middle = is_midline(InjectionTarget(needle.target))
    if needle.side not in {None, *Side} or is_middle is not (needle.side is None):
        yield Problem(
            "unknown_side",
            _("The side of %(name)s is not one that this target has.")
            % {"name": _(needle.target.replace("_", " "))},
        )
        return
    where = place_words(needle.target, needle.side or "", needle.point)
    if needle.point not in point_numbers(needle.target):
        yield Problem("unknown_point", _("%(where)s is no point of this target.") % {"where": where})
    if needle.units <= 0:
        yield Problem("no_amount", _("%(where)s has no dose above 0.") % {"where": where})
    if not is_on_step(needle.units, product):
        yield Problem(
            "off_step",
            _("%(where)s: %(dose)s is no multiple of %(step)s, the step of %(product)s.")
            % {
                "where": where,
                "dose": units_words(needle.units),
                "step": number_text(step_of(product)),
                "product": product,
            },
        )


def _of_judgement(plan: Plan) -> Iterator[Problem]:
    if plan.proposal_status != ProposalStatus.READY:
        yield Problem("no_proposal", _("The proposal is not there, so that nothing checked these doses."))
    judged = Judged(plan)
    if not judged.is_checked:
        yield Problem("not_checked", _("The doses are not checked. %(why)s") % {"why": judged.why_not})
    for finding in judged.stops:
        yield Problem("stopped", f"{finding['sentence']} {finding['what_to_do']}")
    for finding in judged.warnings:
        if not plan.reasons.get(reason_key(finding), "").strip():
            yield Problem(
                "no_reason", _("No reason is written for: %(what)s") % {"what": finding["sentence"]}
            )
