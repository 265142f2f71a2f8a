"""Plans whose doses were picked by hand, not searched for: quick, and whole in every other way."""

from dataclasses import replace
from datetime import date

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.planning.dosing.choices import choices_of
from facialis.planning.dosing.weights import default_weights
from facialis.planning.limits import target_limits
from facialis.planning.plan.record import AlternativePlan, LossSummary, Plan, PlanOutcome, SearchSummary
from facialis.planning.rules.assess import assess
from facialis.planning.rules.session_check import check_session
from facialis.report.plan_json import PlanDocument, PlanInputs
from tests.factories.planning import ONA, TODAY, good_case, good_facts

NOTHING = LossSummary(31.909017527638262, 31.909017527638266, 0.0)
PICKED = (
    (InjectionTarget.MENTALIS, Side.LEFT),
    (InjectionTarget.DEPRESSOR_ANGULI_ORIS, Side.RIGHT),
    (InjectionTarget.PROCERUS, None),
)


def picked_choices(limits, places=PICKED):
    """The least amount of each target."""
    every = choices_of(limits)
    return tuple(next(c for c in every if (c.target, c.side) == place) for place in places)


def made_plan(case=None, facts=None, *, places=PICKED, confirmed_by="Dr Demo", product=ONA, today=TODAY):
    """A plan as `make_plan` would give it, stopped where the case stops."""
    case, facts = case or good_case(), facts or good_facts()
    assessment = assess(case, product, facts, today)
    limits = target_limits(case, assessment, confirmed_by=confirmed_by)
    plan = Plan(
        case_id=case.case_id,
        affected=case.palsy.affected_side,
        today=today,
        product=product,
        outcome=PlanOutcome.STOPPED,
        assessment=assessment,
        session_findings=assessment.findings,
        choices=(),
        limits=limits,
        weights=default_weights().values,
        loss=None,
        do_nothing=None,
        search=None,
    )
    if not assessment.may_plan:
        return plan
    choices = picked_choices(limits, places)
    proposal = replace(
        plan,
        outcome=PlanOutcome.INJECT if choices else PlanOutcome.NOTHING,
        choices=choices,
        loss=LossSummary(20.459336995306018, 23.00962391505978, 2.375) if choices else NOTHING,
        do_nothing=NOTHING,
        search=SearchSummary(0.001303368952932612, timed_out=False, relaxed=(), samples=40, rounds=6),
        alternatives=(
            AlternativePlan((), NOTHING),
            AlternativePlan(choices[:1], LossSummary(24.8, 26.7, 0.92)),
        ),
    )
    found = check_session(case, proposal.injections, product, facts, today, confirmed_by=confirmed_by)
    return replace(proposal, session_findings=found)


def made_document(plan=None):
    """The plan with an origin."""
    inputs = PlanInputs("a" * 64, ((date(2026, 11, 22), "b" * 64),), 7, 10.0, "Dr Demo")
    return PlanDocument(plan or made_plan(), inputs, "0.1.0")
