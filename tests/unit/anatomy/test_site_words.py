"""Words for points: each names one point of its target, and says what its place on the face says."""

import pytest

from facialis.anatomy import InjectionTarget, Side
from facialis.anatomy.injection_sites import injection_sites
from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.mesh.barycentric import place
from facialis.anatomy.site_words import site_words

T = InjectionTarget


@pytest.mark.parametrize("target", T)
def test_every_point_has_words_of_its_own(target):
    numbers = [site.number for site in injection_sites(target, Side.RIGHT)]
    words = [site_words(target, number) for number in numbers]
    assert len(set(words)) == len(words)
    assert all(words) is (len(words) > 1)
    assert site_words(target, 99) == ""


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("target", T)
def test_lateral_is_farther_from_the_midline_and_upper_is_higher_on_both_sides(target, side):
    at = {
        site_words(target, s.number): place(s.place, neutral_points_mm())
        for s in injection_sites(target, side)
    }
    for words, where in at.items():
        for low, high, of in (
            ("lateral", "medial", lambda p: -abs(p[0])),
            ("lower", "upper", lambda p: p[1]),
        ):
            other = at.get(words.replace(low, high))
            if low in words.replace(",", "").split() and other is not None:
                assert of(where) < of(other)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (T.PROCERUS, [""]),
        (
            T.FRONTALIS,
            [f"{r} row, {a}" for r in ("lower", "upper") for a in ("medial", "central", "lateral")],
        ),
        (T.CORRUGATOR, ["medial", "lateral"]),
        (T.ORBICULARIS_OCULI_LOWER_LID, ["lateral", "medial"]),
        (T.ORBICULARIS_OCULI_LATERAL, ["middle", "upper", "lower"]),
        (
            T.ORBICULARIS_ORIS,
            ["upper lip, medial", "lower lip, medial", "upper lip, lateral", "lower lip, lateral"],
        ),
        (T.PLATYSMA, [f"{b} band, {r}" for b in ("medial", "lateral") for r in ("upper", "middle", "lower")]),
    ],
)
def test_words_of_a_target_in_the_order_of_need(target, words):
    assert [site_words(target, n) for n in range(1, len(words) + 1)] == words
