"""Random and adversarial cases: does any plan break a rule, a limit or a side?

Every case starts as one without objection and is then changed at random, often to just within or just
beyond a limit. What must stop is known from the change itself, and every proposed
dose is compared with the tables here, apart from the code that made the plan. One case in twenty is made
again as its mirror image.

    PYTHONPATH=. python benchmarks/plan_safety.py [--cases 20000] [--workers 2]
"""

import argparse
import os
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from multiprocessing import get_context

import jax
import numpy as np

import facialis.twin  # noqa: F401  double precision first
from benchmarks._plan_cases import good_case
from benchmarks._virtual_patients import draw_patients, see
from facialis.anatomy.injection_sites import injection_sites, injection_target
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.planning.case.answers import Answer, CodedList, ListState
from facialis.planning.case.case import Case
from facialis.planning.case.treatments import ToxinTreatment
from facialis.planning.case.visits import EyeClosure
from facialis.planning.case.wishes import Goal, Wishes
from facialis.planning.plan.make import make_plan
from facialis.planning.plan.patient import MeasuredVisit, Patient
from facialis.planning.plan.record import Plan, PlanOutcome, PlanStatus
from facialis.planning.programme import SolverSettings
from facialis.planning.rules.override import Override
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.toxins.actions import Action
from facialis.toxins.dose_ranges import doses_for
from facialis.twin.calibrate import Posterior, calibrate
from facialis.twin.events import ToxinInjection

SEED = 20261126
TODAY = date(2026, 4, 25)
POOL = 20
MIRRORED_EVERY = 20
WIDE_GAP = 0.2
"""What is safe must not depend on how good the doses are."""
PRODUCTS = (
    ToxinProduct.ONABOTULINUMTOXIN_A,
    ToxinProduct.INCOBOTULINUMTOXIN_A,
    ToxinProduct.ABOBOTULINUMTOXIN_A,
    ToxinProduct.RIMABOTULINUMTOXIN_B,
)
SHARES = (0.75, 0.15, 0.07, 0.03)
WITH_ALBUMIN = frozenset(PRODUCTS)
"""All four contain human albumin."""
EYE_TARGETS = (InjectionTarget.ORBICULARIS_OCULI_UPPER_LID, InjectionTarget.ORBICULARIS_OCULI_LOWER_LID)
AFFECTED_CAP, BOTH_CAP = Fraction(50), Fraction(100)
LEAST_INTERVAL_DAYS = 84
ACUTE_DAYS = 89


@dataclass
class Drawn:
    """A case, and what is known to follow from how it was made."""

    case: Case
    product: ToxinProduct
    must_stop: dict[str, str] = field(default_factory=dict)
    """By what was changed; a later change takes the place of an earlier one."""
    closed: set[tuple[Side | None, InjectionTarget]] = field(default_factory=set)
    mirrored_known: bool = True
    confirmed: bool = True
    override: Override | None = None


def main() -> None:
    """Plan for all cases and print what was broken, which should be nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    asked = parser.parse_args()
    start = time.perf_counter()
    with ProcessPoolExecutor(asked.workers, mp_context=get_context("spawn")) as pool:
        numbers = range(asked.first, asked.first + asked.cases)
        found = list(pool.map(check_case, numbers, chunksize=50))
    counts = Counter(outcome for outcome, _ in found)
    broken = [(n, line) for n, (_, lines) in zip(numbers, found, strict=True) for line in lines]
    print(f"{asked.cases} cases, seed {SEED}, {time.perf_counter() - start:.0f} s")
    for outcome, count in counts.most_common():
        print(f"  {outcome:<12}{count:>8}")
    print(f"broken: {len(broken)}")
    print("\n".join(f"  case {number}: {line}" for number, line in broken[:50]))
    raise SystemExit(bool(broken))


def check_case(number: int) -> tuple[str, list[str]]:
    """Plan for one case; its outcome, and what is wrong with it."""
    rng = np.random.default_rng([SEED, number])
    which = int(rng.integers(POOL))
    posterior, twin = _pool()[which]
    drawn = _draw(rng, posterior.affected)
    plan = _plan(drawn, posterior, number)
    wrong = violations(plan, drawn)
    if number % MIRRORED_EVERY == 0:
        other = _plan(_mirrored(drawn), twin, number)
        if _shape(plan) != _shape(other):
            wrong.append("the mirrored case has another plan")
    return plan.outcome.value, wrong


def violations(plan: Plan, drawn: Drawn) -> list[str]:
    """Everything that a plan breaks, by rules written down here."""
    wrong = [] if plan.status is PlanStatus.DRAFT else [f"status is {plan.status}"]
    stopped = plan.outcome is PlanOutcome.STOPPED
    if drawn.must_stop and not stopped:
        wrong.append(f"not stopped in spite of {', '.join(drawn.must_stop.values())}")
    if plan.product is not drawn.product:
        wrong.append(f"planned with {plan.product}")
    if stopped or plan.outcome is PlanOutcome.NOTHING:
        return wrong + (["stopped, and has doses"] if plan.choices else [])
    if any(finding.action is Action.STOP for finding in plan.session_findings):
        wrong.append("a stop stands among its findings")
    return wrong + _of_injections(plan, drawn)


def _of_injections(plan: Plan, drawn: Drawn) -> list[str]:
    wrong = []
    affected = drawn.case.palsy.affected_side
    places = [(choice.side, choice.target) for choice in plan.choices]
    if len(set(places)) < len(places):
        wrong.append("a target twice")
    by_side: Counter[Side | None] = Counter()
    for choice in plan.choices:
        named = f"{choice.target.value} {choice.side}"
        muscles = injection_target(choice.target).muscles
        role = (
            SideRole.MIDLINE
            if choice.target is InjectionTarget.PROCERUS
            else SideRole.AFFECTED
            if choice.side is affected
            else SideRole.HEALTHY
        )
        if choice.role is not role or (choice.side is None) != (role is SideRole.MIDLINE):
            wrong.append(f"{named}: its role is {choice.role}")
        if (choice.side, choice.target) in drawn.closed:
            wrong.append(f"{named}: it is closed")
        if set(muscles) & drawn.case.wishes.refused_muscles or Muscle.LEVATOR_PALPEBRAE in muscles:
            wrong.append(f"{named}: refused, or never injected")
        if any(dose.product is not drawn.product for _, dose in choice.points):
            wrong.append(f"{named}: another product")
        numbers = [number for number, _ in choice.points]
        known = {site.number for site in injection_sites(choice.target, choice.side or Side.LEFT)}
        if len(set(numbers)) < len(numbers) or not set(numbers) <= known:
            wrong.append(f"{named}: points {numbers}")
        wrong += _of_range(choice.target, role, drawn, [dose.amount for _, dose in choice.points], named)
        by_side[choice.side] += sum(dose.amount for _, dose in choice.points)
    if drawn.product is ToxinProduct.ONABOTULINUMTOXIN_A:
        if by_side[affected] > AFFECTED_CAP:
            wrong.append(f"{by_side[affected]} units on the affected side")
        if sum(by_side.values()) > BOTH_CAP:
            wrong.append(f"{sum(by_side.values())} units in all")
    return wrong


def _of_range(
    target: InjectionTarget, role: SideRole, drawn: Drawn, amounts: list[Fraction], named: str
) -> list[str]:
    known = doses_for(target, role, drawn.product)
    rows = [row for row in known if not row.is_outlier and row.target is target]
    if not rows or not drawn.confirmed:
        return [f"{named}: no confirmed range"]
    row = rows[0]
    wrong = []
    if row.per_site is not None and max(amounts) > row.per_site.high.amount:
        wrong.append(f"{named}: {max(amounts)} units at a point")
    if row.total is not None and sum(amounts) > row.total.high.amount:
        wrong.append(f"{named}: {sum(amounts)} units in all")
    return wrong


def _shape(plan: Plan) -> object:
    """A plan without its sides: roles stand in their place."""
    return plan.outcome, sorted(
        (choice.role.value, choice.target.value, tuple((n, dose.amount) for n, dose in choice.points))
        for choice in plan.choices
    )


def _plan(drawn: Drawn, posterior: Posterior, number: int) -> Plan:
    measured = (MeasuredVisit(TODAY, (), mirrored_known=drawn.mirrored_known),)
    visit = _visits()[id(posterior)]
    known = Patient(posterior, (visit,), measured, (), ())
    return make_plan(
        drawn.case,
        (),
        drawn.product,
        TODAY,
        jax.random.key(number),
        confirmed_by="the clinician of the benchmark" if drawn.confirmed else None,
        override=drawn.override,
        patient=known,
        has_alternatives=False,
        settings=SolverSettings(relative_gap=WIDE_GAP),
        samples=8,
        rounds=1,
    ).plan


@cache
def _visits() -> dict[int, object]:
    return {}


@cache
def _pool() -> tuple[tuple[Posterior, Posterior], ...]:
    """Posteriors of some patients and of their mirror images."""
    found = []
    for patient in draw_patients(SEED, POOL):
        visit = see(patient, 540.0, np.random.default_rng(patient.number))
        pair = []
        for seen, side in ((visit, patient.affected), (visit.mirrored(), patient.affected.opposite)):
            posterior = calibrate([seen], [], side)
            _visits()[id(posterior)] = seen
            pair.append(posterior)
        found.append((pair[0], pair[1]))
    return tuple(found)


# ------------------------------------------------------------------------------------- the cases


def _draw(rng: np.random.Generator, affected: Side) -> Drawn:
    product = PRODUCTS[int(rng.choice(len(PRODUCTS), p=SHARES))]
    drawn = Drawn(good_case(affected, TODAY), product)
    if product is ToxinProduct.RIMABOTULINUMTOXIN_B:
        drawn.must_stop["product"] = "a product that cannot be simulated in the face"
    for change in rng.choice(CHANGES, size=int(rng.integers(0, 4)), replace=False):
        change(drawn, rng)
    return drawn


def _age(drawn: Drawn, rng: np.random.Generator) -> None:
    years = int(rng.choice([12, 17, 18, 19, 45, 90]))
    person = replace(drawn.case.patient, birth_date=None, age_years=years)
    drawn.case = replace(drawn.case, patient=person)
    if years < 18:
        drawn.must_stop["age"] = "age below 18"


def _pregnancy(drawn: Drawn, rng: np.random.Generator) -> None:
    name = str(rng.choice(["pregnancy", "lactation"]))
    drawn.case = replace(drawn.case, patient=replace(drawn.case.patient, **{name: Answer.YES}))
    drawn.must_stop[name] = name


def _allergy(drawn: Drawn, rng: np.random.Generator) -> None:
    code = str(rng.choice(["albumin_allergy", "cow_milk_allergy", "hypersensitivity_toxin"]))
    drawn.case = replace(drawn.case, allergies=CodedList(ListState.KNOWN, (code,)))
    drawn.must_stop.pop("allergies", None)
    if (
        code == "hypersensitivity_toxin"
        or (code == "albumin_allergy" and drawn.product in WITH_ALBUMIN)
        or (code == "cow_milk_allergy" and drawn.product is ToxinProduct.ABOBOTULINUMTOXIN_A)
    ):
        drawn.must_stop["allergies"] = code


def _condition(drawn: Drawn, rng: np.random.Generator) -> None:
    stops = ["myasthenia_gravis", "lambert_eaton_syndrome", "motor_neuropathy"]
    warns = ["dysphagia", "respiratory_disease", "prior_lasik", "dry_eye", "cardiovascular_disease"]
    code = str(rng.choice(stops + warns))
    drawn.case = replace(drawn.case, conditions=CodedList(ListState.KNOWN, (code,)))
    drawn.must_stop.pop("conditions", None)
    if code in stops:
        drawn.must_stop["conditions"] = code


def _not_asked(drawn: Drawn, rng: np.random.Generator) -> None:
    name = str(rng.choice(["allergies", "conditions"]))
    if getattr(drawn.case, name).state is ListState.NONE:
        drawn.case = replace(drawn.case, **{name: CodedList()})
        drawn.must_stop[name] = f"{name} not asked"


def _earlier_toxin(drawn: Drawn, rng: np.random.Generator) -> None:
    days = int(rng.choice([1, 60, 83, 84, 85, 90, 91, 130, 400]))
    product = PRODUCTS[int(rng.integers(3))]
    side = drawn.case.palsy.affected_side
    assert side is not None  # noqa: S101  cases here have one
    units = Fraction(int(rng.integers(1, 9)), 4)
    injection = ToxinInjection(side, InjectionTarget.MENTALIS, 1, ToxinDose(units, product), "0.05")
    treatment = ToxinTreatment(TODAY - timedelta(days=days), product, (injection,))
    drawn.case = replace(drawn.case, earlier_toxin=ListState.KNOWN, treatments=(treatment,))
    drawn.must_stop.pop("toxin", None)
    if days < LEAST_INTERVAL_DAYS:
        drawn.must_stop["toxin"] = f"{days} days since the last toxin"


def _onset(drawn: Drawn, rng: np.random.Generator) -> None:
    days = int(rng.choice([0, 10, 60, ACUTE_DAYS - 1, 100, 170, 200]))
    if drawn.case.treatments and drawn.case.treatments[0].day < TODAY - timedelta(days=days):
        return
    palsy = replace(drawn.case.palsy, onset=TODAY - timedelta(days=days), stable_months=None)
    drawn.case = replace(drawn.case, palsy=palsy)
    if days < ACUTE_DAYS:
        if rng.uniform() < 0.3:
            drawn.override = Override(by="a specialist", reason="the other eye", codes=("acute_phase",))
        else:
            drawn.must_stop["onset"] = f"{days} days after the onset"


def _open_eye(drawn: Drawn, rng: np.random.Generator) -> None:
    closure = EyeClosure.INCOMPLETE if rng.uniform() < 0.7 else EyeClosure.UNKNOWN
    (visit,) = drawn.case.visits
    assert visit.eye is not None  # noqa: S101  made so
    drawn.case = replace(drawn.case, visits=(replace(visit, eye=replace(visit.eye, closure=closure)),))
    side = drawn.case.palsy.affected_side
    drawn.closed |= {(side, target) for target in EYE_TARGETS}


def _cornea(drawn: Drawn, rng: np.random.Generator) -> None:
    del rng
    (visit,) = drawn.case.visits
    assert visit.eye is not None  # noqa: S101  made so
    drawn.case = replace(
        drawn.case, visits=(replace(visit, eye=replace(visit.eye, corneal_problem=Answer.YES)),)
    )
    drawn.must_stop["cornea"] = "a problem of the cornea"


def _wishes(drawn: Drawn, rng: np.random.Generator) -> None:
    refused = frozenset(FACIAL_MUSCLES[int(at)] for at in rng.integers(0, len(FACIAL_MUSCLES), 2))
    weights = {goal: int(rng.integers(0, 11)) for goal in Goal}
    drawn.case = replace(drawn.case, wishes=Wishes(weights=weights, refused_muscles=refused))


def _red_flag(drawn: Drawn, rng: np.random.Generator) -> None:
    flags = dict(drawn.case.palsy.red_flags)
    flags[list(flags)[int(rng.integers(len(flags)))]] = Answer.YES
    drawn.case = replace(drawn.case, palsy=replace(drawn.case.palsy, red_flags=flags))


def _mirror_unknown(drawn: Drawn, rng: np.random.Generator) -> None:
    del rng
    drawn.mirrored_known = False
    drawn.must_stop["mirror"] = "photographs of unknown mirror state"


def _not_confirmed(drawn: Drawn, rng: np.random.Generator) -> None:
    del rng
    drawn.confirmed = False


CHANGES = (
    _age,
    _pregnancy,
    _allergy,
    _condition,
    _not_asked,
    *[_earlier_toxin] * 2,
    _onset,
    *[_open_eye] * 2,
    _cornea,
    *[_wishes] * 4,
    _red_flag,
    _mirror_unknown,
    _not_confirmed,
)
"""Those that leave something to plan are there more than once."""


def _mirrored(drawn: Drawn) -> Drawn:
    case = drawn.case
    side = case.palsy.affected_side
    assert side is not None  # noqa: S101  cases here have one
    treatments = tuple(
        replace(t, injections=tuple(replace(i, side=i.side.opposite) for i in t.injections))
        for t in case.treatments
    )
    # The treatments are checked against the palsied side, so that both change at once.
    mirrored = replace(
        replace(case, treatments=(), earlier_toxin=ListState.NONE),
        palsy=replace(case.palsy, affected_side=side.opposite),
    )
    mirrored = replace(mirrored, treatments=treatments, earlier_toxin=case.earlier_toxin)
    return replace(drawn, case=mirrored)


if __name__ == "__main__":
    main()
