"""A photograph of a known patient shows what the model of that patient reads."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import pytest

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.sides import Side
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.twin.events import ToxinInjection, ToxinSession
from facialis.twin.face.pose import FaceForceError
from facialis.twin.face.readings import FaceReading, read_faces
from facialis.twin.present.scores import no_scores, place_of
from facialis.vision.synthetic.clinician import EXAMINED, clinical_findings
from facialis.vision.synthetic.identity import FaceIdentity
from facialis.vision.synthetic.jaw import jaw_shift_mm
from facialis.vision.synthetic.known_patient import KnownPatient
from facialis.vision.synthetic.present_patient import motions_of_state, person_of_state

pytestmark = pytest.mark.slow

USUAL = np.zeros(len(NINE_PHOTOGRAPHS))


def patient(affected: Side = Side.LEFT, **shifts: float) -> KnownPatient:
    scores = no_scores()
    for name, shift in shifts.items():
        scores[place_of(name)] += shift
    return KnownPatient(affected, scores)


def meshes_without_jaw(one: KnownPatient) -> np.ndarray:
    motions = one.motions(one.on_day(540.0, (), USUAL))
    return np.stack(
        [
            neutral_points_mm() + motions[e].displacement_mm - jaw_shift_mm(motions[e].jaw_opening_mm)
            for e in NINE_PHOTOGRAPHS
        ]
    )


@pytest.mark.parametrize("affected", Side)
def test_the_drawn_mesh_reads_as_the_model_says(affected: Side) -> None:
    one = patient(affected, foreign_share=0.5, healthy_drive=1.0, strength=0.7)
    shown = one.on_day(540.0, (), USUAL)
    drawn = np.asarray(read_faces(jnp.asarray(meshes_without_jaw(one))))
    np.testing.assert_allclose(drawn, shown.readings_mm, atol=1e-6)


def test_toxin_takes_movement_from_the_muscle_that_it_reached() -> None:
    one = patient(foreign_share=0.8)
    dose = ToxinDose(5, ToxinProduct.ONABOTULINUMTOXIN_A)
    session = ToxinSession(540.0, (ToxinInjection(Side.LEFT, InjectionTarget.MENTALIS, 1, dose, "0.05"),))
    before, after, later = (one.on_day(day, (session,), USUAL) for day in (540.0, 556.0, 900.0))
    lost = (before.forces - after.forces).sum(axis=(0, 2))
    assert lost[0] > 10 * lost[1] > 0 or lost[1] == pytest.approx(0.0, abs=0.05)
    assert lost[0] > 0.5
    np.testing.assert_allclose(later.forces, before.forces, atol=0.02)
    np.testing.assert_array_equal(before.excess, after.excess)


def test_the_jaw_opens_in_an_open_smile_only_as_far_as_drawn() -> None:
    one = patient()
    motions = one.motions(one.on_day(540.0, (), USUAL))
    assert set(motions) == set(NINE_PHOTOGRAPHS)
    assert motions[Expression.OPEN_SMILE].jaw_opening_mm > 0
    assert motions[Expression.REST].jaw_opening_mm == 0


def test_forces_that_no_face_can_have_are_refused() -> None:
    one = patient()
    forces = one.on_day(540.0, (), USUAL).forces.copy()
    forces[0, 0, 0] = -1.0
    with pytest.raises(FaceForceError, match="frontalis"):
        motions_of_state(one.state, forces)


def test_a_persons_own_places_are_drawn_where_they_can_be() -> None:
    one = patient(place_of_both=0.4, place_between=1.0)
    place = np.asarray(one.state.place_mm)
    person = person_of_state(one.state, FaceIdentity(age=0.7))
    apart = person.left.brow_up_mm - person.right.brow_up_mm
    assert apart == pytest.approx(place[0, FaceReading.BROW_HEIGHT] - place[1, FaceReading.BROW_HEIGHT])
    assert person.age == 0.7
    assert person.mouth_width > 1.0
    assert person.lower_face_length < 1.0  # a corner that lies higher belongs to a shorter face


def test_extreme_places_stay_within_what_looks_like_a_face() -> None:
    one = patient(place_of_both=9.0, place_between=9.0)
    person = person_of_state(one.state, FaceIdentity())
    assert abs(person.left.commissure_up_mm) <= 2.5
    assert person.eye_opening == 1.2
    assert person == replace(person_of_state(one.state, FaceIdentity()))


def test_the_clinician_finds_more_where_there_is_more() -> None:
    rng = np.random.default_rng(0)
    quiet, loud = np.zeros((9, 2, 24)), np.zeros((9, 2, 24))
    loud[:, 0] = 0.9
    calm = clinical_findings(quiet, Side.LEFT, rng)
    grave = clinical_findings(loud, Side.LEFT, rng)
    assert len(calm) == len(grave) == 4 * len(EXAMINED) + 5
    dimpling = [f.value for f in grave if f.code == "chin_dimpling"]
    assert np.mean(dimpling) > 2
    assert np.mean([f.value for f in calm if f.code == "chin_dimpling"]) < 1
    assert np.mean([f.value for f in grave if f.code.startswith("eface")]) < 40
