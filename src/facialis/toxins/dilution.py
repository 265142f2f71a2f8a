"""From a vial and saline to units per volume, and back; every step exact."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from facialis.toxins.amounts import ToxinDose, require_same_product, total
from facialis.toxins.errors import DilutionError
from facialis.toxins.exact import ExactNumber, exact_number, number_text, units_words
from facialis.toxins.preparation import allowed_strength, usual_dilutions
from facialis.toxins.product_names import Formulation
from facialis.toxins.vials import VialSize, vial_sizes

TENTH_ML = Fraction(1, 10)
"""The volume for which strengths are usually told. [mL]"""


@dataclass(frozen=True)
class Dilution:
    """A solution: one vial, and the saline added to it.

    Raises
    ------
    InexactNumberError
        If the volume is not an exact number.
    DilutionError
        If a powder gets no saline, if a liquid brand of a powder product gets any, or if the
        solution is weaker or stronger than `preparation.allowed_strength`.
    """

    vial: VialSize
    saline_ml: Fraction

    def __post_init__(self) -> None:
        object.__setattr__(self, "saline_ml", exact_number(self.saline_ml, "The volume of saline"))
        self._check_saline()
        self._check_strength()

    @property
    def volume_ml(self) -> Fraction:
        """All fluid in the vial. [mL]"""
        return self.saline_ml + (self.vial.contents_ml or 0)

    @property
    def units_per_ml(self) -> ToxinDose:
        """Amount in 1 mL."""
        return self.vial.content * (1 / self.volume_ml)

    @property
    def units_per_tenth_ml(self) -> ToxinDose:
        """Amount in 0.1 mL."""
        return self.dose_in(TENTH_ML)

    @property
    def text(self) -> str:
        """'100 units onabotulinumtoxinA with 2.5 mL saline'; a ready solution says its own volume."""
        parts = [] if self.vial.contents_ml is None else [f"in {number_text(self.vial.contents_ml)} mL"]
        if self.saline_ml:
            parts.append(f"with {number_text(self.saline_ml)} mL saline")
        return " ".join([self.vial.content.text, *parts])

    def dose_in(self, volume_ml: Fraction) -> ToxinDose:
        """Amount in a volume. [mL]"""
        return self.units_per_ml * volume_ml

    def volume_for(self, dose: ToxinDose) -> Fraction:
        """Volume that holds ``dose``. [mL]

        Raises
        ------
        MixedProductsError
            If the dose is of another product than the vial.
        """
        require_same_product(dose, self.vial.content, "taken one from the other")
        return dose.amount / self.units_per_ml.amount

    def label_note(self) -> str | None:
        """Say that the label's own strength of this dilution is a rounded one; None where it is not."""
        for usual in usual_dilutions(self.vial.product):
            stated = usual.stated_per_tenth_ml
            same = (usual.vial, usual.saline_ml) == (self.vial.content, self.volume_ml)
            if same and stated is not None and stated != self.units_per_tenth_ml:
                return (
                    f"The label calls this {units_words(stated.amount)} in 0.1 mL "
                    f"({usual.citation.text}); the division gives "
                    f"{number_text(self.units_per_tenth_ml.amount)}. "
                    "Volumes and marks here follow the division."
                )
        return None

    def _check_saline(self) -> None:
        product, saline = self.vial.product.value, number_text(self.saline_ml)
        if self.saline_ml < 0:
            raise DilutionError(f"The volume of saline is {saline} mL; it is 0 mL or more. Correct it.")
        if self.vial.formulation is Formulation.POWDER and not self.saline_ml:
            usual = " or ".join(dilution.text for dilution in usual_dilutions(self.vial.product))
            raise DilutionError(
                f"The vial of {self.vial.content.text} is a powder and the volume of saline is 0 mL. "
                f"Give the volume added (usual: {usual})."
            )
        ready = self.vial.formulation is Formulation.LIQUID
        if ready and self.saline_ml and not vial_sizes(self.vial.product, Formulation.LIQUID):
            raise DilutionError(
                f"This brand of {product} is ready to use and {saline} mL of saline would be added; "
                "no dilution of it is known. Add none."
            )

    def _check_strength(self) -> None:
        allowed = allowed_strength(self.vial.product)
        found = self.units_per_tenth_ml
        if allowed.low_per_tenth_ml <= found <= allowed.high_per_tenth_ml:
            return
        word = "weak" if found < allowed.low_per_tenth_ml else "strong"
        least, most = (
            self.vial.content.amount / strength.amount * TENTH_ML
            for strength in (allowed.high_per_tenth_ml, allowed.low_per_tenth_ml)
        )
        raise DilutionError(
            f"{self.text} is {units_words(found.amount)} in 0.1 mL, too {word}: "
            f"allowed are {allowed.text}, that is {number_text(least)} to {number_text(most)} mL "
            f"of solution from this vial (source: {allowed.citation.text}). Check the vial and the volume.",
            code=f"dilution_too_{word}",
        )


@dataclass(frozen=True)
class VialNeed:
    """How many vials a list of doses takes, and what is left over."""

    vials: int
    total: ToxinDose
    waste: ToxinDose
    waste_ml: Fraction


def dilute(vial: VialSize, saline_ml: ExactNumber) -> Dilution:
    """Add saline to a vial; `Dilution` says what is refused. A ready solution takes 0."""
    return Dilution(vial, exact_number(saline_ml, "The volume of saline"))


def vials_needed(doses: Iterable[ToxinDose], dilution: Dilution) -> VialNeed:
    """Vials that ``doses`` take, all diluted alike.

    Raises
    ------
    DoseError
        If there is no dose.
    MixedProductsError
        If a dose is of another product than the vial.
    """
    wanted = total(doses)
    require_same_product(wanted, dilution.vial.content, "taken one from the other")
    vials = -(-wanted.amount // dilution.vial.content.amount)
    waste = dilution.vial.content * vials - wanted
    return VialNeed(vials, wanted, waste, dilution.volume_for(waste))
