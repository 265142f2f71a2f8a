"""Totals stored in other people's files: compared with the published rule, never taken over."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from facialis.grading.file_model_values import FileModelError, whole_number
from facialis.grading.score import Exact
from facialis.grading.scoring_table import load_scoring
from facialis.grading.sunnybrook import SunnybrookAnswers, score

TIMES_FOUR = "file_totals_synkinesis_times_four"
PARTS = {
    "sunnybrook_score_rest": "rest_symmetry",
    "sunnybrook_score_volu": "voluntary_movement",
    "sunnybrook_score_synk": "synkinesis",
}
TOTAL = "sunnybrook_score"


class StoredTotalsError(FileModelError):
    """A stored total is not what the published rule gives from the stored items."""

    code = "file_totals_disagree"


def published_totals(answers: SunnybrookAnswers) -> dict[str, Exact | None]:
    """Return the format's four totals by the published rule; None where an item is missing."""
    result = score(answers)
    return {**{field: result.part(part).value for field, part in PARTS.items()}, TOTAL: result.total}


def check_stored_totals(
    document: Mapping[str, Any], answers: SunnybrookAnswers | None, *, ignore: bool
) -> tuple[str, ...]:
    """Compare every stored total with what the items give.

    Parameters
    ----------
    document : mapping
        The whole file.
    answers : SunnybrookAnswers
        Its Sunnybrook items; None where none is set.
    ignore : bool
        Say in a note what was dropped instead of refusing it.

    Returns
    -------
    tuple of str
        What was dropped. Nothing where no total was filled in or where all agree.

    Raises
    ------
    FileValueError
        If a total is no whole number.
    StoredTotalsError
        If a total contradicts the items.
    """
    stored = {
        field: total
        for field in (*PARTS, TOTAL)
        if (total := whole_number(field, document.get(field))) is not None
    }
    if not any(stored.values()):
        # The format writes 0 for totals that nobody worked out.
        return ()
    nothing: dict[str, Exact | None] = dict.fromkeys(stored)
    published = nothing if answers is None else published_totals(answers)
    wrong = {field: total for field, total in stored.items() if published[field] not in (None, total)}
    if wrong and not ignore:
        raise _refusal(wrong, published)
    return tuple(
        _note(field, total, published[field]) for field, total in stored.items() if total != published[field]
    )


def _note(field: str, total: int, right: Exact | None) -> str:
    if right is None:
        return f"'{field}' {total} was dropped: items are missing, so it cannot be checked."
    return f"'{field}' {total} was dropped: the published rule gives {right} from the same items."


def _times_four(published: Mapping[str, Exact | None]) -> dict[str, Exact]:
    """Return synkinesis and composite as the format's own program makes them, with the weight of movement."""
    rest, movement, synkinesis = (published[field] for field in PARTS)
    if synkinesis is None:
        return {}
    table = load_scoring("sunnybrook")
    weight = Fraction(table.number("weight_voluntary_movement"), table.number("weight_synkinesis"))
    heavy = synkinesis * weight
    wrong: dict[str, Exact] = {"sunnybrook_score_synk": heavy}
    if rest is not None and movement is not None:
        wrong[TOTAL] = movement - rest - heavy
    return wrong


def _refusal(wrong: Mapping[str, int], published: Mapping[str, Exact | None]) -> StoredTotalsError:
    """Refuse the first wrong total, one that shows the weight four before all others."""
    times_four = _times_four(published)
    heavy = [field for field, total in wrong.items() if total == times_four.get(field)]
    field = (heavy or list(wrong))[0]
    rule = "rest counts five times, movement four times and synkinesis once (Ross96)"
    why = (
        "The file counts synkinesis four times"
        if heavy
        else "The stored total does not follow from the items"
    )
    return StoredTotalsError(
        f"'{field}' is {wrong[field]}; the same items give {published[field]}, because {rule}. {why}. Read "
        "the items and drop the stored totals (ignore_stored_totals), or correct them in the file.",
        code=TIMES_FOUR if heavy else None,
    )
