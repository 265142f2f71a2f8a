"""The state of every backend on this machine, for the person who has to put it right."""

import platform
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from facialis.errors import FacialisError
from facialis.vision.backends import manual, recorded
from facialis.vision.backends.choose import AUTO, BACKEND_NAMES, NOT_CONFIGURED, choose_backend
from facialis.vision.backends.face_mesh_worker import FaceMeshWorkerBackend
from facialis.vision.backends.protocol import BackendInfo, LandmarkBackend

PACKAGES = (
    "facialis",
    "numpy",
    "scipy",
    "opencv-python-headless",
    "ai-edge-litert",
    "pillow",
    "typer",
    "rich",
)
FILE_BACKENDS = frozenset({manual.NAME, recorded.NAME})
"""They answer from a file, for the pictures that it names: there is nothing to try."""
TRIAL_SIDE_PX = 256


@dataclass(frozen=True)
class BackendState:
    """Whether a backend works here, tried out on an empty picture."""

    name: str
    usable: bool
    reason: str
    """That it answers, or what is missing and what to do about it."""
    configured: bool = True
    """False when nobody asked for it: its setting is absent. That is no fault."""
    info: BackendInfo | None = None
    start_s: float | None = None
    """Time until the first answer. [s]"""
    versions: Mapping[str, str] | None = None
    """Packages of the worker's own environment."""


@dataclass(frozen=True)
class Examination:
    """What is installed, which backends work, and which one would measure."""

    versions: Mapping[str, str | None]
    """Package versions; None where a package is absent."""
    backends: tuple[BackendState, ...]
    active: str | None
    """Name of the backend that "auto" takes; None when none can measure."""
    active_reason: str


def examine(environment: Mapping[str, str]) -> Examination:
    """Try every backend out.

    Parameters
    ----------
    environment : mapping
        Settings, usually `os.environ`.
    """
    states = tuple(_try_out(name, environment) for name in BACKEND_NAMES)
    active, reason = _active(environment, states)
    return Examination({"python": platform.python_version(), **_versions()}, states, active, reason)


def _active(environment: Mapping[str, str], states: tuple[BackendState, ...]) -> tuple[str | None, str]:
    try:
        choice = choose_backend(AUTO, environment)
    except FacialisError as error:
        return None, str(error)
    choice.backend.close()
    # The choice itself starts no process: only the trial knows whether the worker answers.
    name = choice.name
    state = next(state for state in states if state.name == name)
    return (name, choice.reason) if state.usable else (None, state.reason)


def _try_out(name: str, environment: Mapping[str, str]) -> BackendState:
    began = time.monotonic()
    try:
        backend = choose_backend(name, environment).backend
    except FacialisError as error:
        return BackendState(name, usable=False, reason=str(error), configured=error.code != NOT_CONFIGURED)
    try:
        return _answers(name, backend, began)
    except FacialisError as error:
        return BackendState(name, usable=False, reason=str(error))
    finally:
        backend.close()


def _answers(name: str, backend: LandmarkBackend, began: float) -> BackendState:
    info = backend.info
    if name not in FILE_BACKENDS:
        backend.detect(np.zeros((TRIAL_SIDE_PX, TRIAL_SIDE_PX, 3), np.uint8))
    start_s = time.monotonic() - began
    versions = backend.greeting.versions if isinstance(backend, FaceMeshWorkerBackend) else None
    return BackendState(
        name, usable=True, reason="It answers.", info=info, start_s=start_s, versions=versions
    )


def _versions() -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = None
    return found
