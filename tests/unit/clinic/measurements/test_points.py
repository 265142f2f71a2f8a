"""Points that people place: new versions, told conflicts, and nothing written by looking."""

import json

import numpy as np
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.clinic.accounts.models import Role
from facialis.clinic.audit.models import AuditEntry
from facialis.clinic.kernel.errors import FieldsError, NotNowError, NotPermittedError, StaleVersionError
from facialis.clinic.measurements.actions import place_points, take_back
from facialis.clinic.measurements.editor_page import editor_page, preview
from facialis.clinic.measurements.models import Measurement, PointSet
from facialis.clinic.measurements.queries import current_measurement, face_points, newest_points
from facialis.clinic.photographs.models import PhotoStatus
from facialis.measurement.points import Method, Region
from tests.factories import clinic

pytestmark = pytest.mark.slow


@pytest.fixture
def rest(measured):
    return measured[Expression.REST]


@pytest.fixture
def raised(rest):
    """The LEFT lip corner, six pixels higher."""
    found = face_points(newest_points(rest))
    return {"left": {"commissure": (found.left.commissure - [0.0, 6.0]).tolist()}}


def test_a_change_is_a_new_version_and_the_old_one_stays(rest, visit, raised, clinician):
    before, measurement = newest_points(rest), current_measurement(visit)
    made = place_points(rest, points=raised, shown_version=0, by=clinician)
    assert (made.number, made.by, made.moved) == (1, clinician, ["left.commissure"])
    assert newest_points(rest) == made
    assert PointSet.objects.get(pk=before.pk).points == before.points
    newer = current_measurement(visit)
    assert newer.number == measurement.number + 1
    assert str(made.pk) in newer.point_sets
    assert str(before.pk) not in newer.point_sets
    assert AuditEntry.objects.filter(what="measurements.points", actor=clinician).count() == 1


def test_only_what_was_placed_differs_from_what_was_found(rest, raised, clinician):
    found = face_points(newest_points(rest))
    placed = face_points(place_points(rest, points=raised, shown_version=0, by=clinician))
    np.testing.assert_array_equal(placed.left.commissure, raised["left"]["commissure"])
    np.testing.assert_array_equal(placed.right.commissure, found.right.commissure)
    np.testing.assert_array_equal(placed.left.brow, found.left.brow)
    assert placed.left.method(Region.COMMISSURE) is Method.MANUAL
    assert placed.right.method(Region.COMMISSURE) is not Method.MANUAL


def test_of_two_people_who_edit_the_second_is_told_and_nothing_is_lost(rest, raised, clinician):
    other = clinic.user(clinician.clinic, last_name="Second")
    place_points(rest, points=raised, shown_version=0, by=clinician)
    with pytest.raises(StaleVersionError, match=clinician.signature_name):
        place_points(rest, points={"chin": [240.0, 500.0]}, shown_version=0, by=other)
    assert PointSet.objects.filter(photograph=rest).count() == 2


def test_taking_back_makes_a_new_version_with_the_points_of_the_old_one(rest, visit, raised, clinician):
    first = current_measurement(visit)
    place_points(rest, points=raised, shown_version=0, by=clinician)
    made = take_back(rest, to=0, shown_version=1, by=clinician)
    assert (made.number, made.moved, made.reading["taken_back_to"]) == (2, [], 0)
    assert made.points == PointSet.objects.get(photograph=rest, number=0).points
    assert current_measurement(visit).document == first.document
    again = take_back(rest, to=1, shown_version=2, by=clinician)
    np.testing.assert_array_equal(face_points(again).left.commissure, raised["left"]["commissure"])


@pytest.mark.usefixtures("visit")
def test_a_preview_gives_what_saving_gives_and_writes_nothing(rest, raised, clinician):
    counts = (PointSet.objects.count(), Measurement.objects.count(), AuditEntry.objects.count())
    shown = preview(rest, raised)
    assert counts == (PointSet.objects.count(), Measurement.objects.count(), AuditEntry.objects.count())
    place_points(rest, points=raised, shown_version=0, by=clinician)
    assert editor_page(rest).shown.rows == shown.rows
    assert editor_page(rest).shown.marks == shown.marks


def test_a_preview_puts_first_what_is_read_from_the_chosen_point(rest, raised):
    shown = preview(rest, raised, about="commissure")
    assert {row.id for row in shown.about_rows} == {"commissure_height", "commissure_lateral", "smile_angle"}
    assert [row.id for row in shown.about_midline] == ["oral_commissure_tilt"]
    assert [row.id for row in preview(rest, raised, about="chin").about_midline] == ["chin_deviation"]


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ({"left": {"commissure": [-30.0, 400.0]}}, "outside the picture"),
        ({"chin": [10.0, 5000.0]}, "outside the picture"),
        ({"left": {"commissure": "here"}}, r"must be \[x, y\]"),
        ({"left": {"ear": [1.0, 2.0]}}, "ear"),
        ({"middle": [1.0, 2.0]}, "unknown points"),
        ({"left": {"commissure": [5.0, 400.0]}}, "LEFT lies beyond that of the RIGHT"),
        ({}, "Nothing was moved"),
    ],
)
def test_points_that_cannot_be_are_refused_with_a_sentence(rest, clinician, points, sentence):
    with pytest.raises(FieldsError, match=sentence) as refused:
        place_points(rest, points=points, shown_version=0, by=clinician)
    assert set(refused.value.errors) == {"points"}
    assert newest_points(rest).number == 0


def test_points_of_a_closed_visit_or_a_replaced_photograph_stay(rest, visit, raised, clinician):
    type(rest).objects.filter(pk=rest.pk).update(status=PhotoStatus.REPLACED)
    with pytest.raises(NotNowError, match="count for nothing"):
        place_points(rest, points=raised, shown_version=0, by=clinician)
    type(rest).objects.filter(pk=rest.pk).update(status=PhotoStatus.MEASURED)
    type(visit).objects.filter(pk=visit.pk).update(status="closed")
    with pytest.raises(NotNowError, match="closed"):
        place_points(rest, points=raised, shown_version=0, by=clinician)


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
def test_only_those_who_care_for_patients_place_points(rest, raised, clinician, role):
    stranger = clinic.user(clinician.clinic, role)
    with pytest.raises(NotPermittedError):
        place_points(rest, points=raised, shown_version=0, by=stranger)
    with pytest.raises(NotPermittedError):
        take_back(rest, to=0, shown_version=0, by=stranger)


def test_the_database_refuses_to_change_placed_points(rest, raised, clinician):
    made = place_points(rest, points=raised, shown_version=0, by=clinician)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        PointSet.objects.filter(pk=made.pk).update(points={})


# ------------------------------------------------------------------------------------ pages
def sent(client, url, content):
    return client.post(url, json.dumps(content), content_type="application/json")


@pytest.fixture
def browser(client, clinician):
    client.force_login(clinician)
    return client


def test_the_editor_shows_every_point_as_a_button(browser, rest):
    page = browser.get(reverse("edit_points", args=[rest.pk]))
    text = page.content.decode()
    assert page.status_code == 200
    for words in ("LEFT upper lid, point 2", "RIGHT lip corner", "LEFT iris, edge", "chin"):
        assert words in text, words
    assert " style=" not in text
    assert "onclick" not in text


def test_saving_in_the_editor_answers_with_the_new_version(browser, rest, raised):
    answer = sent(browser, reverse("edit_points", args=[rest.pk]), {"version": 0, "points": raised})
    assert answer.json() == {"version": 1, "url": reverse("measure", args=[rest.visit_id]) + "?view=rest"}


def test_a_conflict_is_said_to_the_editor(browser, rest, raised, clinician):
    place_points(rest, points=raised, shown_version=0, by=clinician)
    answer = sent(browser, reverse("edit_points", args=[rest.pk]), {"version": 0, "points": raised})
    assert answer.status_code == 409
    assert answer.json()["code"] == "changed_meanwhile"
    assert "still on this page" in answer.json()["sentence"]


@pytest.mark.parametrize("body", ["", "[]", '{"points": 3}', '{"points": {}, "version": "x"}'])
def test_what_is_no_points_is_refused(browser, rest, body):
    for name in ("edit_points", "preview_points"):
        answer = browser.post(reverse(name, args=[rest.pk]), body, content_type="application/json")
        assert answer.status_code == 422, (name, body)
        assert answer.json()["sentence"]


def test_a_preview_of_eyes_that_coincide_is_refused_not_broken(browser, rest):
    points = {side.value: {"lateral_canthus": [200.0, 200.0], "iris_centre": [200.0, 200.0]} for side in Side}
    answer = sent(browser, reverse("preview_points", args=[rest.pk]), {"points": points})
    assert answer.status_code == 422
    assert "eyes" in answer.json()["sentence"]


def test_the_preview_brings_rows_and_marks(browser, rest, raised, django_assert_max_num_queries):
    url = reverse("preview_points", args=[rest.pk])
    with django_assert_max_num_queries(10):
        answer = sent(browser, url, {"points": raised, "about": "commissure"})
    assert 'data-measure="commissure_height"' in answer.json()["rows"]
    assert 'data-mark="commissure_height"' in answer.json()["marks"]


def test_taking_back_from_the_page(browser, rest, raised, clinician):
    place_points(rest, points=raised, shown_version=0, by=clinician)
    answer = browser.post(reverse("take_points_back", args=[rest.pk]), {"to": "0", "shown_version": "1"})
    assert answer.status_code == 302
    assert newest_points(rest).number == 2
    stale = browser.post(reverse("take_points_back", args=[rest.pk]), {"to": "1", "shown_version": "0"})
    assert stale.status_code == 409
    for to in ("x", "77"):
        answer = browser.post(reverse("take_points_back", args=[rest.pk]), {"to": to, "shown_version": "2"})
        assert answer.status_code == 422


def test_a_photograph_without_points_leads_back_with_a_sentence(browser, visit, add):
    photograph = add(visit, Expression.REST)
    answer = browser.get(reverse("edit_points", args=[photograph.pk]), follow=True)
    assert "no points that could be edited" in answer.content.decode()


def _at_the_edge(found):
    return {"right": {"commissure": [-0.5, float(found.right.commissure[1])]}}


def _across_the_face(found):
    """The LEFT lip line as far on the RIGHT."""
    lips = found.left.upper_lip_outer
    middle = (found.left.lateral_canthus[0] + found.right.lateral_canthus[0]) / 2
    return {"left": {"upper_lip_outer": [[2 * middle - x, y] for x, y in lips.tolist()]}}


def _chin_at_the_top(found):
    return {"chin": [float(found.chin[0]), 1.0]}


@pytest.mark.parametrize(
    ("placed", "words"),
    [
        (_at_the_edge, "RIGHT commissure lies about .* mm from where it was found"),
        (_across_the_face, "LEFT upper lip outer lies about"),
        (_chin_at_the_top, "chin lies about"),
    ],
)
def test_points_that_nobody_can_mean_are_refused_in_words(placed, words, rest, clinician):
    found = face_points(newest_points(rest))
    with pytest.raises(FieldsError, match=words):
        place_points(rest, points=placed(found), shown_version=0, by=clinician)
    assert newest_points(rest).number == 0


@pytest.mark.parametrize(("mm", "is_refused"), [(6, False), (14, True)])
def test_a_line_crosses_the_midline_no_more_than_a_drawn_mouth_does(mm, is_refused, rest, clinician):
    found = face_points(newest_points(rest))
    line = found.left.upper_lip_outer.copy()
    line[0, 0] -= mm * float(found.left.lateral_canthus[0] - found.right.lateral_canthus[0]) / 92
    points = {"left": {"upper_lip_outer": line.tolist()}}
    if is_refused:
        with pytest.raises(FieldsError, match="across the midline"):
            place_points(rest, points=points, shown_version=0, by=clinician)
    else:
        assert place_points(rest, points=points, shown_version=0, by=clinician).number == 1
