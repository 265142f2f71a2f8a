"""From options to a history: what contradicts itself is wrong usage, told before anything is computed."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from facialis.anatomy.lookup import find_member
from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side

if TYPE_CHECKING:
    # Events belong to the twin, whose arrays take a second to import.
    from facialis.twin.events import History, ToxinSession

STEROIDS = {"taper": "prednisolone_taper", "10-days": "prednisolone_10_days"}
"""Words of the command line for the courses of the trials."""
ANTIVIRAL = "valaciclovir_7_days"


@dataclass(frozen=True)
class HistoryOptions:
    """What the command line says of a patient's history."""

    side: Side
    severity: float | None
    branch_severity: tuple[str, ...]
    steroid_day: float | None
    steroid: str | None
    antiviral_day: float | None
    retraining_from: float | None
    retraining_to: float | None


def history_of(options: HistoryOptions, sessions: "tuple[ToxinSession, ...]") -> "History":
    """Make the history.

    Raises
    ------
    typer.BadParameter      Options contradict each other, or one needs another.
    HistoryError            An event that cannot have happened.
    """
    from facialis.twin.drug_courses import trial_antiviral, trial_corticosteroid
    from facialis.twin.events import AntiviralCourse, CorticosteroidCourse, History, Onset, Retraining

    severities = _severities(options.severity, options.branch_severity)
    if options.steroid is not None and options.steroid_day is None:
        raise typer.BadParameter("--steroid needs the day on which it began. Give --steroid-day as well.")
    if (options.retraining_from is None) != (options.retraining_to is None):
        given, missing = ("from", "to") if options.retraining_to is None else ("to", "from")
        raise typer.BadParameter(
            f"--retraining-{given} stands alone. Give --retraining-{missing} as well, or neither."
        )
    steroids: tuple[CorticosteroidCourse, ...] = ()
    antivirals: tuple[AntiviralCourse, ...] = ()
    retraining: tuple[Retraining, ...] = ()
    if options.steroid_day is not None:
        course = STEROIDS[options.steroid or "taper"]
        steroids = (trial_corticosteroid(course, options.steroid_day),)
    if options.antiviral_day is not None:
        antivirals = (trial_antiviral(ANTIVIRAL, options.antiviral_day),)
    if options.retraining_from is not None and options.retraining_to is not None:
        retraining = (Retraining(options.retraining_from, options.retraining_to),)
    return History((Onset(options.side, severities),), steroids, antivirals, retraining, sessions)


def _severities(common: float | None, single: tuple[str, ...]) -> dict[NerveBranch, float]:
    own: dict[NerveBranch, float] = {}
    for pair in single:
        name, equals, text = pair.partition("=")
        if not equals:
            raise typer.BadParameter(
                f"--branch-severity is '{pair}'. Write BRANCH=SHARE, such as temporal=0.5."
            )
        branch = find_member(NerveBranch, name, thing="branch")
        if branch in own:
            raise typer.BadParameter(
                f"--branch-severity names {branch.value} twice, so its severities contradict each other. "
                "Give it once."
            )
        own[branch] = _share(text, pair)
    missing = [branch.value for branch in NerveBranch if branch not in own]
    if common is None and missing:
        raise typer.BadParameter(
            f"No severity is given for {', '.join(missing)}. Give --severity for all branches, or "
            "--branch-severity for each of them."
        )
    if common is not None and not missing:
        raise typer.BadParameter(
            "Every branch has a severity of its own, so --severity contradicts them or says nothing. "
            "Leave one of them out."
        )
    return {branch: own.get(branch, common if common is not None else 0.0) for branch in NerveBranch}


def _share(text: str, pair: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not 0.0 <= found <= 1.0:
        raise typer.BadParameter(
            f"--branch-severity is '{pair}'. The share of the insult is a number from 0 to 1. Correct it."
        )
    return found
