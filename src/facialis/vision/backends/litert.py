"""Landmarks by Google's official face landmarker bundle, run by LiteRT in this process."""

import hashlib
import io
import os
import queue
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.vision.backends.blaze_face import INPUT_SIZE_PX, anchor_centres, decode
from facialis.vision.backends.mesh_pipeline import observe_faces
from facialis.vision.backends.networks import CropMesh, Detection
from facialis.vision.backends.protocol import BackendError, BackendInfo, FaceObservation, Schema

NAME = "litert"
MODEL_SETTING = "FACIALIS_FACE_LANDMARKER"
"""Environment variable: path of ``face_landmarker.task``."""
MODEL_SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"
"""The official float16 bundle, which the gain-and-noise table is fitted on."""
LARGEST_BUNDLE_BYTES = 64 * 1024 * 1024
"""The bundle has under 4 MB; anything much larger is not it, and is not read."""
DETECTOR, MESH = "face_detector.tflite", "face_landmarks_detector.tflite"
CROP_SIZE_PX = 256
MESH_POINTS = 478
RUNNERS = 2
"""Photographs worked on at once; a pair of networks takes about 30 MB."""


class LiteRtNetworks:
    """The bundle's detector and mesh network; not for two threads at once."""

    crop_size_px = CROP_SIZE_PX

    def __init__(self, detector: bytes, mesh: bytes) -> None:
        # Imported here: it costs a quarter of a second that other backends need not pay.
        from ai_edge_litert.interpreter import Interpreter

        self._anchors = anchor_centres()
        with _silent_library():
            self._detector = Interpreter(model_content=detector, num_threads=1)
            self._mesh = Interpreter(model_content=mesh, num_threads=1)
            for interpreter in (self._detector, self._mesh):
                interpreter.allocate_tensors()

    def find(self, image_rgb: NDArray[np.uint8]) -> list[Detection]:
        """Faces in a square picture, in fractions of it."""
        small = cv2.resize(image_rgb, (INPUT_SIZE_PX, INPUT_SIZE_PX), interpolation=cv2.INTER_AREA)
        regressors, logits = _run(self._detector, small.astype(np.float32) / 127.5 - 1.0)
        return decode(regressors.reshape(-1, 16), logits.ravel(), self._anchors)

    def read(self, crops_rgb: NDArray[np.uint8]) -> list[CropMesh]:
        """The mesh in each of (n, 256, 256, 3) crops."""
        meshes = []
        for crop in crops_rgb:
            points, presence, *_ = _run(self._mesh, crop.astype(np.float32) / 255.0)
            meshes.append(
                CropMesh(
                    points.reshape(MESH_POINTS, 3).astype(np.float64),
                    float(1.0 / (1.0 + np.exp(-float(presence.item())))),
                )
            )
        return meshes


class LiteRtBackend:
    """The official bundle with our own search, crops and geometry.

    Parameters
    ----------
    bundle : Path
        ``face_landmarker.task``.

    Raises
    ------
    BackendError
        If the file is absent or is not the bundle that this version was fitted on.
    """

    def __init__(self, bundle: Path) -> None:
        models = _read_bundle(bundle)
        self._idle: queue.LifoQueue[LiteRtNetworks] = queue.LifoQueue()
        for _ in range(RUNNERS):
            self._idle.put(LiteRtNetworks(models[DETECTOR], models[MESH]))

    @property
    def info(self) -> BackendInfo:
        """Who answers."""
        return BackendInfo(NAME, version("ai-edge-litert"), Schema.MP478, MODEL_SHA256)

    def detect(self, image_rgb: NDArray[np.uint8], timestamp: float | None = None) -> list[FaceObservation]:
        """Return every face found, the largest first."""
        networks = self._idle.get()
        try:
            return observe_faces(networks, image_rgb)
        finally:
            self._idle.put(networks)

    def detect_many(self, images_rgb: Sequence[NDArray[np.uint8]]) -> list[list[FaceObservation]]:
        """`detect` for several photographs, two at once."""
        with ThreadPoolExecutor(RUNNERS, thread_name_prefix="litert") as threads:
            return list(threads.map(self.detect, images_rgb))

    def close(self) -> None:
        """Nothing to release: the networks go with the object."""


def configured_bundle(environment: Mapping[str, str]) -> Path | None:
    """The bundle that the settings name, None when they name none."""
    path = environment.get(MODEL_SETTING, "").strip()
    return Path(path).expanduser() if path else None


def _read_bundle(bundle: Path) -> dict[str, bytes]:
    """The two networks of the bundle, after its checksum was found right."""
    try:
        if bundle.stat().st_size > LARGEST_BUNDLE_BYTES:
            raise BackendError(
                f"{bundle} is too large to be face_landmarker.task. {_ADVICE}", code="model_refused"
            )
        content = bundle.read_bytes()
    except OSError as fault:
        raise BackendError(
            f"The face landmarker {bundle} cannot be read ({fault.strerror}). {_ADVICE}",
            code="backend_missing",
        ) from fault
    found = hashlib.sha256(content).hexdigest()
    if found != MODEL_SHA256:
        raise BackendError(
            f"{bundle} is not the face landmarker that Facialis was calibrated with: "
            f"its sha256 is {found}, allowed is {MODEL_SHA256}. {_ADVICE}",
            code="model_refused",
        )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in (DETECTOR, MESH)}


_ADVICE = (
    f"Let {MODEL_SETTING} name the official float16 face_landmarker.task, "
    "or unset it to use the face mesh worker."
)


@contextmanager
def _silent_library() -> Iterator[None]:
    """Keep the note that LiteRT prints while it loads off the user's terminal: it has no setting for it.

    The library writes to file descriptor 2 itself, so only the descriptor can be turned away.
    """
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _run(interpreter: Any, picture: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Send one picture through a network; return its outputs in the order of the model."""
    given = interpreter.get_input_details()[0]["index"]
    interpreter.set_tensor(given, picture[None])
    interpreter.invoke()
    return [interpreter.get_tensor(output["index"]) for output in interpreter.get_output_details()]
