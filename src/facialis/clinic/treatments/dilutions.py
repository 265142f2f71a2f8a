"""From rows of vials to the toxins room: dilution, marks of the syringe, and whether a vial may be used."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _

from facialis.clinic.site.templatetags.clinic_format import units as units_words
from facialis.clinic.treatments.models import Treatment, TreatmentPoint, Vial
from facialis.errors import FacialisError
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.dilution import Dilution, dilute
from facialis.toxins.errors import SyringeError
from facialis.toxins.products import ToxinProduct
from facialis.toxins.session import draw_up, units_per_mark, volume_note
from facialis.toxins.syringes import Syringe, syringe_named
from facialis.toxins.vial_use import OpenVial, check_vial
from facialis.toxins.vials import vial_size

PAST_USE = frozenset({"vial_expired", "vial_past_hours"})
"""Codes of `VialError` for what can have happened and is then recorded as it was."""


def dilution_of(vial: Vial) -> Dilution:
    """The solution in a vial; raises `FacialisError` for one that cannot be."""
    size = vial_size(ToxinProduct(vial.product), exact(vial.units))
    return dilute(size, exact(vial.saline_ml))


def exact(number: Decimal) -> Fraction:
    """A decimal of the database, exact."""
    return Fraction(number)


def open_vial(vial: Vial) -> OpenVial:
    """The vial as it stands on the tray; its times are of the clinic's zone, whose days expiry counts."""
    at = vial.reconstituted_at
    return OpenVial(dilution_of(vial), vial.expiry, None if at is None else timezone.localtime(at))


def refusal_of(vial: Vial, at: datetime) -> str | None:
    """Why a vial may not be used at a time; None where it may."""
    if vial.is_discarded:
        return _("This vial was marked as discarded. Take another.")
    found = fault_of(vial, at)
    return None if found is None else found.sentence


@dataclass(frozen=True)
class VialFault:
    """What is wrong with the use of a vial."""

    sentence: str
    is_past_use: bool
    """Used after its last day or its hours, which may have happened; otherwise a time contradicts itself."""


def fault_of(vial: Vial, at: datetime) -> VialFault | None:
    """What is wrong with the use of a vial at a time, whether or not it was thrown away since."""
    try:
        check_vial(open_vial(vial), timezone.localtime(at))
    except FacialisError as error:
        return VialFault(str(error), error.code in PAST_USE)
    return None


def other_product(vial: str, plan: str) -> str:
    """Why a vial of one product is not for a plan of another."""
    return _(
        "The vial holds %(vial)s and the plan is for %(plan)s; units of different products are "
        "not interchangeable. Take a vial of %(plan)s, or plan again."
    ) % {"vial": vial, "plan": plan}


def hours_since(vial: Vial, at: datetime) -> Decimal | None:
    """Hours since reconstitution; None for a ready solution. [h]"""
    if vial.reconstituted_at is None:
        return None
    seconds = (at - vial.reconstituted_at).total_seconds()
    return (Decimal(seconds) / 3600).quantize(Decimal("0.01"))


@dataclass(frozen=True)
class PointDraw:
    """How one dose is read from the syringe; a sentence instead where it cannot be."""

    volume_ml: str | None
    marks: int | None
    note: str | None


def draws_of(treatment: Treatment, points: list[TreatmentPoint]) -> dict[int, PointDraw]:
    """Volume and marks for each point, by its key; empty while vial or syringe are not chosen."""
    if treatment.vial is None or not treatment.syringe:
        return {}
    dilution, syringe = dilution_of(treatment.vial), syringe_named(treatment.syringe)
    found = {}
    for point in points:
        units = point.given_units if point.given_units is not None else point.planned_units
        dose = ToxinDose(exact(units), ToxinProduct(treatment.vial.product))
        if not dose.amount:
            continue
        volume = dilution.volume_for(dose)
        try:
            draw = draw_up(dose, dilution, syringe)
        except SyringeError as error:
            note = between_marks(dose, dilution, syringe) if error.code == "dose_off_step" else str(error)
            found[point.pk] = PointDraw(volume_text(volume), None, note)
        else:
            found[point.pk] = PointDraw(volume_text(volume), draw.marks, volume_note(draw.volume_ml))
    return found


def volume_text(volume_ml: Fraction) -> str:
    """'0.0625': in mL, to a ten-thousandth, which no syringe resolves."""
    return f"{float(volume_ml):.4f}".rstrip("0").rstrip(".")


def between_marks(dose: ToxinDose, dilution: Dilution, syringe: Syringe) -> str:
    """Name the two whole marks about a dose that lies between them, and what they hold."""
    marks = dilution.volume_for(dose) / syringe.mark_ml
    step = units_per_mark(dilution, syringe)
    low, high = marks // 1, marks // 1 + 1
    return _("Between two marks: mark %(low)d is %(low_dose)s, mark %(high)d is %(high_dose)s.") % {
        "low": low,
        "low_dose": units_words(step.amount * low),
        "high": high,
        "high_dose": units_words(step.amount * high),
    }
