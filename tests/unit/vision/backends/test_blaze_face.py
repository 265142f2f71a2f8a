import numpy as np

from facialis.vision.backends.blaze_face import anchor_centres, decode

ANCHORS = anchor_centres()
NOTHING = -50.0


def answer(faces):
    """A detector's raw answer that holds (anchor, x, y, size, logit) per face."""
    regressors = np.zeros((896, 16), np.float32)
    logits = np.full(896, NOTHING, np.float32)
    for anchor, x, y, size, logit in faces:
        regressors[anchor, :2] = (np.array([x, y]) - ANCHORS[anchor]) * 128
        regressors[anchor, 2:4] = size * 128
        regressors[anchor, 4:] = np.tile((np.array([x, y]) - ANCHORS[anchor]) * 128, 6)
        logits[anchor] = logit
    return decode(regressors, logits, ANCHORS)


def test_anchors_cover_the_picture_in_the_order_of_the_model():
    assert ANCHORS.shape == (896, 2)
    np.testing.assert_allclose(ANCHORS[0], [1 / 32, 1 / 32])
    np.testing.assert_allclose(ANCHORS[1], ANCHORS[0])
    np.testing.assert_allclose(ANCHORS[2], [3 / 32, 1 / 32])
    np.testing.assert_allclose(ANCHORS[512], [1 / 16, 1 / 16])
    np.testing.assert_allclose(ANCHORS[-1], [15 / 16, 15 / 16])


def test_a_face_is_decoded_into_fractions_of_the_picture():
    (face,) = answer([(300, 0.6, 0.4, 0.2, 2.0)])
    np.testing.assert_allclose(face.box, [0.5, 0.3, 0.2, 0.2], atol=1e-6)
    np.testing.assert_allclose(face.keypoints, [[0.6, 0.4]] * 6, atol=1e-6)
    np.testing.assert_allclose(face.score, 1 / (1 + np.exp(-2.0)))


def test_boxes_of_the_same_face_are_averaged_by_score():
    (face,) = answer([(300, 0.50, 0.5, 0.2, 3.0), (301, 0.52, 0.5, 0.2, 1.0)])
    first, second = (1 / (1 + np.exp(-logit)) for logit in (3.0, 1.0))
    np.testing.assert_allclose(
        face.box[0] + 0.1, (0.50 * first + 0.52 * second) / (first + second), atol=1e-6
    )
    np.testing.assert_allclose(face.score, first)


def test_distant_boxes_are_two_faces_the_most_trusted_first():
    faces = answer([(100, 0.2, 0.2, 0.2, 1.0), (400, 0.8, 0.8, 0.2, 4.0)])
    assert [round(float(face.box[0]), 3) for face in faces] == [0.7, 0.1]


def test_doubtful_boxes_and_extreme_logits_do_no_harm():
    assert answer([(10, 0.5, 0.5, 0.2, -0.1)]) == []
    (face,) = answer([(10, 0.5, 0.5, 0.2, 1e6)])
    assert face.score == 1.0


def test_an_empty_box_is_its_own_face():
    assert len(answer([(10, 0.5, 0.5, 0.0, 1.0)])) == 1
