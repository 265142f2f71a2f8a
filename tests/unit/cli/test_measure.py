"""`facialis measure`: wrong usage is told before any work; exit status and output say what happened."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from facialis.anatomy.expressions import Expression
from facialis.cli import measure as measure_module
from tests.factories.results import photo_result, refused_result, set_result

RUN = CliRunner()
MEASURED = set_result(photo_result(Expression.REST))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "rest.jpg"
    path.write_bytes(b"x")
    return path


@pytest.fixture(autouse=True)
def answers(monkeypatch: pytest.MonkeyPatch):
    """What the measuring returns; None means that it must not even start."""
    box = {"result": None, "request": None}

    def play(_files, request, *, on_annotated=None):  # noqa: ARG001 (the signature is the real one's)
        assert box["result"] is not None, "measured in spite of wrong usage"
        box["request"] = request
        return box["result"]

    monkeypatch.setattr(measure_module, "measure_inputs", play)
    return box


def _run(*arguments: object):
    return RUN.invoke(measure_module.app, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--ruler-mm", "30"], "--ruler-px is missing"),
        (["--focal-px", "3000"], "--distance-mm is missing"),
        (["--ruler-mm", 30, "--ruler-px", 9, "--distance-mm", 9, "--focal-px", 9], "either a ruler or"),
        (["--ruler-mm", "-3", "--ruler-px", "9"], "positive"),
        (["--mirrored", "perhaps"], "perhaps"),
        (["--affected", "L"], "'L'"),
        (["--format", "xml"], "xml"),
        (["--backend", "crystal_ball"], "crystal_ball"),
        (["--expressions", "nowhere.json"], "nowhere.json"),
        (["--points", "nowhere.json"], "nowhere.json"),
        (["--backend", "manual"], "manual"),
    ],
)
def test_wrong_usage_is_told_before_measuring(photo, options, words):
    run = _run(photo, *options)
    assert run.exit_code == 2
    assert words in " ".join(run.output.replace("│", " ").split())


def test_missing_file_is_wrong_usage(tmp_path):
    assert _run(tmp_path / "nobody.jpg").exit_code == 2


def test_existing_output_is_kept_before_measuring(photo, tmp_path):
    out = tmp_path / "out.json"
    out.write_text("old")
    assert _run(photo, "--out", out).exit_code == 2
    assert out.read_text() == "old"


def test_existing_annotation_is_kept_before_measuring(photo, tmp_path):
    (tmp_path / "drawn").mkdir()
    (tmp_path / "drawn" / "rest_measured.jpg").write_text("old")
    assert _run(photo, "--annotate", tmp_path / "drawn").exit_code == 2


def test_all_measured_is_status_0_and_json_on_standard_output(photo, answers):
    answers["result"] = MEASURED
    run = _run(photo, "--format", "json", "--mirrored", "no", "--affected", "left")
    assert run.exit_code == 0
    assert json.loads(run.stdout)["photos"][0]["file"] == "rest.jpg"
    assert (answers["request"].mirrored, answers["request"].affected) == ("no", "left")


def test_some_refused_is_status_3_and_the_json_is_whole(photo, answers):
    answers["result"] = set_result(photo_result(Expression.REST), refused_result())
    run = _run(photo, "--format", "json")
    assert run.exit_code == 3
    assert [("error" in item) for item in json.loads(run.stdout)["photos"]] == [False, True]


@pytest.mark.parametrize(("form", "words"), [("table", "brow height"), ("csv", "kind,file"), ("json", "{")])
def test_output_goes_to_the_file(photo, tmp_path, answers, form, words):
    answers["result"] = MEASURED
    out = tmp_path / "neu er ordner" / "ergebnis"
    run = _run(photo, "--format", form, "--out", out)
    assert run.exit_code == 0
    assert words in out.read_text("utf-8")
    assert run.stdout == ""


def test_ruler_becomes_the_scale(photo, answers):
    answers["result"] = MEASURED
    assert _run(photo, "--ruler-mm", 30, "--ruler-px", 300).exit_code == 0
    assert answers["request"].scale.mm_per_px == pytest.approx(0.1)


def _points_file(folder: Path, name: str) -> Path:
    path = folder / "points.json"
    points = {"left": {"commissure": [640.0, 700.5]}}
    content = {"format": "facialis-manual-points", "version": 1, "photos": [{"file": name, "points": points}]}
    path.write_text(json.dumps(content))
    return path


def test_points_placed_by_hand_go_with_their_photograph(photo, answers, tmp_path):
    answers["result"] = MEASURED
    run = _run(photo, "--points", _points_file(tmp_path, "rest.jpg"))
    assert run.exit_code == 0
    assert list(answers["request"].by_hand) == ["rest.jpg"]


def test_points_of_another_photograph_are_wrong_usage(photo, tmp_path):
    run = _run(photo, "--points", _points_file(tmp_path, "smile.jpg"))
    assert run.exit_code == 2
    assert "smile.jpg" in run.output
