"""Make a plan: assess, bound, optimise, check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from jaxtyping import PRNGKeyArray

from facialis.anatomy.sides import Side
from facialis.planning.case.case import Case
from facialis.planning.dosing.alternatives import alternatives_of
from facialis.planning.dosing.choices import DoseChoice, choices_of
from facialis.planning.dosing.loss import PlanLoss
from facialis.planning.dosing.optimise import ROUNDS, DoseQuestion, Optimum, optimise
from facialis.planning.dosing.weights import Weights, weights_with
from facialis.planning.errors import PlanningError
from facialis.planning.limits import SessionLimits, TargetLimit, session_limits, target_limits
from facialis.planning.outcome.prospect import SAMPLES, Prospect, prospect_of
from facialis.planning.plan.facts import facts_of
from facialis.planning.plan.patient import (
    MeasuredVisit,
    Patient,
    days_since_onset,
    known_findings,
    patient_of,
)
from facialis.planning.plan.record import AlternativePlan, LossSummary, Plan, PlanOutcome, SearchSummary
from facialis.planning.plan.wishes import weights_of_wishes
from facialis.planning.programme import Limit, SolverSettings
from facialis.planning.rules.assess import Assessment, assess
from facialis.planning.rules.facts import FaceFacts
from facialis.planning.rules.override import Override
from facialis.planning.rules.session_check import check_session
from facialis.toxins import ToxinProduct
from facialis.toxins.actions import Action
from facialis.twin.decode import Decoded, decode
from facialis.twin.junction.parameters import products_with_data


class PlanCheckError(PlanningError):
    """The proposal broke a rule that it was made under: a fault of the software, never shown as a plan."""

    code = "plan_check_failed"


@dataclass(frozen=True, eq=False)
class PlanWork:
    """A plan with all that it was made from, for explaining, forecasting and editing."""

    plan: Plan
    case: Case
    patient: Patient
    decoded: Decoded
    facts: FaceFacts
    prospect: Prospect | None
    """None where the product cannot be simulated."""
    question: DoseQuestion | None
    optimum: Optimum | None
    """None where a rule stops the plan."""


def make_plan(
    case: Case,
    measured: Sequence[MeasuredVisit],
    product: ToxinProduct,
    today: date,
    key: PRNGKeyArray,
    *,
    weights: Mapping[str, float] | None = None,
    confirmed_by: str | None = None,
    override: Override | None = None,
    settings: SolverSettings | None = None,
    taken: Sequence[DoseChoice] = (),
    patient: Patient | None = None,
    has_alternatives: bool = True,
    samples: int = SAMPLES,
    rounds: int = ROUNDS,
) -> PlanWork:
    """Propose doses for a session today, or say why none.

    Parameters
    ----------
    case, measured          The record, and the measures of its visits.
    product : ToxinProduct
    today : date            Of the session.
    key : PRNGKeyArray      Equal keys give equal plans.
    weights : mapping       Changes of the objective's weights; a patient's wishes come first.
    confirmed_by : str      Who stands for published ranges that are known from memory; without a name
                            targets with such ranges are left out.
    override : Override     Of rules that may be overridden.
    settings : SolverSettings
    taken : sequence        Amounts that a clinician has decided.
    patient : Patient       Of `patient_of`, where it is at hand.
    has_alternatives : bool Whether plans with fewer units are searched for too.
    samples : int           Draws of what may be true of the patient; even.
    rounds : int            Times the search is set up about what it found, at most.

    Returns
    -------
    PlanWork                Its plan is a draft.

    Raises
    ------
    CaseError, ObservationError, WeightError, LimitsCollideError
    PlanCheckError          The proposal breaks a rule; nothing is proposed then. Amounts that a clinician has
                            decided are kept, and the findings say what they break.
    """
    case.require_on(today)
    case.require_finding_codes(known_findings())
    used = weights_with({**weights_of_wishes(case.wishes), **(weights or {})})
    of_patient = patient_of(case, measured) if patient is None else patient
    decoded = decode(of_patient.posterior, key)
    # A product without data is assessed all the same: its rules say that it cannot be planned.
    simulated = product if product in products_with_data() else products_with_data()[0]
    prospect = prospect_of(
        of_patient.posterior, key, simulated, days_since_onset(case, today), samples=samples
    )
    facts = facts_of(case, of_patient, decoded, prospect)
    assessment = assess(case, product, facts, today, override=override)
    limits = target_limits(case, assessment, confirmed_by=confirmed_by)
    if not assessment.may_plan:
        stopped = Plan(
            case_id=case.case_id,
            affected=case.palsy.affected_side,
            today=today,
            product=product,
            outcome=PlanOutcome.STOPPED,
            assessment=assessment,
            session_findings=assessment.findings,
            choices=(),
            limits=limits,
            weights=used.values,
            loss=None,
            do_nothing=None,
            search=None,
        )
        return PlanWork(stopped, case, of_patient, decoded, facts, None, None, None)
    offered = choices_of(limits)
    # A clinician's amount may lie between those that are searched.
    choices = (*offered, *(choice for choice in taken if choice not in offered))
    shared = session_limits(case, product, today)
    question = DoseQuestion(
        prospect,
        choices,
        used,
        limits=session_rows(choices, shared, case.palsy.affected_side),
        taken=tuple(taken),
        settings=settings or SolverSettings(),
        rounds=rounds,
    )
    optimum = optimise(question)
    plan = _proposal(case, product, today, assessment, limits, used, question, optimum, has_alternatives)
    found = check_session(
        case,
        plan.injections,
        product,
        facts,
        today,
        confirmed_by=confirmed_by,
        override=override,
    )
    broken = [finding for finding in found if finding.action is Action.STOP]
    # What a clinician has decided is shown with its stops; it cannot be signed with them.
    if broken and plan.choices and not taken:
        raise PlanCheckError(
            "The proposed doses break a rule that they were made under: "
            f"{'; '.join(finding.sentence for finding in broken)} Do not use them, and report this."
        )
    checked = Plan(**{**vars(plan), "session_findings": found})
    return PlanWork(checked, case, of_patient, decoded, facts, prospect, question, optimum)


def session_rows(
    choices: Sequence[DoseChoice], shared: SessionLimits, affected: Side | None
) -> tuple[Limit, ...]:
    """Caps of a session and what the label's window leaves, as sums over the choices."""
    units = np.array([float(choice.total.amount) for choice in choices])
    on_affected = np.array([choice.side is affected and affected is not None for choice in choices])
    rows = (
        ("affected_side_cap", units * on_affected, shared.affected_side_cap),
        ("both_sides_cap", units, shared.both_sides_cap),
        ("label_window", units, shared.window_left),
    )
    return tuple(Limit(name, row, float(most.amount)) for name, row, most in rows if most is not None)


def summary_of(loss: PlanLoss) -> LossSummary:
    """A loss as the record keeps it."""
    return LossSummary(loss.peak, loss.mean, loss.price)


def _proposal(
    case: Case,
    product: ToxinProduct,
    today: date,
    assessment: Assessment,
    limits: tuple[TargetLimit, ...],
    weights: Weights,
    question: DoseQuestion,
    optimum: Optimum,
    has_alternatives: bool,
) -> Plan:
    found = alternatives_of(question, optimum) if has_alternatives else ()
    others = tuple(AlternativePlan(choices, summary_of(loss)) for choices, loss in found)
    return Plan(
        case_id=case.case_id,
        affected=case.palsy.affected_side,
        today=today,
        product=product,
        outcome=PlanOutcome.INJECT if optimum.choices else PlanOutcome.NOTHING,
        assessment=assessment,
        session_findings=assessment.findings,
        choices=optimum.choices,
        limits=limits,
        weights=weights.values,
        loss=summary_of(optimum.loss),
        do_nothing=summary_of(optimum.do_nothing),
        search=SearchSummary(
            optimum.relative_gap,
            optimum.timed_out,
            optimum.relaxed,
            question.prospect.samples,
            optimum.rounds,
        ),
        alternatives=others,
    )
