"""What is said of muscles: beside the truth, mirrored, and where photographs do not tell."""

from dataclasses import replace

import jax
import numpy as np
import pytest
from benchmarks._virtual_patients import Group, draw_patients, see, true_activations, true_excess

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.sides import Side
from facialis.twin.calibrate import calibrate
from facialis.twin.decode import CERTAIN_SDS, TOLD_BELOW, decode, synkinesis_map
from facialis.twin.errors import ObservationError
from facialis.twin.present.findings import finding_kinds
from facialis.twin.present.state import photographed_commands

pytestmark = pytest.mark.slow  # the first search compiles for a minute on a busy machine

KEY = jax.random.key(0)
MENTALIS, BUCCINATOR = (FACIAL_MUSCLES.index(m) for m in (Muscle.MENTALIS, Muscle.BUCCINATOR))


@pytest.fixture(scope="module")
def patient():
    (found,) = draw_patients(4, 1, [Group.LATE_SYNKINETIC])
    return found


@pytest.fixture(scope="module")
def visit(patient):
    return see(patient, 540.0, np.random.default_rng(0), efforts=patient.efforts)


@pytest.fixture(scope="module")
def posterior(visit, patient):
    return calibrate([visit], [], patient.affected)


@pytest.fixture(scope="module")
def decoded(posterior):
    return decode(posterior, KEY)


def unexamined(visit):
    """Findings that say nothing: as many as before, so that one compiled program serves."""
    return replace(visit, findings=replace(visit.findings, sd=np.full(len(visit.findings.sd), 1e6)))


def test_the_truth_is_found_on_the_affected_side(decoded, patient):
    side = patient.side_index
    true = true_excess(patient)[:, side]
    assert np.corrcoef(true.ravel(), decoded.excess[:, side].ravel())[0, 1] > 0.9
    inside = np.abs(true - decoded.excess[:, side]) < 1.645 * decoded.excess_sd[:, side]
    assert inside.mean() > 0.65
    assert np.corrcoef(true_activations(patient).ravel(), decoded.activation.ravel())[0, 1] > 0.95
    assert (decoded.activation_sd >= 0).all()


def test_over_and_underdriven_are_what_is_certain(decoded, patient):
    side = patient.side_index
    over, under = decoded.is_overdriven, decoded.is_underdriven
    assert over[:, side].any()
    assert under[:, side].any()
    assert not (over & under).any()
    np.testing.assert_array_equal(
        over[:, side], decoded.excess[:, side] > CERTAIN_SDS * decoded.excess_sd[:, side]
    )
    true = true_excess(patient)[:, side]
    assert true[over[:, side]].min() > 0
    assert true[under[:, side]].max() < 0
    # At rest and unasked, the healthy side is healthy by definition, without an error to compare with.
    calm = photographed_commands() == 0
    assert not over[:, 1 - side][calm].any()
    assert not under[:, 1 - side][calm].any()


def test_a_mirrored_patient_has_the_mirrored_answer(decoded, visit, patient):
    turned = decode(calibrate([visit.mirrored()], [], patient.affected.opposite), KEY)
    assert turned.affected is patient.affected.opposite
    for name in ("activation", "activation_sd", "excess", "excess_sd"):
        np.testing.assert_allclose(getattr(turned, name)[:, ::-1], getattr(decoded, name), atol=1e-5)
    np.testing.assert_allclose(turned.left_open[::-1], decoded.left_open, atol=1e-4)
    mine, other = (
        {(g.side.opposite if turn else g.side, g.muscles) for g in found.groups}
        for found, turn in ((decoded, False), (turned, True))
    )
    assert mine == other
    assert [c.excess for c in synkinesis_map(turned)] == pytest.approx(
        [c.excess for c in synkinesis_map(decoded)], abs=1e-5
    )


def test_equal_keys_give_equal_answers(decoded, posterior):
    np.testing.assert_array_equal(decode(posterior, KEY).excess, decoded.excess)
    other = decode(posterior, jax.random.key(1))
    assert not np.array_equal(other.excess, decoded.excess)
    np.testing.assert_allclose(other.excess, decoded.excess, atol=0.05)


def test_without_findings_what_hardly_moves_a_contour_is_not_told(decoded, visit, patient):
    alone = decode(calibrate([unexamined(visit)], [], patient.affected), KEY)
    side = patient.side_index
    assert alone.left_open[side, BUCCINATOR] > decoded.left_open[side, BUCCINATOR] + 0.02
    assert decoded.is_told[side, MENTALIS]
    np.testing.assert_array_equal(decoded.is_told, decoded.left_open < TOLD_BELOW)
    assert ((decoded.left_open > 0) & (decoded.left_open < 1.1)).all()


def test_a_graver_finding_says_more_activity(visit, patient):
    rows = visit.findings
    tight = rows.weights[:, :, patient.side_index, BUCCINATOR].any(axis=1)
    found = []
    for grade in (0.0, finding_kinds()["cheek_tightness"].levels[-1]):
        graded = replace(rows, activity=np.where(tight, grade, rows.activity))
        answer = decode(calibrate([replace(visit, findings=graded)], [], patient.affected), KEY)
        found.append(answer.activation[:, patient.side_index, BUCCINATOR].mean())
    assert found[1] > found[0] + 0.05


def test_a_group_is_of_one_side_and_has_an_open_muscle_in_it(decoded):
    for group in decoded.groups:
        assert len(group.muscles) > 1
        assert isinstance(group.side, Side)
        opened = [
            decoded.left_open[list(Side).index(group.side), FACIAL_MUSCLES.index(m)] for m in group.muscles
        ]
        assert max(opened) >= TOLD_BELOW
    members = [(g.side, m) for g in decoded.groups for m in g.muscles]
    assert len(set(members)) == len(members)


def test_nothing_but_a_resting_face_leaves_muscles_in_groups(visit, patient):
    is_read = visit.is_read.copy()
    is_read[1:] = False
    bare = replace(unexamined(visit), is_read=is_read)
    found = decode(calibrate([bare], [], patient.affected), KEY)
    assert not found.is_told[patient.side_index].all()
    assert any(group.side is patient.affected for group in found.groups)


def test_the_map_has_every_unasked_muscle_of_the_affected_side(decoded, patient):
    cells = synkinesis_map(decoded)
    asked = photographed_commands()
    assert len(cells) == int((asked == 0).sum())
    for cell in cells:
        e, m = NINE_PHOTOGRAPHS.index(cell.expression), FACIAL_MUSCLES.index(cell.muscle)
        assert asked[e, m] == 0
        assert cell.side is patient.affected
        assert cell.excess == decoded.excess[e, patient.side_index, m]
        assert cell.is_certain == (cell.excess > CERTAIN_SDS * cell.sd)
    assert any(cell.is_certain for cell in cells)


@pytest.mark.parametrize("visit_number", [1, -2, 7])
def test_a_visit_that_is_none_is_refused(posterior, visit_number):
    with pytest.raises(ObservationError, match=f"no visit {visit_number}: 1 were calibrated"):
        decode(posterior, KEY, visit=visit_number)


def test_draws_come_in_pairs(posterior):
    with pytest.raises(ObservationError, match="7 draws cannot be made in pairs"):
        decode(posterior, KEY, samples=7)
