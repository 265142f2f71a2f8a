"""The anatomical figure: what is in it, where, and that nothing in it collides."""

import re
from collections import Counter
from functools import cache
from itertools import combinations
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from facialis.anatomy.injection_sites import injection_sites, injection_targets
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.muscle_records import FaceZone
from facialis.anatomy.muscle_shapes import NoShapeError
from facialis.anatomy.muscles import antagonists_of, muscle
from facialis.anatomy.sides import Side
from facialis.report.face_figure import draw_face_figure
from facialis.report.face_figure.drawing import text_width_px
from facialis.report.face_figure.figure import FRAME, PICTURE_BOTTOM_PX, PICTURE_TOP_PX, POSITIONS_FROM
from facialis.report.face_figure.labels import ANCHORS, name_lines
from facialis.report.face_figure.legend import depth_words, points_words
from facialis.report.face_figure.palette import (
    AGAINST,
    BYSTANDER,
    STRONG,
    ZONE_COLOURS,
    ZONE_WORDS,
)
from facialis.report.face_figure.plan import PAINTING_ORDER, Part, plan_figure
from facialis.report.face_figure.sites import RADIUS_PX

pytestmark = pytest.mark.slow

SVG = "{http://www.w3.org/2000/svg}"
M = Muscle
CHOICES = [
    {},
    {"with_sites": False},
    {"side": Side.RIGHT},
    {"side": Side.LEFT},
    {"chosen": [M.ZYGOMATICUS_MAJOR]},
    {"chosen": [M.FRONTALIS], "side": Side.LEFT},
    {"chosen": [M.MENTALIS, M.LEVATOR_ANGULI_ORIS]},
    {"chosen": [M.ORBICULARIS_ORIS_SUPERIOR, M.ORBICULARIS_ORIS_INFERIOR]},
    {"chosen": list(FACIAL_MUSCLES)},
    {"chosen": [M.DEPRESSOR_SEPTI_NASI]},
    {"chosen": [M.PLATYSMA], "side": Side.RIGHT},
]
IDS = [f"choice{number}" for number in range(len(CHOICES))]


@cache
def _drawn_once(chosen, side, with_sites):
    return ET.fromstring(draw_face_figure(chosen, side=side, with_sites=with_sites))  # noqa: S314  our own


def drawn(chosen=(), side=None, with_sites=True):
    return _drawn_once(tuple(chosen), side, with_sites)


def words(root):
    return [node.text for node in root.iter(f"{SVG}text")]


def boxes(root):
    """Every line of text: left, top, right, bottom. [px]"""
    found = []
    for node in root.iter(f"{SVG}text"):
        size, x, y = (float(node.get(name)) for name in ("font-size", "x", "y"))
        is_bold = node.get("font-weight") == "700"
        # Measured widths are a little too large: letters of this face are about a tenth narrower.
        width = 0.93 * text_width_px(node.text, size, is_bold=is_bold)
        left = {"start": x, "middle": x - width / 2, "end": x - width}[node.get("text-anchor", "start")]
        found.append((left, y - 0.74 * size, left + width, y + 0.2 * size, node.text))
    return found


def leaders(root):
    """Leader lines as pairs of ends, dark ones only."""
    lines = [node for node in root.iter(f"{SVG}line") if node.get("stroke-width") == "0.9"]
    return [tuple((float(n.get(f"x{i}")), float(n.get(f"y{i}"))) for i in (1, 2)) for n in lines]


def circles(root):
    """Centres of injection points on the face, with their number."""
    found = []
    for group in root.iter(f"{SVG}g"):
        if group.get("class") == "site":
            ring, number = group.findall(f"{SVG}circle")[1], group.find(f"{SVG}text")
            centre = float(ring.get("cx")), float(ring.get("cy"))
            if PICTURE_TOP_PX < centre[1] < PICTURE_BOTTOM_PX:
                found.append((centre, int(number.text), ring.get("stroke-dasharray") is not None))
    return found


def crosses(first, second):
    def turn(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = first, second
    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0


@pytest.mark.parametrize("choice", CHOICES, ids=IDS)
def test_no_two_texts_overlap_and_none_leaves_the_page(choice):
    root = drawn(**choice)
    width, height = (float(root.get(name)) for name in ("width", "height"))
    every = boxes(root)
    for left, top, right, bottom, _ in every:
        assert min(left, top) >= 0
        assert right <= width
        assert bottom <= height
    for one, other in combinations(every, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


@pytest.mark.parametrize("choice", CHOICES, ids=IDS)
def test_leader_lines_do_not_cross_nor_run_through_names(choice):
    root = drawn(**choice)
    lines = leaders(root)
    assert lines
    assert not [pair for pair in combinations(lines, 2) if crosses(*pair)]
    names = [box for box in boxes(root) if not box[4].isdigit()]
    for (x1, y1), (x2, y2) in lines:
        for share in np.linspace(0.0, 1.0, 60):
            x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
            assert not [b for b in names if b[0] < x < b[2] and b[1] < y < b[3]]


def test_no_leader_of_the_plate_ends_under_a_point():
    root = drawn()
    for _, (x, y) in leaders(root):
        for (cx, cy), number, _ in circles(root):
            assert np.hypot(cx - x, cy - y) > RADIUS_PX + 3.0, (number, x, y)


def test_points_do_not_overlap():
    centres = [centre for centre, _, _ in circles(drawn())]
    assert min(np.hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(centres, 2)) > 2 * RADIUS_PX


def test_sides_are_full_words_on_the_right_half_of_the_screen():
    texts = {node.text: node for node in drawn().iter(f"{SVG}text")}
    assert float(texts["RIGHT"].get("x")) < FRAME.origin_x_px < float(texts["LEFT"].get("x"))
    assert words(drawn()).count("patient’s") == 2


def test_the_patients_right_is_painted_on_the_left_of_the_screen():
    root = drawn(chosen=[M.ZYGOMATICUS_MAJOR])
    for group in root.iter(f"{SVG}g"):
        if group.get("data-muscle") == "zygomaticus_major":
            x = float(re.match(r"M(\d+)", group[0].get("d")).group(1))
            assert (x < FRAME.origin_x_px) == (group.get("data-side") == "right")


def test_the_plate_shows_superficial_muscles_right_and_deep_ones_left():
    plan = plan_figure()
    shown = {
        side: {p.muscle for p in plan.painted if p.side is side and p.part is Part.SHOWN} for side in Side
    }
    assert {M.FRONTALIS, M.PLATYSMA, M.ZYGOMATICUS_MAJOR} <= shown[Side.RIGHT] - shown[Side.LEFT]
    assert {M.CORRUGATOR_SUPERCILII, M.BUCCINATOR, M.LEVATOR_ANGULI_ORIS} <= shown[Side.LEFT] - shown[
        Side.RIGHT
    ]
    assert shown[Side.LEFT] | shown[Side.RIGHT] == set(FACIAL_MUSCLES)
    removed = {p.muscle for p in plan.painted if p.part is Part.REMOVED}
    assert removed == shown[Side.RIGHT] - shown[Side.LEFT]
    texts = words(drawn())
    assert "superficial muscles" in texts
    assert "deep muscles, superficial ones outlined" in texts


def test_the_plate_names_every_muscle_once_with_its_abbreviation():
    labelled = Counter(p.muscle for p in plan_figure().painted if p.is_labelled)
    assert labelled == Counter(FACIAL_MUSCLES)
    texts = Counter(words(drawn()))
    assert all(texts[muscle(m).abbreviation] == 1 for m in FACIAL_MUSCLES)


def test_every_muscle_has_a_layer_and_an_anchor():
    assert Counter(PAINTING_ORDER) == Counter(FACIAL_MUSCLES)
    assert set(ANCHORS) == set(FACIAL_MUSCLES)


@pytest.mark.parametrize("side", list(Side))
def test_one_side_shows_all_its_muscles_and_only_its_points(side):
    plan = plan_figure(side=side)
    assert {(p.muscle, p.side, p.part) for p in plan.painted} == {
        (m, side, Part.SHOWN) for m in FACIAL_MUSCLES
    }
    root = drawn(side=side)
    sign = 1 if side is Side.LEFT else -1
    assert all(sign * (x - FRAME.origin_x_px) >= 0 for (x, _), _, _ in circles(root))
    titles = [node.text for node in root.iter(f"{SVG}title")][1:]
    assert titles
    assert {t.split()[0] for t in titles} == {side.label, "midline"}


def test_every_point_is_drawn_once_with_the_number_of_its_target():
    drawn_points = Counter(number for _, number, _ in circles(drawn()))
    for number, target in enumerate(InjectionTarget, start=1):
        a_side = len(injection_sites(target, Side.LEFT))
        assert drawn_points[number] == (1 if target is InjectionTarget.PROCERUS else 2 * a_side)


def test_points_that_may_be_left_out_are_dashed():
    optional = Counter(number for _, number, is_dashed in circles(drawn()) if is_dashed)
    assert optional[1] == 8
    assert optional[3] == 0
    assert optional[16] == 6
    assert "may be left out" in words(drawn())


def test_the_legend_says_depth_and_number_of_points():
    texts = words(drawn())
    for record in injection_targets():
        assert record.full_name in texts
        assert depth_words(record) in texts
        assert points_words(record) in texts
    said = {record.target: points_words(record) for record in injection_targets()}
    assert said[InjectionTarget.PROCERUS] == "1 point on the midline"
    assert said[InjectionTarget.RISORIUS] == "1 point a side"
    assert said[InjectionTarget.ORBICULARIS_OCULI_UPPER_LID] == "2 points a side"
    assert said[InjectionTarget.PLATYSMA] == "3 to 6 points a side"
    depths = {record.target: depth_words(record) for record in injection_targets()}
    assert depths[InjectionTarget.PLATYSMA] == "superficial, within the pinched band, 1.5 to 2 cm apart"
    assert depths[InjectionTarget.BUCCINATOR] == "depth not stated"


def foot(**choice):
    return " ".join(words(drawn(**choice))[-4:])


def test_the_foot_says_where_everything_is_from():
    assert POSITIONS_FROM == "positions: design of this software, from written rules; confirm on the patient"
    assert POSITIONS_FROM in foot()
    assert "recall-medium" in foot()
    assert "off-label" in foot()
    assert "outside the face mesh: extrapolated" in foot()
    assert "extrapolated" not in foot(chosen=[M.MENTALIS])
    assert "off-label" not in foot(with_sites=False)
    assert "No injection point" not in foot(with_sites=False)


def test_without_points_there_are_none():
    root = drawn(with_sites=False)
    assert not circles(root)
    assert "Frontalis" in words(root)
    assert root.find(f"{SVG}title").text == "Muscles of facial expression"


def test_title_and_description_are_read_aloud():
    root = drawn()
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title description"
    assert root.find(f"{SVG}title").text == "Muscles of facial expression and injection points"
    told = root.find(f"{SVG}desc").text
    assert "the patient's RIGHT on the left of the picture" in told
    assert "The RIGHT half shows the superficial muscles" in told
    assert "6 Orbicularis oculi, crow's feet;" in told
    assert POSITIONS_FROM in told
    assert "superficial" not in drawn(side=Side.LEFT).find(f"{SVG}desc").text


def test_a_chosen_muscle_is_strong_its_antagonists_named_the_others_pale():
    plan = plan_figure([M.ZYGOMATICUS_MAJOR])
    parts = {p.muscle: p for p in plan.painted}
    assert (parts[M.ZYGOMATICUS_MAJOR].part, parts[M.ZYGOMATICUS_MAJOR].colour) == (Part.CHOSEN, STRONG)
    against = {m for m, p in parts.items() if p.part is Part.ANTAGONIST}
    assert against == set(antagonists_of(M.ZYGOMATICUS_MAJOR))
    assert {parts[m].colour for m in against} == {AGAINST}
    assert {p.colour for m, p in parts.items() if m not in against | {M.ZYGOMATICUS_MAJOR}} == {BYSTANDER}
    labels = Counter((p.muscle, p.side) for p in plan.painted if p.is_labelled)
    assert labels == Counter([(M.ZYGOMATICUS_MAJOR, Side.RIGHT), *((m, Side.LEFT) for m in against)])
    root = drawn(chosen=[M.ZYGOMATICUS_MAJOR])
    assert words(root).count("antagonist") == len(against)
    pale = [g.get("data-muscle") for g in root.iter(f"{SVG}g") if g.get("opacity") == "0.4"]
    assert len(pale) == 2 * (24 - 1 - len(against))


def test_a_chosen_muscle_is_painted_over_the_others():
    painted = plan_figure([M.LEVATOR_ANGULI_ORIS]).painted
    order = [p.part for p in painted]
    assert order == sorted(order, key=[Part.BYSTANDER, Part.ANTAGONIST, Part.CHOSEN].index)


def test_a_chosen_muscle_brings_all_that_is_stated_of_its_points():
    texts = words(drawn(chosen=[M.ORBICULARIS_OCULI_PRETARSAL]))
    assert texts[0] == "Orbicularis oculi, pretarsal part"
    for said in (
        "medial and lateral third of the lid; the middle third is left out",
        "2 points a side",
        "needle",
        "intradermal to subcutaneous",
        "ptosis, lagophthalmos",
        "bevel of the needle superficial, away from the middle of the lid, where the levator is",
        "cornea: the eye does not close, and dries (recall-high)",
        "inferior oblique: double vision, from a medial point (recall-medium)",
    ):
        assert said in texts
    assert "not drawn: levator palpebrae, Mueller's muscle (sympathetic)." in foot(
        chosen=[M.ORBICULARIS_OCULI_PRETARSAL]
    )


def test_what_nobody_states_is_said():
    texts = words(drawn(chosen=[M.ZYGOMATICUS_MAJOR]))
    assert "not stated" in texts
    assert "none stated" in words(drawn(chosen=[M.PROCERUS]))
    assert "No injection point is listed" in foot(chosen=[M.LEVATOR_ANGULI_ORIS])


def test_origin_and_insertion_stand_below_the_name():
    assert words(drawn(chosen=[M.ZYGOMATICUS_MAJOR]))[1] == (
        "Origin: zygomatic bone. Insertion: modiolus. Expression: smile."
    )
    assert words(drawn())[1].endswith("LEFT and RIGHT are always the patient’s.")


def test_titles_fit_the_page():
    assert words(drawn(chosen=[M.MENTALIS, M.FRONTALIS]))[0] == "Frontalis · Mentalis"
    assert words(drawn(chosen=list(FACIAL_MUSCLES)))[0] == "24 muscles of facial expression"
    long = drawn(chosen=[M.LEVATOR_LABII_SUPERIORIS_ALAEQUE_NASI, M.ORBICULARIS_OCULI_ORBITAL_SUPERIOR])
    sizes = [float(node.get("font-size")) for node in long.iter(f"{SVG}text")]
    assert sizes[0] == 24.0


def test_choosing_a_muscle_twice_is_choosing_it_once():
    twice = draw_face_figure([M.MENTALIS, M.MENTALIS])
    assert twice == draw_face_figure([M.MENTALIS])


def test_a_muscle_without_a_course_is_refused():
    with pytest.raises(NoShapeError):
        draw_face_figure([M.LEVATOR_PALPEBRAE])


def test_the_same_question_gives_the_same_picture():
    assert draw_face_figure() == draw_face_figure()


def test_the_key_says_every_colour_in_words():
    texts = words(drawn())
    assert set(ZONE_COLOURS) == set(ZONE_WORDS) == set(FaceZone)
    assert all(said in texts for said in ZONE_WORDS.values())
    assert {"chosen", "antagonists", "other muscles"} <= set(words(drawn(chosen=[M.MENTALIS])))


def test_names_stand_in_one_line_or_two():
    assert name_lines(muscle(M.FRONTALIS)) == ("Frontalis",)
    assert name_lines(muscle(M.LEVATOR_LABII_SUPERIORIS_ALAEQUE_NASI)) == (
        "Levator labii superioris",
        "alaeque nasi",
    )
    assert name_lines(muscle(M.ORBICULARIS_OCULI_PRETARSAL)) == ("Orbicularis oculi,", "pretarsal part")
