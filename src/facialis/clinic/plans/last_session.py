"""The doses of a patient's last session, to begin the next plan with."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from facialis.clinic.kernel.errors import FieldsError
from facialis.clinic.patients.models import Patient
from facialis.clinic.plans.choices import Needle, ordered
from facialis.clinic.plans.models import Plan
from facialis.clinic.treatments.queries import last_treatment
from facialis.toxins.exact import exact_number, number_text


@dataclass(frozen=True)
class LastSession:
    """What was given, not what was planned."""

    day: date
    product: str
    needles: tuple[Needle, ...]
    plan: Plan


def last_session(patient: Patient, product: str) -> LastSession:
    """The last session, for a plan of a product.

    Raises
    ------
    FieldsError     There was none, or it was of another product.
    """
    found = known_session(patient)
    if found is None:
        raise FieldsError({"start": _("No signed treatment of this patient is recorded here to copy from.")})
    if found.product != product:
        raise FieldsError(
            {
                "start": _(
                    "The last session was of %(then)s, and this plan is of %(now)s; units of different "
                    "products are not interchangeable. Choose %(then)s, or begin with the proposal."
                )
                % {"then": found.product, "now": product}
            }
        )
    return found


def known_session(patient: Patient) -> LastSession | None:
    """The last session; None where there is none here, or nothing was given in it."""
    treatment = last_treatment(patient)
    if treatment is None or treatment.vial is None or treatment.given_at is None:
        return None
    needles = ordered(
        Needle(point.target, point.side or None, point.point, _text(point.given_units))
        for point in treatment.points.all()
        if point.given_units
    )
    if not needles:
        return None
    return LastSession(
        timezone.localdate(treatment.given_at), treatment.vial.product, needles, treatment.plan
    )


def _text(units: Decimal) -> str:
    return number_text(exact_number(units, "The dose"))
