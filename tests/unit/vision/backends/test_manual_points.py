import copy
import json

import numpy as np
import pytest

from facialis.measurement.points import Method, Region
from facialis.vision.backends.image_digest import image_digest
from facialis.vision.backends.manual import FACE_POINTS, ManualBackend
from facialis.vision.backends.manual_points import ManualPointsError, read_manual_points
from tests.factories.faces import make_face
from tests.factories.manual import manual_photo


@pytest.fixture
def write(tmp_path):
    def written(*photos, **top):
        path = tmp_path / "points.json"
        path.write_text(
            json.dumps({"format": "facialis-manual-points", "version": 1, "photos": photos, **top})
        )
        return path

    return written


def test_a_whole_face_comes_back_as_it_was_placed(write):
    (face,) = read_manual_points(write(manual_photo(by="Alice", at="2026-11-22T10:00:00+01:00")))
    points, placed = face.complete(), make_face()
    np.testing.assert_allclose(points.left.upper_lid, placed.left.upper_lid)
    np.testing.assert_allclose(points.chin, placed.chin)
    assert points.right.iris_diameter == pytest.approx(placed.right.iris_diameter)
    assert points.right.method(Region.LIPS) is Method.MANUAL
    assert (face.by, face.at) == ("Alice", "2026-11-22T10:00:00+01:00")


def test_a_few_points_correct_a_detected_face_and_leave_it_as_it_was(write):
    given = {"left": {"commissure": [640.0, 700.0], "iris_centre": None}, "chin": [500.0, 900.0]}
    (face,) = read_manual_points(write({"file": "smile.jpg", "points": given}))
    automatic = make_face()
    corrected = face.correct(automatic)
    np.testing.assert_array_equal(corrected.left.commissure, [640.0, 700.0])
    np.testing.assert_array_equal(corrected.chin, [500.0, 900.0])
    assert corrected.left.iris_centre is None
    assert corrected.left.method(Region.COMMISSURE) is Method.MANUAL
    assert corrected.left.method(Region.BROW) is automatic.left.method(Region.BROW)
    assert corrected.right.methods == {**automatic.right.methods, Region.CHIN: Method.MANUAL}
    assert automatic.left.commissure[0] != 640.0
    np.testing.assert_array_equal(corrected.right.brow, automatic.right.brow)


def test_a_face_with_gaps_cannot_stand_alone_and_the_gaps_are_listed(write):
    photo = manual_photo()
    del photo["points"]["left"]["ala"], photo["points"]["chin"]
    (face,) = read_manual_points(write(photo))
    with pytest.raises(ManualPointsError, match=r"lack left\.ala, chin"):
        face.complete()


def test_closed_eyes_need_no_iris(write):
    photo = manual_photo()
    photo["points"]["left"]["iris_centre"] = None
    del photo["points"]["left"]["iris_diameter"]
    (face,) = read_manual_points(write(photo))
    assert face.complete().left.iris_centre is None
    assert face.complete().left.iris_diameter is None


def test_exchanged_sides_are_noticed(write):
    photo = manual_photo()
    points = photo["points"]
    points["left"], points["right"] = points["right"], points["left"]
    (face,) = read_manual_points(write(photo))
    with pytest.raises(ManualPointsError, match="LEFT eye at smaller x"):
        face.complete()


@pytest.mark.parametrize(
    ("where", "value", "sentence"),
    [
        (("left", "commissure"), [1.0], r"left\.commissure must be \[x, y\]"),
        (("left", "commissure"), ["a", "b"], "found"),
        (("left", "brow"), [[1.0, 2.0]], "at least 3"),
        (("left", "brow"), [[1.0, 2.0], [3.0]], "at least 3"),
        (("left", "brow"), None, "at least 3"),
        (("left", "eyebrow"), [[1.0, 2.0]], "eyebrow"),
        (("left",), [1, 2], "LEFT side"),
        (("nasion",), [float("nan"), 1.0], "nasion"),
        (("nasion",), [1e9, 1.0], "nasion"),
        (("right", "iris_diameter"), [3.0], "one number"),
        (("forehead",), [1.0, 2.0], "unknown points"),
    ],
)
def test_nonsense_is_refused_with_its_place(write, where, value, sentence):
    photo = copy.deepcopy(manual_photo())
    place = photo["points"]
    for name in where[:-1]:
        place = place[name]
    place[where[-1]] = value
    with pytest.raises(ManualPointsError, match=sentence):
        read_manual_points(write(photo))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "facialis-manual-points", "version": 2}'])
def test_another_file_is_refused(tmp_path, content):
    path = tmp_path / "points.json"
    path.write_text(content)
    with pytest.raises(ManualPointsError, match=r"points\.json"):
        read_manual_points(path)
    with pytest.raises(ManualPointsError, match="cannot be read"):
        read_manual_points(tmp_path / "absent.json")


@pytest.mark.parametrize("photos", [{}, [1], [{"file": "a.jpg"}], [{"points": {}}]])
def test_a_list_of_something_else_is_refused(write, photos):
    with pytest.raises(ManualPointsError, match=r'"photos"|"file" and "points"'):
        read_manual_points(write(photos=photos))


def test_a_backend_is_narrowed_to_a_file_or_to_the_pixels(write):
    picture = np.zeros((50, 60, 3), np.uint8)
    path = write(
        manual_photo(file="rest.jpg"), manual_photo(file="smile.jpg", image_sha256=image_digest(picture))
    )
    backend = ManualBackend.from_file(path)
    assert len(backend.detect(picture)) == 2
    assert len(backend.for_file("smile.jpg").detect(picture)) == 1
    assert backend.for_file("smile.jpg").detect(picture + 1) == []
    assert backend.for_file("pucker.jpg").detect(picture) == []
    (face,) = backend.for_file("rest.jpg").detect(picture)
    np.testing.assert_allclose(face.extras[FACE_POINTS].nasion, make_face().nasion)
