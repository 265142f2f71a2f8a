"""The film of a course: its days, its captions, its two codings."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image

import facialis.twin  # noqa: F401  double precision first
from facialis.anatomy.expressions import Expression
from facialis.report.twin_chart_treatments import treatment_rows
from facialis.report.twin_film import _frame, _words_now, film_days, gif_of, mp4_of
from tests.factories.twin_course import treated_history

ROWS = treatment_rows(treated_history())


def frame(day, grey=120, faces=2):
    face = np.full((450, 360, 3), grey, np.uint8)
    words = ["untreated", "treated"][-faces:]
    return _frame([face] * faces, words, day, 728.0, Expression.OPEN_SMILE, ROWS)


def test_days_begin_at_onset_end_at_the_last_and_lie_denser_at_first():
    days = film_days(728.0, 60)
    assert (days[0], days[-1]) == (0.0, 728.0)
    assert np.all(np.diff(days) > 0)
    assert np.diff(days)[0] < np.diff(days)[-1] / 5


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (1.0, ""),
        (5.0, "antiviral, day 3 to 10"),
        (300.0, "retraining, day 270 to 450"),
        (430.0, "toxin, day 420: 5 units onabotulinumtoxinA"),
        (700.0, ""),
    ],
)
def test_caption_names_the_latest_treatment_under_way(day, words):
    assert _words_now(ROWS, day) == words


def test_frames_have_even_sides_and_show_the_faces():
    for faces in (1, 2):
        picture = frame(100.0, faces=faces)
        assert picture.shape[0] % 2 == 0
        assert picture.shape[1] % 2 == 0
        assert (picture[300, 60] == 120).all()


def test_day_moves_the_time_line():
    assert (frame(100.0) != frame(300.0)).any()


def test_gif_holds_every_frame():
    coded = Image.open(io.BytesIO(gif_of([frame(day, grey) for day, grey in ((0, 90), (9, 120), (99, 150))])))
    assert coded.n_frames == 3
    coded.seek(2)
    assert abs(int(np.asarray(coded.convert("RGB"))[300, 60, 0]) - 150) < 4


def test_mp4_can_be_played(tmp_path):
    frames = [frame(day, grey) for day, grey in ((0, 90), (9, 120), (99, 150))]
    (tmp_path / "film.mp4").write_bytes(mp4_of(frames))
    film = cv2.VideoCapture(str(tmp_path / "film.mp4"))
    has_frame, picture = film.read()
    assert has_frame
    assert picture.shape == frames[0].shape
    assert abs(int(picture[300, 60, 0]) - 90) < 8
