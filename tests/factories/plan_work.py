"""A whole plan of an invented patient, made once for all tests of a process, and parts of one."""

from datetime import timedelta
from functools import cache

import jax
import numpy as np
from benchmarks._virtual_patients import Group, draw_patients, see

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.outcome.prospect import prospect_of_scores
from facialis.planning.plan.make import make_plan
from facialis.planning.plan.patient import MeasuredVisit, Patient
from facialis.toxins import ToxinDose
from facialis.twin.calibrate import calibrate
from facialis.twin.events import ToxinSession
from tests.factories.planning import ONA, ONSET, TODAY, good_case, good_palsy, treated, treatment

KEY = jax.random.key(0)
DAY = float((TODAY - ONSET).days)
SAMPLES = 8


@cache
def person():
    """Late synkinetic, with a weak side."""
    (found,) = draw_patients(7, 1, [Group.LATE_SYNKINETIC])
    return found


@cache
def seen_today():
    return see(person(), DAY, np.random.default_rng(0))


@cache
def patient(mirrored=False):
    visit = seen_today().mirrored() if mirrored else seen_today()
    side = person().affected.opposite if mirrored else person().affected
    posterior = calibrate([visit], [], side)
    return Patient(posterior, (visit,), (MeasuredVisit(TODAY, (), True),), (), ())


def case_of(side, **changes):
    return good_case(palsy=good_palsy(affected_side=side), **changes)


@cache
def planned(mirrored=False):
    """A plan for that patient, or for the mirrored one."""
    who = patient(mirrored)
    case = case_of(who.posterior.affected)
    return make_plan(case, [], ONA, TODAY, KEY, confirmed_by="Dr Demo", patient=who)


def scores_of_people(count=SAMPLES, group=Group.LATE_SYNKINETIC, seed=3):
    """Scores of several invented patients, as if one of them were true of a patient."""
    return np.stack([one.scores for one in draw_patients(seed, count, [group])])


@cache
def prospect(side=Side.LEFT, seed=3):
    """Several invented people in place of a posterior: no search is needed."""
    return prospect_of_scores(scores_of_people(seed=seed), side, ONA, DAY)


def choice(target, side, *doses, affected=Side.LEFT, highest="5", product=ONA):
    """Doses of points 1, 2, ... of a target."""
    role = SideRole.MIDLINE if side is None else SideRole.AFFECTED if side is affected else SideRole.HEALTHY
    points = tuple((number, ToxinDose(dose, product)) for number, dose in enumerate(doses, start=1))
    return DoseChoice(InjectionTarget(target), side, role, points, ToxinDose(highest, product))


TREATED = TODAY - timedelta(days=130)


@cache
def followed():
    """The patient before a treatment, 24 days after it, and today; with the case."""
    plan, who = planned().plan, person()
    start = float((TREATED - ONSET).days)
    session = ToxinSession(start, plan.injections)
    rng = np.random.default_rng(5)
    visits = (
        see(who, start, rng),
        see(who, start + 24, rng, [session]),
        see(who, DAY, rng, [session]),
    )
    case = treated(treatment(TREATED, *plan.injections), palsy=good_palsy(affected_side=who.affected))
    posterior = calibrate(visits, [session], who.affected)
    return case, Patient(posterior, visits, (), (session,), ())
