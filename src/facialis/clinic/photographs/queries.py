"""What pages and tasks read about photographs."""

from uuid import UUID

from facialis.anatomy.expressions import Expression
from facialis.clinic.photographs.models import Photograph, PhotoStatus
from facialis.clinic.visits.models import Visit, VisitStatus

PAST = (PhotoStatus.REPLACED, PhotoStatus.ENTERED_IN_ERROR)
"""Kept, but no longer the photograph of its expression."""


def current_photographs(visit: Visit) -> dict[Expression, Photograph]:
    """The photograph of each expression that has one, whatever its status."""
    rows = Photograph.objects.filter(visit=visit).exclude(status__in=PAST)
    found = {Expression(row.expression): row for row in rows}
    return {expression: found[expression] for expression in Expression if expression in found}


def photograph_of_upload(visit: Visit, upload_key: UUID) -> Photograph | None:
    """What an upload made the first time it arrived."""
    return Photograph.objects.filter(visit=visit, upload_key=upload_key).first()


def in_other_record(visit: Visit, original_sha256: str) -> Photograph | None:
    """The same bytes in the record of another patient of the clinic, unless they were a mistake there."""
    return (
        Photograph.objects.filter(
            visit__patient__clinic=visit.patient.clinic_id, original_sha256=original_sha256
        )
        .exclude(visit__patient=visit.patient_id)
        .exclude(status=PhotoStatus.ENTERED_IN_ERROR)
        .exclude(visit__status=VisitStatus.ENTERED_IN_ERROR)
        .select_related("visit__patient")
        .first()
    )


def previous_photographs(visit: Visit) -> dict[Expression, Photograph]:
    """The newest measured photograph of each expression from earlier visits, to take the same view again."""
    rows = (
        Photograph.objects.filter(
            visit__patient=visit.patient_id, visit__day__lt=visit.day, status=PhotoStatus.MEASURED
        )
        .exclude(visit__status__in=(VisitStatus.CANCELLED, VisitStatus.ENTERED_IN_ERROR))
        .select_related("visit")
        .order_by("visit__day", "added_at")
    )
    return {Expression(row.expression): row for row in rows}


def identities_before(photograph: Photograph) -> list[dict[str, float]]:
    """Identities of the patient's face at rest in other visits, as far as nobody questions them."""
    rows = (
        Photograph.objects.filter(
            visit__patient=photograph.visit.patient_id,
            expression=Expression.REST,
            status=PhotoStatus.MEASURED,
            identity__isnull=False,
        )
        .exclude(visit=photograph.visit_id)
        .exclude(visit__status__in=(VisitStatus.CANCELLED, VisitStatus.ENTERED_IN_ERROR))
    )
    return [row.identity for row in rows if row.identity]
