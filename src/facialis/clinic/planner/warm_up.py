"""Compile what every plan needs, with a patient who is the model's own: nobody's photographs are used."""

from dataclasses import replace
from datetime import date

import numpy as np

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.clinic.planner.held import HeldPlan, held_of
from facialis.clinic.planner.inputs import Inputs
from facialis.clinic.planner.proposals import proposal_of
from facialis.measurement.measure import Measure, SdParts
from facialis.planning.case.answers import Answer, CodedList, ListState
from facialis.planning.case.case import Case
from facialis.planning.case.palsy import ASKED_APART, Cause, Palsy, RedFlag, Stability
from facialis.planning.case.patient import Patient, Sex
from facialis.planning.case.prerequisites import Prerequisite
from facialis.planning.case.visits import EyeClosure, EyeExam, Visit
from facialis.planning.forecast.model_face import model_face
from facialis.planning.outcome.prospect import PLACES, prospect_of_scores
from facialis.planning.outcome.scores import blocks_under
from facialis.report.plan_json import PlanInputs
from facialis.report.read_measures import SetMeasured
from facialis.toxins.products import ToxinProduct
from facialis.twin.measures import measure_faces
from facialis.twin.present.scores import place_of, state_size

PRODUCT = ToxinProduct.ONABOTULINUMTOXIN_A
ONSET, TODAY = date(2024, 11, 4), date(2026, 11, 2)
AFFECTED = Side.LEFT
KEY = "warm-up"
SPREADS = {"foreign_share": 1.0, "reinnervated_share": 1.0}
"""Above the usual: many fibres grew back by a wrong route, so that there is something to treat."""
ERRORS = SdParts(noise=0.5, photo_rel=0.01, common_rel=0.02, side_correlation=0.3)
"""About those of a photograph."""
NOBODY = "0" * 64
"""In place of the digests of files."""
SECONDS = 10.0


def warm_up() -> HeldPlan:
    """Plan, explain, draw and judge the invented patient once; returns the plan."""
    held = held_of(KEY, invented_inputs())
    proposal_of(held)
    return held


def invented_inputs() -> Inputs:
    """A late synkinetic palsy, of which everything was asked."""
    measured = SetMeasured(
        photographs=_photographs(),
        mirrored_known=True,
        affected=AFFECTED,
        refused=(),
        without_expression=(),
    )
    origin = PlanInputs(NOBODY, ((TODAY, NOBODY),), 0, SECONDS, KEY)
    return Inputs(_case(), ((TODAY, measured),), PRODUCT, TODAY, {}, origin)


def _photographs() -> tuple[tuple[Expression, tuple[Measure, ...]], ...]:
    """The nine expressions of the model, measured with the errors of photographs."""
    scores = np.zeros((1, state_size()))
    for name, spreads in SPREADS.items():
        scores[:, place_of(name)] = spreads
    prospect = prospect_of_scores(scores, AFFECTED, PRODUCT, float((TODAY - ONSET).days), days=(0.0, 1.0))
    untreated = blocks_under(prospect, np.zeros(PLACES))[0, 0]
    meshes = model_face(prospect, untreated, 0.0, graded=False).meshes_mm
    return tuple((expression, tuple(map(_with_errors, found))) for expression, found in measure_faces(meshes))


def _with_errors(measure: Measure) -> Measure:
    if measure.value is None:
        return measure
    return replace(measure, sd=ERRORS.total(measure.value), parts=ERRORS)


def _case() -> Case:
    nothing = CodedList(ListState.NONE)
    eye = EyeExam(EyeClosure.COMPLETE, Answer.YES, Answer.YES, Answer.NO, Answer.NO)
    return Case(
        case_id=KEY,
        patient=Patient(age_years=50, sex=Sex.OTHER, pregnancy=Answer.NO, lactation=Answer.NO),
        palsy=Palsy(
            affected_side=AFFECTED,
            onset=ONSET,
            cause=Cause.BELLS_PALSY,
            bilateral=Answer.NO,
            onset_hours=36,
            forehead_spared=Answer.NO,
            recurrent_same_side=Answer.NO,
            red_flags={flag: Answer.NO for flag in RedFlag if flag not in ASKED_APART},
            stability=Stability.STABLE,
            stable_months=9,
            specialist_seen=Answer.YES,
        ),
        visits=(Visit(TODAY, "invented", eye=eye, holds_liquids=Answer.YES),),
        earlier_toxin=ListState.NONE,
        conditions=nothing,
        medication=nothing,
        allergies=nothing,
        prerequisites=dict.fromkeys(Prerequisite, Answer.YES),
    )
