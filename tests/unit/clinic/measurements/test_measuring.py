"""A photograph is looked at once, and a visit's numbers are those of the command line."""

import json

import pytest
from django.db import DatabaseError, transaction
from typer.testing import CliRunner

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.cli import measurement as command_line
from facialis.cli.measure import app
from facialis.clinic.measurements import measuring
from facialis.clinic.measurements.actions import place_points
from facialis.clinic.measurements.models import Measurement, PointSet
from facialis.clinic.measurements.queries import (
    current_measurement,
    face_points,
    newest_points,
    placed_photographs,
)
from facialis.clinic.measurements.tasks import measure_visit, request_measuring
from facialis.clinic.measurements.visit_actions import measure_visit as measure_together
from facialis.clinic.photographs.models import PhotoStatus
from facialis.report.read_measures import read_measures
from facialis.vision.backends.choose import BackendChoice
from tests.factories.manual import manual_photo
from tests.unit.clinic.measurements.conftest import EXPRESSIONS

pytestmark = pytest.mark.slow


def of_command_line(monkeypatch, backend, folder, *options):
    """The document that `facialis measure` writes for the same pictures."""
    monkeypatch.setattr(
        command_line, "choose_backend", lambda *_: BackendChoice("known_faces", backend.known_faces, "a test")
    )
    out = folder / "result.json"
    files = [str(folder / f"{expression.value}.jpg") for expression in EXPRESSIONS]
    arguments = [*files, "--mirrored", "no", "--affected", "left", "--format", "json", "--out", str(out)]
    answer = CliRunner().invoke(app, [*arguments, "--force", *options])
    assert answer.exit_code == 0, answer.output
    return json.loads(out.read_text())


@pytest.fixture
def folder(tmp_path, pictures):
    for expression, path in pictures.items():
        (tmp_path / f"{expression.value}.jpg").write_bytes(path.read_bytes())
    return tmp_path


def by_file(document):
    return {photo["file"]: photo for photo in document["photos"]}


@pytest.mark.usefixtures("measured")
def test_the_numbers_are_those_of_the_command_line(visit, backend, folder, monkeypatch):
    kept = current_measurement(visit).document
    printed = of_command_line(monkeypatch, backend, folder)
    assert by_file(kept) == by_file(printed)
    assert kept["set"] == printed["set"]
    assert kept["software"] == printed["software"]
    assert sum(m["value"] is not None for photo in kept["photos"] for m in photo["measures"]) > 60


def test_placed_points_are_measured_as_by_the_command_line(
    measured, visit, backend, folder, clinician, monkeypatch
):
    rest = measured[Expression.REST]
    found = face_points(newest_points(rest))
    placed = {
        "left": {"commissure": (found.left.commissure + [2.0, -5.0]).tolist()},
        "right": {"brow": (found.right.brow + [0.0, 3.0]).tolist(), "iris_diameter": 22.5},
        "chin": (found.chin + [4.0, 0.0]).tolist(),
    }
    before = backend.calls
    made = place_points(rest, points=placed, shown_version=0, by=clinician)
    assert backend.calls == before, "no picture may be looked at again"
    entry = {"file": "rest.jpg", "points": placed, "by": clinician.signature_name}
    points = folder / "points.json"
    points.write_text(
        json.dumps(
            {
                "format": "facialis-manual-points",
                "version": 1,
                "photos": [{**entry, "at": made.at.date().isoformat()}],
            }
        )
    )
    printed = of_command_line(monkeypatch, backend, folder, "--points", str(points))
    kept = current_measurement(visit).document
    assert by_file(kept) == by_file(printed)
    assert kept["set"] == printed["set"]
    heights = {
        (m["name"], m["side"]): m for m in by_file(kept)["rest.jpg"]["measures"] if m["method"] == "manual"
    }
    assert ("commissure_height", "left") in heights
    assert ("chin_deviation", None) in {
        (m["name"], m["side"]) for m in by_file(kept)["rest.jpg"]["measures"] if m["value"] is not None
    }


def test_a_task_that_runs_twice_leaves_one_point_set_and_one_measurement(visit, add, backend):
    photograph = add(visit)
    for _ in range(3):
        assert measuring.measure_photograph(photograph.pk) is PhotoStatus.MEASURED
    assert PointSet.objects.filter(photograph=photograph).count() == 1
    assert Measurement.objects.filter(visit=visit).count() == 1
    calls = backend.calls
    measuring.measure_photograph(photograph.pk)
    assert backend.calls == calls, "what was found is not looked for again"


@pytest.mark.usefixtures("backend")
def test_a_task_that_died_between_points_and_status_is_finished_by_the_next(visit, add):
    photograph = add(visit)
    measuring.measure_photograph(photograph.pk)
    type(photograph).objects.filter(pk=photograph.pk).update(status=PhotoStatus.WAITING)
    measuring.measure_photograph(photograph.pk)
    photograph.refresh_from_db()
    assert photograph.status == PhotoStatus.MEASURED
    assert PointSet.objects.filter(photograph=photograph).count() == 1


@pytest.mark.usefixtures("backend")
def test_nothing_is_measured_while_nobody_said_whether_the_picture_is_mirrored(visit, add):
    photograph = add(visit, mirrored="unknown")
    assert request_measuring(photograph) is False
    assert measuring.measure_photograph(photograph.pk) is PhotoStatus.WAITING
    assert not PointSet.objects.exists()
    photograph.mirrored = "no"
    photograph.save()
    assert request_measuring(photograph) is True


@pytest.mark.usefixtures("backend")
def test_a_request_is_kept_with_its_cause_or_not_at_all(visit, add):
    from django_tasks_db.models import DBTaskResult

    photograph = add(visit)
    with transaction.atomic():
        request_measuring(photograph)
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()
    request_measuring(photograph)
    assert DBTaskResult.objects.count() == 1


@pytest.mark.usefixtures("measured", "backend")
def test_a_picture_without_a_face_is_refused_with_a_sentence_and_listed(visit, add, tmp_path):
    import numpy as np

    from facialis.report.annotate import encode_jpeg

    blank = tmp_path / "blank.jpg"
    blank.write_bytes(encode_jpeg(np.full((600, 480, 3), 90, np.uint8), 90))
    photograph = add(visit, Expression.PUCKER, blank)
    assert measuring.measure_photograph(photograph.pk) is PhotoStatus.REFUSED
    photograph.refresh_from_db()
    assert photograph.refusal["code"] == "no_face"
    assert "No human face" in photograph.refusal["sentence"]
    assert not PointSet.objects.filter(photograph=photograph).exists()
    entry = by_file(current_measurement(visit).document)["pucker.jpg"]
    assert entry["error"] == {"code": "no_face", "message": photograph.refusal["sentence"]}


def test_the_photographs_of_a_visit_lend_each_other_their_scale(measured, visit):
    photos = by_file(current_measurement(visit).document)
    assert photos["gentle_eye_closure.jpg"]["scale_source"] == "set_bridge"
    alone = newest_points(measured[Expression.GENTLE_EYE_CLOSURE]).reading["by_itself"]
    assert alone["mm_per_px"] is None, "closed eyes alone show no iris"


@pytest.mark.usefixtures("measured", "clinician")
def test_a_measurement_is_made_again_only_where_something_changed(visit):
    count = Measurement.objects.filter(visit=visit).count()
    newest = current_measurement(visit)
    assert measure_together(visit) == newest
    assert Measurement.objects.filter(visit=visit).count() == count
    visit.patient.palsy.affected_side = "right"
    visit.patient.palsy.save()
    changed = measure_together(visit)
    assert changed.number == newest.number + 1
    assert read_measures(changed.document).affected is Side.RIGHT
    assert read_measures(newest.document).affected is Side.LEFT


def test_a_replaced_photograph_leaves_the_measurement(measured, visit):
    smile = measured[Expression.OPEN_SMILE]
    type(smile).objects.filter(pk=smile.pk).update(status=PhotoStatus.REPLACED)
    measure_visit.call(str(visit.pk))
    assert "open_smile.jpg" not in by_file(current_measurement(visit).document)


def test_a_photograph_whose_mirror_answer_changed_is_left_out_with_its_reason(measured, visit):
    smile = measured[Expression.OPEN_SMILE]
    type(smile).objects.filter(pk=smile.pk).update(mirrored="yes")
    entry = by_file(measure_together(visit).document)["open_smile.jpg"]
    assert entry["error"]["code"] == "mirror_answer_changed"
    assert "measures" not in entry


@pytest.mark.parametrize("model", [PointSet, Measurement])
@pytest.mark.usefixtures("measured")
def test_the_database_refuses_to_change_what_was_measured(model):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model.objects.update(number=7)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model.objects.all()._raw_delete(using="default")


@pytest.mark.usefixtures("backend")
def test_what_was_seen_comes_back_from_the_record_to_the_last_digit(visit, add):
    photograph = add(visit)
    seen, info = measuring._seen(photograph)
    measuring._kept(photograph, seen, info)
    again = placed_photographs(visit)[0].seen()
    for side in Side:
        was, now = seen.reading.points.side(side), again.reading.points.side(side)
        assert was.methods == now.methods
        for name in ("brow", "upper_lid", "commissure", "iris_centre", "lower_lip_outer"):
            assert (getattr(was, name) == getattr(now, name)).all(), name
    assert (seen.face.unturn(seen.face.network).chin == again.face.unturn(again.face.network).chin).all()
    assert again.reading.findings == seen.reading.findings
    assert again.reading.pose == seen.reading.pose


def test_the_whole_face_can_be_written_as_points_for_the_command_line():
    """The names of the record are those of the file format; a new name must come to both."""
    from facialis.clinic.measurements.stored_points import named_points, plain_points
    from tests.factories.faces import make_face

    face = make_face()
    plain = plain_points(face)
    assert plain == manual_photo(face=face)["points"]
    assert (named_points(plain, {}).left.brow == face.left.brow).all()
