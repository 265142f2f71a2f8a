"""The measures of a photograph. One file per region; the names are the interface."""

from facialis.measurement.measures import brow, cheek, eye, midline, mouth, nose
from facialis.measurement.measures.definition import (
    MeasureDefinition,
    MeasureKind,
    MidlineMeasure,
    SidedMeasure,
)
from facialis.measurement.measures.view import FaceView, SideView

MEASURES: dict[str, MeasureDefinition] = {
    definition.name: definition
    for definition in (
        *brow.MEASURES,
        *eye.MEASURES,
        *nose.MEASURES,
        *mouth.MEASURES,
        *cheek.MEASURES,
        *midline.MEASURES,
    )
}
"""Every measure by name, from the brow down."""

__all__ = [
    "MEASURES",
    "FaceView",
    "MeasureDefinition",
    "MeasureKind",
    "MidlineMeasure",
    "SideView",
    "SidedMeasure",
]
