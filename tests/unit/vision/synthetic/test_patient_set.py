"""Sets of nine photographs with their truth."""

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from typer.testing import CliRunner

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.cli.synthetic import PalsyChoice, app
from facialis.measurement.points import HeadPose
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.products import ToxinProduct
from facialis.twin.events import ToxinInjection, ToxinSession
from facialis.vision.synthetic import FaceMotion, PalsyKind, example_patient, write_patient_set
from facialis.vision.synthetic.patient_set import SyntheticSetError, film
from facialis.vision.synthetic.truth_json import twin_json
from tests.factories.rendered import motions

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sets") / "Dana Müller"
    seen: list[Expression] = []
    write_patient_set(
        place, seed=5, palsy=PalsyKind.SYNKINETIC, side=Side.LEFT, width_px=240, on_photo=seen.append
    )
    assert seen == list(NINE_PHOTOGRAPHS)
    return place


def test_set_has_nine_photographs_named_by_expression(folder: Path) -> None:
    assert {p.name for p in folder.iterdir()} == {f"{e.value}.jpg" for e in NINE_PHOTOGRAPHS} | {"truth.json"}
    for expression in NINE_PHOTOGRAPHS:
        picture = cv2.imdecode(np.frombuffer((folder / f"{expression.value}.jpg").read_bytes(), np.uint8), 1)
        assert picture.shape == (300, 240, 3)


def test_truth_says_that_the_patient_is_invented_and_what_was_done(folder: Path) -> None:
    truth = json.loads((folder / "truth.json").read_text())
    assert "invented" in truth["statement"]
    assert truth["seed"] == 5
    assert truth["palsy"] == {"kind": "synkinetic", "side": "left", "severity": 0.8}
    assert truth["twin"]["day"] == 540.0
    (onset,) = truth["twin"]["history"]["onsets"]
    assert onset["side"] == "left"
    assert set(onset["severity_frac"].values()) == {0.8}
    assert truth["twin"]["parameters"]["resting_tone"] == pytest.approx(0.06)
    assert truth["twin"]["face"]["skin_limit_mm"] == pytest.approx(26.0)
    assert [p["expression"] for p in truth["photos"]] == [e.value for e in NINE_PHOTOGRAPHS]
    smile = next(p for p in truth["photos"] if p["expression"] == "open_smile")
    assert smile["signs"]["left"]["nasolabial_depth"] > 1.0
    assert smile["jaw_opening_mm"] > 0.0
    assert smile["points"]["left"]["commissure"][0] > smile["points"]["right"]["commissure"][0]
    assert set(smile["pose"]) == {"yaw_deg", "pitch_deg", "roll_deg"}
    closed = next(p for p in truth["photos"] if p["expression"] == "gentle_eye_closure")
    assert closed["points"]["right"]["iris_centre"] is None


def test_a_second_set_is_refused_and_nothing_overwritten(folder: Path) -> None:
    before = (folder / "truth.json").read_bytes()
    with pytest.raises(SyntheticSetError, match=r"already holds rest.jpg.*--force"):
        write_patient_set(folder, seed=6, width_px=240)
    assert (folder / "truth.json").read_bytes() == before


def test_force_replaces_and_the_seed_repeats(folder: Path) -> None:
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    write_patient_set(folder, seed=5, palsy=PalsyKind.SYNKINETIC, side=Side.LEFT, width_px=240, force=True)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SyntheticSetError, match="could not be written"):
        write_patient_set(tmp_path / "file" / "set", seed=1, width_px=240)


def test_command_refuses_an_occupied_folder(folder: Path) -> None:
    result = CliRunner().invoke(app, ["render", str(folder), "--width", "240"])
    assert result.exit_code == 1
    assert "Nothing was overwritten" in " ".join(result.output.split())


def test_command_offers_every_kind_of_palsy() -> None:
    assert {c.value for c in PalsyChoice} == {k.value for k in PalsyKind}


def test_film_shows_the_person_of_the_photographs_and_stands_still_with_the_face() -> None:
    still, again, smile = film(
        [FaceMotion(), FaceMotion(), motions()[Expression.OPEN_SMILE]], seed=5, width_px=240
    )
    assert still.image_rgb.shape == (300, 240, 3)
    np.testing.assert_array_equal(still.image_rgb, again.image_rgb)
    assert still.pose == HeadPose(0.0, 0.0, 0.0)
    np.testing.assert_array_equal(still.points.left.upper_lid[0], smile.points.left.upper_lid[0])
    assert (still.image_rgb != smile.image_rgb).any()


def test_events_of_a_twin_are_ready_for_json() -> None:
    dose = ToxinDose("2.5", ToxinProduct.ONABOTULINUMTOXIN_A)
    injection = ToxinInjection(Side.LEFT, InjectionTarget.CORRUGATOR, 1, dose, "0.1")
    patient = example_patient(PalsyKind.SYNKINETIC, Side.LEFT, 0.8)
    history = replace(patient.history, toxin_sessions=(ToxinSession(600.0, (injection,)),))
    found = json.loads(json.dumps(twin_json(replace(patient, history=history))))
    (session,) = found["history"]["toxin_sessions"]
    assert session["day"] == 600.0
    assert session["injections"][0]["volume_ml"] == pytest.approx(0.1)
