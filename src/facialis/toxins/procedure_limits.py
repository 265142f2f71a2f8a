"""Whether amounts and intervals of a treatment stay within caps and label limits."""

from dataclasses import dataclass

from facialis.evidence import Citation
from facialis.toxins.actions import Action, heaviest_first
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.errors import ToxinError
from facialis.toxins.labels import LabelLimit, LimitKind, label_limits
from facialis.toxins.procedure_rules import LimitScope, ProcedureRule, procedure_rules
from facialis.toxins.products import ToxinProduct

WHOLE_BODY = "all indications together"
"""Scope of the label limit that counts every treatment of the patient."""

DAYS_IN = {"days": 1, "weeks": 7}

CAP_WORDS = {LimitScope.AFFECTED_SIDE: "the affected side", LimitScope.BOTH_SIDES: "both sides together"}
"""What has a cap of a session, as it is named in sentences."""


class LimitQuestionError(ToxinError):
    """A question about limits that makes no sense."""

    code = "limit_question_invalid"


class DoseOverLimitError(ToxinError):
    """One dose alone exceeds what the label allows a patient over months."""

    code = "dose_over_limit"


@dataclass(frozen=True)
class LimitFinding:
    """One limit that is passed, or that is not known for the product."""

    code: str
    """Word of the rule; with `_unknown` at the end where the product has no such limit."""
    action: Action
    sentence: str
    citation: Citation
    """Of the limit, or of the rule where no limit is known."""


def cap_findings(scope: LimitScope, amount: ToxinDose) -> tuple[LimitFinding, ...]:
    """Compare the amount of one session with the cap for one side or both.

    Parameters
    ----------
    scope : LimitScope
        AFFECTED_SIDE, or BOTH_SIDES for everything that is injected in the session.
    amount : ToxinDose
        Sum over the muscles. [units of its product]

    Returns
    -------
    tuple of LimitFinding
        Empty while the amount is not above the cap. A product without a cap gives a warning:
        the cap of another product says nothing about it.

    Raises
    ------
    LimitQuestionError
        If nothing has a cap of that scope.
    """
    if scope not in CAP_WORDS:
        raise LimitQuestionError(
            f"'{scope}' has no cap of a session. Give one of {', '.join(s.value for s in CAP_WORDS)}."
        )
    rules = _rules(scope)
    caps = [(rule, ToxinDose(rule.high, rule.product)) for rule in rules if rule.high is not None]
    for rule, cap in caps:
        if cap.product is amount.product:
            sentence = (
                f"{amount.text} on {CAP_WORDS[scope]}: above {cap.text} a session is unusual. "
                "Lower the dose, or record a reason."
            )
            return () if amount <= cap else (LimitFinding(rule.code, rule.action, sentence, rule.citation),)
    return (_unknown(rules[0], "cap of a session", amount),)


def window_findings(amount: ToxinDose) -> tuple[LimitFinding, ...]:
    """Compare everything that was and will be given in the label's time window with its limit.

    Parameters
    ----------
    amount : ToxinDose
        Earlier and planned treatments in the window, all indications. [units of its product]

    Returns
    -------
    tuple of LimitFinding
        Empty while the amount is not above the limit; a warning where no limit is known.
    """
    (rule,) = _rules(LimitScope.MOST_UNITS_IN_WINDOW)
    limits = [
        limit
        for limit in label_limits(amount.product)
        if limit.kind is LimitKind.MOST_UNITS_IN_WINDOW and limit.scope == WHOLE_BODY
    ]
    for limit, most in ((limit, limit.dose) for limit in limits):
        if most is not None:
            sentence = f"{amount.text}: the label allows {limit.text}, {limit.scope}. Lower the dose or wait."
            return () if amount <= most else (LimitFinding(rule.code, rule.action, sentence, limit.citation),)
    return (_unknown(rule, "limit over time", amount),)


def refuse_above_label(dose: ToxinDose) -> None:
    """Refuse a single dose that alone exceeds the label's limit over time: a slip of the pen.

    Raises
    ------
    DoseOverLimitError
        With the dose, the limit and its source. A product without such a limit refuses nothing.
    """
    for finding in window_findings(dose):
        if finding.action is Action.STOP:
            raise DoseOverLimitError(f"{finding.sentence} (source: {finding.citation.text})")


def interval_findings(days: int, product: ToxinProduct) -> tuple[LimitFinding, ...]:
    """Compare the time since the last treatment with the intervals of label and practice.

    Parameters
    ----------
    days : int
        Whole days since the last treatment with any product. [days]
    product : ToxinProduct
        Product to be injected now.

    Returns
    -------
    tuple of LimitFinding
        Empty once every interval has passed; stops come before warnings.

    Raises
    ------
    LimitQuestionError
        If the days are not a whole number, 0 or more.
    """
    if not _is_count(days):
        raise LimitQuestionError(
            f"The time since the last treatment is {days!r}; it is a whole number of days, 0 or more. "
            "Correct it."
        )
    found = [_interval_finding(limit, days) for limit in label_limits(product)]
    return tuple(sorted(filter(None, found), key=lambda finding: heaviest_first(finding.action)))


def _interval_finding(limit: LabelLimit, days: int) -> LimitFinding | None:
    if limit.kind is not LimitKind.LEAST_INTERVAL or days >= limit.value * DAYS_IN[limit.unit]:
        return None
    scope = LimitScope.LEAST_INTERVAL if limit.product else LimitScope.LEAST_INTERVAL_ANY_PRODUCT
    (rule,) = _rules(scope)
    day = "day" if days == 1 else "days"
    advice = "Wait." if rule.action is Action.STOP else "Wait, or record a reason."
    sentence = f"{days} {day} since the last treatment; the least is {limit.text} {limit.scope}. {advice}"
    return LimitFinding(rule.code, rule.action, sentence, limit.citation)


def _rules(scope: LimitScope) -> tuple[ProcedureRule, ...]:
    return tuple(rule for rule in procedure_rules() if rule.scope is scope)


def _unknown(rule: ProcedureRule, what: str, amount: ToxinDose) -> LimitFinding:
    sentence = f"No {what} is known for {amount.product.value}. Judge {amount.text} by its own label."
    return LimitFinding(f"{rule.code}_unknown", Action.WARN, sentence, rule.citation)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
