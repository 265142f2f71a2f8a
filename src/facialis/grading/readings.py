"""One scale of a score, read for a comparison, and what can stand in the way of comparing two."""

from dataclasses import dataclass

from facialis.grading.errors import GradingError
from facialis.grading.registry import find_instrument
from facialis.grading.score import Direction, Exact, Score, ScoreRange

TOTAL = "total"


class UnknownScaleError(GradingError):
    """The instrument has no such total or part."""

    code = "scale_unknown"


@dataclass(frozen=True)
class Reading:
    """The total or one part of a score."""

    name: str
    """Instrument and scale, as people read them."""
    value: Exact | None
    grade: str | None
    range: ScoreRange
    direction: Direction


def scales_of(score: Score) -> dict[str, Reading]:
    """Return the total, where the instrument has one, and every part, by name."""
    title = find_instrument(score.instrument).title
    scales = {}
    if score.range is not None:
        scales[TOTAL] = Reading(f"{title}, total", score.total, score.grade, score.range, score.direction)
    for part in score.parts:
        name = f"{title}, {part.label.lower()}"
        scales[part.name] = Reading(name, part.value, part.grade, part.range, part.direction)
    return scales


def read_scale(score: Score, scale: str) -> Reading:
    """Return one scale of a score.

    Raises
    ------
    UnknownScaleError
        If the instrument has no such total or part.
    """
    scales = scales_of(score)
    if scale not in scales:
        title = find_instrument(score.instrument).title
        raise UnknownScaleError(
            f"{title} has no scale '{scale}'; its scales are {', '.join(scales)}. Name one of these."
        )
    return scales[scale]


def obstacle(before: Score, after: Score, scale: str) -> str | None:
    """Say what stands in the way of a comparison; None if nothing does.

    Parameters
    ----------
    before, after : Score
        Earlier and later score of one instrument.
    scale : str
        `total`, or the name of a part.
    """
    items = find_instrument(before.instrument).items
    counted = {item.id for item in items if scale in {TOTAL, item.part}}
    both = (("earlier", before), ("later", after))
    for which, score in both:
        absent = [item for item in score.completeness.missing if item in counted]
        if absent:
            return f"the {which} assessment lacks an answer to {', '.join(absent)}"
    # Options are rules for a total; a part is the same by every rule.
    if scale == TOTAL and dict(before.options) != dict(after.options):
        return (
            f"the totals were made by different rules ({_options(before)} before, {_options(after)} after); "
            "score both by the same"
        )
    for which, score in both:
        if read_scale(score, scale).value is None:
            return f"the {which} assessment has no value on this scale; its own notes say why"
    return None


def _options(score: Score) -> str:
    return ", ".join(f"{name} {value or 'not named'}" for name, value in score.options.items())
