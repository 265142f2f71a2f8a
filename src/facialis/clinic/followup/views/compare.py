"""Before and after."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.followup.aligned import SHOWN, AlignedPhoto, aligned_photo
from facialis.clinic.followup.changes import Change, ChangeSummary, changes_of
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.measurements.queries import current_measurement
from facialis.clinic.patients.models import Patient
from facialis.clinic.patients.pages import open_patient
from facialis.clinic.patients.queries import banner_of
from facialis.clinic.photographs.models import Photograph, PhotoStatus
from facialis.clinic.photographs.words import expression_label
from facialis.clinic.site.templatetags.clinic_format import day as day_words
from facialis.clinic.treatments.queries import treatments_of
from facialis.clinic.visits.models import Visit, VisitStatus


@dataclass(frozen=True)
class Half:
    """One side of the comparison."""

    visit: Visit
    photo: AlignedPhoto | None
    measurement: Measurement | None


@require_GET
@page(Act.VIEW_PATIENT)
def compare(request: Request, pk: UUID) -> HttpResponse:
    """The same expression at two visits, at one scale; what changed beyond error, and what did not."""
    patient = open_patient(request, pk, "page.compare")
    visits = _visits(patient)
    before, after = _chosen(request, visits)
    expression = _expression(request.GET.get("expression", ""))
    halves = [] if before is None or after is None else [_half(one, expression) for one in (before, after)]
    changes = _changes(halves, expression)
    context = {
        "patient": patient,
        "banner": banner_of(patient),
        "tab": "compare",
        "visits": visits,
        "before": before,
        "after": after,
        "halves": halves,
        "expression": expression,
        "expressions": [(one.value, expression_label(one)) for one in NINE_PHOTOGRAPHS],
        "view": "slider" if request.GET.get("view") == "slider" else "side",
        "shown": SHOWN,
        "between": [] if before is None or after is None else _between(patient, before, after),
        "changes": changes,
        "sentence": _sentence(changes),
    }
    return render(request, "followup/compare.html", context)


def _visits(patient: Patient) -> list[Visit]:
    """Visits with photographs, the earliest first."""
    measured = Photograph.objects.filter(status=PhotoStatus.MEASURED).values("visit")
    rows = Visit.objects.filter(patient=patient, pk__in=measured)
    kept = rows.exclude(status__in=[VisitStatus.CANCELLED, VisitStatus.ENTERED_IN_ERROR])
    return list(kept.order_by("day"))


def _chosen(request: Request, visits: list[Visit]) -> tuple[Visit | None, Visit | None]:
    """The two that were asked for; else the last two."""
    by_key = {str(visit.pk): visit for visit in visits}
    before, after = (by_key.get(request.GET.get(name, "")) for name in ("before", "after"))
    if len(visits) < 2:
        return None, None
    after = after or visits[-1]
    earlier = [visit for visit in visits if visit.pk != after.pk]
    return before if before is not None and before.pk != after.pk else earlier[-1], after


def _expression(word: str) -> Expression:
    return Expression(word) if word in {one.value for one in NINE_PHOTOGRAPHS} else Expression.REST


def _half(visit: Visit, expression: Expression) -> Half:
    photograph = visit.photographs.filter(expression=expression.value, status=PhotoStatus.MEASURED).first()
    photo = None if photograph is None else aligned_photo(photograph, visit)
    return Half(visit, photo, current_measurement(visit))


def _between(patient: Patient, before: Visit, after: Visit) -> list[str]:
    """Treatments from the first of the two visits to the second."""
    found = []
    for treatment in treatments_of(patient):
        day = treatment.plan.visit.day
        if before.day <= day < after.day and treatment.vial is not None:
            found.append(f"{day_words(day)}, {treatment.vial.product}")
    return found


def _changes(halves: list[Half], expression: Expression) -> ChangeSummary | None:
    documents = [half.measurement.document for half in halves if half.measurement is not None]
    if len(documents) < 2:
        return None
    found = changes_of(documents[0], documents[1], expression.value)
    return None if found.is_empty else found


def _sentence(changes: ChangeSummary | None) -> str:
    """What changed beyond measurement error, and what did not."""
    if changes is None:
        return _("These two visits have no measure of this expression in common.")
    if not changes.better and not changes.worse:
        return _("Nothing changed by more than the measurement error (%(count)d measures).") % {
            "count": changes.within_error
        }
    parts = []
    if changes.better:
        parts.append(_("nearer to symmetry: %(names)s") % {"names": _named(changes.better)})
    if changes.worse:
        parts.append(_("further from symmetry: %(names)s") % {"names": _named(changes.worse)})
    return _("Changed beyond measurement error, %(parts)s; within it: %(count)d measures.") % {
        "parts": "; ".join(parts),
        "count": changes.within_error,
    }


def _named(changes: tuple[Change, ...]) -> str:
    return ", ".join(
        f"{one.words} ({one.before:+.1f} → {one.after:+.1f} {one.unit})".replace("-", "−")
        for one in changes[:4]
    )
