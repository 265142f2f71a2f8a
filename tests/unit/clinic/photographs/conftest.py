"""An open visit of an invented clinic, whose patient has consented to photographs."""

import io
from dataclasses import replace
from uuid import uuid4

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image

from facialis.anatomy.expressions import Expression
from facialis.clinic.photographs import incoming
from facialis.clinic.photographs.actions import Upload, add_photograph
from facialis.clinic.photographs.models import MirroredChoice
from facialis.clinic.visits.models import Consent, ConsentText
from tests.factories import clinic as made


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    """A data folder of its own for each test."""
    settings.FACIALIS = replace(settings.FACIALIS, data=tmp_path / "data")
    return settings.FACIALIS.data


def jpeg(seed: int = 0, size: tuple[int, int] = (240, 300), **options) -> bytes:
    pixels = np.random.default_rng(seed).integers(0, 255, (size[1] // 20, size[0] // 20, 3), np.uint8)
    stream = io.BytesIO()
    Image.fromarray(pixels).resize(size).save(stream, "JPEG", **options)
    return stream.getvalue()


def consent(visit, by, decision: str = "given") -> Consent:
    text, _ = ConsentText.objects.get_or_create(
        clinic=by.clinic, kind="photographs", number=1, title="Photographs", text="-", sha256="0" * 64
    )
    return Consent.objects.create(
        patient=visit.patient,
        visit=visit,
        text=text,
        text_sha256=text.sha256,
        decision=decision,
        at=timezone.now(),
        recorded_by=by,
    )


@pytest.fixture
def by(db):  # noqa: ARG001 - it opens the database
    return made.user(made.clinic())


@pytest.fixture
def visit(by):
    patient = made.patient(by, family_name="Muster", given_names="Anna Maria")
    made.palsy(patient)
    visit = made.visit(patient)
    consent(visit, by)
    return visit


@pytest.fixture
def incoming_file():
    """Writes bytes where an upload lies before it is stored."""

    def write(content: bytes):
        path = incoming.folder() / f"upload-{uuid4().hex}"
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def upload(visit, by, incoming_file):
    """Adds a photograph."""

    def add(content: bytes | None = None, *, to=None, user=None, **said):
        values = {"key": uuid4(), "expression": Expression.REST, "mirrored": MirroredChoice.NO, **said}
        source = incoming_file(jpeg() if content is None else content)
        return add_photograph(to or visit, source, Upload(**values), by=user or by)

    return add
