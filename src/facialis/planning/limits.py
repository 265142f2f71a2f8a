"""How much of each target this session may give, and why some targets are left out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from facialis.anatomy.injection_sites import injection_target
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.evidence import Citation, Provenance
from facialis.planning.case.answers import require_text
from facialis.planning.case.case import Case
from facialis.planning.places import Place, all_places, place_text
from facialis.planning.rules.assess import Assessment
from facialis.planning.rules.doses import (
    RangeInWords,
    dose_step,
    down_to_step,
    points_for,
    published_for,
    published_most,
    session_ceiling,
    up_to_step,
)
from facialis.planning.rules.earlier import given_in_window, window_limit
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.dose_ranges import PublishedDose
from facialis.toxins.procedure_rules import LimitScope, procedure_rules
from facialis.toxins.products import ToxinProduct


class LeftOut(StrEnum):
    """Why a target is not offered."""

    CLOSED = "closed"
    """By a rule: an eye at risk, a flaccid muscle, a contraindication, ..."""
    REFUSED = "refused"
    """By the patient."""
    NO_PUBLISHED_DOSE = "no_published_dose"
    NOT_USUAL = "not_usual"
    NOT_CONFIRMED = "not_confirmed"
    """Its range is from memory, and nobody has confirmed it."""
    NO_ROOM = "no_room"
    """What is left of a limit is less than one step."""


class Bound(StrEnum):
    """What sets the most of a target in this session."""

    PUBLISHED = "published"
    FIRST_SESSION = "above_first_session"
    ESCALATION = "above_escalation"
    AFFECTED_SIDE_CAP = "affected_side_cap"
    BOTH_SIDES_CAP = "both_sides_cap"
    LABEL_WINDOW = "label_window"


@dataclass(frozen=True)
class DoseBounds:
    """Doses of one product, each a whole number of steps; for a target that is injected at all."""

    points: tuple[int, ...]
    """Numbers of the injection points that may be used, in the order of need."""
    per_site_low: ToxinDose
    per_site_high: ToxinDose
    total_low: ToxinDose
    total_high: ToxinDose
    """Of the published range; no more is published."""
    most_total: ToxinDose
    """In this session; never above `total_high`."""
    bound: Bound
    """What sets `most_total`."""
    step: ToxinDose


@dataclass(frozen=True)
class TargetLimit:
    """One target on one side."""

    target: InjectionTarget
    side: Side | None
    """None for the midline."""
    role: SideRole | None
    """None when both sides are affected."""
    bounds: DoseBounds | None
    """None where the target is not offered."""
    reason: LeftOut | None
    """None where it is offered."""
    sentence: str
    """Why it is left out, or what bounds it."""
    closed_by: tuple[str, ...] = ()
    """Codes of the rules that close it."""
    published: PublishedDose | None = None
    """For reading: the row that the range comes from."""
    confirmed_by: str | None = None

    @property
    def is_offered(self) -> bool:
        """Whether it may be planned."""
        return self.bounds is not None

    @property
    def place(self) -> Place:
        """Side and target."""
        return self.side, self.target

    @property
    def citation(self) -> Citation | None:
        """Origin of the range; None where none is published."""
        return None if self.published is None else self.published.citation

    @property
    def provenance(self) -> Provenance | None:
        """How far the range can be trusted, as it must be shown beside it."""
        return None if self.citation is None else self.citation.provenance


@dataclass(frozen=True)
class SessionLimits:
    """What all targets of a session share; None where nothing is known for the product."""

    product: ToxinProduct
    affected_side_cap: ToxinDose | None
    both_sides_cap: ToxinDose | None
    given_in_window: ToxinDose
    """Earlier doses of the product that count against its label."""
    window_left: ToxinDose | None
    """What the label still allows today."""


def session_limits(case: Case, product: ToxinProduct, today: date) -> SessionLimits:
    """Caps of a session, and what is left of the label's limit over months."""
    given, most = given_in_window(case, product, today), window_limit(product)
    return SessionLimits(
        product=product,
        affected_side_cap=_cap(LimitScope.AFFECTED_SIDE, product),
        both_sides_cap=_cap(LimitScope.BOTH_SIDES, product),
        given_in_window=given,
        window_left=None if most is None else most - min(given, most),
    )


def target_limits(case: Case, assessment: Assessment, *, confirmed_by: str | None) -> tuple[TargetLimit, ...]:
    """Limits of every target on every side, from the forehead down.

    Parameters
    ----------
    case : Case
    assessment : Assessment     Of this case: it closes targets, and all doses are in units of its product.
    confirmed_by : str          The clinician who has read the published ranges from memory and stands for
                                them; None leaves every such target out.

    Returns
    -------
    tuple of TargetLimit
        One for each place, offered or not.

    Raises
    ------
    CaseError
        If the name is empty.
    """
    if confirmed_by is not None:
        require_text(confirmed_by, "The name of the clinician who confirms published ranges")
    shared = session_limits(case, assessment.product, assessment.today)
    return tuple(_limit(place, case, assessment, shared, confirmed_by) for place in all_places())


def refused_target(case: Case, target: InjectionTarget) -> bool:
    """Whether the patient refused a muscle that the target reaches."""
    return bool(case.wishes.refused_muscles & set(injection_target(target).muscles))


def _limit(
    place: Place, case: Case, assessment: Assessment, shared: SessionLimits, confirmed_by: str | None
) -> TargetLimit:
    found = published_for(case, place, shared.product)
    stops = assessment.reasons(place)
    left_out = _left_out(place, case, found, shared.product, confirmed_by)
    if stops:
        left_out = (LeftOut.CLOSED, f"{place_text(place)}: {stops[0].sentence} {stops[0].what_to_do}")
    bounds = None
    if left_out is None:
        assert found.published is not None  # noqa: S101  otherwise it is left out
        bounds = _bounds(place, case, found.published, shared)
        if bounds is None:
            left_out = (
                LeftOut.NO_ROOM,
                f"{place_text(place)}: what is left of a limit is less than one step.",
            )
    confirmed = confirmed_by if bounds is not None and found.needs_confirmation else None
    return TargetLimit(
        target=place[1],
        side=place[0],
        role=found.role,
        bounds=bounds,
        reason=None if left_out is None else left_out[0],
        sentence=_offered_text(place, bounds) if left_out is None else left_out[1],
        closed_by=tuple(dict.fromkeys(stop.code for stop in stops)),
        published=found.published,
        confirmed_by=confirmed,
    )


def _left_out(
    place: Place, case: Case, found: RangeInWords, product: ToxinProduct, confirmed_by: str | None
) -> tuple[LeftOut, str] | None:
    named = place_text(place)
    if refused_target(case, place[1]):
        return LeftOut.REFUSED, f"{named}: the patient refuses it."
    if found.published is None:
        return (
            LeftOut.NO_PUBLISHED_DOSE,
            f"{named}: no dose of {product.value} is published, and units of another product do not tell it.",
        )
    if not found.is_usual:
        return LeftOut.NOT_USUAL, f"{named}: not usually injected ({found.published.citation.text})."
    if found.needs_confirmation and confirmed_by is None:
        return (
            LeftOut.NOT_CONFIRMED,
            f"{named}: its range is from memory ({found.published.citation.text}); nobody has confirmed it.",
        )
    return None


def _bounds(place: Place, case: Case, published: PublishedDose, shared: SessionLimits) -> DoseBounds | None:
    step = dose_step(shared.product)
    nothing = step * 0
    least = nothing if published.per_site is None else published.per_site.low
    highest = published_most(place, published)
    assert highest is not None  # noqa: S101  a row that gives a dose gives one of the two
    total_high = down_to_step(highest)
    site_high = total_high if published.per_site is None else down_to_step(published.per_site.high)
    most, bound = _most(place, case, total_high, shared)
    if most < step:
        return None
    site_low = min(up_to_step(least), most)
    total_low = nothing if published.total is None else published.total.low
    return DoseBounds(
        points=points_for(place, published),
        per_site_low=site_low,
        per_site_high=max(site_low, min(most, site_high)),
        total_low=min(max(up_to_step(total_low), site_low), most),
        total_high=total_high,
        most_total=most,
        bound=bound,
        step=step,
    )


def _most(place: Place, case: Case, total_high: ToxinDose, shared: SessionLimits) -> tuple[ToxinDose, Bound]:
    ceilings = [(total_high, Bound.PUBLISHED)]
    ceiling = session_ceiling(case, place, shared.product, total_high)
    if ceiling is not None:
        ceilings.append((ceiling.most, Bound(ceiling.rule)))
    on_affected_side = place[0] is not None and place[0] is case.palsy.affected_side
    for most, bound in (
        (shared.affected_side_cap if on_affected_side else None, Bound.AFFECTED_SIDE_CAP),
        (shared.both_sides_cap, Bound.BOTH_SIDES_CAP),
        (shared.window_left, Bound.LABEL_WINDOW),
    ):
        if most is not None:
            ceilings.append((most, bound))
    least = min(most for most, _ in ceilings)
    return down_to_step(least), next(bound for most, bound in ceilings if most == least)


def _offered_text(place: Place, bounds: DoseBounds | None) -> str:
    assert bounds is not None  # noqa: S101  asked for only then
    why = {
        Bound.PUBLISHED: "the published total",
        Bound.FIRST_SESSION: "half of the published total, as in a first session",
        Bound.ESCALATION: "a bounded step above the last time",
        Bound.AFFECTED_SIDE_CAP: "the cap of the affected side",
        Bound.BOTH_SIDES_CAP: "the cap of both sides together",
        Bound.LABEL_WINDOW: "what the label still allows",
    }[bounds.bound]
    return f"{place_text(place)}: at most {bounds.most_total.text}, {why}."


def _cap(scope: LimitScope, product: ToxinProduct) -> ToxinDose | None:
    for rule in procedure_rules():
        if rule.scope is scope and rule.product is product and rule.high is not None:
            return ToxinDose(rule.high, product)
    return None
