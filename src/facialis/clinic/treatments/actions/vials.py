"""Vials: entered once, discarded once."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import FieldsError
from facialis.clinic.kernel.times import now, today
from facialis.clinic.treatments.dilutions import fault_of, open_vial
from facialis.clinic.treatments.models import Vial
from facialis.errors import FacialisError
from facialis.toxins.errors import DilutionError


@transaction.atomic
def enter_vial(
    *,
    by: User,
    product: str,
    units: Decimal,
    lot: str,
    expiry: date,
    saline_ml: Decimal,
    reconstituted_at: datetime | None,
    used_at: datetime | None = None,
) -> Vial:
    """Enter a vial as printed and as diluted; raises `FieldsError` for one that cannot be used.

    Parameters
    ----------
    used_at     Where a treatment of the past is recorded or corrected: then it may have been past its use.
    """
    require(by, Act.RECORD_TREATMENT)
    if not lot.strip():
        raise FieldsError({"lot": _("The lot is missing. Type it as printed on the vial.")})
    vial = Vial(
        clinic_id=by.clinic_id,
        product=product,
        units=units,
        lot=lot.strip(),
        expiry=expiry,
        saline_ml=saline_ml,
        reconstituted_at=reconstituted_at,
        entered_by=by,
    )
    try:
        open_vial(vial)
    except DilutionError as error:
        raise FieldsError({"saline_ml": str(error)}) from error
    except FacialisError as error:
        field = "reconstituted_at" if "prepared" in str(error) or "dilution" in str(error) else "units"
        raise FieldsError({field: str(error)}) from error
    fault = fault_of(vial, used_at or now())
    if fault is not None and not (used_at is not None and fault.is_past_use):
        field = "expiry" if expiry < today() else "reconstituted_at"
        raise FieldsError({field: fault.sentence})
    vial.save(force_insert=True)
    record(
        Verb.CREATE,
        "treatments.vial",
        by=by,
        record_id=vial.pk,
        details={"product": product, "lot": vial.lot},
    )
    return vial


@transaction.atomic
def discard_vial(*, by: User, pk: UUID) -> Vial:
    """Mark a vial as discarded, so that nobody chooses it again."""
    require(by, Act.RECORD_TREATMENT)
    vial = Vial.objects.for_user(by).select_for_update().get(pk=pk)
    if not vial.is_discarded:
        vial.is_discarded = True
        vial.raise_version()
        vial.save()
        record(Verb.CHANGE, "treatments.vial", by=by, record_id=pk, details={"discarded": True})
    return vial
