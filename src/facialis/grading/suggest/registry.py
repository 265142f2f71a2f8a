"""For which instruments grades can be suggested."""

from collections.abc import Callable, Mapping
from importlib import import_module

from facialis.anatomy.sides import Side
from facialis.grading.suggest.errors import AffectedSideError, NoSuggestionError
from facialis.grading.suggest.item import Suggestion
from facialis.grading.suggest.readings import Readings

Suggest = Callable[[Readings, Side], Suggestion]

SUGGESTED: Mapping[str, str] = {
    name: f"facialis.grading.suggest.{name}" for name in ("sunnybrook", "eface", "house_brackmann")
}
"""Modules by id of the instrument; each is imported when it is first asked for."""


def suggest(instrument: str, readings: Readings, affected: Side | None = None) -> Suggestion:
    """Suggest an answer to every item of an instrument that the readings allow to judge.

    Parameters
    ----------
    instrument : str
        `sunnybrook`, `eface` or `house_brackmann`.
    readings : Readings
        What was measured.
    affected : Side, optional
        The palsied side; needed where the readings do not carry it.

    Returns
    -------
    Suggestion
        A proposal beside the clinician's grade, never instead of it.

    Raises
    ------
    NoSuggestionError
        For another instrument.
    AffectedSideError
        If no side is known, or if the readings carry the other one.
    """
    if instrument not in SUGGESTED:
        raise NoSuggestionError(
            f"Grades of '{instrument}' cannot be suggested from measurements; allowed is one of "
            f"{', '.join(SUGGESTED)}. Questionnaires and other scales are for people to answer."
        )
    module = import_module(SUGGESTED[instrument])
    function: Suggest = getattr(module, f"suggest_{instrument}")
    return function(readings, affected_side(readings, affected))


def affected_side(readings: Readings, affected: Side | None) -> Side:
    """The palsied side, from the caller or from the readings; raises `AffectedSideError`."""
    if affected is None and readings.affected is None:
        raise AffectedSideError(
            "The affected side is not known; allowed is left or right, the patient's. Every item compares it "
            "with the healthy side, so name it."
        )
    if affected is not None and readings.affected not in {None, affected}:
        raise AffectedSideError(
            f"The affected side is given as {affected.label}, but the photographs were measured with "
            f"{readings.affected.label} as the affected side. Find out which is right, and measure again if "
            "need be."
        )
    side = affected or readings.affected
    assert side is not None  # noqa: S101  one of the two is there
    return side
