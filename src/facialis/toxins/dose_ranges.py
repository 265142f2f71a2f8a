"""Published doses by target, side role and product, every source kept."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.evidence import Citation, Row
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.errors import ToxinError
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import dose, toxin_rows

ANY = "any"
"""In `target` and `side_role`: the source does not tell them apart."""


class UnknownDoseSourceError(ToxinError):
    """A source of which no dose stands in the table."""

    code = "dose_source_unknown"


class DoseStatement(StrEnum):
    """What a source says about a target."""

    GIVEN = "given"
    """It states a dose."""
    NOT_USUAL = "not_usual"
    """It says that toxin is rarely or not given there. That is no dose of 0."""


@dataclass(frozen=True)
class DoseInterval:
    """Lowest and highest published amount, of one product."""

    low: ToxinDose
    high: ToxinDose

    @property
    def product(self) -> ToxinProduct:
        """Product of both ends."""
        return self.low.product


@dataclass(frozen=True)
class PublishedDose:
    """One row: what one source says. For reading and comparing; `preferred_range` is for planning."""

    target: InjectionTarget | None
    """None where the source gives one dose for every muscle that it injected."""
    role: SideRole | None
    """None where the source does not tell the sides apart."""
    product: ToxinProduct
    statement: DoseStatement
    points: tuple[int, int] | None
    """Fewest and most injection points."""
    per_site: DoseInterval | None
    total: DoseInterval | None
    """For the target on one side (or in the midline)."""
    is_outlier: bool
    """Contradicted by the other sources: shown, never offered."""
    preference: int
    citation: Citation


@cache
def published_doses() -> tuple[PublishedDose, ...]:
    """Every row, the preferred first."""
    return tuple(sorted((_published(row) for row in toxin_rows("dose_ranges")), key=lambda d: d.preference))


def doses_for(
    target: InjectionTarget | None = None,
    role: SideRole | None = None,
    product: ToxinProduct | None = None,
    source: str | None = None,
) -> tuple[PublishedDose, ...]:
    """Every published dose that applies, by preference; what is None does not narrow the search.

    Parameters
    ----------
    target : InjectionTarget
        Rows for it, and rows of sources that give one dose for every muscle.
    role : SideRole
        Rows for this side, for the midline (which belongs to both sides), and of sources
        that do not tell the sides apart.
    product : ToxinProduct
        Rows in units of this product only.
    source : str
        Key in the bibliography.

    Returns
    -------
    tuple of PublishedDose
        Empty where nothing is published: no dose is ever made from another product's.

    Raises
    ------
    UnknownDoseSourceError
        If the table holds no dose of ``source``.
    """
    sources = dict.fromkeys(found.citation.source_key for found in published_doses())
    if source is not None and source not in sources:
        raise UnknownDoseSourceError(
            f"'{source}' is no source of a dose by muscle. Give one of {', '.join(sources)}."
        )
    return tuple(
        found
        for found in published_doses()
        if (target is None or found.target in {None, target})
        and (role is None or found.role in {None, role, SideRole.MIDLINE})
        and (product is None or found.product is product)
        and (source is None or found.citation.source_key == source)
    )


def _published(row: Row) -> PublishedDose:
    target, role = row.text("target"), row.text("side_role")
    found = PublishedDose(
        target=None if target == ANY else row.choice("target", InjectionTarget),
        role=None if role == ANY else row.choice("side_role", SideRole),
        product=row.choice("product", ToxinProduct),
        statement=row.choice("statement", DoseStatement),
        points=_points(row),
        per_site=_interval(row, "per_site"),
        total=_interval(row, "total"),
        is_outlier=row.flag("outlier"),
        preference=row.integer("preference"),
        citation=row.citation,
    )
    has_dose = found.per_site is not None or found.total is not None
    if has_dose is not (found.statement is DoseStatement.GIVEN):
        raise row.error(
            f"statement is {found.statement.value}, and the row {'has' if has_dose else 'lacks'} a dose; "
            "a dose stands in a row that is given, and only there."
        )
    return found


def _interval(row: Row, name: str) -> DoseInterval | None:
    if not _paired(row, name):
        return None
    low, high = dose(row, f"{name}_low"), dose(row, f"{name}_high")
    if low > high:
        raise row.error(f"{name}_low is {low.text}, {name}_high is {high.text}; low must not exceed high.")
    return DoseInterval(low, high)


def _points(row: Row) -> tuple[int, int] | None:
    if not _paired(row, "points"):
        return None
    fewest, most = row.integer("points_low"), row.integer("points_high")
    if not 1 <= fewest <= most:
        raise row.error(f"points run from {fewest} to {most}; there is at least one, low not above high.")
    return fewest, most


def _paired(row: Row, name: str) -> bool:
    low, high = row.optional_text(f"{name}_low"), row.optional_text(f"{name}_high")
    if (low is None) != (high is None):
        raise row.error(f"{name}_low and {name}_high stand together or not at all.")
    return low is not None
