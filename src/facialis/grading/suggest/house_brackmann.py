"""Suggested House-Brackmann signs, and the grades between which they leave the choice."""

from collections.abc import Sequence
from dataclasses import replace

from facialis.anatomy.sides import Side
from facialis.grading.house_brackmann import (
    INSTRUMENT,
    Appearance,
    EyeClosure,
    Forehead,
    Mouth,
    Movement,
    Rest,
    SecondaryDefect,
)
from facialis.grading.suggest.estimate import (
    Estimate,
    closed_share,
    difference_at_rest,
    involuntary_movements,
    movement_share,
)
from facialis.grading.suggest.house_brackmann_grade import grade_ranges
from facialis.grading.suggest.item import AnswerValue, Judged, SuggestedItem, Suggestion
from facialis.grading.suggest.judge import (
    by_steps,
    not_determined,
    reasons_of_absent,
    strongest,
)
from facialis.grading.suggest.probability import (
    share_below,
    share_within,
    shares_of_greatest,
    shares_of_steps,
)
from facialis.grading.suggest.readings import NoReading, Readings
from facialis.grading.suggest.rules import Rule, RuleKind, rule_for
from facialis.grading.suggest.thresholds import (
    limit,
    limit_citations,
    limits,
    perception_citations,
    perception_mm,
)

REMAINING_GAP = "remaining gap"
PERSON_ONLY = (
    "Whether an obvious difference disfigures, only a person can say; where it does, the grade is at least "
    "IV."
)
EFFORT = "Effort does not show in a photograph."
TONE = "Tone does not show in a photograph."

FOREHEAD_LIMITS = ("movement_starts_from", "movement_mild_from", "movement_complete_from")
MOUTH_LIMITS = (
    "movement_starts_from",
    "movement_barely_below",
    "movement_mild_from",
    "movement_almost_from",
    "movement_complete_from",
)
ANY_MOVEMENT_LIMITS = ("movement_starts_from", "movement_barely_below")
APPEARANCE_LIMITS = ("movement_almost_from", "movement_complete_from")
DEFECT_LIMITS = ("synkinesis_mild_from", "synkinesis_moderate_from", "synkinesis_severe_from")


def suggest_house_brackmann(readings: Readings, affected: Side) -> Suggestion:
    """Suggest each sign, and the range of grades that the order of decisions makes of them.

    Parameters
    ----------
    readings : Readings
        What was measured.
    affected : Side
        The palsied side.

    Returns
    -------
    Suggestion
        Its ranges are `weakness`, the grade without the secondary defect, and `grade`; neither
        where it cannot be said whether anything moves.
    """
    items = (
        _movement(readings, affected),
        _appearance(readings, affected),
        _rest(readings, affected),
        _limb(readings, affected, "forehead", FOREHEAD_LIMITS, tuple(Forehead)[::-1]),
        _eye_closure(readings, affected),
        _limb(readings, affected, "mouth", MOUTH_LIMITS, tuple(Mouth)[::-1]),
        _secondary_defect(readings, affected),
    )
    ranges, notes = grade_ranges(items)
    return Suggestion(INSTRUMENT.id, INSTRUMENT.version, affected, items, ranges, notes)


def _limb(
    readings: Readings, affected: Side, item: str, names: tuple[str, ...], answers: Sequence[AnswerValue]
) -> SuggestedItem:
    rules = rule_for(INSTRUMENT.id, item)
    estimate = movement_share(readings, rules[0], affected)
    if isinstance(estimate, NoReading):
        return not_determined(item, rules, estimate.reason)
    steps = shares_of_steps(limits(names), estimate.value, estimate.sd)
    return by_steps(item, rules, [estimate], _paired(answers, steps), limit_citations(names))


def _movement(readings: Readings, affected: Side) -> SuggestedItem:
    """The strongest movement of brow and corner of the mouth; both must have been read."""
    rules = rule_for(INSTRUMENT.id, "movement")
    shares = _shares(readings, rules, affected)
    if isinstance(shares, NoReading):
        return not_determined("movement", rules, shares.reason)
    shares.sort(key=lambda share: -share.value)
    steps = shares_of_greatest(limits(ANY_MOVEMENT_LIMITS), [(share.value, share.sd) for share in shares])
    chances = _paired(tuple(Movement), steps)
    return by_steps("movement", rules, shares, chances, limit_citations(ANY_MOVEMENT_LIMITS))


def _appearance(readings: Readings, affected: Side) -> SuggestedItem:
    """The weakest of brow, lids and corner of the mouth."""
    rules = rule_for(INSTRUMENT.id, "appearance")
    shares = _shares(readings, rules, affected)
    if isinstance(shares, NoReading):
        return not_determined("appearance", rules, shares.reason)
    shares.sort(key=lambda share: share.value)
    # The smallest share lies below a limit when the greatest of the negated ones lies above it.
    negated = [-value for value in reversed(limits(APPEARANCE_LIMITS))]
    steps = shares_of_greatest(negated, [(-share.value, share.sd) for share in shares])
    chances = _paired((Appearance.NORMAL, Appearance.SLIGHT, Appearance.OBVIOUS), steps)
    citations = limit_citations(APPEARANCE_LIMITS)
    return by_steps("appearance", rules, shares, chances, citations, remarks=(PERSON_ONLY,))


def _rest(readings: Readings, affected: Side) -> SuggestedItem:
    rules = rule_for(INSTRUMENT.id, "rest")
    alike, estimates, in_thresholds = 1.0, [], []
    for rule in rules:
        estimate = difference_at_rest(readings, rule, affected)
        if isinstance(estimate, NoReading):
            return not_determined("rest", rules, estimate.reason)
        noticed = perception_mm(rule.features[0])
        alike *= share_within(-noticed, noticed, estimate.value, estimate.sd)
        estimates.append(estimate)
        in_thresholds.append(abs(estimate.value) / noticed)
    most = in_thresholds.index(max(in_thresholds))
    ordered = [estimates[most], *(e for e in estimates if e is not estimates[most])]
    chances = _paired(tuple(Rest), (alike, 1 - alike))
    citations = perception_citations(feature for rule in rules for feature in rule.features)
    return by_steps("rest", rules, ordered, chances, citations, remarks=(TONE,))


def _eye_closure(readings: Readings, affected: Side) -> SuggestedItem:
    """At greatest effort by the gap that is left; with little effort only if that closes too."""
    rules = rule_for(INSTRUMENT.id, "eye_closure")
    rule, gentle_rule = rules
    tight = closed_share(readings, rule, affected)
    if isinstance(tight, NoReading):
        return not_determined("eye_closure", rules, tight.reason)
    still = share_below(limit("movement_starts_from"), tight.value, tight.sd)
    closes = _closes(tight, rule)
    gentle = closed_share(readings, gentle_rule, affected)
    estimates, remarks = [tight], [EFFORT]
    if isinstance(gentle, NoReading):
        easily = 0.0
        remarks.append(f"Judged without gentle closure, as if effort were needed: {gentle.reason}")
    else:
        easily = _closes(gentle, gentle_rule)
        estimates.append(gentle)
    answers = (EyeClosure.NORMAL, EyeClosure.COMPLETE_WITH_EFFORT, EyeClosure.INCOMPLETE, EyeClosure.NONE)
    none = min(still, 1 - closes)
    steps = (closes * easily, closes * (1 - easily), 1 - closes - none, none)
    citations = (*limit_citations(["movement_starts_from"]), *perception_citations(rule.features))
    gap = tight.readings[-1]
    estimates[0] = replace(tight, judged=Judged(REMAINING_GAP, gap.value, gap.sd, gap.unit))
    return by_steps(
        "eye_closure", rules, estimates, _paired(answers, steps), citations, remarks=tuple(remarks)
    )


def _closes(share: Estimate, rule: Rule) -> float:
    gap = share.readings[-1]
    return share_below(perception_mm(rule.features[0]), gap.value, gap.sd)


def _secondary_defect(readings: Readings, affected: Side) -> SuggestedItem:
    rules = rule_for(INSTRUMENT.id, "secondary_defect")
    cells, absent = involuntary_movements(readings, rules[0], affected)
    if not cells:
        return not_determined("secondary_defect", rules, reasons_of_absent(absent))
    members = [(cell.in_thresholds, cell.sd_in_thresholds) for cell in cells]
    steps = shares_of_greatest(limits(DEFECT_LIMITS), members)
    citations = (*limit_citations(DEFECT_LIMITS), *perception_citations(rules[0].features))
    chances = _paired(tuple(SecondaryDefect), steps)
    remarks = ("Contracture and spasm are not judged.", PERSON_ONLY)
    return by_steps("secondary_defect", rules, [strongest(cells)], chances, citations, remarks=remarks)


def _shares(readings: Readings, rules: Sequence[Rule], affected: Side) -> list[Estimate] | NoReading:
    shares = []
    for rule in rules:
        share = movement_share if rule.kind is RuleKind.MOVEMENT else closed_share
        found = share(readings, rule, affected)
        if isinstance(found, NoReading):
            return found
        shares.append(found)
    return shares


def _paired(answers: Sequence[AnswerValue], steps: Sequence[float]) -> tuple[tuple[AnswerValue, float], ...]:
    return tuple(zip(answers, steps, strict=True))
