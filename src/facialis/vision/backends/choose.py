"""Which backend looks for landmarks, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from facialis.errors import FacialisError
from facialis.vision.backends import face_mesh_worker, litert, manual, recorded
from facialis.vision.backends.protocol import BackendError, LandmarkBackend

AUTO = "auto"
NOT_CONFIGURED = "backend_not_configured"


@dataclass(frozen=True)
class BackendChoice:
    """The backend to use, and the sentence that says why."""

    name: str
    """One of `BACKEND_NAMES`."""
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
    return BackendChoice(name, _MAKERS[name](environment), f"{name} was asked for.")


def _best(environment: Mapping[str, str]) -> BackendChoice:
    name, reason = face_mesh_worker.NAME, f"it is the default; {litert.MODEL_SETTING} names no other model."
    if litert.configured_bundle(environment) is not None:
        try:
            backend = _litert(environment)
        except BackendError as refused:
            reason = f"it stands in for litert: {refused}"
        else:
            right = f"{litert.MODEL_SETTING} names the official bundle, and its checksum is right."
            return BackendChoice(litert.NAME, backend, f"litert is active: {right}")
    return BackendChoice(name, _face_mesh_worker(environment), f"{name} is active: {reason}")


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
            code=NOT_CONFIGURED,
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
