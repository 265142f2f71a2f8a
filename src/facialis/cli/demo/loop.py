"""The whole loop with an invented patient: measure, plan, sign, inject, review, learn, plan again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jax

from facialis.cli.demo.invented import FIRST_VISIT, ONSET
from facialis.cli.demo.record import first_record, with_visit
from facialis.cli.demo.visit import Camera, KnownVisit, visit_patient
from facialis.cli.measurement import OnPicture
from facialis.planning.case.case import Case
from facialis.planning.explain.explain import explain
from facialis.planning.explain.records import Explanation
from facialis.planning.forecast.forecast import forecast_plan
from facialis.planning.forecast.records import PlanForecast
from facialis.planning.learning.learn import learn
from facialis.planning.learning.records import Learning
from facialis.planning.plan.make import PlanWork, make_plan
from facialis.planning.plan.record import Plan
from facialis.planning.plan.sign import SignedPlan, sign
from facialis.planning.plan.treatment import treatment_of, with_treatment
from facialis.planning.schedule import follow_up
from facialis.toxins import ToxinProduct
from facialis.toxins.actions import Action
from facialis.twin.events import ToxinSession
from facialis.vision.synthetic.known_patient import KnownPatient

FOLDERS = ("before", "two-weeks", "four-months")
"""Of the photographs of each visit."""
PRODUCT = ToxinProduct.ONABOTULINUMTOXIN_A
CLINICIAN = "Dr Demonstration (invented)"
REASONS = {
    "mouth_not_asked": "Asked today: the mouth holds liquids, speech is clear.",
    "toxin_within_4_months": "The photographs of today show what is left; the plan counts it in.",
}
"""What the clinician of the demonstration writes beside the warnings that it knows."""
OTHER_REASON = "Examined today; nothing speaks against the plan."


@dataclass(frozen=True, eq=False)
class Loop:
    """Everything that happened, with the truth of it."""

    patient: KnownPatient
    first: KnownVisit
    review: KnownVisit
    """At two weeks."""
    later: KnownVisit
    """At four months."""
    case: Case
    """After the third visit."""
    planned_case: Case
    """As it was when the first plan was made."""
    work: PlanWork
    explanation: Explanation
    forecast: PlanForecast
    signed: SignedPlan
    session: ToxinSession
    next_work: PlanWork
    """Calibrated on all visits and the session."""
    learning: Learning

    @property
    def visits(self) -> tuple[KnownVisit, ...]:
        """The three, the earliest first."""
        return self.first, self.review, self.later


def run_loop(
    patient: KnownPatient,
    camera: Camera,
    folder: Path,
    *,
    seed: int,
    on_step: Callable[[str], None] = lambda _: None,
    on_annotated: Callable[[int], OnPicture] | None = None,
) -> Loop:
    """Take an invented patient through the loop.

    Parameters
    ----------
    patient, camera     Who, and how photographed.
    folder : Path       For the photographs, one folder in it for each visit.
    seed : int          Of efforts, errors of the clinician, and draws from the posterior.
    on_step             Told what is being done, in words.
    on_annotated        Gives for each visit, from 0, what receives its measured photographs.
    """
    key = jax.random.key(seed)
    on_step("Photographing and measuring the patient")

    def see(number: int, day: date, sessions: Sequence[ToxinSession] = ()) -> KnownVisit:
        shown = None if on_annotated is None else on_annotated(number)
        where = folder / FOLDERS[number]
        return visit_patient(patient, camera, where, ONSET, day, sessions, seed=seed, on_annotated=shown)

    first = see(0, FIRST_VISIT)
    record = first_record(ONSET, patient.affected)
    planned = with_visit(record, first.day, measurement_name(0), first.findings)
    on_step("Calibrating the model on the photographs and planning doses")
    work = _plan(planned, (first,), first.day, seed)
    on_step("Explaining the plan and forecasting its course")
    explanation, forecast = explain(work), forecast_plan(work, key, graded=False)
    signed = signed_by_clinician(work.plan)
    treated = with_treatment(planned, treatment_of(signed))
    session = session_of(treated)
    dates = follow_up(first.day, PRODUCT)
    on_step("Injecting, and photographing again at two weeks and at four months")
    review, later = see(1, dates.review_from, (session,)), see(2, dates.repeat, (session,))
    case = with_visit(treated, review.day, measurement_name(1), review.findings)
    case = with_visit(case, later.day, measurement_name(2), later.findings)
    on_step("Learning from the answer, and planning again")
    again = _plan(case, (first, review, later), later.day, seed)
    return Loop(
        patient,
        first,
        review,
        later,
        case,
        planned,
        work,
        explanation,
        forecast,
        signed,
        session,
        again,
        learn(case, again.patient, key, again.plan),
    )


def measurement_name(visit: int) -> str:
    """File of a visit's measurement; the case names it."""
    return f"measurement-{visit + 1}.json"


def signed_by_clinician(plan: Plan, by: str = CLINICIAN) -> SignedPlan:
    """Sign a plan as the invented clinician does: with a reason for every warning."""
    warned = [f.code for f in plan.session_findings if f.action is Action.WARN]
    reasons = {code: REASONS.get(code, OTHER_REASON) for code in warned}
    return sign(plan, by=by, day=plan.today, reasons=reasons)


def session_of(case: Case) -> ToxinSession:
    """The case's last treatment, as what the muscles receive."""
    last = case.treatments[-1]
    return ToxinSession(float((last.day - case.palsy.onset).days), last.injections)


def _plan(case: Case, visits: tuple[KnownVisit, ...], today: date, seed: int) -> PlanWork:
    return make_plan(
        case,
        [visit.measured for visit in visits],
        PRODUCT,
        today,
        jax.random.key(seed),
        confirmed_by=CLINICIAN,
        has_alternatives=False,
    )
