"""Parts of the page of a demonstration: what they show is what they were given."""

import re
from fractions import Fraction

import numpy as np
import pytest

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.mesh import neutral_points_mm
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.planning.dosing.choices import DoseChoice
from facialis.report.annotate import encode_jpeg
from facialis.report.page.change_part import Change, changes_html
from facialis.report.page.compare_part import CANTHI_PX, EYES_AT, HEIGHT_PX, WIDTH_PX, crop_face
from facialis.report.page.drive_map import TrueDrive, drive_map_part
from facialis.report.page.learnt_part import LearntValue, learnt_svg
from facialis.report.page.plan_part import totals_words
from facialis.report.plan_figure.circles import planned_points
from facialis.report.plan_figure.diagram import plan_diagram, unasked_excess
from facialis.report.plan_figure.geometry import radius_mm
from facialis.report.plan_figure.photograph import FaceWarp, PointedPhoto, plan_photograph
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.twin.decode import Decoded
from facialis.twin.face.named_points import named_points

ONA = ToxinProduct.ONABOTULINUMTOXIN_A
SHAPE = (9, 2, 24)


def choice(target: InjectionTarget, side: Side | None, role: SideRole, *units: str) -> DoseChoice:
    points = tuple((number, ToxinDose(amount, ONA)) for number, amount in enumerate(units, start=1))
    return DoseChoice(target, side, role, points, ToxinDose(10, ONA))


CHOICES = (
    choice(InjectionTarget.FRONTALIS, Side.RIGHT, SideRole.HEALTHY, "2.5", "2.5"),
    choice(InjectionTarget.MENTALIS, Side.LEFT, SideRole.AFFECTED, "4"),
    choice(InjectionTarget.PROCERUS, None, SideRole.MIDLINE, "1"),
)


def decoded(**excess: float) -> Decoded:
    found = np.zeros(SHAPE)
    for name, value in excess.items():
        found[:, 0, FACIAL_MUSCLES.index(Muscle(name))] = value
    sd = np.full(SHAPE, 0.05)
    return Decoded(Side.LEFT, found, sd, found, sd, np.zeros((2, 24)), ())


def photo(scale: float = 1.0, shift: float = 0.0) -> PointedPhoto:
    """The neutral face itself, 4 px a millimetre."""
    mesh = neutral_points_mm() * 4.0 + np.array([400.0 + shift, -480.0, 0.0])
    picture = encode_jpeg(np.full((1000, 800, 3), 170, np.uint8), 80)
    return PointedPhoto(picture, 800, 1000, named_points(mesh), scale)


def test_every_needle_is_drawn_once_and_the_largest_lies_below() -> None:
    points = planned_points(CHOICES)
    assert [point.units for point in points] == [4.0, 2.5, 2.5, 1.0]
    assert {point.number for point in points} == {1, 2, 3}
    assert radius_mm(4.0) == pytest.approx(2 * radius_mm(1.0))
    mentalis = points[0]
    assert mentalis.at_mm[0] > 0, "the patient's LEFT has positive x"
    assert "LEFT" in mentalis.words
    assert "4 units onabotulinumtoxinA" in mentalis.words


def test_diagram_names_both_sides_and_every_needle() -> None:
    svg = plan_diagram(CHOICES, decoded(platysma=0.3))
    assert svg.count("<g><title>") == 4
    assert ">LEFT<" in svg
    assert ">RIGHT<" in svg
    assert "mentalis, LEFT, point 1, 4 units" in svg
    assert "procerus, midline" in svg


def test_tint_counts_only_what_was_not_asked_for() -> None:
    excess = unasked_excess(decoded(platysma=0.3, mentalis=-0.2))
    assert excess[Side.LEFT, Muscle.PLATYSMA] == pytest.approx(0.3)
    assert excess[Side.LEFT, Muscle.MENTALIS] == 0.0
    assert excess[Side.RIGHT, Muscle.PLATYSMA] == 0.0


def test_places_of_the_neutral_face_are_carried_to_its_own_photograph() -> None:
    warp = FaceWarp(photo())
    places = np.array([[0.0, 0.0], [30.0, -60.0], [-20.0, 60.0], [25.0, -140.0]])
    np.testing.assert_allclose(warp.to_px(places), places * [4.0, -4.0] + [400.0, 480.0], atol=2.0)
    assert warp.px_per_mm == pytest.approx(4.0)


def test_a_moved_brow_takes_its_needles_with_it() -> None:
    one = photo()
    lifted = one.points.left.brow - np.array([0.0, 24.0])
    left = type(one.points.left)(**{**vars(one.points.left), "brow": lifted})
    points = type(one.points)(**{**vars(one.points), "left": left})
    warp = FaceWarp(PointedPhoto(one.jpeg, 800, 1000, points))
    place = np.array([[30.0, 30.0], [-30.0, 30.0]])
    moved = warp.to_px(place) - FaceWarp(one).to_px(place)
    assert moved[0, 1] < -12.0
    assert abs(moved[1, 1]) < 6.0


def test_photograph_says_what_the_diagram_says() -> None:
    svg = plan_photograph(CHOICES, photo())
    assert svg.count("<g><title>") == 4
    assert "data:image/jpeg;base64," in svg
    assert ">RIGHT</text>" in svg


def test_totals_keep_sides_apart() -> None:
    assert totals_words(CHOICES) == "RIGHT 5 units, LEFT 4 units, midline 1 unit"


def test_map_shows_estimates_and_truth_and_says_the_same_in_a_table() -> None:
    truth = np.zeros(SHAPE)
    truth[:, 0, FACIAL_MUSCLES.index(Muscle.PLATYSMA)] = 0.25
    html = drive_map_part(decoded(platysma=0.3), TrueDrive(truth))
    discs = re.findall(r'<circle [^>]*fill-opacity="0.85"', html)
    rings = re.findall(r'<circle [^>]*fill="none"', html)
    legend = 3, 1
    asked = html.count("<td>asked</td>")
    platysma = len(NINE_PHOTOGRAPHS) - 1 - 1  # lower teeth show asks for it
    assert len(discs) - legend[0] == platysma
    assert len(rings) - legend[1] == platysma
    assert asked > 10
    assert "<span class='real'>30 ± 5</span> (25)" in html


def test_crops_hold_the_outer_canthi_still() -> None:
    one = photo()
    picture = np.zeros((1000, 800, 3), np.uint8)
    for side in (one.points.left, one.points.right):
        x, y = (round(float(value)) for value in side.lateral_canthus)
        picture[y - 4 : y + 5, x - 4 : x + 5] = 255
    import io

    from PIL import Image

    crop = np.asarray(Image.open(io.BytesIO(crop_face(picture, one.points))).convert("L"), dtype=float)
    assert crop.shape == (HEIGHT_PX, WIDTH_PX)
    for sign in (-1, 1):
        x, y = EYES_AT[0] * WIDTH_PX + sign * CANTHI_PX / 2, EYES_AT[1] * HEIGHT_PX
        assert crop[round(y), round(x)] > 150


def test_changes_count_what_the_intervals_hold() -> None:
    held = Change(Expression.OPEN_SMILE, "commissure_height", 4.0, 3.0, 5.0, 3.5, 0.5, 3.6)
    missed = Change(Expression.REST, "brow_height", 0.0, -0.1, 0.1, 3.0, 0.2, 2.9)
    assert held.is_covered
    assert not missed.is_covered
    html = changes_html([held, missed])
    assert "1 of 2 lie within" in html
    assert "<td>+4.0</td><td>+3.0 to +5.0</td><td>+3.5 ± 0.5</td><td>+3.6</td>" in html


def test_learnt_values_stand_beside_their_truth() -> None:
    value = LearntValue("Half-life of the toxin in the muscle", "days", (36, 20, 60), (29, 24, 40), 29.4)
    svg = learnt_svg([value])
    assert "true 29" in svg
    assert svg.count('rx="5.5"') == 2


def test_units_of_a_choice_are_exact() -> None:
    assert CHOICES[0].total.amount == Fraction(5)
