"""The illustrative face says that it is a model, and shows what the model moves."""

import io
from types import SimpleNamespace

import jax.numpy as jnp
import numpy as np
import pytest
from PIL import Image

from facialis.anatomy import FACIAL_MUSCLES, Muscle
from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.planning.forecast.records import ModelFace
from facialis.report.model_face_picture import FACE_PX, GAP_PX, HEAD_PX, MARGIN_PX, ROW_PX, model_face_png
from facialis.twin.face.pose import face_points

pytestmark = pytest.mark.slow

TONE = 0.06


def face(smile):
    """A face whose LEFT zygomaticus pulls so strongly in every expression."""
    forces = np.full((len(NINE_PHOTOGRAPHS), 2, len(FACIAL_MUSCLES)), TONE)
    forces[:, 0, FACIAL_MUSCLES.index(Muscle.ZYGOMATICUS_MAJOR)] = smile
    meshes = {e: np.asarray(face_points(jnp.asarray(forces[i]))) for i, e in enumerate(NINE_PHOTOGRAPHS)}
    return ModelFace(14.0, meshes, forces, TONE, None)


def columns(before, at_peak):
    content = model_face_png(SimpleNamespace(before=face(before), at_peak=face(at_peak)))
    picture = np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)
    top = HEAD_PX + ROW_PX + 40
    rows = slice(top, top + 280)
    return [picture[rows, x : x + FACE_PX] for x in (MARGIN_PX, MARGIN_PX + FACE_PX + GAP_PX)]


def test_the_same_face_twice_is_drawn_alike():
    first, second = columns(TONE, TONE)
    assert np.abs(first - second).max() <= 1


def test_what_the_plan_moves_is_seen_on_the_patients_left():
    first, second = columns(0.9, TONE)
    changed = np.abs(first - second).sum(axis=2) > 30
    left, right = changed[:, FACE_PX // 2 + 20 :].sum(), changed[:, : FACE_PX // 2 - 20].sum()
    assert left > 2 * right
    assert left > 100
