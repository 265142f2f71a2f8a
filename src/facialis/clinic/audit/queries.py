"""Reading the audit of the own clinic."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from facialis.clinic.accounts.models import User
from facialis.clinic.audit.models import AuditEntry

A_PAGE = 100


@dataclass(frozen=True)
class Filters:
    """What an administrator looks for; None and '' leave a thing open."""

    person: User | None = None
    verb: str = ""
    day: date | None = None
    pseudonym: str = ""


def entries_for(user: User, filters: Filters) -> QuerySet[AuditEntry]:
    """Entries that concern the clinic of a person, the newest first."""
    from facialis.clinic.patients.models import Patient

    patients = Patient.objects.for_user(user)
    # The software acts in no clinic's name; what it did about a patient belongs to the patient's clinic.
    of_nobody = Q(clinic=None) & (Q(patient=None) | Q(patient__in=patients.values("pk")))
    rows = AuditEntry.objects.filter(Q(clinic=user.clinic_id) | of_nobody).select_related("actor")
    if filters.person is not None:
        rows = rows.filter(actor=filters.person)
    if filters.verb:
        rows = rows.filter(verb=filters.verb)
    if filters.day is not None:
        start = timezone.make_aware(datetime.combine(filters.day, time.min))
        rows = rows.filter(at__gte=start, at__lt=start + timedelta(days=1))
    if filters.pseudonym:
        rows = rows.filter(patient__in=patients.filter(pseudonym__iexact=filters.pseudonym).values("pk"))
    return rows.order_by("-number")


def one_page(rows: QuerySet[AuditEntry], before: int | None) -> tuple[list[AuditEntry], int | None]:
    """Entries before a number, and the number that the next page begins before; None on the last page."""
    found = list((rows if before is None else rows.filter(number__lt=before))[: A_PAGE + 1])
    shown = found[:A_PAGE]
    return shown, shown[-1].number if len(found) > A_PAGE else None


def pseudonyms_of(user: User, entries: list[AuditEntry]) -> dict[UUID, str]:
    """Pseudonyms of the patients of some entries; an administrator sees no names."""
    from facialis.clinic.patients.models import Patient

    keys = {entry.patient for entry in entries if entry.patient is not None}
    return dict(Patient.objects.for_user(user).filter(pk__in=keys).values_list("pk", "pseudonym"))


def plain(details: dict[str, Any]) -> str:
    """Details in one line."""
    return "; ".join(f"{name}: {_short(value)}" for name, value in sorted(details.items()))


def _short(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
