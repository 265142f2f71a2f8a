"""Steps of doses and numbers of points, read from the tables."""

from fractions import Fraction
from functools import cache

from django.utils.translation import gettext as _

from facialis.anatomy.injection_sites import injection_sites
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.clinic.kernel.errors import FieldsError
from facialis.clinic.site.templatetags.clinic_format import units as units_words
from facialis.evidence import load_rows
from facialis.planning.values import TABLES
from facialis.toxins.exact import exact_number, number_text


@cache
def step_of(product: str) -> Fraction:
    """What every planned dose of a point is a multiple of. [units of the product]"""
    rows = load_rows(TABLES, "dose_steps").rows
    return next(
        exact_number(row.text("step_units"), "The step") for row in rows if row.text("product") == product
    )


@cache
def point_numbers(target: str) -> tuple[int, ...]:
    """Numbers of the injection points of a target, in the order of need."""
    return tuple(site.number for site in injection_sites(InjectionTarget(target), Side.RIGHT))


def is_on_step(units: Fraction, product: str) -> bool:
    """Whether a dose can be drawn up as a whole number of steps."""
    return (units / step_of(product)).denominator == 1


def require_on_step(units: Fraction, product: str, field: str) -> None:
    """Refuse a dose between two steps; raises `FieldsError`."""
    if not is_on_step(units, product):
        step = step_of(product)
        raise FieldsError(
            {
                field: _(
                    "A dose of %(dose)s lies between two steps of %(product)s; "
                    "doses are multiples of %(step)s."
                )
                % {"dose": units_words(units), "product": product, "step": number_text(step)}
            }
        )
