"""The few numbers of a visit that lists and trends show."""

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.measurement.photo_set import SetMeasures
from facialis.report.model import SetResult

Summary = dict[str, dict[str, float | str]]

DIFFERENCES = {
    "brow_raise_excursion": (Expression.BROW_RAISE, "brow_height_excursion"),
    "commissure_height_at_rest": (Expression.REST, "commissure_height"),
    "fissure_at_rest": (Expression.REST, "palpebral_fissure"),
    "smile_excursion": (Expression.OPEN_SMILE, "commissure_height_excursion"),
    "closed_smile_excursion": (Expression.CLOSED_SMILE, "commissure_height_excursion"),
}
"""Affected minus healthy; LEFT minus RIGHT where no side, or both, are affected."""

GAPS = {
    "closure_gap": Expression.GENTLE_EYE_CLOSURE,
    "tight_closure_gap": Expression.TIGHT_EYE_CLOSURE,
}
"""Lid to lid of the eye that is to close."""


def summary_of(result: SetResult) -> Summary:
    """Name to value, sd and unit; what could not be measured is left out."""
    return {
        **_sub_scores(result.photo_set),
        **_gaps(result, result.photo_set.synkinesis.affected),
        **_differences(result.photo_set),
    }


def _sub_scores(photo_set: SetMeasures) -> Summary:
    found: Summary = {}
    affected = photo_set.synkinesis.affected
    for score in photo_set.synkinesis.sub_scores:
        if score.value is not None and score.sd is not None:
            name = f"synkinesis_{score.name.value}" + _suffix(score.side, affected)
            found[name] = _entry(score.value, score.sd, "mm")
    return found


def _gaps(result: SetResult, affected: Side | None) -> Summary:
    found: Summary = {}
    for name, expression in GAPS.items():
        for photo in result.photos:
            for measure in photo.measures if photo.expression is expression else ():
                wanted = measure.name == "palpebral_fissure" and affected in {None, measure.side}
                if wanted and measure.side and measure.value is not None and measure.sd is not None:
                    found[name + _suffix(measure.side, affected)] = _entry(
                        measure.value, measure.sd, measure.unit
                    )
    return found


def _differences(photo_set: SetMeasures) -> Summary:
    found: Summary = {}
    by_place = {(entry.expression, entry.name): entry for entry in photo_set.asymmetry}
    for name, place in DIFFERENCES.items():
        entry = by_place.get(place)
        if entry is None or entry.value is None or entry.sd is None:
            continue
        toward = entry.affected_minus_healthy
        value = entry.value if toward is None else toward
        found[name] = _entry(value, entry.sd, entry.unit)
    return found


def _suffix(side: Side, affected: Side | None) -> str:
    """Without one affected side, each side has its own number."""
    return "" if affected is not None else f"_{side.value}"


def _entry(value: float, sd: float, unit: str) -> dict[str, float | str]:
    return {"value": round(value, 4), "sd": round(sd, 4), "unit": unit}
