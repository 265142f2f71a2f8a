"""Curves of what a clinician follows, from faces that were judged on many days."""

from collections.abc import Callable, Iterator

import numpy as np

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.muscle_names import FACIAL_MUSCLES
from facialis.anatomy.sides import Side
from facialis.planning.forecast.bands import PerDay, band_of
from facialis.planning.forecast.records import PlanCurve, PlanCurveName, PlanQuantity
from facialis.planning.outcome.prospect import Judged, Prospect, Units
from facialis.planning.outcome.scores import FaceScores, blocks_under
from facialis.twin.face.readings import FaceReading
from facialis.twin.forecast import KEY_ASYMMETRIES
from facialis.twin.forecast_scores import asymmetry_of, sub_scores

CLOSURES = (Expression.GENTLE_EYE_CLOSURE, Expression.TIGHT_EYE_CLOSURE)
SMILES = (Expression.CLOSED_SMILE, Expression.OPEN_SMILE)
REACHED_FROM = 0.02
"""A muscle is told of as reached when toxin blocks at least this share of it on average."""

Both = tuple[Judged, Judged]
BothScores = tuple[FaceScores, FaceScores]


def curves_of(
    prospect: Prospect, faces: Both, scores: BothScores, units: Units, injected: frozenset[tuple[Side, str]]
) -> tuple[PlanCurve, ...]:
    """Every curve, the plan's first of each pair.

    Parameters
    ----------
    faces, scores : pairs   Under the plan, and without another injection.
    units : array           That the plan brings to the muscles.
    injected : set          Sides and muscles that are followed in any case.
    """
    return (
        *_asymmetries(faces),
        *_of_scores(prospect, scores),
        *_functions(faces),
        *_blocks(prospect, units, injected),
    )


def _curve(name: PlanCurveName, pair: tuple[PerDay, PerDay]) -> PlanCurve:
    return PlanCurve(name, band_of(pair[0]), band_of(pair[1]))


def _asymmetries(faces: Both) -> Iterator[PlanCurve]:
    plan, nothing = (np.asarray(one.readings) for one in faces)
    for expression, measures in KEY_ASYMMETRIES.items():
        for measure in measures:
            name = PlanCurveName(PlanQuantity.ASYMMETRY, "mm", measure, None, expression)
            yield _curve(
                name, (asymmetry_of(plan, expression, measure), asymmetry_of(nothing, expression, measure))
            )


def _of_scores(prospect: Prospect, scores: BothScores) -> Iterator[PlanCurve]:
    def pair(of: Callable[[FaceScores], PerDay]) -> tuple[PerDay, PerDay]:
        return of(scores[0]), of(scores[1])

    for score in sub_scores():
        name = PlanCurveName(PlanQuantity.SYNKINESIS, "mm", score.value, prospect.affected)
        yield _curve(name, (scores[0].sub_scores[score], scores[1].sub_scores[score]))
    yield _curve(PlanCurveName(PlanQuantity.SYMMETRY_INDEX, "points"), pair(lambda s: s.symmetry_index))
    parts: dict[str, Callable[[FaceScores], PerDay]] = {
        "composite": lambda s: s.sunnybrook,
        "rest_symmetry": lambda s: s.rest_symmetry,
        "voluntary_movement": lambda s: s.voluntary_movement,
        "synkinesis": lambda s: s.synkinesis,
    }
    for part, of in parts.items():
        yield _curve(PlanCurveName(PlanQuantity.SUNNYBROOK, "points", part, prospect.affected), pair(of))


def _functions(faces: Both) -> Iterator[PlanCurve]:
    plan, nothing = (np.asarray(one.readings) for one in faces)
    fissure, corner = FaceReading.PALPEBRAL_FISSURE, FaceReading.COMMISSURE_HEIGHT
    rest = NINE_PHOTOGRAPHS.index(Expression.REST)
    for s, side in enumerate(Side):
        for expression in CLOSURES:
            e = NINE_PHOTOGRAPHS.index(expression)
            name = PlanCurveName(PlanQuantity.FISSURE_ON_CLOSURE, "mm", None, side, expression)
            yield _curve(name, (plan[:, :, e, s, fissure], nothing[:, :, e, s, fissure]))
        for expression in SMILES:
            e = NINE_PHOTOGRAPHS.index(expression)
            name = PlanCurveName(PlanQuantity.SMILE_EXCURSION, "mm", None, side, expression)
            moved = [one[:, :, e, s, corner] - one[:, :, rest, s, corner] for one in (plan, nothing)]
            yield _curve(name, (moved[0], moved[1]))


def _blocks(prospect: Prospect, units: Units, injected: frozenset[tuple[Side, str]]) -> Iterator[PlanCurve]:
    plan, nothing = (blocks_under(prospect, given) for given in (units, np.zeros_like(units)))
    for s, side in enumerate(Side):
        for m, muscle in enumerate(FACIAL_MUSCLES):
            reached = plan[:, :, s, m].mean(axis=0).max() >= REACHED_FROM
            if reached or (side, muscle.value) in injected:
                name = PlanCurveName(PlanQuantity.BLOCK, "1", muscle.value, side)
                yield _curve(name, (plan[:, :, s, m], nothing[:, :, s, m]))
