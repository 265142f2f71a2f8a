"""Who comes today and what is due for each; and what somebody has not signed yet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, may
from facialis.clinic.grading.models import Grading
from facialis.clinic.kernel.states import NoteStatus, PlanStatus
from facialis.clinic.plans.models import Plan
from facialis.clinic.treatments.models import Treatment
from facialis.clinic.visits.models import Visit, VisitStatus
from facialis.clinic.visits.navigation import next_step, steps_of
from facialis.clinic.visits.progress import progress_of
from facialis.grading.registry import INSTRUMENTS

MOST_VISITS = 100
MOST_UNSIGNED = 20


@dataclass(frozen=True)
class Expected:
    """One line of today's list."""

    visit: Visit
    due: str
    """What is to be done next, in words."""
    url: str


@dataclass(frozen=True)
class Unsigned:
    """One thing that waits for a signature."""

    visit: Visit
    what: str
    url: str


def expected_on(user: User, day: date) -> list[Expected]:
    """Visits of a day in the own clinic, in the order of their times; those without a time come last."""
    visits = list(
        Visit.objects.for_user(user)
        .filter(day=day, status__in=[VisitStatus.PLANNED, VisitStatus.OPEN, VisitStatus.CLOSED])
        .select_related("patient__palsy", "patient__wishes")
        .order_by("planned_time", "opened_at", "pk")[:MOST_VISITS]
    )
    visits.sort(key=lambda one: (one.planned_time is None, one.planned_time))
    progress = progress_of(visits)
    return [Expected(visit, *_due(visit, progress[visit.pk])) for visit in visits]


def _due(visit: Visit, progress: Any) -> tuple[str, str]:
    page = reverse("visit", args=[visit.pk])
    if visit.status == VisitStatus.PLANNED:
        return _("Open the visit"), page
    if visit.status == VisitStatus.CLOSED:
        return _("closed"), page
    step = next_step(steps_of(visit, progress))
    return (_("Close the visit"), page) if step is None else (step.action, step.url)


def unsigned_of(user: User, day: date) -> list[Unsigned]:
    """What a person began and nobody signed: drafts of today, and whatever else is preliminary."""
    if not may(user, Act.EDIT_PATIENT):
        return []
    return [*_plans(user, day), *_treatments(user), *_gradings(user), *_notes(user)]


def _plans(user: User, day: date) -> list[Unsigned]:
    rows = (
        Plan.objects.for_user(user)
        .filter(Q(created_by=user) | Q(changed_by=user), status=PlanStatus.DRAFT, day=day)
        .only("pk", "visit")
    )
    return _listed(rows, lambda row: row.visit, lambda _row: _("plan, draft"), "plan_editor")


def _treatments(user: User) -> list[Unsigned]:
    rows = Treatment.objects.for_user(user).filter(started_by=user, status=NoteStatus.PRELIMINARY)
    rows = rows.select_related("plan").defer("plan__inputs", "plan__proposal", "plan__judged")
    return _listed(
        rows, lambda row: row.plan.visit, lambda _row: _("treatment, preliminary"), "treatment", "plan__visit"
    )


def _gradings(user: User) -> list[Unsigned]:
    rows = Grading.objects.for_user(user).filter(by=user, status=NoteStatus.PRELIMINARY)
    return _listed(
        rows,
        lambda row: row.visit,
        lambda row: _("%(instrument)s, preliminary") % {"instrument": _instrument(row.instrument)},
        "grade",
        of_visit=True,
    )


def _notes(user: User) -> list[Unsigned]:
    rows = (
        Visit.objects.for_user(user)
        .filter(opened_by=user, status=VisitStatus.OPEN, notes__isnull=True)
        .exclude(note="")
        .select_related("patient")
        .order_by("-day")[:MOST_UNSIGNED]
    )
    return [Unsigned(one, _("note, preliminary"), reverse("visit_note", args=[one.pk])) for one in rows]


def _listed(
    rows: QuerySet[Any],
    visit_of: Callable[[Any], Visit],
    words_of: Callable[[Any], str],
    page: str,
    path: str = "visit",
    *,
    of_visit: bool = False,
) -> list[Unsigned]:
    rows = rows.exclude(**{f"{path}__status": VisitStatus.ENTERED_IN_ERROR})
    rows = rows.select_related(f"{path}__patient").order_by(f"-{path}__day")[:MOST_UNSIGNED]
    return [
        Unsigned(visit_of(row), words_of(row), reverse(page, args=[visit_of(row).pk if of_visit else row.pk]))
        for row in rows
    ]


def _instrument(code: str) -> str:
    return INSTRUMENTS[code].title if code in INSTRUMENTS else code
