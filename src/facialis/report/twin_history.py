"""A patient's history and toxin plans as JSON; events check themselves when they are made."""

from pathlib import Path
from typing import Any

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.lookup import find_member
from facialis.anatomy.nerve import NerveBranch
from facialis.anatomy.sides import Side
from facialis.report.twin_json import Place, check_format, read_json_file
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.exact import exact_number, number_text
from facialis.toxins.product_names import product_named
from facialis.toxins.products import ToxinProduct
from facialis.twin.errors import HistoryError
from facialis.twin.events import (
    AntiviralCourse,
    CorticosteroidCourse,
    CorticosteroidStep,
    History,
    Onset,
    Retraining,
    ToxinInjection,
    ToxinSession,
)

PLAN_FAMILY, PLAN_VERSION = "facialis-toxin-plan", 1
PLAN_BYTES = 1_000_000
MOST_SESSIONS = 60
"""Ten years at twelve weeks are 43."""
MOST_INJECTIONS = 200
"""Every point of every target on both sides is fewer."""
MOST_COURSES = 100
PLAN_REMEDY = "Correct the plan; the manual shows one under 'Simulate a patient'."


def read_toxin_plan(path: Path) -> tuple[ToxinSession, ...]:
    """Read the toxin sessions of a plan file.

    Raises
    ------
    CannotReadTwinFileError     The file cannot be read or is no JSON.
    TwinFileError               It is no plan, has an unknown key, or a value of the wrong kind.
    HistoryError and others     A session that cannot have happened: side, target, point, dose, volume, day.
    """
    document = read_json_file(path, "a toxin plan", most_bytes=PLAN_BYTES)
    check_format(document, PLAN_FAMILY, PLAN_VERSION, "a toxin plan")
    plan = Place(document, "", PLAN_REMEDY).keys(("format", "sessions"))
    return sessions_from(plan["sessions"], least=1)


def sessions_from(place: Place, *, least: int = 0) -> tuple[ToxinSession, ...]:
    """Sessions of a plan or a course."""
    return tuple(_session(entry) for entry in place.items(MOST_SESSIONS, least))


def history_to_plain(history: History) -> dict[str, Any]:
    """A history ready for JSON; `history_from` reads it back to the same."""
    return {
        "onsets": [
            {"side": onset.side.value, "severity": {b.value: onset.severity_frac[b] for b in NerveBranch}}
            for onset in history.onsets
        ],
        "corticosteroids": [
            {
                "start_day": course.start_day,
                "steps": [
                    {"days": step.days, "dose_mg_per_day": step.dose_mg_per_day} for step in course.steps
                ],
            }
            for course in history.corticosteroids
        ],
        "antivirals": [{"start_day": course.start_day, "days": course.days} for course in history.antivirals],
        "retraining": [
            {"start_day": period.start_day, "end_day": period.end_day} for period in history.retraining
        ],
        "toxin_sessions": [_session_to_plain(session) for session in history.toxin_sessions],
    }


def history_from(place: Place) -> History:
    """Read a history; raises `TwinFileError`, or what an impossible event raises."""
    found = place.keys(("onsets", "corticosteroids", "antivirals", "retraining", "toxin_sessions"))
    return History(
        onsets=tuple(_onset(entry) for entry in found["onsets"].items(2)),
        corticosteroids=tuple(_steroid(entry) for entry in found["corticosteroids"].items(MOST_COURSES)),
        antivirals=tuple(_antiviral(entry) for entry in found["antivirals"].items(MOST_COURSES)),
        retraining=tuple(_retraining(entry) for entry in found["retraining"].items(MOST_COURSES)),
        toxin_sessions=sessions_from(found["toxin_sessions"]),
    )


def _onset(place: Place) -> Onset:
    found = place.keys(("side", "severity"))
    severities = found["severity"].keys(tuple(NerveBranch))
    return Onset(
        find_member(Side, found["side"].text(), thing="side"),
        {NerveBranch(branch): severity.number() for branch, severity in severities.items()},
    )


def _steroid(place: Place) -> CorticosteroidCourse:
    found = place.keys(("start_day", "steps"))
    steps = [entry.keys(("days", "dose_mg_per_day")) for entry in found["steps"].items(MOST_COURSES)]
    return CorticosteroidCourse(
        found["start_day"].number(),
        tuple(CorticosteroidStep(s["days"].number(), s["dose_mg_per_day"].number()) for s in steps),
    )


def _antiviral(place: Place) -> AntiviralCourse:
    found = place.keys(("start_day", "days"))
    return AntiviralCourse(found["start_day"].number(), found["days"].number())


def _retraining(place: Place) -> Retraining:
    found = place.keys(("start_day", "end_day"))
    return Retraining(found["start_day"].number(), found["end_day"].number())


def _session(place: Place) -> ToxinSession:
    found = place.keys(("day", "product", "injections"))
    product = product_named(found["product"].text()).product
    injections = found["injections"].items(MOST_INJECTIONS)
    return ToxinSession(found["day"].number(), tuple(_injection(entry, product) for entry in injections))


def _injection(place: Place, session_product: ToxinProduct) -> ToxinInjection:
    # A plan may repeat the product with each point; a second one is refused by the session.
    found = place.keys(("target", "point", "units", "volume_ml"), ("side", "product"))
    if "side" not in found or found["side"].value in {None, ""}:
        raise HistoryError(f"{place.where} has no side. Give LEFT or RIGHT, the patient's.")
    product = product_named(found["product"].text()).product if "product" in found else session_product
    return ToxinInjection(
        side=find_member(Side, found["side"].text(), thing="side"),
        target=find_member(InjectionTarget, found["target"].text(), thing="target"),
        point=found["point"].whole(),
        dose=ToxinDose(found["units"].exact(), product),
        volume_ml=found["volume_ml"].exact(),
    )


def _session_to_plain(session: ToxinSession) -> dict[str, Any]:
    return {
        "day": session.day,
        "product": session.injections[0].dose.product.value,
        "injections": [
            {
                "side": injection.side.value,
                "target": injection.target.value,
                "point": injection.point,
                "units": number_text(injection.dose.amount),
                "volume_ml": number_text(exact_number(injection.volume_ml, "The volume")),
            }
            for injection in session.injections
        ],
    }
