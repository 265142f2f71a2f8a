"""`facialis anatomy draw`: the picture that was asked for, never over another file."""

import pytest
import typer
from typer.testing import CliRunner

from facialis.anatomy.lookup import UnknownNameError
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.muscle_shapes import NoShapeError
from facialis.anatomy.sides import Side
from facialis.cli.anatomy.draw import draw
from facialis.report.face_figure import draw_face_figure
from facialis.report.safe_files import WouldOverwriteError

RUN = CliRunner()
APP = typer.Typer()
APP.command()(draw)


def _run(*arguments):
    return RUN.invoke(APP, [str(argument) for argument in arguments])


def test_all_muscles_with_their_points(tmp_path):
    out = tmp_path / "face.svg"
    run = _run("--out", out)
    assert (run.exit_code, run.output) == (0, f"{out} written.\n")
    assert out.read_text("utf-8") == draw_face_figure()


@pytest.mark.parametrize(
    ("options", "chosen", "side", "with_sites"),
    [
        (["--muscle", "zygomaticus_major"], [Muscle.ZYGOMATICUS_MAJOR], None, True),
        (
            ["--muscle", "ZMJ", "--muscle", "MEN", "--side", "left"],
            [Muscle.ZYGOMATICUS_MAJOR, Muscle.MENTALIS],
            Side.LEFT,
            True,
        ),
        (["--side", "right", "--no-sites"], [], Side.RIGHT, False),
        (["--side", "both", "--sites"], [], None, True),
    ],
)
def test_the_picture_is_the_one_asked_for(tmp_path, options, chosen, side, with_sites):
    out = tmp_path / "new" / "face.svg"
    assert _run("--out", out, *options).exit_code == 0
    assert out.read_text("utf-8") == draw_face_figure(chosen, side=side, with_sites=with_sites)


def test_a_file_that_is_there_is_kept_unless_forced(tmp_path):
    out = tmp_path / "face.svg"
    out.write_text("mine", "utf-8")
    run = _run("--out", out)
    assert isinstance(run.exception, WouldOverwriteError)
    assert out.read_text("utf-8") == "mine"
    assert _run("--out", out, "--force").exit_code == 0
    assert out.read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize("name", ["face.png", "face"])
def test_another_kind_of_file_is_refused(tmp_path, name):
    run = _run("--out", tmp_path / name)
    assert run.exit_code == 2
    assert ".svg" in run.output
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(
    ("name", "error"), [("temporalis", UnknownNameError), ("levator_palpebrae", NoShapeError)]
)
def test_a_muscle_that_cannot_be_drawn_is_told(tmp_path, name, error):
    run = _run("--out", tmp_path / "face.svg", "--muscle", name)
    assert isinstance(run.exception, error)
    assert not (tmp_path / "face.svg").exists()


def test_the_file_is_needed():
    assert _run().exit_code == 2
