"""All measures of one photograph."""

from facialis.measurement.errors import MeasurementError
from facialis.measurement.frame import CanthalOffset
from facialis.measurement.measure import Measure, SdParts
from facialis.measurement.measures import MeasureDefinition
from facialis.measurement.measures.view import FaceView
from facialis.measurement.noise import ErrorModel, Noise, PointNoise, propagate_point_noise
from facialis.measurement.points import FacePoints, HeadPose, Method
from facialis.measurement.raw import Correction, Key, RawMeasure, RawMeasures, read_raw
from facialis.measurement.scale import NoScale, Scale

MAX_YAW_DEG = 10.0
"""Beyond this turn of the head nothing is measured: heights begin to differ by perspective."""
MAX_LATERAL_YAW_DEG = 3.0
"""Beyond this turn, lateral distances (8.5 % false at 10 degrees) need points corrected in 3-D."""


def measure_photo(
    points: FacePoints,
    *,
    scale: Scale | NoScale,
    point_noise: PointNoise,
    pose: HeadPose | None = None,
    frontal: FacePoints | None = None,
    error_model: ErrorModel | None = None,
    correct: Correction | None = None,
    canthal_offset: CanthalOffset | None = None,
) -> tuple[Measure, ...]:
    """Measure one photograph.

    Parameters
    ----------
    points : FacePoints
        As photographed, unmirrored. [px]
    scale : Scale | NoScale
        Without a scale, lengths are None with the scale's reason; ratios and angles are given.
    point_noise : PointNoise
        Scatter of the points, used for every value that ``error_model`` does not know.
    pose : HeadPose, optional
        Turn of the head; unknown means that nothing is refused for it.
    frontal : FacePoints, optional
        The points with the turn of the head taken out in 3-D, in pixels of the same scale.
        Lateral measures come from them; without them they are refused beyond 3 degrees of yaw.
    error_model : ErrorModel, optional
        Fitted scatter of the corrected values.
    correct : Correction, optional
        Gain correction; `Measure.raw` keeps what it was given.
    canthal_offset : CanthalOffset, optional
        For a photograph with closed eyes, from the same patient's photographs with open eyes.

    Returns
    -------
    tuple of Measure
        One per measure and side, in the order of `MEASURES`; refused ones have a reason.

    Raises
    ------
    MeasurementError
        If the face has no frame (eyes coincide), or the correction changed the keys.
    """
    face = FaceView.of(points, canthal_offset)
    frontal_face = None if frontal is None else FaceView.of(frontal, canthal_offset)
    raw = read_raw(face, frontal_face)
    corrected = raw if correct is None else correct(raw)
    if corrected.keys() != raw.keys():
        raise MeasurementError(
            "The correction returned other measures than it was given; it must keep the keys."
        )
    noises = _noises(raw, error_model, point_noise, points, frontal, canthal_offset)
    measures = []
    for key, as_read in raw.items():
        refusal = _turned_away(as_read.definition, pose, corrected_in_3d=frontal is not None)
        measures.append(_measure(as_read, corrected[key], noises.get(key), scale, refusal))
    return tuple(measures)


def _turned_away(
    definition: MeasureDefinition, pose: HeadPose | None, *, corrected_in_3d: bool
) -> str | None:
    yaw = 0.0 if pose is None else abs(pose.yaw_deg)
    if yaw > MAX_YAW_DEG:
        return (
            f"The head is turned by {yaw:.1f} degrees; up to {MAX_YAW_DEG:.0f} can be measured. "
            "Take the picture from the front."
        )
    if definition.turns_with_head and not corrected_in_3d and yaw > MAX_LATERAL_YAW_DEG:
        return (
            f"The head is turned by {yaw:.1f} degrees; without depth, sideways distances can be measured "
            f"up to {MAX_LATERAL_YAW_DEG:.0f}. Take the picture from the front."
        )
    return None


def _noises(
    raw: RawMeasures,
    error_model: ErrorModel | None,
    point_noise: PointNoise,
    points: FacePoints,
    frontal: FacePoints | None,
    canthal_offset: CanthalOffset | None,
) -> dict[Key, Noise]:
    known: dict[Key, Noise] = {}
    # Keyed by whether they come from the 3-D corrected points.
    rest: dict[bool, list[Key]] = {False: [], True: []}
    for key, measure in raw.items():
        fitted = None if error_model is None else error_model.noise(measure, raw)
        if fitted is not None:
            known[key] = fitted
        elif measure.value is not None:
            rest[frontal is not None and measure.definition.turns_with_head].append(key)
    for turned, keys in rest.items():
        source = frontal if turned and frontal is not None else points
        if keys:
            known = {**propagate_point_noise(source, point_noise, keys, canthal_offset), **known}
    return known


def _measure(
    raw: RawMeasure, corrected: RawMeasure, noise: Noise | None, scale: Scale | NoScale, refusal: str | None
) -> Measure:
    definition = raw.definition
    power = definition.kind.scale_power

    def refused(reason: str, ratio: float | None = None, ratio_sd: float | None = None) -> Measure:
        return Measure(
            raw.name, raw.side, None, None, definition.unit, None, raw.method, reason, ratio, ratio_sd
        )

    if refusal is not None:
        return refused(refusal)
    if definition.refused_from_networks and raw.method is Method.NETWORK:
        return refused(definition.refused_from_networks)
    if raw.value is None or corrected.value is None or noise is None:
        return refused(corrected.reason or raw.reason or "The correction gave no value.")
    value = max(corrected.value, definition.floor)
    noise_px = noise.sd_percent / 100 * raw.yardstick
    ratio = value / raw.yardstick * 100 if power else None
    ratio_sd = noise.sd_percent if power else None
    if isinstance(scale, NoScale):
        if power:
            return refused(scale.reason, ratio, ratio_sd)
        mm, photo_rel, common_rel = 1.0, 0.0, 0.0
    else:
        mm, photo_rel, common_rel = (
            scale.mm_per_px**power,
            power * scale.photo_rel_sd,
            power * scale.common_rel_sd,
        )
    parts = SdParts(noise_px * mm, photo_rel, common_rel, noise.side_correlation)
    return Measure(
        name=raw.name,
        side=raw.side,
        value=value * mm,
        sd=parts.total(value * mm),
        unit=definition.unit,
        raw=raw.value * mm,
        method=raw.method,
        ratio=ratio,
        ratio_sd=ratio_sd,
        parts=parts,
    )
