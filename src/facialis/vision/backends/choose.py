"""Which backend looks for landmarks, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from facialis.errors import FacialisError
from facialis.vision.backends import face_mesh_worker, litert, manual, recorded
from facialis.vision.backends.protocol import BackendError, LandmarkBackend

AUTO = "auto"


@dataclass(frozen=True)
class BackendChoice:
    """The backend to use, and the sentence that says why."""

    backend: LandmarkBackend
    reason: str


class BackendChoiceError(FacialisError):
    """A backend that was asked for by a name that does not exist, or without its setting."""

    code = "backend_unknown"


def choose_backend(name: str, environment: Mapping[str, str]) -> BackendChoice:
    """Make the backend of a name.

    Parameters
    ----------
    name : str
        One of `BACKEND_NAMES`, or "auto": litert where its bundle is configured and right,
        else the face mesh worker.
    environment : mapping
        Settings, usually `os.environ`.

    Raises
    ------
    BackendChoiceError
        If the name is unknown, or the backend's setting is absent.
    BackendError, ManualPointsError
        If the backend is not usable.
    """
    if name == AUTO:
        return _best(environment)
    if name not in _MAKERS:
        raise BackendChoiceError(
            f"The backend {name!r} is unknown; allowed are {AUTO}, {', '.join(BACKEND_NAMES)}."
        )
    return BackendChoice(_MAKERS[name](environment), f"{name} was asked for.")


def _best(environment: Mapping[str, str]) -> BackendChoice:
    if litert.configured_bundle(environment) is None:
        reason = f"{face_mesh_worker.NAME} is the default; {litert.MODEL_SETTING} names no other model."
        return BackendChoice(_face_mesh_worker(environment), reason)
    try:
        backend = _litert(environment)
    except BackendError as refused:
        return BackendChoice(
            _face_mesh_worker(environment), f"{face_mesh_worker.NAME} stands in for litert: {refused}"
        )
    return BackendChoice(
        backend, f"litert is preferred: {litert.MODEL_SETTING} names the official bundle, checksum right."
    )


def _face_mesh_worker(environment: Mapping[str, str]) -> LandmarkBackend:
    return face_mesh_worker.FaceMeshWorkerBackend(face_mesh_worker.worker_command(environment))


def _litert(environment: Mapping[str, str]) -> LandmarkBackend:
    return litert.LiteRtBackend(_configured(litert.MODEL_SETTING, litert.NAME, environment))


def _manual(environment: Mapping[str, str]) -> LandmarkBackend:
    return manual.ManualBackend.from_file(_configured(manual.POINTS_SETTING, manual.NAME, environment))


def _recorded(environment: Mapping[str, str]) -> LandmarkBackend:
    return recorded.RecordedBackend(_configured(recorded.RECORDING_SETTING, recorded.NAME, environment))


def _configured(setting: str, name: str, environment: Mapping[str, str]) -> Path:
    path = environment.get(setting, "").strip()
    if not path:
        raise BackendChoiceError(
            f"The backend {name} needs a file, and {setting} names none. Set it to the file's path.",
            code="backend_not_configured",
        )
    return Path(path).expanduser()


_MAKERS: Mapping[str, Callable[[Mapping[str, str]], LandmarkBackend]] = MappingProxyType(
    {
        face_mesh_worker.NAME: _face_mesh_worker,
        litert.NAME: _litert,
        manual.NAME: _manual,
        recorded.NAME: _recorded,
    }
)

BACKEND_NAMES = tuple(_MAKERS)
