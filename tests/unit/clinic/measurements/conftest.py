"""Photographs of an invented patient in a visit, with a detector that knows them."""

from hashlib import sha256
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

import numpy as np
import pytest

from facialis.anatomy.expressions import Expression
from facialis.clinic.measurements import measuring
from facialis.clinic.photographs import store
from facialis.clinic.photographs.actions import measured as noting
from facialis.clinic.photographs.models import Photograph, PhotoStatus
from facialis.measurement.gain import GainModel, GainRow
from facialis.measurement.measures import MEASURES
from facialis.measurement.points import Method
from facialis.report.annotate import encode_jpeg
from facialis.vision import measure_photo
from facialis.vision.backends.image_digest import image_digest
from facialis.vision.files import load_photo
from facialis.vision.measure_photo import see_photos
from tests.factories import clinic
from tests.factories.meshes import KnownFacesBackend, mesh_of
from tests.factories.rendered import PalsyKind, rendered

EXPRESSIONS = (Expression.REST, Expression.GENTLE_EYE_CLOSURE, Expression.OPEN_SMILE)
FITTED = GainModel(
    {
        (name, method): GainRow(name, method, 0.8, 0.01, 0.1, 1.0, 1.0 if known.sided else 0.0)
        for name, known in MEASURES.items()
        for method in Method
        if method is not Method.MANUAL
    }
)
"""Of an invented detector; as for real ones, no row is of points that a person placed."""


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    """The JPEG of each expression, as it lies in the store."""
    folder = tmp_path_factory.mktemp("pictures")
    found = {}
    for expression in EXPRESSIONS:
        photo = rendered(expression, PalsyKind.SYNKINETIC)
        path = folder / f"{expression.value}.jpg"
        path.write_bytes(encode_jpeg(photo.image_rgb, 95))
        found[expression] = path
    return found


@pytest.fixture(scope="session")
def mirrored_pictures(tmp_path_factory, pictures):
    """The same pictures as a selfie shows them."""
    folder = tmp_path_factory.mktemp("mirrored")
    for expression, path in pictures.items():
        turned = np.ascontiguousarray(load_photo(path).image_rgb[:, ::-1])
        (folder / f"{expression.value}.jpg").write_bytes(encode_jpeg(turned, 100))
    return {expression: folder / f"{expression.value}.jpg" for expression in pictures}


@pytest.fixture(scope="session")
def known_faces(pictures, mirrored_pictures):
    """The detector: it finds the true points of these pictures, and no face in any other."""
    seen = []
    for expression in EXPRESSIONS:
        photo = rendered(expression, PalsyKind.SYNKINETIC)
        mesh = mesh_of(photo.points, photo.pose)
        seen.append((load_photo(pictures[expression]).image_rgb, mesh))
        # The turned picture was coded again; turned back, its pixels are a little different.
        seen.append(
            (np.ascontiguousarray(load_photo(mirrored_pictures[expression]).image_rgb[:, ::-1]), mesh)
        )
    return KnownFacesBackend.of(seen)


class Looks:
    """Counts how often photographs are looked at; what was seen of a picture is kept for all tests."""

    seen: ClassVar[dict] = {}

    def __init__(self, known_faces):
        self.calls, self.known_faces, self.info = 0, known_faces, known_faces.info

    def see_photos(self, photos, *, backend, mirrored):
        self.calls += 1
        key = tuple((image_digest(p.image_rgb), p.expression, mirrored) for p in photos)
        if key not in self.seen:
            self.seen[key] = see_photos(photos, backend=self.known_faces, mirrored=mirrored)
        return self.seen[key]


@pytest.fixture
def backend(known_faces, monkeypatch):
    looks = Looks(known_faces)
    monkeypatch.setattr(measuring, "detector", lambda: known_faces)
    monkeypatch.setattr(measuring, "see_photos", looks.see_photos)
    monkeypatch.setattr(measure_photo, "gain_model_for", lambda _: FITTED)
    monkeypatch.setattr(
        noting, "differs", lambda *_: None
    )  # whether it is another person is tested elsewhere
    return looks


@pytest.fixture
def clinician(db):  # noqa: ARG001  a fixture needs another by taking it
    return clinic.user(clinic.clinic())


@pytest.fixture
def visit(clinician):
    patient = clinic.patient(clinician)
    clinic.palsy(patient)
    return clinic.visit(patient)


@pytest.fixture
def add(pictures, clinician):
    """Put a picture into a visit, as uploading does."""

    def added(visit, expression=Expression.REST, source: Path | None = None, **changes):
        content = (source or pictures[expression]).read_bytes()
        picture = load_photo(source or pictures[expression])
        values = {
            "expression": expression.value,
            "status": PhotoStatus.WAITING,
            "mirrored": "no",
            "file_name": store.save(content),
            "thumbnail_name": store.save(content),
            "sha256": sha256(content).hexdigest(),
            "original_sha256": sha256(content).hexdigest(),
            "width_px": picture.width_px,
            "height_px": picture.height_px,
            "upload_key": uuid4(),
            "added_by": clinician,
            **changes,
        }
        return Photograph.objects.create(visit=visit, **values)

    return added


@pytest.fixture
def measured(visit, add, backend):  # noqa: ARG001
    """The photographs of a visit, measured."""
    photographs = {expression: add(visit, expression) for expression in EXPRESSIONS}
    for photograph in photographs.values():
        measuring.measure_photograph(photograph.pk)
        photograph.refresh_from_db()
    return photographs
