"""Keep what a patient was handed."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record, sha256_of
from facialis.clinic.audit.models import Verb
from facialis.clinic.followup.models import IssuedSheet
from facialis.clinic.kernel.errors import NotNowError
from facialis.clinic.treatments.models import Treatment


@transaction.atomic
def issue_sheet(*, by: User, treatment_id: UUID, language: str, document: dict[str, Any]) -> IssuedSheet:
    """Record that the sheet was handed over; the same sheet handed over again is one record."""
    require(by, Act.RECORD_TREATMENT)
    treatment = Treatment.objects.for_user(by).select_related("plan__visit").get(pk=treatment_id)
    if treatment.signature_id is None:
        raise NotNowError(_("The treatment is not signed yet; its sheet would say what nobody stands for."))
    digest = sha256_of(document)
    existing = treatment.sheets.filter(document_sha256=digest).first()
    if existing is not None:
        return existing
    sheet = IssuedSheet.objects.create(
        treatment=treatment, language=language, document=document, document_sha256=digest, by=by
    )
    record(
        Verb.CREATE, "followup.sheet", by=by, record_id=sheet.pk, patient_id=treatment.plan.visit.patient_id,
        details={"sha256": digest, "language": language},
    )  # fmt: skip
    return sheet
