"""What was measured and graded over the years, with treatments between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from facialis.clinic.grading.queries import grade_history
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.patients.models import Patient
from facialis.clinic.site.templatetags.clinic_format import units as units_words
from facialis.clinic.treatments.queries import treatments_of, units_given
from facialis.clinic.visits.models import VisitStatus
from facialis.grading.registry import find_instrument

NAMES: dict[str, str | Promise] = {
    "symmetry_index": _("Composite symmetry index"),
    "synkinesis_ocular": _("Synkinesis of the eye"),
    "synkinesis_midfacial": _("Synkinesis of the midface"),
    "synkinesis_mentalis": _("Synkinesis of the chin"),
    "synkinesis_platysmal": _("Synkinesis of the neck"),
    "closure_gap": _("Gap on gentle closure of the eye"),
    "tight_closure_gap": _("Gap on tight closure of the eye"),
    "smile_excursion": _("Open smile, affected minus healthy side"),
    "closed_smile_excursion": _("Closed smile, affected minus healthy side"),
    "commissure_height_at_rest": _("Corner of the mouth at rest, affected minus healthy side"),
    "fissure_at_rest": _("Eye opening at rest, affected minus healthy side"),
    "brow_raise_excursion": _("Brow raise, affected minus healthy side"),
}
SCALE = {"symmetry_index": (0.0, 100.0)}


@dataclass(frozen=True)
class Reading:
    """One value on one day."""

    day: date
    value: float
    sd: float | None


@dataclass(frozen=True)
class Given:
    """A treatment as a mark on the trend."""

    day: date
    words: str


@dataclass(frozen=True)
class Trend:
    """One quantity over time."""

    code: str
    name: str
    unit: str
    readings: tuple[Reading, ...]
    scale: tuple[float, float] | None
    """Of an instrument; None where the values themselves give it."""
    is_graded: bool
    """By a person, not measured."""


def trends_of(patient: Patient) -> tuple[list[Trend], list[Given]]:
    """Every quantity with at least one reading, and the treatments; a bounded number of queries."""
    measured = _measured(patient)
    graded = [
        Trend(
            name.replace("/", "-"),
            _title(name),
            "",
            tuple(Reading(day, float(value), None) for day, value in points),
            None,
            True,
        )
        for name, points in grade_history(patient).items()
        if points
    ]
    return [*measured, *graded], _given(patient)


def _title(name: str) -> str:
    """The instrument's own title; 'fdi/physical' is a part of one."""
    instrument, _slash, part = name.partition("/")
    title = str(find_instrument(instrument).title)
    return f"{title}: {part.replace('_', ' ')}" if part else title


def _measured(patient: Patient) -> list[Trend]:
    newest = Measurement.objects.filter(visit=OuterRef("visit")).order_by("-number").values("pk")
    rows = (
        Measurement.objects.filter(visit__patient=patient, pk=Subquery(newest[:1]))
        .exclude(visit__status__in=[VisitStatus.CANCELLED, VisitStatus.ENTERED_IN_ERROR])
        .order_by("visit__day")
        .values_list("visit__day", "symmetry_index", "symmetry_index_sd", "summary")
    )
    found: dict[str, list[Reading]] = {}
    units: dict[str, str] = {"symmetry_index": ""}
    for day, index, sd, summary in rows:
        if index is not None:
            found.setdefault("symmetry_index", []).append(Reading(day, index, sd))
        _collect(found, units, day, summary)
    order = [*NAMES, *sorted(found.keys() - NAMES.keys())]
    return [
        Trend(
            code,
            str(NAMES.get(code, code.replace("_", " "))),
            units.get(code, ""),
            tuple(found[code]),
            SCALE.get(code),
            False,
        )
        for code in order
        if code in found
    ]


def _collect(
    found: dict[str, list[Reading]],
    units: dict[str, str],
    day: date,
    summary: Mapping[str, Mapping[str, object]],
) -> None:
    for code, entry in summary.items():
        value, sd = entry.get("value"), entry.get("sd")
        if isinstance(value, int | float):
            error = float(sd) if isinstance(sd, int | float) else None
            found.setdefault(code, []).append(Reading(day, float(value), error))
            units[code] = str(entry.get("unit", ""))


def _given(patient: Patient) -> list[Given]:
    marks = []
    for treatment in treatments_of(patient):
        assert treatment.given_at is not None  # noqa: S101  signed
        assert treatment.vial is not None  # noqa: S101
        words = f"{units_words(units_given(list(treatment.points.all())))} {treatment.vial.product}"
        marks.append(Given(timezone.localdate(treatment.given_at), words))
    return marks


def days_of(trends: Sequence[Trend], given: Sequence[Given]) -> tuple[date, date] | None:
    """First and last day of a page of trends; None where there is nothing."""
    days = [*(reading.day for trend in trends for reading in trend.readings), *(one.day for one in given)]
    return (min(days), max(days)) if days else None
