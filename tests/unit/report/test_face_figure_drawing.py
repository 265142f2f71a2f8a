"""What the anatomical figure is drawn with: colours that all eyes tell apart, lines, wrapped words."""

from itertools import combinations

import numpy as np
import pytest

from facialis.report.face_figure.drawing import mix, smooth, smooth_points, text_width_px, wrap
from facialis.report.face_figure.palette import AGAINST, BYSTANDER, STRONG, ZONE_COLOURS, label_colour


def _linear(colour):
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def _lab(linear):
    """CIE L*a*b* of linear sRGB under D65."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratio = to_xyz @ np.clip(linear, 0, 1) / (0.9505, 1.0, 1.089)
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


SEEN_BY = {  # Machado, Oliveira and Fernandes 2009, full severity, on linear sRGB
    "all cones": np.eye(3),
    "no red": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "no green": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
    "no blue": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
    ],
}


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize(
    "palette", [tuple(ZONE_COLOURS.values()), (STRONG, AGAINST, BYSTANDER)], ids=["zones", "parts"]
)
def test_colours_stay_apart_for_all_eyes(eyes, palette):
    seen = [_lab(np.array(SEEN_BY[eyes]) @ _linear(colour)) for colour in palette]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 15.0


def _luminance(colour):
    return float(np.dot(_linear(colour), (0.2126, 0.7152, 0.0722)))


@pytest.mark.parametrize("colour", [*ZONE_COLOURS.values(), STRONG, AGAINST])
def test_letters_have_contrast(colour):
    assert 1.05 / (_luminance(label_colour(colour)) + 0.05) >= 4.5


def test_words_are_wrapped_to_a_width():
    lines = wrap("one two three four", 10.0, text_width_px("one two", 10.0))
    assert lines == ["one two", "three", "four"]
    assert wrap("immeasurable", 10.0, 1.0) == ["immeasurable"]


def test_colours_are_mixed():
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert mix("#102030", "#ffffff", 0.0) == "#102030"


def test_smooth_lines_are_written_short():
    line = smooth(np.array([[10.5, 0.0], [10.5, 6.0], [16.5, 6.0]]))
    assert line == "M10.5 0s-1 5 0 6 5 0 6 0"
    assert smooth(np.array([[0.0, 0.0], [3.0, -3.0]]), start="L") == "L0 0s2.5-2.5 3-3"


def test_smooth_points_pass_through_their_places():
    places = np.array([[0.0, 0.0], [1.0, 2.0], [4.0, 4.0]])
    assert smooth_points(places, np.array([0.0, 0.5, 1.0])) == pytest.approx(places)
