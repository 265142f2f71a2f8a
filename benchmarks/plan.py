"""What plans bring to patients whose truth is known, beside nothing, a fixed recipe, and the truth itself.

Patients of `_virtual_patients` are seen through the error model of the default backend, planned for by the
whole chain (assessment, limits, doses, check), injected at their own sensitivity, seen again at two weeks
and four months, and planned for again. Losses are the objective's terms without prices, in the true state.

    PYTHONPATH=. python benchmarks/plan.py [--patients 300] [--workers 2]
"""

import argparse
import os
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from multiprocessing import get_context

import jax
import numpy as np

import facialis.twin  # noqa: F401  double precision first
from benchmarks._fixed_recipe import recipe as fixed_recipe
from benchmarks._plan_cases import ONSET, good_case, good_visit
from benchmarks._virtual_patients import VirtualPatient, draw_patients, see
from facialis.planning.case.answers import Answer, ListState
from facialis.planning.case.case import Case
from facialis.planning.case.treatments import ToxinTreatment
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.dosing.function_limits import (
    CLOSURES,
    PEAK,
    ProtectedFunction,
    event_chances,
    function_limits,
    missing_closure,
)
from facialis.planning.dosing.loss import PlanLoss, loss_of_plan, units_of_plan
from facialis.planning.dosing.optimise import optimise
from facialis.planning.outcome.prospect import Prospect, prospect_of_scores
from facialis.planning.plan.make import PlanWork, make_plan
from facialis.planning.plan.patient import MeasuredVisit, Patient, days_since_onset
from facialis.planning.plan.record import PlanOutcome
from facialis.planning.programme import Limit
from facialis.toxins import ToxinProduct
from facialis.twin.calibrate import calibrate
from facialis.twin.events import ToxinSession
from facialis.twin.junction.neighbours import NeighbourEvent
from facialis.twin.present.model import Doses, question_of
from facialis.twin.present.visits import Visit

SEED = 2026
PRODUCT = ToxinProduct.ONABOTULINUMTOXIN_A
TODAY = ONSET + timedelta(days=540)
SECOND_LOOK, SECOND_SESSION = 14, 120
CLINICIAN = "the clinician of the benchmark"


@dataclass(frozen=True)
class Outcome:
    """Figures of one patient; losses in the true state."""

    group: str
    is_planned: bool
    nothing: float
    nothing_peak: float
    plan: float
    plan_peak: float
    predicted_nothing: float
    predicted: float
    oracle: float
    oracle_unsure: float
    recipe: float
    capped: float
    gap: float
    seconds: float
    units: float
    recipe_units: float
    closures_lost: int
    closures: int
    ptosis: float
    leak: float
    repeated: float
    second: float
    second_nothing: float
    second_oracle: float


def main() -> None:
    """Plan for every patient, twice, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=300)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    asked = parser.parse_args()
    start = time.perf_counter()
    with ProcessPoolExecutor(asked.workers, mp_context=get_context("spawn")) as pool:
        outcomes = list(pool.map(plan_twice, range(asked.patients), chunksize=5))
    report([o for o in outcomes if o is not None], len(outcomes), time.perf_counter() - start)


def plan_twice(number: int) -> Outcome | None:
    """Follow one patient; None where a rule stops the first plan."""
    patient = draw_patients(SEED, number + 1)[number]
    rng = np.random.default_rng([SEED, 1, number])
    first_visit = see(patient, 540.0, rng)
    case = good_case(patient.affected, TODAY)
    known = _patient(case, (first_visit,), (), patient)
    _warm_up()
    begin = time.perf_counter()
    work = _plan(case, TODAY, known, number)
    seconds = time.perf_counter() - begin
    if work.question is None or work.optimum is None or work.plan.outcome is PlanOutcome.STOPPED:
        return None
    truth = _truth(patient, 540.0)
    question, weights = work.question, work.question.weights
    sure = optimise(replace(question, prospect=truth))
    unsure = optimise(replace(question, prospect=_truth_unsure(patient, work)))
    recipe = fixed_recipe(first_visit, work.plan.limits, patient.affected)
    recipe_units = _units(recipe)
    capped = work.optimum.choices
    if _units(capped) > recipe_units > 0:
        row = np.array([float(choice.total.amount) for choice in question.choices])
        limit = Limit("units of the recipe", row, recipe_units)
        capped = optimise(replace(question, limits=(*question.limits, limit))).choices

    def true_loss(choices: tuple[DoseChoice, ...], prospect: Prospect = truth) -> PlanLoss:
        return loss_of_plan(prospect, choices, weights)

    nothing, planned = true_loss(()), true_loss(work.optimum.choices)
    lost, closures, ptosis, leak = _functions(truth, work.optimum.choices)
    second = _second_cycle(patient, case, work, first_visit, rng, number)
    return Outcome(
        group=patient.group.value,
        is_planned=bool(work.optimum.choices),
        nothing=nothing.outcome,
        nothing_peak=nothing.peak,
        plan=planned.outcome,
        plan_peak=planned.peak,
        predicted_nothing=work.optimum.do_nothing.outcome,
        predicted=work.optimum.loss.outcome,
        oracle=sure.loss.outcome,
        oracle_unsure=true_loss(unsure.choices).outcome,
        recipe=true_loss(recipe).outcome,
        capped=true_loss(capped).outcome,
        gap=work.optimum.relative_gap,
        seconds=seconds,
        units=_units(work.optimum.choices),
        recipe_units=recipe_units,
        closures_lost=lost,
        closures=closures,
        ptosis=ptosis,
        leak=leak,
        repeated=second[0],
        second=second[1],
        second_nothing=second[2],
        second_oracle=second[3],
    )


@cache
def _warm_up() -> None:
    """Compile what a plan needs, once in every process."""
    patient = draw_patients(SEED, 1)[0]
    case = good_case(patient.affected, TODAY)
    seen = see(patient, 540.0, np.random.default_rng(0))
    _plan(case, TODAY, _patient(case, (seen,), (), patient), 0)


def _second_cycle(
    patient: VirtualPatient,
    case: Case,
    work: PlanWork,
    first_visit: Visit,
    rng: np.random.Generator,
    number: int,
) -> tuple[float, float, float, float]:
    """True losses after the second session: the first plan again, the learnt plan, nothing, the truth's."""
    assert work.optimum is not None  # noqa: S101  asked for only then
    if not work.plan.injections:
        return np.nan, np.nan, np.nan, np.nan
    session = ToxinSession(540.0, work.plan.injections)
    looks = [see(patient, 540.0 + after, rng, [session]) for after in (SECOND_LOOK, SECOND_SESSION)]
    visits = (first_visit, *looks)
    today = TODAY + timedelta(days=SECOND_SESSION)
    treatment = ToxinTreatment(TODAY, PRODUCT, work.plan.injections, helped=Answer.YES, adequate=Answer.YES)
    later = replace(
        case,
        visits=tuple(good_visit(TODAY + timedelta(days=d)) for d in (0, SECOND_LOOK, SECOND_SESSION)),
        earlier_toxin=ListState.KNOWN,
        treatments=(treatment,),
    )
    known = _patient(later, tuple(visits), (session,), patient)
    again = _plan(later, today, known, number)
    truth = _truth(patient, 540.0 + SECOND_SESSION, (session,))
    if again.question is None or again.optimum is None:
        return np.nan, np.nan, np.nan, np.nan
    weights = again.question.weights
    oracle = optimise(replace(again.question, prospect=truth))
    return (
        loss_of_plan(truth, work.optimum.choices, weights).outcome,
        loss_of_plan(truth, again.optimum.choices, weights).outcome,
        loss_of_plan(truth, (), weights).outcome,
        oracle.loss.outcome,
    )


def report(outcomes: list[Outcome], asked: int, seconds: float) -> None:
    """Print the table."""
    print(f"{asked} patients, {len(outcomes)} planned for, the rest stopped by a rule; {seconds:.0f} s")
    rows = [(name, [o for o in outcomes if o.group == name]) for name in sorted({o.group for o in outcomes})]
    print(f"{'':28}{'all':>10}" + "".join(f"{name:>28}" for name, _ in rows))
    for title, figure in FIGURES:
        values = [figure(group) for group in (outcomes, *(group for _, group in rows))]
        print(f"{title:56}" + "".join(f"{value:>12}" for value in values))


def _mean(outcomes: list[Outcome], name: str) -> float:
    return float(np.nanmean([getattr(o, name) for o in outcomes]))


def _less(outcomes: list[Outcome], name: str, than: str) -> str:
    return f"{100 * (1 - _mean(outcomes, name) / _mean(outcomes, than)):.1f} %"


def _share(outcomes: list[Outcome], name: str, of: str) -> str:
    return f"{_mean(outcomes, name) / _mean(outcomes, of):.3f}"


def _quantile(outcomes: list[Outcome], name: str, share: float) -> str:
    return f"{np.nanquantile([getattr(o, name) for o in outcomes], share):.3f}"


def _lost(outcomes: list[Outcome]) -> str:
    return f"{100 * sum(o.closures_lost for o in outcomes) / max(sum(o.closures for o in outcomes), 1):.1f} %"


FIGURES = (
    ("plan below nothing (peak and 16 weeks; aim 35 %)", lambda o: _less(o, "plan", "nothing")),
    ("  at the peak", lambda o: _less(o, "plan_peak", "nothing_peak")),
    ("  as predicted", lambda o: _less(o, "predicted", "predicted_nothing")),
    ("recipe below nothing", lambda o: _less(o, "recipe", "nothing")),
    ("plan with no more units below the recipe (aim 15 %)", lambda o: _less(o, "capped", "recipe")),
    ("plan / the truth's plan (aim 1.10)", lambda o: _share(o, "plan", "oracle")),
    ("  / the true face's, sensitivity unknown", lambda o: _share(o, "plan", "oracle_unsure")),
    ("second plan below the first again (aim 10 %)", lambda o: _less(o, "second", "repeated")),
    ("  second plan / the truth's", lambda o: _share(o, "second", "second_oracle")),
    ("certified gap, largest (aim 0.01)", lambda o: _quantile(o, "gap", 1.0)),
    ("seconds of a plan, median (aim 1)", lambda o: _quantile(o, "seconds", 0.5)),
    ("  95 % (aim 3)", lambda o: _quantile(o, "seconds", 0.95)),
    ("units of a plan, mean", lambda o: f"{_mean(o, 'units'):.1f}"),
    ("units of the recipe, mean", lambda o: f"{_mean(o, 'recipe_units'):.1f}"),
    ("closures lost by the plan (allowed 5 %)", _lost),
    ("drooping lid, mean probability a side (allowed 6 %)", lambda o: f"{100 * _mean(o, 'ptosis'):.1f} %"),
    ("leaking lips, mean probability a side (allowed 12 %)", lambda o: f"{100 * _mean(o, 'leak'):.1f} %"),
)


def _functions(truth: Prospect, choices: tuple[DoseChoice, ...]) -> tuple[int, int, float, float]:
    """Closures lost by the plan, closures there were, and mean probabilities of the events."""
    units = units_of_plan(choices)
    before = missing_closure(truth, truth.residual[:, PEAK])[0]
    after = missing_closure(truth, truth.toxin(units)[:, PEAK])[0]
    lost = had = 0
    for c, expression in enumerate(CLOSURES):
        limit = function_limits()[ProtectedFunction(expression.value)].limit
        assert limit is not None  # noqa: S101  the table's rows of closure have one
        could = before[c] <= limit
        had += int(could.sum())
        lost += int((could & (after[c] > limit)).sum())
    ptosis = event_chances(truth, units, NeighbourEvent.EYELID_PTOSIS).mean()
    return lost, had, float(ptosis), float(event_chances(truth, units, NeighbourEvent.LIP_DROOP).mean())


def _units(choices: tuple[DoseChoice, ...]) -> float:
    return sum(float(choice.total.amount) for choice in choices)


def _truth(patient: VirtualPatient, day: float, sessions: tuple[ToxinSession, ...] = ()) -> Prospect:
    earlier: list[tuple[ToxinProduct, Doses]] = []
    if sessions:
        blank = see(patient, day, np.random.default_rng(0), sessions)
        question, layout = question_of([blank], sessions, patient.affected)
        earlier = list(zip(layout.products, question.doses, strict=True))
    return prospect_of_scores(patient.scores[None], patient.affected, PRODUCT, day, earlier=earlier)


def _truth_unsure(patient: VirtualPatient, work: PlanWork) -> Prospect:
    """The true face, with sensitivities as the plan's own samples have them."""
    from facialis.twin.present.scores import place_of, state_size

    key = jax.random.key(patient.number)
    scores = np.repeat(patient.scores[None], 40, axis=0)
    drawn = work.patient.posterior.samples(key, 40)[:, : state_size()]
    scores[:, place_of("junction")] = drawn[:, place_of("junction")]
    return prospect_of_scores(scores, patient.affected, PRODUCT, 540.0)


def _plan(case: Case, today: date, known: Patient, number: int) -> PlanWork:
    return make_plan(
        case,
        (),
        PRODUCT,
        today,
        jax.random.key(number),
        confirmed_by=CLINICIAN,
        patient=known,
        has_alternatives=False,
    )


def _patient(
    case: Case, visits: tuple[Visit, ...], sessions: tuple[ToxinSession, ...], patient: VirtualPatient
) -> Patient:
    posterior = calibrate(visits, sessions, patient.affected)
    measured = tuple(MeasuredVisit(visit.day, (), mirrored_known=True) for visit in case.visits)
    assert days_since_onset(case, TODAY) == 540.0  # noqa: S101
    return Patient(posterior, visits, measured, sessions, ())


if __name__ == "__main__":
    main()
