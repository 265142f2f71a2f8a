"""Check a finished list of injections against every rule: the last word before a signature."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from facialis.anatomy.injection_sites import injection_target
from facialis.anatomy.muscles import muscle
from facialis.planning.case.case import Case
from facialis.planning.case.treatments import contradiction
from facialis.planning.places import Place, mentioned, place_of, place_text
from facialis.planning.rules.assess import Assessment, assess
from facialis.planning.rules.doses import (
    dose_step,
    escalation_pct,
    highest_published,
    is_on_step,
    points_for,
    published_for,
    published_most,
    session_ceiling,
)
from facialis.planning.rules.facts import FaceFacts
from facialis.planning.rules.findings import PlanFinding, PlanFindingKind, ordered
from facialis.planning.rules.override import Override
from facialis.planning.rules.table import plan_rule
from facialis.planning.rules.times import ADVICE, planned_window_findings
from facialis.planning.values import whole_value
from facialis.toxins.amounts import ToxinDose, total
from facialis.toxins.dose_ranges import DoseInterval, PublishedDose
from facialis.toxins.exact import exact_number, number_text
from facialis.toxins.labels import LimitKind, label_limits
from facialis.toxins.preparation import point_volume
from facialis.toxins.procedure_limits import cap_findings
from facialis.toxins.procedure_rules import LimitScope
from facialis.toxins.products import ToxinProduct
from facialis.twin.events import ToxinInjection


@dataclass(frozen=True)
class _Session:
    case: Case
    product: ToxinProduct
    injections: tuple[ToxinInjection, ...]
    assessment: Assessment
    confirmed_by: str | None

    @property
    def places(self) -> dict[Place, list[ToxinInjection]]:
        """Injections by target and side, in their order."""
        found: dict[Place, list[ToxinInjection]] = {}
        for injection in self.injections:
            found.setdefault(place_of(injection.target, injection.side), []).append(injection)
        return found


def check_session(
    case: Case,
    injections: Sequence[ToxinInjection],
    product: ToxinProduct,
    facts: FaceFacts,
    today: date,
    *,
    confirmed_by: str | None = None,
    override: Override | None = None,
) -> tuple[PlanFinding, ...]:
    """Check every point, every target and the whole session, from nothing but its arguments.

    Parameters
    ----------
    case : Case
    injections : sequence of ToxinInjection
        A `RoledInjection` says which role its side has; a role that contradicts the side stops.
    product : ToxinProduct      What the case is assessed for.
    facts : FaceFacts
    today : date                The day of the session.
    confirmed_by : str          Who stands for published ranges from memory; None: nobody.
    override : Override         As in `assess`.

    Returns
    -------
    tuple of PlanFinding
        Those of the case and those of the session, stops first. With a stop among them nothing may be
        injected as it stands: a stop about a target matters here only if the target is injected, so of
        those the ones about other targets are left out.

    Raises
    ------
    CaseError
        If the case cannot be on this day.
    """
    assessment = assess(case, product, facts, today, override=override)
    session = _Session(case, product, tuple(injections), assessment, confirmed_by)
    found = [finding for finding in assessment.findings if _matters(finding, session)]
    found += [*_of_points(session), *_of_products(session)]
    if {injection.dose.product for injection in injections} == {product}:
        found += [*_of_doses(session), *_of_totals(session), *_of_sums(session, today)]
    return ordered(found)


def _matters(finding: PlanFinding, session: _Session) -> bool:
    """Whether a finding is about the whole plan, or about a target that is injected."""
    return not finding.targets or any(
        place in session.places for target in finding.targets for place in mentioned(target)
    )


def _of_products(session: _Session) -> Iterator[PlanFinding]:
    products = list(dict.fromkeys(injection.dose.product for injection in session.injections))
    named = {"named": ", ".join(each.value for each in products), "product": session.product.value}
    if len(products) > 1:
        yield _finding("injections_of_two_products", named)
    elif products and products != [session.product]:
        yield _finding("another_product", named)


def _of_points(session: _Session) -> Iterator[PlanFinding]:
    volume = point_volume()
    for place, injections in session.places.items():
        named = {"named": place_text(place)}
        numbers = [injection.point for injection in injections]
        for number in dict.fromkeys(n for n in numbers if numbers.count(n) > 1):
            yield _finding("point_twice", {**named, "number": str(number)}, place)
        yield from _of_place(session, place)
        for injection in injections:
            against = contradiction(injection, session.case.palsy.affected_side)
            if against is not None:
                yield _finding("wrong_side", {"named": against}, place)
            amount = exact_number(injection.volume_ml, "The volume")
            if not volume.low_ml <= amount <= volume.high_ml:
                ends = {"least": number_text(volume.low_ml), "most": number_text(volume.high_ml)}
                words = {**named, **ends, "number": str(injection.point), "volume_ml": number_text(amount)}
                yield _finding("unusual_volume", words, place)


def _of_place(session: _Session, place: Place) -> Iterator[PlanFinding]:
    named = place_text(place)
    closing = [finding for finding in session.assessment.reasons(place) if finding.targets]
    if closing:
        codes = ", ".join(dict.fromkeys(finding.code for finding in closing))
        yield _finding("target_closed", {"named": named, "reason": codes}, place)
    muscles = injection_target(place[1]).muscles
    if session.case.wishes.refused_muscles & set(muscles):
        yield _finding("target_refused", {"named": named}, place)
    if not all(muscle(each).is_target for each in muscles):
        yield _finding("muscle_never_injected", {"named": named}, place)


def _of_doses(session: _Session) -> Iterator[PlanFinding]:
    step = dose_step(session.product)
    for place, injections in session.places.items():
        published = published_for(session.case, place, session.product).published
        numbers = sorted({injection.point for injection in injections})
        beyond = [] if published is None else numbers[len(points_for(place, published)) :]
        for injection in injections:
            words = {
                "named": place_text(place),
                "number": str(injection.point),
                "dose": injection.dose.text,
                "step": step.text,
            }
            if not is_on_step(injection.dose):
                yield _finding("off_step", words, place)
            if injection.point in beyond:
                yield _finding("point_not_published", words, place)
            if published is not None:
                yield from _outside(published.per_site, injection.dose, "site", words, place)


def _of_totals(session: _Session) -> Iterator[PlanFinding]:
    for place, injections in session.places.items():
        dose = total(injection.dose for injection in injections)
        found = published_for(session.case, place, session.product)
        words = {"named": place_text(place), "dose": dose.text, "product": session.product.value}
        published = found.published
        if published is None:
            yield _finding("no_published_dose", words, place)
        elif not found.is_usual:
            yield _finding("dose_not_usual", words, place)
        else:
            if found.needs_confirmation and not (session.confirmed_by or "").strip():
                yield _finding("range_not_confirmed", words, place)
            yield from _outside(published.total, dose, "total", words, place)
        yield from _beyond_published(place, dose, words)
        yield from _above_ceiling(session, place, dose, published, words)


def _beyond_published(place: Place, dose: ToxinDose, words: dict[str, str]) -> Iterator[PlanFinding]:
    highest, factor = highest_published(place[1], dose.product), whole_value("most_over_published")
    if highest is not None and dose > highest * factor:
        yield _finding(
            "dose_beyond_any_published", {**words, "factor": str(factor), "most": highest.text}, place
        )


def _above_ceiling(
    session: _Session, place: Place, dose: ToxinDose, published: PublishedDose | None, words: dict[str, str]
) -> Iterator[PlanFinding]:
    # Where nothing is published there is nothing to take half of: then the dose itself is the measure.
    known = None if published is None else published_most(place, published)
    ceiling = session_ceiling(session.case, place, session.product, dose * 2 if known is None else known)
    if ceiling is not None and dose > ceiling.most:
        limit = {"most": ceiling.most.text, "escalation_pct": escalation_pct()}
        yield _finding(ceiling.rule, {**words, **limit}, place)


def _of_sums(session: _Session, today: date) -> Iterator[PlanFinding]:
    whole = total(injection.dose for injection in session.injections)
    sides = groupby(sorted(session.injections, key=_sort_side), key=_sort_side)
    by_side = {side: total(injection.dose for injection in group) for side, group in sides}
    affected = session.case.palsy.affected_side
    if affected is not None and affected.value in by_side:
        yield from _caps(LimitScope.AFFECTED_SIDE, by_side[affected.value])
    yield from _caps(LimitScope.BOTH_SIDES, whole)
    for limit in label_limits(whole.product):
        if limit.kind is LimitKind.MOST_UNITS_IN_SESSION and limit.dose is not None and whole > limit.dose:
            words = {"dose": whole.text, "most": limit.dose.text, "product": whole.product.value}
            yield _finding("session_beyond_label", words)
    yield from planned_window_findings(session.case, whole, today)


def _sort_side(injection: ToxinInjection) -> str:
    side, _ = place_of(injection.target, injection.side)
    return "" if side is None else side.value


def _caps(scope: LimitScope, amount: ToxinDose) -> Iterator[PlanFinding]:
    for finding in cap_findings(scope, amount):
        yield PlanFinding(
            code=finding.code,
            action=finding.action,
            kind=PlanFindingKind.LIMIT,
            sentence=finding.sentence,
            what_to_do=ADVICE[finding.action],
            targets=(),
            citation=finding.citation,
        )


def _outside(
    interval: DoseInterval | None, dose: ToxinDose, what: str, words: dict[str, str], place: Place
) -> Iterator[PlanFinding]:
    if interval is None:
        return
    ends = {**words, "least": interval.low.text, "most": interval.high.text}
    if dose > interval.high:
        yield _finding(f"above_{what}_range", ends, place)
    elif dose < interval.low:
        yield _finding(f"below_{what}_range", ends, place)


def _finding(code: str, words: dict[str, str], *places: Place) -> PlanFinding:
    rule = plan_rule(code)
    return PlanFinding(
        code=code,
        action=rule.action,
        kind=rule.kind,
        sentence=rule.sentence.format_map(words),
        what_to_do=rule.what_to_do.format_map(words),
        targets=places,
        citation=rule.citation,
    )
