"""De-identified records of patients who agreed to research: no name, no number, no date, no photograph.

Only the fields named here are read from the database; whatever is added to a patient later stays out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone

from facialis.clinic.accounts.models import User
from facialis.clinic.kernel.states import NoteStatus
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.patients.models import Patient
from facialis.clinic.treatments.models import Treatment
from facialis.clinic.visits.models import ConsentDecision, ConsentKind, Visit, VisitStatus
from facialis.clinic.visits.queries import counting_decisions

OLDEST_SHOWN = 89
"""Older people are so few that an age alone could name one. [years]"""
DAYS_A_MONTH = 365.25 / 12
SYNKINESIS = "synkinesis"
"""Names of the sub-scores in a measurement's summary begin so."""
FEWEST_ALIKE = 5
"""Fewer people of one sex and one cause could be recognised."""


@dataclass(frozen=True)
class Seen:
    """One visit with photographs that were measured, or without."""

    number: int
    """Of the patient's visits, from 1."""
    days: int
    """Since onset. [days]"""
    symmetry_index: float | None
    symmetry_index_sd: float | None
    synkinesis: dict[str, tuple[float, float]]
    """Sub-score to value and its standard deviation. [mm]"""


@dataclass(frozen=True)
class Treated:
    """One treatment given here."""

    days: int
    """Since onset. [days]"""
    product: str
    units: Decimal
    """Of the product, all points of the session together."""


@dataclass(frozen=True)
class Record:
    """What a researcher sees of a patient."""

    pseudonym: str
    age_at_onset: str
    """In whole years; '90+' for all who are older than 89, if only at the last event that is shown."""
    sex: str
    side: str
    cause: str
    visits: list[Seen] = field(default_factory=list)
    treatments: list[Treated] = field(default_factory=list)

    @property
    def months_since_onset(self) -> float | None:
        """At the last visit, not today: with today's date it would give the onset away. [months]"""
        return round(self.visits[-1].days / DAYS_A_MONTH, 1) if self.visits else None


def agreed_patients(user: User) -> QuerySet[Patient]:
    """Patients of the clinic whose latest decision about research is that they agree."""
    latest = counting_decisions().filter(patient=OuterRef("pk"), text__kind=ConsentKind.RESEARCH)
    return (
        Patient.objects.for_user(user)
        .annotate(research=Subquery(latest.values("decision")[:1]))
        .filter(research=ConsentDecision.GIVEN, palsy__isnull=False)
        .order_by("pseudonym")
    )


def records(user: User, patients: QuerySet[Patient] | None = None) -> list[Record]:
    """Read everything about some patients that agreed, in four queries."""
    chosen = agreed_patients(user) if patients is None else patients
    rows = list(
        chosen.values_list(
            "pk", "pseudonym", "birth_date", "sex", "palsy__affected_side", "palsy__onset", "palsy__cause"
        )
    )
    onsets = {row[0]: row[5] for row in rows}
    visits, treatments = _visits(onsets), _treatments(onsets)
    return [
        Record(
            pseudonym=pseudonym,
            age_at_onset=_age(birth, onset, [*visits[pk], *treatments[pk]]),
            sex=sex,
            side=side or "both",
            cause=cause,
            visits=visits[pk],
            treatments=treatments[pk],
        )
        for pk, pseudonym, birth, sex, side, onset, cause in rows
    ]


def are_few_alike(user: User) -> bool:
    """Whether a group of one sex and one cause is so small that somebody could be recognised."""
    groups = Counter(agreed_patients(user).values_list("sex", "palsy__cause"))
    return any(count < FEWEST_ALIKE for count in groups.values())


def subscores(found: Iterable[Record]) -> list[str]:
    """Names of all sub-scores that occur."""
    return sorted({name for record in found for visit in record.visits for name in visit.synkinesis})


def _visits(onsets: dict[UUID, date]) -> dict[UUID, list[Seen]]:
    newest: dict[UUID, tuple[Any, ...]] = {}
    measured = Measurement.objects.filter(visit__patient__in=onsets).order_by("visit", "number")
    for key, *values in measured.values_list("visit", "symmetry_index", "symmetry_index_sd", "summary"):
        newest[key] = tuple(values)
    found: dict[UUID, list[Seen]] = defaultdict(list)
    seen = Visit.objects.filter(patient__in=onsets, status__in=[VisitStatus.OPEN, VisitStatus.CLOSED])
    for key, patient, day in seen.order_by("day").values_list("pk", "patient", "day"):
        index, sd, summary = newest.get(key, (None, None, {}))
        number, days = len(found[patient]) + 1, (day - onsets[patient]).days
        found[patient].append(Seen(number, days, index, sd, _synkinesis(summary)))
    return found


def _synkinesis(summary: dict[str, Any]) -> dict[str, tuple[float, float]]:
    return {
        name: (entry["value"], entry["sd"]) for name, entry in summary.items() if name.startswith(SYNKINESIS)
    }


def _treatments(onsets: dict[UUID, date]) -> dict[UUID, list[Treated]]:
    found: dict[UUID, list[Treated]] = defaultdict(list)
    given = Treatment.objects.filter(plan__visit__patient__in=onsets, status=NoteStatus.FINAL)
    rows = given.annotate(units=Sum("points__given_units")).order_by("given_at")
    for patient, at, product, units in rows.values_list(
        "plan__visit__patient", "given_at", "vial__product", "units"
    ):
        if at is not None:
            days = (timezone.localtime(at).date() - onsets[patient]).days
            found[patient].append(Treated(days, product or "", units or Decimal(0)))
    return found


def _age(birth: date, onset: date, events: Iterable[Seen | Treated]) -> str:
    """At onset; not told of people who are too old at the last event, for its days since onset add up."""
    last = onset + timedelta(days=max([0, *(event.days for event in events)]))
    is_old = _years(birth, last) > OLDEST_SHOWN
    return f"{OLDEST_SHOWN + 1}+" if is_old else str(_years(birth, onset))


def _years(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
