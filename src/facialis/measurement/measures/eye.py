"""The eye and its lids."""

import numpy as np

from facialis.measurement.contour import check_contour, clockwise_area, height_at
from facialis.measurement.errors import NotMeasurableError
from facialis.measurement.measures.definition import MeasureKind, SidedMeasure
from facialis.measurement.measures.view import SideView
from facialis.measurement.points import Region


def _pupil(side: SideView) -> tuple[float, float]:
    iris = side.points.iris_centre
    if iris is None:
        raise NotMeasurableError("The pupil is not visible (eye closed), so there is no distance from it.")
    return side.place(iris, "iris")


def _margin_reflex_distance_1(side: SideView) -> float:
    x, y = _pupil(side)
    return height_at(side.contour(side.points.upper_lid), x, "upper lid") - y


def _margin_reflex_distance_2(side: SideView) -> float:
    x, y = _pupil(side)
    return y - height_at(side.contour(side.points.lower_lid), x, "lower lid")


def _palpebral_fissure(side: SideView) -> float:
    if side.points.iris_centre is not None:
        x, _ = _pupil(side)
    else:
        medial, _ = side.place(side.points.medial_canthus, "medial canthus")
        lateral, _ = side.place(side.points.lateral_canthus, "lateral canthus")
        x = (medial + lateral) / 2
    upper = height_at(side.contour(side.points.upper_lid), x, "upper lid")
    lower = height_at(side.contour(side.points.lower_lid), x, "lower lid")
    return upper - lower


def _eye_area(side: SideView) -> float:
    upper, lower = side.contour(side.points.upper_lid), side.contour(side.points.lower_lid)
    check_contour(upper, "upper lid")
    check_contour(lower, "lower lid")
    # In lateral coordinates every open eye runs clockwise: out along the upper lid, back along the lower.
    return clockwise_area(np.concatenate([upper, lower[::-1]]))


MEASURES = (
    SidedMeasure(
        name="margin_reflex_distance_1",
        kind=MeasureKind.HEIGHT,
        regions=(Region.LIDS, Region.IRIS),
        definition=(
            "From the pupil centre up to the upper lid margin; negative when the lid covers the centre."
        ),
        read=_margin_reflex_distance_1,
    ),
    SidedMeasure(
        name="margin_reflex_distance_2",
        kind=MeasureKind.HEIGHT,
        regions=(Region.LIDS, Region.IRIS),
        definition=(
            "From the pupil centre down to the lower lid margin; negative when the lid covers the centre."
        ),
        read=_margin_reflex_distance_2,
    ),
    SidedMeasure(
        name="palpebral_fissure",
        kind=MeasureKind.LENGTH,
        regions=(Region.LIDS, Region.IRIS),
        definition=(
            "Lid to lid along the vertical through the pupil (half way between the canthi when the "
            "pupil is not visible); 0 when closed."
        ),
        read=_palpebral_fissure,
        floor=0.0,
    ),
    SidedMeasure(
        name="eye_area",
        kind=MeasureKind.AREA,
        regions=(Region.LIDS,),
        definition="Area between the lid margins.",
        read=_eye_area,
        floor=0.0,
    ),
)
