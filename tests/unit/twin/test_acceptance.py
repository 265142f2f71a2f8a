"""Twenty published rows stand in the tables, and a missed row of quality A or B is a failure."""

import jax
import numpy as np
import pytest

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.sides import Side
from facialis.evidence import load_rows
from facialis.twin.acceptance import AcceptanceRow
from facialis.twin.healthy_faces import healthy_meshes, healthy_sunnybrook, sample_strengths
from facialis.twin.natural_history import (
    Use,
    population_of_tables,
    simulated_outcomes,
    target_rows,
)
from facialis.twin.priors import TABLES
from facialis.twin.toxin_trials import (
    BEFORE,
    SESSION_DAY,
    WEEK_5,
    is_synkinetic_in_between,
    session_of,
    treat,
)


def row(simulated, quality="A"):
    return AcceptanceRow(
        4, "some quantity", (60.0, 70.0), 5.0, simulated, "%", quality, Use.TEST, "Sullivan07"
    )


@pytest.mark.parametrize(("simulated", "is_met"), [(54.9, False), (55.0, True), (75.0, True), (75.1, False)])
def test_a_row_is_met_within_its_tolerance(simulated, is_met):
    assert row(simulated).is_met is is_met
    assert row(simulated).is_failure is (not is_met)
    assert row(simulated, "B").is_failure is (not is_met)
    assert not row(simulated, "C").is_failure, "C is a band"


def test_the_tables_hold_all_twenty_rows():
    numbers = {int(target.row) for target in target_rows()}
    for stem in ("face_targets", "acceptance_checks"):
        numbers |= {found.integer("row") for found in load_rows(TABLES, stem).rows}
    assert numbers == set(range(1, 21))


def test_some_rows_are_kept_out_of_the_fit():
    assert {target.use for target in target_rows()} == {Use.FIT, Use.TEST}


def test_trials_inject_what_their_papers_say():
    toffola = session_of("toffola10", Side.RIGHT)
    assert toffola.day == SESSION_DAY
    assert {float(i.dose.amount) for i in toffola.injections} == {2.5}
    assert {i.side for i in toffola.injections if i.target == "platysma"} == {Side.RIGHT}
    assert {i.side for i in toffola.injections if i.target == "frontalis"} == {Side.LEFT}
    totals = {
        side: sum(float(i.dose.amount) for i in session_of("choi13", Side.LEFT).injections if i.side is side)
        for side in Side
    }
    assert totals[Side.LEFT] == pytest.approx(17.1, abs=1)
    assert totals[Side.RIGHT] == pytest.approx(52.6, abs=1)
    salles = session_of("salles09", Side.LEFT)
    assert {i.side for i in salles.injections} == {Side.RIGHT}
    assert sum(float(i.dose.amount) for i in salles.injections) == pytest.approx(38, abs=0.5)


@pytest.mark.slow
def test_healthy_people_differ_a_little_between_their_sides():
    meshes = healthy_meshes(jax.random.key(4), 200)
    scores = np.asarray(healthy_sunnybrook(meshes))
    assert 92 <= np.median(scores) <= 100
    assert scores.min() >= 60, "nobody healthy looks palsied"
    strengths = np.asarray(sample_strengths(jax.random.key(4), 2000))
    assert np.log(strengths).std() == pytest.approx(0.15, abs=0.01)


@pytest.mark.slow
def test_the_natural_history_is_near_its_targets():
    found = np.asarray(
        jax.jit(lambda key: simulated_outcomes(population_of_tables(), key, 400, is_coarse=True))(
            jax.random.key(0)
        )
    )
    # 400 patients scatter by two standard errors of their own beside the source's tolerance.
    for target, value in zip(target_rows(), found, strict=True):
        scatter = 1.0 if "score" in target.quantity else 0.08
        assert abs(value - target.target) <= target.tolerance + scatter, target


@pytest.mark.slow
def test_toxin_on_the_affected_side_calms_synkinesis():
    treated = treat("toffola10", jax.random.key(1), 200, is_synkinetic_in_between)
    synkinesis = treated.grades.synkinesis.sum(axis=2)
    assert len(treated.affected) >= 10
    assert synkinesis[:, WEEK_5].mean() < synkinesis[:, BEFORE].mean()
    assert np.median(treated.grades.sunnybrook[:, WEEK_5]) > np.median(treated.grades.sunnybrook[:, BEFORE])
