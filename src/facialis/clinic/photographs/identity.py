"""Ratios of bony distances of a face at rest, to notice a photograph of another person."""

from collections.abc import Mapping, Sequence
from facialis.measurement.points import FacePoints


def identity_of(points: FacePoints) -> dict[str, float]:
    """Scale-free ratios of a face at rest."""
    raise NotImplementedError


def differs(identity: Mapping[str, float], earlier: Sequence[Mapping[str, float]]) -> str | None:
    """A sentence where a face is unlike those of earlier visits."""
    raise NotImplementedError
