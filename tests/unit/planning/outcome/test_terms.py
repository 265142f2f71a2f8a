"""Outcome terms as sums over readings and activity."""

import numpy as np
import pytest

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.sides import Side
from facialis.planning.outcome.terms import TermKind, outcome_terms, term_arrays
from facialis.twin.face.readings import FaceReading
from facialis.twin.present.state import photographed_commands

REST, SMILE = (NINE_PHOTOGRAPHS.index(e) for e in (Expression.REST, Expression.OPEN_SMILE))
LEFT, RIGHT = 0, 1


def values(readings, activity=None, base=None, side=Side.LEFT):
    """Terms of one face by name."""
    arrays = term_arrays(side)
    active = np.zeros(arrays.of_activity.shape[1:]) if activity is None else activity
    untouched = readings if base is None else base
    found = (
        np.einsum("tesr,esr->t", arrays.of_readings, readings)
        + np.einsum("tesm,esm->t", arrays.of_activity, active)
        - arrays.of_base * np.einsum("tesr,esr->t", arrays.of_readings, untouched)
    )
    return dict(zip([term.name for term in outcome_terms()], found, strict=True))


def face(**readings):
    """All 0 but what is given: (expression, side) to mm."""
    found = np.zeros((len(NINE_PHOTOGRAPHS), 2, len(FaceReading)))
    for name, places in readings.items():
        for (e, s), value in places.items():
            found[e, s, FaceReading[name.upper()]] = value
    return found


def test_names_are_unique_and_every_kind_is_there():
    names = [term.name for term in outcome_terms()]
    assert len(set(names)) == len(names)
    assert {term.kind for term in outcome_terms()} == set(TermKind)


def test_an_asymmetry_is_affected_minus_healthy_over_its_scale():
    seen = face(commissure_height={(SMILE, LEFT): -3.0, (SMILE, RIGHT): 3.0})
    assert values(seen)["asymmetry_open_smile_commissure_height"] == pytest.approx(-2)
    assert values(seen, side=Side.RIGHT)["asymmetry_open_smile_commissure_height"] == pytest.approx(2)
    assert values(seen)["asymmetry_rest_commissure_height"] == 0


def test_synkinesis_is_what_the_affected_eye_narrows_beyond_the_healthy_one():
    seen = face(palpebral_fissure={(REST, LEFT): 9, (REST, RIGHT): 10, (SMILE, LEFT): 5, (SMILE, RIGHT): 9})
    # 4 mm against 1 mm, on a scale of 2 mm.
    assert values(seen)["synkinesis_open_smile_palpebral_fissure"] == pytest.approx(1.5)
    assert values(seen, side=Side.RIGHT)["synkinesis_open_smile_palpebral_fissure"] == pytest.approx(-1.5)


def test_tightness_is_the_mean_over_expressions_that_do_not_ask():
    m = FACIAL_MUSCLES.index(Muscle.MENTALIS)
    active = np.zeros((len(NINE_PHOTOGRAPHS), 2, len(FACIAL_MUSCLES)))
    active[photographed_commands()[:, m] == 0, LEFT, m] = 0.5
    nothing = face()
    assert values(nothing, active)["tightness_mentalis"] == pytest.approx(2)
    assert values(nothing, active, side=Side.RIGHT)["tightness_mentalis"] == 0


def test_lost_function_is_measured_from_the_face_without_toxin():
    before = face(commissure_height={(REST, LEFT): -40, (SMILE, LEFT): -30})
    after = face(commissure_height={(REST, LEFT): -40, (SMILE, LEFT): -36})
    assert values(after, base=before)["function_smile_affected"] == pytest.approx(2)
    assert values(after, base=before, side=Side.RIGHT)["function_smile_healthy"] == pytest.approx(2)
    assert values(before, base=before)["function_smile_affected"] == 0


def test_mirrored_sides_give_mirrored_arrays():
    mine, other = term_arrays(Side.LEFT), term_arrays(Side.RIGHT)
    np.testing.assert_array_equal(mine.of_readings[:, :, ::-1], other.of_readings)
    np.testing.assert_array_equal(mine.of_activity[:, :, ::-1], other.of_activity)
