import io
import json
import sys
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from facialis.cli.doctor import app, report

FAKE = Path(__file__).resolve().parents[2] / "factories" / "fake_worker.py"


@pytest.fixture
def working(tmp_path):
    """Settings with a worker that answers."""
    program = tmp_path / "worker.py"
    program.write_text(
        f"import runpy, sys\nsys.argv = ['fake', 'none', {str(tmp_path / 'starts')!r}]\n"
        f"runpy.run_path({str(FAKE)!r}, run_name='__main__')\n"
    )
    return {"FACIALIS_FACE_MESH_PYTHON": sys.executable, "FACIALIS_FACE_MESH_PROGRAM": str(program)}


def printed(environment):
    text = io.StringIO()
    status = report(environment, console=Console(width=200, file=text))
    return status, text.getvalue()


def test_a_working_worker_is_active_and_its_start_is_timed(working):
    status, text = printed(working)
    assert status == 0
    assert "face_mesh_worker is active: it is the default" in text
    row = next(line for line in text.splitlines() if line.startswith("face_mesh_worker "))
    assert " yes " in row
    assert " s " in row
    assert "mediapipe fake" in row


def test_backends_that_nobody_asked_for_are_not_called_faults(working):
    _, text = printed(working)
    assert text.count("not set up") == 3


def test_without_a_worker_nothing_can_be_measured_and_the_remedy_is_named():
    status, text = printed({"FACIALIS_FACE_MESH_PYTHON": "/does/not/exist"})
    assert status == 1
    assert "No backend is active" in text
    assert "make env" in text


def test_a_worker_that_does_not_answer_is_not_active(tmp_path):
    program = tmp_path / "broken.py"
    program.write_text("raise SystemExit('no model here')\n")
    settings = {"FACIALIS_FACE_MESH_PYTHON": sys.executable, "FACIALIS_FACE_MESH_PROGRAM": str(program)}
    status, text = printed(settings)
    assert status == 1
    assert "no model here" in text


def test_json_is_one_object_with_the_same_findings(working, monkeypatch):
    for name, value in working.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("FACIALIS_FACE_LANDMARKER", raising=False)
    outcome = CliRunner().invoke(app, ["--format", "json"])
    found = json.loads(outcome.stdout)
    assert outcome.exit_code == 0
    assert found["active"] == "face_mesh_worker"
    assert found["versions"]["numpy"]
    states = {state["name"]: state for state in found["backends"]}
    assert list(states) == ["face_mesh_worker", "litert", "manual", "recorded"]
    assert states["face_mesh_worker"]["start_s"] > 0
    assert not states["litert"]["configured"]
