"""One result, whatever form it is printed in. It holds numbers and names, never metadata of a file."""

from dataclasses import dataclass, field

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Mirrored
from facialis.measurement.findings import Finding
from facialis.measurement.measure import Measure
from facialis.measurement.photo_set import SetMeasures
from facialis.measurement.points import HeadPose
from facialis.measurement.scale import NoScale, Scale


@dataclass(frozen=True)
class PhotoError:
    """Why a photograph was refused."""

    code: str
    message: str


@dataclass(frozen=True)
class PhotoResult:
    """One photograph of the input: measured, or refused with `error`."""

    file: str
    expression: Expression | None
    mirrored: Mirrored
    backend: str | None = None
    scale: Scale | NoScale | None = None
    pose: HeadPose | None = None
    findings: tuple[Finding, ...] = ()
    measures: tuple[Measure, ...] = ()
    error: PhotoError | None = None


@dataclass(frozen=True)
class BackendName:
    """Which detector answered, exactly enough to repeat it."""

    name: str
    version: str
    model_sha256: str


@dataclass(frozen=True)
class SetResult:
    """All photographs of one patient, in the order of the input."""

    photos: tuple[PhotoResult, ...]
    photo_set: SetMeasures
    """What the photographs say together; without photographs every part has its reason."""
    backends: tuple[BackendName, ...] = field(default_factory=tuple)

    @property
    def refused(self) -> tuple[PhotoResult, ...]:
        """The photographs that were not measured."""
        return tuple(photo for photo in self.photos if photo.error is not None)
