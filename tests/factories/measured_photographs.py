"""Photographs of a visit with points, without drawing a face or looking for one."""

import io
from dataclasses import replace
from hashlib import sha256
from uuid import uuid4

import numpy as np
from PIL import Image

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored, Side
from facialis.clinic.accounts.models import User
from facialis.clinic.measurements import measuring
from facialis.clinic.measurements.visit_actions import measure_visit
from facialis.clinic.photographs import store
from facialis.clinic.photographs.models import Photograph, PhotoStatus
from facialis.clinic.visits.models import Visit
from facialis.vision.backends.protocol import BackendInfo, Schema
from facialis.vision.files import load_photo
from facialis.vision.gain.table import _models
from facialis.vision.measure_photo import see_photos
from tests.factories.faces import Camera, FaceShape, make_face
from tests.factories.meshes import KnownFacesBackend, mesh_of

SIZE_PX = (960, 1200)
CAMERA = Camera(px_per_mm=4.4, centre_px=(480.0, 480.0))
SHAPES = {
    Expression.REST: FaceShape(),
    Expression.OPEN_SMILE: FaceShape()
    .with_side(Side.RIGHT, commissure=(32.0, -58.0), lip_gap=6.0)
    .with_side(Side.LEFT, commissure=(28.0, -63.0), lip_gap=4.0, upper_lid=1.0),
    Expression.GENTLE_EYE_CLOSURE: FaceShape()
    .with_side(Side.RIGHT, upper_lid=-4.8, eye_open=False)
    .with_side(Side.LEFT, upper_lid=-4.8, eye_open=False, commissure=(25.0, -62.0)),
}
"""LEFT moves less when it smiles, narrows the eye with it, and the lip corner with the eye."""


def measured_photographs(visit: Visit, by: User, mirrored: str = "no") -> dict[Expression, Photograph]:
    """One photograph of each of `SHAPES`, measured: grey pictures with the points of a face."""
    rows = {expression: _measured(visit, by, expression, mirrored) for expression in SHAPES}
    measure_visit(visit)
    return rows


def _measured(visit: Visit, by: User, expression: Expression, mirrored: str) -> Photograph:
    face = make_face(SHAPES[expression], CAMERA)
    width, height = SIZE_PX
    grey = np.full((height, width, 3), 128, np.uint8)
    stream = io.BytesIO()
    Image.fromarray(grey).save(stream, "JPEG", quality=90)
    content = stream.getvalue()
    row = Photograph.objects.create(
        visit=visit,
        expression=expression.value,
        status=PhotoStatus.WAITING,
        mirrored=mirrored,
        file_name=store.save(content),
        thumbnail_name=store.save(content),
        sha256=sha256(content).hexdigest(),
        original_sha256=sha256(content).hexdigest(),
        width_px=width,
        height_px=height,
        upload_key=uuid4(),
        added_by=by,
    )
    photo = load_photo(store.path(row.file_name), file=f"{expression.value}.jpg", expression=expression)
    backend = KnownFacesBackend.of([(photo.image_rgb, mesh_of(face))])
    # As a detector whose readings have been fitted, so that values have the errors of a real one.
    name, model = next(iter(_models()))
    backend.info = BackendInfo(name, "invented", Schema.MP478, model)
    seen = see_photos([photo], backend=backend, mirrored=Mirrored(mirrored))[0]
    # A grey picture is neither sharp nor lit; that is not what these are for.
    seen = replace(seen, reading=replace(seen.reading, refusal=None, findings=()))
    measuring._kept(row, seen, backend.info)
    row.refresh_from_db()
    return row
