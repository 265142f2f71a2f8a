"""Judge a case: what stops a plan, what warns, and which targets are closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from facialis.planning.case.answers import Answer
from facialis.planning.case.case import Case
from facialis.planning.places import Place, all_places, mentioned
from facialis.planning.rules.conditions import CONDITIONS
from facialis.planning.rules.context import Context, Hit
from facialis.planning.rules.derived import condition_words
from facialis.planning.rules.facts import FaceFacts
from facialis.planning.rules.findings import PlanFinding, PlanFindingKind, ordered
from facialis.planning.rules.override import Override
from facialis.planning.rules.phase import Phase
from facialis.planning.rules.table import (
    PlanRule,
    RoleScope,
    Stage,
    plan_rules,
    prerequisite_rules,
    red_flag_rules,
)
from facialis.planning.rules.times import time_findings
from facialis.toxins.actions import Action
from facialis.toxins.products import ToxinProduct
from facialis.toxins.safety_findings import findings_for


@dataclass(frozen=True)
class Assessment:
    """What the rules say about a case, one product and a day."""

    product: ToxinProduct
    today: date
    phase: Phase
    findings: tuple[PlanFinding, ...]
    """Stops first."""

    @property
    def may_plan(self) -> bool:
        """Whether no finding stops the whole plan. A closed target does not."""
        return not any(finding.stops_everything for finding in self.findings)

    @property
    def blocked(self) -> frozenset[Place]:
        """Targets that a stop closes, each with its side; everything where nothing may be planned."""
        if not self.may_plan:
            return frozenset(all_places())
        return frozenset(place for place in all_places() if self.reasons(place))

    def reasons(self, place: Place) -> tuple[PlanFinding, ...]:
        """The stops that close a target on a side, those of the whole plan first."""
        stops = [finding for finding in self.findings if finding.action is Action.STOP]
        whole = [finding for finding in stops if not finding.targets]
        own = [f for f in stops if any(place in mentioned(target) for target in f.targets)]
        return (*whole, *own)


def assess(
    case: Case, product: ToxinProduct, facts: FaceFacts, today: date, *, override: Override | None = None
) -> Assessment:
    """Apply every rule to a case.

    Parameters
    ----------
    case : Case
    product : ToxinProduct      What would be injected.
    facts : FaceFacts           What is known of the face.
    today : date                The day of planning.
    override : Override         Who answers for going on; only rules marked so can be overridden.

    Returns
    -------
    Assessment
        No finding means that no rule of the tables applies, not that the treatment is safe.

    Raises
    ------
    CaseError
        If the case cannot be on this day.
    """
    case.require_on(today)
    context = Context(case, product, facts, today)
    found = ordered(
        (*_of_rules(context), *_of_red_flags(context), *_of_toxins(context), *_of_checklist(context))
    )
    if override is not None:
        found = ordered(override.of(finding) for finding in found)
    return Assessment(product, today, context.phase, found)


def _of_rules(context: Context) -> Iterator[PlanFinding]:
    for rule in plan_rules():
        if rule.stage is Stage.CASE:
            hit = CONDITIONS[rule.condition](context)
            if hit is not None:
                yield _finding(rule, hit, context)


def _finding(rule: PlanRule, hit: Hit, context: Context) -> PlanFinding:
    words = {**context.words, **hit.words}
    return PlanFinding(
        code=rule.code,
        action=rule.action,
        kind=rule.kind,
        sentence=rule.sentence.format_map(words),
        what_to_do=rule.what_to_do.format_map(words),
        targets=hit.places if rule.targets is None else _places(rule, context),
        citation=rule.citation,
    )


def _places(rule: PlanRule, context: Context) -> tuple[Place, ...]:
    """The rule's targets on the affected side (both, where both are affected), or on any side."""
    assert rule.targets is not None  # noqa: S101  asked for only then
    side = context.case.palsy.affected_side if rule.scope is RoleScope.AFFECTED else None
    places = tuple((side, target) for target in rule.targets)
    if rule.scope is RoleScope.AFFECTED:
        # The midline belongs to both sides: a rule about the affected one does not close it.
        return tuple(place for place in places if mentioned(place) != ((None, place[1]),))
    return places


def _of_red_flags(context: Context) -> Iterator[PlanFinding]:
    palsy = context.case.palsy
    for rule in red_flag_rules():
        if (
            palsy.answer_to(rule.flag) is Answer.YES
            and not palsy.is_cleared(rule.flag)
            and palsy.cause not in rule.explained_by
        ):
            yield PlanFinding(
                code=f"red_flag_{rule.flag.value}",
                action=rule.action,
                kind=PlanFindingKind.REFERRAL,
                sentence=rule.sentence.format_map(context.words),
                what_to_do=rule.what_to_do,
                targets=(),
                citation=rule.citation,
            )


def _of_toxins(context: Context) -> Iterator[PlanFinding]:
    for finding in findings_for(condition_words(context), context.case.medication.codes, context.product):
        yield PlanFinding(
            code=finding.code,
            action=finding.action,
            kind=PlanFindingKind.SAFETY,
            sentence=finding.sentence,
            what_to_do=finding.what_to_do,
            targets=tuple((None, target) for target in finding.targets),
            citation=finding.citation,
        )
    yield from time_findings(context.case, context.product, context.today)


def _of_checklist(context: Context) -> Iterator[PlanFinding]:
    for rule in prerequisite_rules():
        if context.case.answer_to(rule.prerequisite) is not Answer.YES:
            yield PlanFinding(
                code=f"{rule.prerequisite.value}_missing",
                action=rule.action,
                kind=PlanFindingKind.PREREQUISITE,
                sentence=rule.sentence,
                what_to_do=rule.what_to_do,
                targets=(),
                citation=rule.citation,
            )
