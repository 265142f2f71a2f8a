"""A twin is measured and graded by the code that measures and grades photographs."""

import jax
import numpy as np
import pytest

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.sides import Side
from facialis.grading.suggest.from_measures import readings_from_measures
from facialis.grading.suggest.registry import suggest
from facialis.measurement.points import Method, Region
from facialis.twin.array_grades import JUDGED
from facialis.twin.course_grades import course_grades
from facialis.twin.face.expressions import faces_of_course
from facialis.twin.face.named_points import named_points
from facialis.twin.face.parameters import sample_faces
from facialis.twin.face.readings import FaceReading, read_faces
from facialis.twin.measures import measure_faces
from facialis.twin.parameters import sample_parameters
from facialis.twin.population import cohort_named, sample_exposures
from facialis.twin.simulate import simulate_cohort

PATIENTS = 12
DAYS = np.array([0.0, 9.0, 120.0, 400.0])
MOVED = ("brow_raise", "eye_closure", "smile", "snarl", "pucker")


@pytest.fixture(scope="module")
def graded():
    """Faces of random patients, their affected sides, and their grades as arrays."""
    people, palsies, heads = jax.random.split(jax.random.key(3), 3)
    patients = sample_parameters(people, PATIENTS)
    faces = sample_faces(heads, PATIENTS)
    exposure = sample_exposures(palsies, cohort_named("copenhagen"), PATIENTS)
    courses = next(simulate_cohort(patients, exposure, DAYS))
    affected = np.argmax(np.asarray(exposure.severity_frac).sum(axis=2), axis=1)
    grades = jax.jit(jax.vmap(course_grades))(patients, faces, courses, affected)
    meshes = [
        faces_of_course(*jax.tree.map(lambda leaf, n=n: leaf[n], (patients, faces, courses)))
        for n in range(PATIENTS)
    ]
    return np.stack(meshes)[:, :, : len(JUDGED)], affected, grades


def test_names_stand_where_the_patients_sides_are():
    points = named_points(neutral_points_mm())
    assert points.left.commissure[0] > 0 > points.right.commissure[0], "LEFT has the larger x"
    assert points.chin[1] > points.philtrum[1] > points.nasion[1], "a picture's y runs down"
    assert points.left.method(Region.LIPS) is Method.EXACT
    assert points.left.iris_centre is not None


def test_the_judged_expressions_are_the_first_of_all():
    assert tuple(Expression)[: len(JUDGED)] == JUDGED == NINE_PHOTOGRAPHS


@pytest.mark.slow
def test_measures_as_arrays_equal_those_of_the_measurement_room(graded):
    meshes, _, _ = graded
    compared = 0
    readings = np.asarray(jax.jit(read_faces)(meshes))
    for patient, day in ((0, 0), (1, 1), (2, 2), (3, 3), (4, 3)):
        for place, (_, measures) in enumerate(
            measure_faces(dict(zip(JUDGED, meshes[patient, day], strict=True)))
        ):
            for measure in measures:
                if measure.value is None or measure.name.upper() not in FaceReading.__members__:
                    continue
                side = list(Side).index(measure.side)
                found = readings[patient, day, place, side, FaceReading[measure.name.upper()]]
                assert found == pytest.approx(measure.value, abs=1e-9), measure
                compared += 1
    assert compared > 5 * 9 * 2 * 7


@pytest.mark.slow
def test_grades_as_arrays_equal_the_suggested_ones(graded):
    meshes, affected, grades = graded
    seen = set()
    for patient in range(PATIENTS):
        side = tuple(Side)[int(affected[patient])]
        for day in range(len(DAYS)):
            photographs = measure_faces(dict(zip(JUDGED, meshes[patient, day], strict=True)))
            readings = readings_from_measures(photographs, affected=side)
            items = {item.item: item.value for item in suggest("sunnybrook", readings, side).items}
            for number, name in enumerate(MOVED):
                if items[f"{name}_movement"] is not None:  # a healthy side that hardly moves is no base
                    assert items[f"{name}_movement"] == grades.voluntary[patient, day, number]
                    seen.add(("movement", items[f"{name}_movement"]))
                assert items[f"{name}_synkinesis"] == grades.synkinesis[patient, day, number]
            assert (items["eye_rest"] != "normal") == grades.rest[patient, day, 0]
            assert (items["mouth_rest"] != "normal") == grades.rest[patient, day, 2]
            ranges = suggest("house_brackmann", readings, side).ranges
            whole = next(found for found in ranges if found.name == "grade")
            assert (whole.high == "I") == grades.is_house_brackmann_1[patient, day]
    assert {("movement", step) for step in (1, 5)} < seen, "palsies and healthy faces were among them"
