"""The chart of a course: its words, its marks, and room between them."""

import io
import re
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from facialis.anatomy.sides import Side
from facialis.report.twin_chart import course_png, course_svg
from facialis.report.twin_chart_panels import spread_apart
from facialis.report.twin_chart_treatments import (
    MOST_SESSION_ROWS,
    TreatmentRow,
    session_words,
    treatment_rows,
    words_place,
)
from facialis.twin.errors import CourseRequestError
from facialis.twin.events import History, Onset
from tests.factories.twin_course import SEVERE, made_up_course, session, treated_history

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def svg():
    return course_svg(made_up_course())


def words_of(svg):
    return [re.sub(r"<[^>]+>", "", text) for text in re.findall(r"<text[^>]*>.*?</text>", svg)]


@pytest.mark.parametrize(
    "words",
    [
        "A LEFT palsy over 24 months (model)",
        "corticosteroid, day 2 to 12, up to 60 mg a day",
        "antiviral, day 3 to 10",
        "retraining, day 270 to 450",
        "toxin, day 420: 5 units onabotulinumtoxinA (RIGHT 2.5, LEFT 2.5)",
        "RIGHT mentalis",
        "LEFT mentalis",
        "temporal",
        "contracture",
        "symmetry index",
        "Sunnybrook composite",
        "House-Brackmann grade",
        "months after the onset of the palsy",
    ],
)
def test_chart_says(svg, words):
    assert words in words_of(svg)


def test_chart_says_that_it_is_a_model_and_whose_sides(svg):
    text = " ".join(words_of(svg))
    assert "no prognosis" in text
    assert "LEFT and RIGHT are the patient" in text
    assert "Dotted: the same patient without toxin" in text


def test_lines_of_the_model_are_dashed_and_bands_are_drawn(svg):
    assert svg.count('stroke-dasharray="6,3"') > 10
    assert svg.count('stroke-dasharray="1,3"') > 5
    assert svg.count("mark-area") > 20


def test_months_are_told_at_top_and_bottom(svg):
    assert words_of(svg).count("12") == 2


@pytest.mark.slow
def test_mirrored_patient_is_drawn_as_the_other_side():
    words = words_of(course_svg(made_up_course(treated_history(Side.RIGHT))))
    assert "A RIGHT palsy over 24 months (model)" in words


def test_untreated_patient_has_neither_marks_nor_dots():
    svg = course_svg(made_up_course(History(onsets=(Onset(Side.LEFT, SEVERE),))))
    assert "No treatment" in words_of(svg)
    assert 'stroke-dasharray="1,3"' not in svg


@pytest.mark.slow
def test_png_is_twice_as_wide_as_a_page():
    picture = Image.open(io.BytesIO(course_png(made_up_course())))
    assert 1800 <= picture.width <= 2200


def test_many_sessions_share_a_row():
    sessions = [session(100.0 + 90 * i) for i in range(MOST_SESSION_ROWS + 1)]
    rows = treatment_rows(treated_history(sessions=sessions))
    toxin = [row for row in rows if row.is_moment]
    assert [row.words for row in toxin] == ["toxin: 7 sessions of 5 units onabotulinumtoxinA"]
    assert len(toxin[0].spans) == 7


@pytest.mark.parametrize(
    ("days", "place"),
    [((10.0,), (10.0, True, True)), ((700.0,), (700.0, False, True)), ((10.0, 700.0), (0.0, True, False))],
)
def test_words_stand_where_there_is_room(days, place):
    row = TreatmentRow("x" * 70, tuple((day, day) for day in days), "#000000", is_moment=True)
    assert words_place(row, 728.0) == place


def test_session_of_one_side_names_that_side():
    assert session_words(session(sides=(Side.RIGHT,))).endswith("2.5 units onabotulinumtoxinA (RIGHT 2.5)")


@pytest.mark.parametrize("wanted", [[0.0, 0.0, 0.0], [9.9, 10.0, 10.0], [5.0, 1.0, 5.1], [4.0], []])
def test_words_keep_apart_and_inside(wanted):
    places = spread_apart(wanted, 2.0, 0.0, 10.0)
    order = np.argsort(wanted, kind="stable").astype(int)
    assert np.all(np.diff(np.array(places)[order]) >= 2.0 - 1e-12)
    assert all(-1e-12 <= place <= 10.0 + 1e-12 for place in places)


def test_course_that_lacks_a_curve_is_refused():
    course = made_up_course()
    with pytest.raises(CourseRequestError, match="no curve of"):
        course_svg(replace(course, forecast=replace(course.forecast, curves=())))


def test_day_of_the_photographs_is_marked():
    untreated = made_up_course(History(onsets=(Onset(Side.LEFT, SEVERE),)))
    words = words_of(course_svg(untreated, photographed_day=540.0))
    assert "photographs, day 540" in words
    assert "No treatment" in words
