"""Values of planning as the answers have them: sides in words, amounts exact, sources with their tags."""

from collections.abc import Sequence

from facialis.clinic.planner.answers import (
    ChosenDose,
    Dates,
    Finding,
    Loss,
    PointDose,
    Source,
    TargetSide,
    Totals,
    UnitRange,
)
from facialis.evidence import Citation
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.dosing.loss import PlanLoss
from facialis.planning.places import Place, is_midline, place_of
from facialis.planning.plan.record import LossSummary
from facialis.planning.rules.findings import PlanFinding
from facialis.planning.schedule import FollowUp
from facialis.report.json_values import exact_text
from facialis.report.plan_writing import BOTH, MIDLINE, side_word
from facialis.toxins.actions import Action
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.exact import units_words
from facialis.toxins.products import ToxinProduct
from facialis.twin.events import ToxinInjection

ACTIONS = {Action.STOP: "stop", Action.WARN: "warn", Action.ADVISE: "note", Action.NONE: "note"}
SIDES = ("RIGHT", "LEFT", MIDLINE)


def source_of(citation: Citation) -> Source:
    """Where something comes from."""
    return Source(citation.text, citation.source_key, citation.provenance.value)


def finding_of(finding: PlanFinding) -> Finding:
    """A finding with its word for a page."""
    return Finding(
        code=finding.code,
        action=ACTIONS[finding.action],
        kind=finding.kind.value,
        sentence=finding.sentence,
        what_to_do=finding.what_to_do,
        targets=tuple(
            TargetSide(target.value, place_word((side, target))) for side, target in finding.targets
        ),
        source=source_of(finding.citation),
    )


def place_word(place: Place) -> str:
    """LEFT, RIGHT, midline, or both for a target that is meant on either side."""
    side, target = place
    return side_word(side) if side is not None or is_midline(target) else BOTH


def range_of(low: ToxinDose, high: ToxinDose) -> UnitRange:
    """Both ends, exact."""
    return UnitRange(exact_text(low.amount), exact_text(high.amount))


def chosen_of(choice: DoseChoice) -> ChosenDose:
    """A target with its needles."""
    return ChosenDose(
        choice.target.value, side_word(choice.side), exact_text(choice.total.amount), points_of(choice)
    )


def points_of(choice: DoseChoice) -> tuple[PointDose, ...]:
    """Needles of a target."""
    return tuple(PointDose(number, exact_text(dose.amount)) for number, dose in choice.points)


def totals_of(injections: Sequence[ToxinInjection], product: ToxinProduct) -> tuple[Totals, ...]:
    """Sums of each product: that of the session first, also where nothing of it is injected."""
    products = dict.fromkeys([product, *(one.dose.product for one in injections)])
    return tuple(_totals([one for one in injections if one.dose.product is each], each) for each in products)


def _totals(injections: list[ToxinInjection], product: ToxinProduct) -> Totals:
    sums = {word: ToxinDose(0, product) for word in SIDES}
    for one in injections:
        side, _ = place_of(one.target, one.side)
        sums[side_word(side)] += one.dose
    whole = ToxinDose(sum(one.amount for one in sums.values()), product)
    parts = [f"{word} {units_words(sums[word].amount)}" for word in SIDES if sums[word].amount]
    needles = f"{len(injections)} {'point' if len(injections) == 1 else 'points'}"
    text = f"{', '.join(parts)}; session {whole.text} in {needles}" if parts else whole.text
    return Totals(
        product=product.value,
        left=exact_text(sums["LEFT"].amount),
        right=exact_text(sums["RIGHT"].amount),
        midline=exact_text(sums[MIDLINE].amount),
        session=exact_text(whole.amount),
        needles=len(injections),
        text=text,
    )


def loss_of(loss: PlanLoss | LossSummary, peak_share: float) -> Loss:
    """A loss with both of its parts weighed together."""
    mean = loss.mean if isinstance(loss, PlanLoss) else loss.mean_16_weeks
    return Loss(loss.peak, mean, peak_share * loss.peak + (1 - peak_share) * mean, loss.price)


def gain_share(nothing: Loss, loss: Loss) -> float | None:
    """Share of what doing nothing loses that is taken away; None where nothing is lost."""
    return (nothing.outcome - loss.outcome) / nothing.outcome if nothing.outcome > 0 else None


def dates_of(found: FollowUp) -> Dates:
    """Dates after the session."""
    return Dates(found.session, found.review_from, found.review_to, found.earliest_repeat, found.repeat)
