"""Rows that pages open: of the own clinic, else 404; the read is audited."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from facialis.clinic.accounts.pages import Request
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.tenancy import OfClinicQuerySet
from facialis.clinic.treatments.models import Treatment, Vial


def open_treatment(request: Request, pk: UUID, what: str = "page.treatment") -> Treatment:
    """A treatment with its plan, visit and patient."""
    treatment = get_object_or_404(whole_treatments().for_user(request.user), pk=pk)
    patient_id = treatment.plan.visit.patient_id
    record(Verb.READ, what, by=request.user, record_id=pk, patient_id=patient_id)
    return treatment


def whole_treatments() -> OfClinicQuerySet[Treatment]:
    """Treatments with everything that their page shows."""
    rows: OfClinicQuerySet[Treatment] = Treatment.objects.select_related(
        "vial",
        "signature",
        "amended_by",
        "plan__signature",
        "plan__visit__patient__palsy",
        "plan__visit__patient__wishes",
        "plan__visit__patient__clinic",
    )
    return rows


def open_vial_row(request: Request, pk: UUID) -> Vial:
    """A vial of the own clinic; it says nothing of a patient, so its read is not audited."""
    return get_object_or_404(Vial.objects.for_user(request.user), pk=pk)
