"""From what JSON holds to a plan; what contradicts itself is refused where it stands."""

import math

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.planning.case.case import CASE_ID
from facialis.planning.dosing.choices import DoseChoice, point_volume
from facialis.planning.plan.record import AlternativePlan, LossSummary, Plan, PlanOutcome, SearchSummary
from facialis.planning.rules.assess import Assessment
from facialis.planning.rules.phase import Phase
from facialis.report.json_values import exact_text, read_day, read_exact, read_word
from facialis.report.plan_consistency import refuse_contradictions
from facialis.report.plan_finding_reading import read_findings
from facialis.report.plan_frame import (
    MOST_POINTS,
    MOST_TARGETS,
    Frame,
    flag,
    maybe,
    own_side,
    read_plan_side,
)
from facialis.report.plan_limit_reading import read_limit
from facialis.report.plan_writing import totals_to_plain
from facialis.report.twin_json import Place
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.products import ToxinProduct

MOST_ALTERNATIVES = 20
MOST_WEIGHTS = 50


def plan_from(place: Place) -> Plan:
    """Read the plan of a document whose format was checked."""
    found = place.keys(
        (
            "case_id",
            "affected_side",
            "day",
            "product",
            "outcome",
            "phase",
            "choices",
            "totals",
            "loss",
            "do_nothing",
            "alternatives",
            "search",
            "weights",
            "findings",
            "findings_of_case",
            "limits",
        )
    )
    if not CASE_ID.fullmatch(found["case_id"].text()):
        found["case_id"].refuse("a pseudonym of letters, digits, dots, hyphens and underscores")
    product = read_word(found["product"], ToxinProduct)
    affected = maybe(found["affected_side"], read_plan_side)
    if affected is None and found["affected_side"].value is not None:
        found["affected_side"].refuse("LEFT, RIGHT or null")
    frame = Frame(product, affected)
    choices = _choices(found["choices"], frame)
    _require_totals(found["totals"], choices)
    assessment = Assessment(
        product=product,
        today=read_day(found["day"]),
        phase=read_word(found["phase"], Phase),
        findings=read_findings(found["findings_of_case"]),
    )
    plan = Plan(
        case_id=found["case_id"].text(),
        affected=affected,
        today=assessment.today,
        product=product,
        outcome=read_word(found["outcome"], PlanOutcome),
        assessment=assessment,
        session_findings=read_findings(found["findings"]),
        choices=choices,
        limits=tuple(read_limit(entry, frame) for entry in found["limits"].items(MOST_TARGETS)),
        weights={name: entry.number() for name, entry in found["weights"].named_items(MOST_WEIGHTS)},
        loss=maybe(found["loss"], _loss),
        do_nothing=maybe(found["do_nothing"], _loss),
        search=maybe(found["search"], _search),
        alternatives=tuple(
            _alternative(entry, frame) for entry in found["alternatives"].items(MOST_ALTERNATIVES)
        ),
    )
    refuse_contradictions(plan, place)
    return plan


def _choices(place: Place, frame: Frame) -> tuple[DoseChoice, ...]:
    entries = place.items(MOST_TARGETS)
    found = tuple(_choice(entry, frame) for entry in entries)
    for number, choice in enumerate(found):
        if (choice.side, choice.target) in [(other.side, other.target) for other in found[:number]]:
            entries[number].refuse("each target once on a side")
    return found


def _alternative(place: Place, frame: Frame) -> AlternativePlan:
    found = place.keys(("choices", "totals", "loss"))
    choices = _choices(found["choices"], frame)
    _require_totals(found["totals"], choices)
    return AlternativePlan(choices, _loss(found["loss"]))


def _choice(place: Place, frame: Frame) -> DoseChoice:
    found = place.keys(("target", "side", "role", "points", "total_units", "highest_published_units"))
    target = read_word(found["target"], InjectionTarget)
    side = own_side(found["side"], target)
    role = frame.role(found["role"], target, side)
    if role is None:
        found["role"].refuse("no choice at all: both sides are affected")
    choice = DoseChoice(
        target=target,
        side=side,
        role=role,
        points=tuple(_point(entry, frame) for entry in found["points"].items(MOST_POINTS, least=1)),
        highest=frame.dose(found["highest_published_units"]),
    )
    numbers = [number for number, _ in choice.points]
    if len(set(numbers)) < len(numbers):
        found["points"].refuse("a list that names each point once")
    # A point that the target does not have, or a dose of 0, is refused by the event itself.
    assert choice.injections  # noqa: S101  there is at least one point
    if read_exact(found["total_units"]) != choice.total.amount:
        found["total_units"].refuse(f"the sum of its points, {exact_text(choice.total.amount)}")
    return choice


def _point(place: Place, frame: Frame) -> tuple[int, ToxinDose]:
    found = place.keys(("point", "units", "product", "volume_ml"))
    frame.require_product(found["product"])
    if read_exact(found["volume_ml"]) != point_volume():
        found["volume_ml"].refuse(
            f"{exact_text(point_volume())}, the volume of every point before the dilution is decided"
        )
    return found["point"].whole(), frame.dose(found["units"])


def _require_totals(place: Place, choices: tuple[DoseChoice, ...]) -> None:
    expected = totals_to_plain(choices)
    for word, entry in place.keys(tuple(expected)).items():
        if exact_text(read_exact(entry)) != expected[word]:
            entry.refuse(f"the sum of the choices, {expected[word]}")


def _loss(place: Place) -> LossSummary:
    found = place.keys(("peak", "mean_16_weeks", "price"))
    return LossSummary(*(found[name].number() for name in ("peak", "mean_16_weeks", "price")))


def _search(place: Place) -> SearchSummary:
    found = place.keys(("relative_gap", "timed_out", "relaxed", "samples", "rounds"))
    gap = maybe(found["relative_gap"], Place.number)
    return SearchSummary(
        relative_gap=math.inf if gap is None else gap,
        timed_out=flag(found["timed_out"]),
        relaxed=tuple(entry.text() for entry in found["relaxed"].items(MOST_TARGETS)),
        samples=found["samples"].whole(),
        rounds=found["rounds"].whole(),
    )
