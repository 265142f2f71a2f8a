"""Steps, published ranges, and how much of a target a session may give."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from facialis.anatomy.injection_sites import injection_sites
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.evidence import Citation, load_rows
from facialis.planning.case.case import Case
from facialis.planning.case.treatments import role_of
from facialis.planning.places import Place
from facialis.planning.rules.earlier import last_dose
from facialis.planning.rules.table import target_group
from facialis.planning.values import TABLES
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.dose_ranges import DoseStatement, PublishedDose, doses_for
from facialis.toxins.preferred_doses import needs_confirmation
from facialis.toxins.procedure_rules import procedure_rule
from facialis.toxins.products import ToxinProduct

HALF_AT_FIRST = "half_at_first"
PER_CENT = 100


@dataclass(frozen=True)
class RangeInWords:
    """The preferred published row for a place, and what has to be known before it is used."""

    role: SideRole | None
    """None when both sides are affected: then no published dose fits."""
    published: PublishedDose | None
    """None where no source states a dose of the product."""

    @property
    def is_usual(self) -> bool:
        """Whether the source gives a dose, and does not say that none is usual."""
        return self.published is not None and self.published.statement is DoseStatement.GIVEN

    @property
    def needs_confirmation(self) -> bool:
        """Whether a clinician has to confirm the row first."""
        return self.published is not None and needs_confirmation(self.published)


@dataclass(frozen=True)
class Ceiling:
    """The most of a target in this session, by one rule."""

    most: ToxinDose
    rule: str
    citation: Citation


@cache
def dose_step(product: ToxinProduct) -> ToxinDose:
    """Every planned dose of a point is a multiple of it."""
    (row,) = (
        row for row in load_rows(TABLES, "dose_steps").rows if row.choice("product", ToxinProduct) is product
    )
    return ToxinDose(row.decimal("step_units"), product)


def is_on_step(dose: ToxinDose) -> bool:
    """Whether a dose is a whole number of steps of its product."""
    return dose.amount % dose_step(dose.product).amount == 0


def up_to_step(dose: ToxinDose) -> ToxinDose:
    """The smallest whole number of steps, at least one, that is not below a dose."""
    step = dose_step(dose.product)
    return step * max(1, -(-dose.amount // step.amount))


def down_to_step(dose: ToxinDose) -> ToxinDose:
    """The largest whole number of steps, or nothing, that is not above a dose."""
    step = dose_step(dose.product)
    return step * (dose.amount // step.amount)


def published_for(case: Case, place: Place, product: ToxinProduct) -> RangeInWords:
    """The preferred published row for a place, as `preferred_range` chooses it."""
    side, target = place
    role = role_of(target, side, case.palsy.affected_side)
    if role is None:
        return RangeInWords(None, None)
    rows = [row for row in doses_for(target, role, product) if not row.is_outlier]
    return RangeInWords(role, rows[0] if rows else None)


def points_for(place: Place, published: PublishedDose) -> tuple[int, ...]:
    """Numbers of the injection points that the published dose counts with, in the order of need."""
    side, target = place
    numbers = tuple(site.number for site in injection_sites(target, side or Side.RIGHT))
    return numbers if published.points is None else numbers[: published.points[1]]


def published_most(place: Place, published: PublishedDose) -> ToxinDose | None:
    """The most that is published: the total, or every point at its most; None where no dose is given."""
    ends = [] if published.total is None else [published.total.high]
    if published.per_site is not None:
        ends.append(published.per_site.high * len(points_for(place, published)))
    return min(ends, default=None)


def highest_published(target: InjectionTarget, product: ToxinProduct) -> ToxinDose | None:
    """The highest total that a source names for a target on one side, whichever side; None: no dose.

    A source without a total, or with one dose for every muscle, counts only where no other says more; what
    the other sources contradict never does.
    """
    rows = [row for row in doses_for(target, product=product) if not row.is_outlier]
    named = [row for row in rows if row.target is target and row.statement is DoseStatement.GIVEN]
    whole = [row for row in named if row.total is not None]
    totals = [published_most((None, target), row) for row in whole or named or rows]
    return max((most for most in totals if most is not None), default=None)


def session_ceiling(case: Case, place: Place, product: ToxinProduct, total_high: ToxinDose) -> Ceiling | None:
    """The most of a target in this session beside the published range; None where no rule lowers it.

    What was given the last time in the same product bounds the next dose. Where no such dose is on
    record, the target counts as new, and in the upper lid and the lower face half of ``total_high`` is the
    most: also after sessions with another product, whose units say nothing, or with unknown points.
    """
    side, target = place
    earlier = last_dose(case, product, target, side)
    if earlier is not None:
        rule = procedure_rule("escalate")
        return Ceiling(earlier * (1 + _number(rule.high) / PER_CENT), "above_escalation", rule.citation)
    if target in target_group(HALF_AT_FIRST):
        rule = procedure_rule("first_session_half")
        return Ceiling(total_high * _number(rule.high), "above_first_session", rule.citation)
    return None


def escalation_pct() -> str:
    """How much more than the last time is allowed, for sentences. [%]"""
    return f"{float(_number(procedure_rule('escalate').high)):g}"


def _number(value: Fraction | None) -> Fraction:
    assert value is not None  # noqa: S101  the table gives the number
    return value
