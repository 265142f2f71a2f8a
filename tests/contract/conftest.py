"""One of each landmark backend, and the pictures they are shown."""

import json
import os
from pathlib import Path

import pytest

from facialis.vision.backends.face_mesh_worker import FaceMeshWorkerBackend, worker_command
from facialis.vision.backends.image_digest import image_digest
from facialis.vision.backends.litert import LiteRtBackend
from facialis.vision.backends.manual import ManualBackend
from facialis.vision.backends.protocol import BackendError
from facialis.vision.backends.recorded import RecordedBackend, record
from tests.contract.pictures import make_pictures
from tests.factories.faces import make_face, map_points, mirror_points
from tests.factories.manual import manual_photo

BUNDLE = Path(__file__).resolve().parents[3] / "shared" / "models" / "face_landmarker.task"
FACTORY_WIDTH_PX = 1000
"""Width of the picture that the parametric face is placed in."""


@pytest.fixture(scope="session")
def pictures():
    return make_pictures()


@pytest.fixture(scope="session")
def worker():
    try:
        command = worker_command(os.environ)
    except BackendError as missing:
        pytest.skip(str(missing))
    backend = FaceMeshWorkerBackend(command)
    yield backend
    backend.close()


@pytest.fixture(scope="session")
def litert():
    if not BUNDLE.is_file():
        pytest.skip("face_landmarker.task is not in ../shared/models")
    return LiteRtBackend(BUNDLE)


@pytest.fixture(scope="session")
def recorded(worker, pictures, tmp_path_factory):
    recording = tmp_path_factory.mktemp("recorded") / "answers.json"
    record(worker, list(pictures.values()), recording)
    return RecordedBackend(recording)


@pytest.fixture(scope="session")
def manual(pictures, tmp_path_factory):
    """A clinician who has placed a face on every picture that shows one."""
    width = pictures["face"].shape[1]

    def placed(points):
        return points * (width / FACTORY_WIDTH_PX)

    moves = {name: [placed] for name in ("face", "grey", "odd", "far", "filling")}
    moves["doubled"] = [lambda points: 2 * placed(points) + 0.5]
    moves["two"] = [placed, lambda points: 0.9 * placed(points) + [width, 0]]
    photos = [
        manual_photo(move, file=f"{name}.png", image_sha256=image_digest(pictures[name]))
        for name, faces in moves.items()
        for move in faces
    ]
    # Who places points on a mirrored picture turns it round first; here the factory does.
    flipped = mirror_points(map_points(make_face(), placed), width)
    photos.append(
        manual_photo(face=flipped, file="mirrored.png", image_sha256=image_digest(pictures["mirrored"]))
    )
    path = tmp_path_factory.mktemp("manual") / "points.json"
    path.write_text(json.dumps({"format": "facialis-manual-points", "version": 1, "photos": photos}))
    return ManualBackend.from_file(path)


@pytest.fixture(params=["face_mesh_worker", "litert", "recorded", "manual"])
def backend(request):
    fixture = "worker" if request.param == "face_mesh_worker" else request.param
    return request.getfixturevalue(fixture)
