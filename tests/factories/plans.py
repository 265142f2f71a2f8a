"""Plans whose doses were picked by hand, not searched for: quick, and whole in every other way."""

from dataclasses import replace
from datetime import date

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.planning.dosing.choices import choices_of
from facialis.planning.dosing.weights import default_weights
from facialis.planning.estimates import Estimate
from facialis.planning.explain.records import (
    Contribution,
    Explanation,
    LeftOutTarget,
    LimitKind,
    LimitUse,
    ScoreChange,
    ScoreName,
    TargetExplanation,
    WhyNot,
)
from facialis.planning.limits import target_limits
from facialis.planning.outcome.terms import Domain, TermKind
from facialis.planning.places import place_text
from facialis.planning.plan.make import PlanWork
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
    """The least amount of each target that is offered."""
    every = choices_of(limits)
    found = (next((c for c in every if (c.target, c.side) == place), None) for place in places)
    return tuple(choice for choice in found if choice is not None)


def made_plan(
    case=None, facts=None, *, places=PICKED, confirmed_by="Dr Demo", product=ONA, today=TODAY, override=None
):
    """A plan as `make_plan` would give it, stopped where the case stops."""
    case, facts = case or good_case(), facts or good_facts()
    assessment = assess(case, product, facts, today, override=override)
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
    found = check_session(
        case, proposal.injections, product, facts, today, confirmed_by=confirmed_by, override=override
    )
    return replace(proposal, session_findings=found)


def made_work(plan=None, case=None, facts=None):
    """The plan without the arrays that it would be made from."""
    return PlanWork(
        plan or made_plan(case, facts),
        case or good_case(),
        None,
        None,
        facts or good_facts(),
        None,
        None,
        None,
    )


def made_explanation(plan):
    """Sentences that say nothing true, in the right places."""
    chosen = {(choice.side, choice.target) for choice in plan.choices}
    nothing = Contribution(0.5, 0.1, 0.2, dict.fromkeys(TermKind, 0.1), dict.fromkeys(Domain, 0.1), ())
    if plan.outcome is PlanOutcome.STOPPED:
        return Explanation((), (), (), (), ("No plan is made: a rule stops it.",))
    limits = {limit.place: limit for limit in plan.limits}
    targets = tuple(
        TargetExplanation(
            target=choice.target,
            side=choice.side,
            role=choice.role,
            dose=choice.total,
            points=choice.points,
            reason=f"{place_text((choice.side, choice.target))}: it brings 20 % [of the gain].",
            contribution=nothing,
            measures=(),
            scores=(),
            hazards=(),
            published_text="Published: something.",
            provenance=limits[choice.side, choice.target].provenance,
            citation=limits[choice.side, choice.target].citation,
            confirmed_by=limits[choice.side, choice.target].confirmed_by,
            limits=(),
            drivers=(),
            sentences=("It brings 20 % [of the gain].", "Published: something."),
        )
        for choice in plan.choices
    )
    left_out = tuple(
        LeftOutTarget(
            target=limit.target,
            side=limit.side,
            role=limit.role,
            not_offered=limit.reason,
            not_chosen=None if limit.reason else WhyNot.COSTS_MORE,
            best_dose=None,
            contribution=None,
            measures=(),
            hazards=(),
            breaks=(),
            drivers=(),
            sentence=f"{place_text(limit.place)}: would gain less than it costs.",
        )
        for limit in plan.limits
        if limit.place not in chosen
    )
    lids = LimitUse(
        "lid_ptosis", LimitKind.FUNCTION, 0.02, 0.06, "1", 0.0, "Chance of a drooping lid, LEFT: 2 %."
    )
    change = Estimate(6.2, -1.1, 14.1, "points")
    score = ScoreChange(ScoreName.SUNNYBROOK, change, f"Sunnybrook composite: {change.text} of 100.")
    return Explanation(targets, left_out, (lids,), (score,), ("The plan in a sentence.",))


def made_document(plan=None):
    """The plan with an origin."""
    inputs = PlanInputs("a" * 64, ((date(2026, 11, 22), "b" * 64),), 7, 10.0, "Dr Demo")
    return PlanDocument(plan or made_plan(), inputs, "0.1.0")
