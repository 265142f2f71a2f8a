"""Doses that the marks of a syringe cannot be read to, said while the plan can still be changed.

The dilution is decided at the treatment. Here it is the usual one of the product, with the usual syringe. Of
a product that is supplied ready, or whose usual dilution is not known, nothing is said.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from django.utils.translation import gettext as _

from facialis.clinic.plans.choices import Needle
from facialis.clinic.plans.steps import step_of
from facialis.clinic.site.templatetags.clinic_format import units as units_words
from facialis.clinic.treatments.dilutions import between_marks
from facialis.clinic.treatments.points import place_words
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.dilution import Dilution, dilute
from facialis.toxins.exact import number_text
from facialis.toxins.preparation import usual_dilutions
from facialis.toxins.products import ToxinProduct
from facialis.toxins.session import units_per_mark
from facialis.toxins.syringes import Syringe, syringe_named, syringes
from facialis.toxins.vials import vial_size

USUAL_SYRINGE = "one_ml"


def unreadable_doses(product: str, needles: Sequence[Needle]) -> list[dict[str, Any]]:
    """A note for each dose between two marks, with its points; in the form of a finding of the planner."""
    if product not in set(ToxinProduct):
        return []
    named = ToxinProduct(product)
    usual = usual_dilutions(named)
    if not usual:
        return []
    dilution = dilute(vial_size(named, usual[0].vial.amount), usual[0].saline_ml)
    syringe = syringe_named(USUAL_SYRINGE)
    doses = dict.fromkeys(ToxinDose(n.units, named) for n in needles if n.units > 0)
    return [
        _note(dose, dilution, syringe, [n for n in needles if n.units == dose.amount])
        for dose in sorted(doses, key=lambda one: one.amount)
        if not _is_on_mark(dose, dilution, syringe)
    ]


def _note(dose: ToxinDose, dilution: Dilution, syringe: Syringe, needles: Sequence[Needle]) -> dict[str, Any]:
    sentence = _(
        "%(dose)s cannot be read exactly with the usual dilution, %(dilution)s, on the %(syringe)s."
    ) % {"dose": units_words(dose.amount), "dilution": _dilution_words(dilution), "syringe": syringe.text}
    places = "; ".join(place_words(n.target, n.side or "", n.point) for n in needles)
    finer = [one.text for one in syringes() if _is_on_mark(dose, dilution, one)]
    return {
        "code": "dose_between_marks",
        "action": "note",
        "sentence": f"{sentence} {between_marks(dose, dilution, syringe)} "
        + _("Points: %(places)s.") % {"places": places},
        "what_to_do": (
            _("It lies on a mark of: %(syringes)s.") % {"syringes": "; ".join(finer)}
            if finer
            else _(
                "Doses of the plan that lie on a mark: %(doses)s. Or take another amount of saline at the "
                "treatment."
            )
            % {"doses": ", ".join(map(units_words, _planned_and_readable(dose, dilution, syringe)))}
        ),
        "source": {"text": syringe.citation.text},
    }


def _dilution_words(dilution: Dilution) -> str:
    return _("%(dose)s in %(saline)s mL") % {
        "dose": units_words(dilution.vial.content.amount),
        "saline": number_text(dilution.saline_ml),
    }


def _is_on_mark(dose: ToxinDose, dilution: Dilution, syringe: Syringe) -> bool:
    return (dilution.volume_for(dose) / syringe.mark_ml).denominator == 1


def _planned_and_readable(dose: ToxinDose, dilution: Dilution, syringe: Syringe) -> list[Fraction]:
    """The doses around one that are whole steps of the plan and whole marks of the syringe."""
    step, mark = step_of(dose.product.value), units_per_mark(dilution, syringe).amount
    both = Fraction(
        lcm(step.numerator * mark.denominator, mark.numerator * step.denominator),
        step.denominator * mark.denominator,
    )
    below = dose.amount // both
    return [both * times for times in (below, below + 1) if times]
