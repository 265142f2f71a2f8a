"""Drawing up: whole marks only, one product and one solution in one syringe."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from facialis.toxins.amounts import ToxinDose, require_same_product, total
from facialis.toxins.dilution import Dilution
from facialis.toxins.errors import DoseError, SyringeError
from facialis.toxins.exact import number_text
from facialis.toxins.preparation import point_volume
from facialis.toxins.syringes import Syringe


@dataclass(frozen=True)
class Draw:
    """One dose as it is read from the syringe."""

    dose: ToxinDose
    dilution: Dilution
    syringe: Syringe
    volume_ml: Fraction
    marks: int


@dataclass(frozen=True)
class FilledSyringe:
    """A syringe with the doses drawn into it, in order."""

    syringe: Syringe
    dilution: Dilution
    doses: tuple[ToxinDose, ...]
    volume_ml: Fraction

    @property
    def total(self) -> ToxinDose:
        """All doses together."""
        return total(self.doses)


def units_per_mark(dilution: Dilution, syringe: Syringe) -> ToxinDose:
    """Amount between two marks: the step of the syringe."""
    return dilution.dose_in(syringe.mark_ml)


def nearest_doses(dose: ToxinDose, dilution: Dilution, syringe: Syringe) -> tuple[ToxinDose, ToxinDose]:
    """The two doses of whole marks around ``dose``; both are ``dose`` where it lies on a mark.

    A dose below the first mark has the first mark on both sides: nothing is not a dose.

    Raises
    ------
    MixedProductsError
        If the dose is of another product than the vial.
    """
    marks = dilution.volume_for(dose) / syringe.mark_ml
    step = units_per_mark(dilution, syringe)
    return step * max(1, marks // 1), step * max(1, -(-marks // 1))


def draw_up(dose: ToxinDose, dilution: Dilution, syringe: Syringe) -> Draw:
    """Read a dose from the syringe.

    Raises
    ------
    MixedProductsError
        If the dose is of another product than the vial.
    DoseError
        If the dose is 0.
    SyringeError
        If the syringe is too small, or if the dose does not lie on a mark.
    """
    volume = dilution.volume_for(dose)
    if not dose.amount:
        raise DoseError(f"The dose is {dose.text}: there is nothing to draw up. Leave it out.")
    if volume > syringe.capacity_ml:
        most = dilution.dose_in(syringe.capacity_ml)
        raise SyringeError(
            f"{dose.text} takes {number_text(volume)} mL; the {syringe.name} holds "
            f"{number_text(syringe.capacity_ml)} mL, that is {most.text} (source: {syringe.citation.text}). "
            "Split the dose or take a larger syringe.",
            code="syringe_too_small",
        )
    marks = volume / syringe.mark_ml
    if marks.denominator != 1:
        raise _off_step(dose, marks, dilution, syringe)
    return Draw(dose, dilution, syringe, volume, int(marks))


def fill_syringe(draws: Iterable[Draw]) -> FilledSyringe:
    """Draw several doses into one syringe.

    Raises
    ------
    DoseError
        If there is no dose.
    MixedProductsError
        If the doses are of two products.
    SyringeError
        If they come from two solutions, if they were worked out for two syringes, or if they do not fit.
    """
    found = tuple(draws)
    if not found:
        raise DoseError("There is no dose to draw up. Give at least one.")
    first = found[0]
    for draw in found[1:]:
        require_same_product(first.dose, draw.dose, "drawn into one syringe")
        if draw.dilution != first.dilution:
            raise SyringeError(
                f"One syringe holds one solution; found {first.dilution.text} and {draw.dilution.text}. "
                "Take a second syringe.",
                code="solutions_mixed",
            )
        if draw.syringe != first.syringe:
            raise SyringeError(
                f"The doses were worked out for two syringes, {first.syringe.text} and {draw.syringe.text}. "
                "Work them out for one.",
                code="syringes_mixed",
            )
    volume = Fraction(sum(draw.volume_ml for draw in found))
    if volume > first.syringe.capacity_ml:
        raise SyringeError(
            f"The doses take {number_text(volume)} mL together; the {first.syringe.name} holds "
            f"{number_text(first.syringe.capacity_ml)} mL (source: {first.syringe.citation.text}). "
            "Spread them over more syringes.",
            code="syringe_too_small",
        )
    return FilledSyringe(first.syringe, first.dilution, tuple(draw.dose for draw in found), volume)


def volume_note(volume_ml: Fraction) -> str | None:
    """Say that a volume is unusual for one point of the face; None where it is usual."""
    usual = point_volume()
    if usual.low_ml <= volume_ml <= usual.high_ml:
        return None
    word = "less" if volume_ml < usual.low_ml else "more"
    return (
        f"{number_text(volume_ml)} mL is {word} than usual for one point "
        f"({number_text(usual.low_ml)} to {number_text(usual.high_ml)} mL; {usual.citation.text})"
    )


def _off_step(dose: ToxinDose, marks: Fraction, dilution: Dilution, syringe: Syringe) -> SyringeError:
    step = units_per_mark(dilution, syringe)
    around = dict.fromkeys(nearest_doses(dose, dilution, syringe))
    named = [f"{near.text} (mark {number_text(near.amount / step.amount)})" for near in around]
    nearest = (
        f"The nearest doses are {' and '.join(named)}" if len(named) > 1 else f"The smallest is {named[0]}"
    )
    return SyringeError(
        f"{dose.text} lies at {number_text(marks)} marks of the {syringe.text}; one mark holds {step.text} "
        f"and only whole marks can be measured (source: {syringe.citation.text}). {nearest}. "
        "Change the dose, the saline or the syringe.",
        code="dose_off_step",
    )
