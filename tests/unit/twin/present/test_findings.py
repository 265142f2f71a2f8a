"""Findings as observations of activity, and those that are none."""

import jax.numpy as jnp
import numpy as np
import pytest

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.sides import Side
from facialis.twin.errors import ObservationError
from facialis.twin.present.findings import (
    FindingScale,
    FindingWhen,
    MuscleFinding,
    finding_kinds,
    finding_rows,
    found_activity,
)
from facialis.twin.present.state import photographed_commands

GRADED = [kind for kind in finding_kinds().values() if kind.when is FindingWhen.EXPRESSION]
SLIDERS = [kind for kind in finding_kinds().values() if kind.scale is FindingScale.SCORE]
MENTALIS = FACIAL_MUSCLES.index(Muscle.MENTALIS)


def test_findings_are_of_muscles_on_a_rising_scale():
    assert len(GRADED) == len(SLIDERS) == 4
    for kind in finding_kinds().values():
        assert kind.muscles
        assert kind.sd > 0
        assert list(kind.levels) == sorted(kind.levels)
        assert kind.levels[0] == 0
        assert kind.levels[-1] <= 1


@pytest.mark.parametrize("kind", GRADED, ids=lambda kind: kind.code)
def test_a_grade_stands_for_the_tables_activity_in_one_expression(kind):
    findings = [MuscleFinding(kind.code, Side.RIGHT, grade, Expression.OPEN_SMILE) for grade in range(4)]
    rows = finding_rows(findings)
    assert rows.activity.tolist() == list(kind.levels)
    assert rows.sd.tolist() == [kind.sd] * 4
    (where,) = {tuple(place) for place in np.argwhere(rows.weights[0]).tolist()}
    assert where == (
        NINE_PHOTOGRAPHS.index(Expression.OPEN_SMILE),
        1,
        FACIAL_MUSCLES.index(kind.muscles[0]),
    )


@pytest.mark.parametrize("kind", SLIDERS, ids=lambda kind: kind.code)
def test_a_slider_is_the_mean_over_what_does_not_ask_for_the_muscles(kind):
    assert kind.when is FindingWhen.UNASKED
    rows = finding_rows([MuscleFinding(kind.code, Side.LEFT, value) for value in (100, 50, 0)])
    assert rows.activity.tolist() == pytest.approx([0, kind.levels[-1] / 2, kind.levels[-1]])
    weights = rows.weights[0]
    assert weights.sum() == pytest.approx(1)
    assert not weights[:, 1].any()
    assert not weights[NINE_PHOTOGRAPHS.index(Expression.REST)].any()
    used = np.argwhere(weights[:, 0])
    assert {FACIAL_MUSCLES[m] for _, m in used} == set(kind.muscles)
    assert not photographed_commands()[used[:, 0], used[:, 1]].any()


def test_lid_strength_is_that_of_closing_tightly():
    weights = finding_rows([MuscleFinding("lid_strength", Side.RIGHT, 2)]).weights[0]
    places = np.argwhere(weights)
    assert {NINE_PHOTOGRAPHS[e] for e, _, _ in places} == {Expression.TIGHT_EYE_CLOSURE}
    assert {s for _, s, _ in places} == {1}
    assert {FACIAL_MUSCLES[m] for _, _, m in places} == set(finding_kinds()["lid_strength"].muscles)
    assert weights.sum() == pytest.approx(1)


def test_mentalis_is_not_asked_for_in_closing_the_eyes_and_is_in_pouting():
    asked = photographed_commands()[:, MENTALIS]
    weights = finding_rows([MuscleFinding("eface_mentalis_synkinesis", Side.LEFT, 0)]).weights[0, :, 0]
    seen = {NINE_PHOTOGRAPHS[e] for e in np.flatnonzero(weights[:, MENTALIS])}
    assert Expression.TIGHT_EYE_CLOSURE in seen
    assert not seen & {NINE_PHOTOGRAPHS[e] for e in np.flatnonzero(asked)}


def test_what_is_found_ends_where_the_scale_ends():
    rng = np.random.default_rng(0)
    sd, most = 0.12, 0.75
    for activity in (-0.3, -0.05, 0.0, 0.4, 0.7, 1.2):
        drawn = np.clip(activity + sd * rng.normal(size=200_000), 0, most).mean()
        assert float(found_activity(*map(jnp.asarray, (activity, sd, most)))) == pytest.approx(
            drawn, abs=0.002
        )


def test_no_findings_are_no_rows():
    rows = finding_rows([])
    assert rows.weights.shape == (0, 9, 2, 24)
    assert rows.activity.shape == rows.sd.shape == rows.most.shape == (0,)


@pytest.mark.parametrize(
    ("finding", "message"),
    [
        (MuscleFinding("grin", Side.LEFT, 1), "'grin' is no finding that is understood. Give one of chin_"),
        (
            MuscleFinding("chin_dimpling", Side.LEFT, 1),
            "dimpling of the chin on the LEFT side was seen in None",
        ),
        (
            MuscleFinding("chin_dimpling", Side.LEFT, 4, Expression.REST),
            "graded 4; a grade is 0 none, 1 slight, 2 obvious or 3 severe",
        ),
        (MuscleFinding("chin_dimpling", Side.LEFT, 1.5, Expression.REST), "graded 1.5; a grade is"),
        (MuscleFinding("chin_dimpling", Side.LEFT, float("nan"), Expression.REST), "graded nan; a grade is"),
        (MuscleFinding("chin_dimpling", Side.LEFT, 1, Expression.NASAL_BASE), "Give the expression: one of"),
        (MuscleFinding("eface_ocular_synkinesis", Side.LEFT, 101), "is 101; the slider runs from 0 to 100"),
        (MuscleFinding("eface_ocular_synkinesis", Side.LEFT, -1), "is -1; the slider runs"),
        (MuscleFinding("eface_ocular_synkinesis", Side.LEFT, float("nan")), "is nan; the slider runs"),
        (
            MuscleFinding("eface_ocular_synkinesis", Side.LEFT, 50, Expression.REST),
            r"Leave its expression, rest, out",
        ),
    ],
)
def test_impossible_findings_are_refused_in_words(finding, message):
    with pytest.raises(ObservationError, match=message) as error:
        finding_rows([finding])
    assert error.value.code == "observation_invalid"
