"""A plan in plain words, for the patient."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
from jaxtyping import Bool

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.sides import Side
from facialis.evidence import Citation, CitedValue
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.explain.plain_words import (
    EYE_TARGETS,
    MOUTH_TARGETS,
    MOVEMENT_WORDS,
    TARGET_WORDS,
    region_of,
)
from facialis.planning.explain.words import listed
from facialis.planning.plan.make import PlanWork
from facialis.planning.plan.record import Plan, PlanOutcome
from facialis.planning.plan.sign import SignedPlan
from facialis.planning.schedule import follow_up
from facialis.planning.values import plan_value
from facialis.toxins import ToxinProduct
from facialis.toxins.adverse_events import adverse_events
from facialis.toxins.emergency import Urgency, emergency_signs
from facialis.toxins.exact import number_text, units_words
from facialis.toxins.pharmacology import pharmacology
from facialis.toxins.procedure_rules import procedure_rule
from facialis.toxins.product_record import product_record
from facialis.twin.decode import Decoded, synkinesis_map
from facialis.twin.present.state import photographed_commands

MOST_FOUND = 6
MOST_MOVEMENTS = 4
HOURS = 24
ANY_INJECTION = "any facial injection"
HARMLESS_WORDS = {
    "bruising": "small bruises",
    "injection_site_pain": "some pain where the needle went in",
    "flu_like_illness": "feeling tired, with a headache, as with a cold",
}


@dataclass(frozen=True)
class SummarySection:
    """A heading and the sentences under it."""

    code: str
    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class PatientSummary:
    """The sheet of a patient, section by section."""

    title: str
    is_signed: bool
    sections: tuple[SummarySection, ...]
    citations: tuple[Citation, ...]
    """Of times and shares; for the clinician, not printed for the patient."""

    def section(self, code: str) -> SummarySection:
        """One section; raises `KeyError` if the summary has none of it."""
        for section in self.sections:
            if section.code == code:
                return section
        raise KeyError(code)

    @property
    def text(self) -> str:
        """Everything, as plain text."""
        parts = ["\n".join([s.heading, *(f"- {one}" for one in s.sentences)]) for s in self.sections]
        return "\n\n".join([self.title, *parts])


def patient_summary(work: PlanWork, signed: SignedPlan | None = None) -> PatientSummary:
    """Tell the patient what was found, what is proposed, and what to expect.

    Parameters
    ----------
    work : PlanWork         Of `make_plan`.
    signed : SignedPlan     Of the same plan, once a clinician stands for it.

    Returns
    -------
    PatientSummary          Of a stopped plan, or of one without injections: what was found, and why not.
    """
    plan = work.plan if signed is None else signed.plan
    found = SummarySection("found", "What the pictures show", _found(work.decoded))
    state = SummarySection("state", "Where this stands", _state(plan, signed))
    if plan.outcome is not PlanOutcome.INJECT:
        return PatientSummary("About your face", signed is not None, (state, found), ())
    targets = frozenset(choice.target for choice in plan.choices)
    sections = (
        state,
        found,
        SummarySection("proposed", _proposed_heading(signed), _proposed(plan)),
        SummarySection("expect", "What to expect, and when", _expect(plan.product)),
        SummarySection("harmless", "What is harmless", _harmless()),
        SummarySection("call", "When to call the clinic on the same day", _call(targets)),
        SummarySection("emergency", "When it is an emergency", _emergency()),
        SummarySection("dates", "Next dates", _dates(plan.today, plan.product)),
    )
    return PatientSummary("Your treatment with botulinum toxin", signed is not None, sections, _citations())


def _state(plan: Plan, signed: SignedPlan | None) -> tuple[str, ...]:
    if signed is not None:
        return (f"{signed.by} has decided on this treatment for {_day(signed.day)}.",)
    if plan.outcome is PlanOutcome.STOPPED:
        return (
            "No treatment with botulinum toxin can be planned today.",
            "Your clinician will tell you why, and what comes first.",
        )
    if plan.outcome is PlanOutcome.NOTHING:
        return (
            "As far as the pictures tell, injections would not help you more than they would trouble you.",
            "Talk about it with your clinician.",
        )
    return (
        "This is a proposal that a computer worked out.",
        "Nothing is decided until your clinician has looked at it, changed it where needed, and signed it.",
    )


def _proposed_heading(signed: SignedPlan | None) -> str:
    return "What is proposed" if signed is None else "What will be done"


def _found(decoded: Decoded) -> tuple[str, ...]:
    side = decoded.affected.label
    sentences = [*_unasked(decoded), *_weak(decoded), *_hard_working(decoded)]
    if not sentences:
        return (f"The pictures show no movement of your {side} side that is surely different.",)
    return tuple(sentences)


def _unasked(decoded: Decoded) -> list[str]:
    """Parts that move along, with the movements in which they do; the strongest first."""
    side = decoded.affected.label
    regions: dict[str, dict[Expression, float]] = {}
    for cell in synkinesis_map(decoded):
        if cell.is_certain:
            seen = regions.setdefault(region_of(cell.muscle), {})
            seen[cell.expression] = max(seen.get(cell.expression, 0.0), cell.excess)
    sentences = []
    for region, seen in sorted(regions.items(), key=lambda item: -max(item[1].values())):
        if Expression.REST in seen:
            sentences.append(f"Muscles around the {region} on your {side} side are tight even at rest.")
        moving = sorted((e for e in seen if e is not Expression.REST), key=lambda e: -seen[e])[:2]
        if moving:
            when = " and ".join(MOVEMENT_WORDS[e] for e in moving)
            sentences.append(
                f"Muscles around the {region} on your {side} side tighten without being asked {when}."
            )
    return sentences[:MOST_FOUND]


def _weak(decoded: Decoded) -> list[str]:
    """Movements in which the affected side does too little of what is asked."""
    s = list(Side).index(decoded.affected)
    asked = photographed_commands() > 0
    weak = (decoded.is_underdriven[:, s] & asked).any(axis=1)
    words = _movements(np.asarray(weak))
    return [f"Your {decoded.affected.label} side moves less {words}."] if words else []


def _hard_working(decoded: Decoded) -> list[str]:
    """Movements in which the other side does more than usual."""
    other = decoded.affected.opposite
    strong = decoded.is_overdriven[:, list(Side).index(other)].any(axis=1)
    words = _movements(np.asarray(strong))
    return [f"Your {other.label} side works harder than usual {words}."] if words else []


def _movements(which: Bool[np.ndarray, " expressions"]) -> str:
    """Movements in words; empty for none."""
    words = [MOVEMENT_WORDS[e] for e, is_so in zip(NINE_PHOTOGRAPHS, which, strict=True) if is_so]
    return "in most movements" if len(words) > MOST_MOVEMENTS else listed(words)


def _proposed(plan: Plan) -> tuple[str, ...]:
    sentences = []
    for side in (Side.LEFT, Side.RIGHT, None):
        choices = [choice for choice in plan.choices if choice.side is side]
        if choices:
            where = "In the middle" if side is None else f"On your {side.label} side"
            sentences.append(f"{where}: {listed([_place(choice) for choice in choices])}.")
    units = sum((choice.total.amount for choice in plan.choices), Fraction(0))
    count = len(plan.injections)
    sentences.append(
        f"In all {count} {'injection' if count == 1 else 'injections'} with a thin needle, "
        f"{units_words(units)} of {plan.product.value}."
    )
    sentences.append(
        "The medicine lets the treated muscles relax. On the side of the palsy this calms what is tight or "
        "moves along; on the other side it can make both sides more alike. It does not heal the nerve."
    )
    return tuple(sentences)


def _place(choice: DoseChoice) -> str:
    count = len(choice.points)
    return (
        f"{TARGET_WORDS[choice.target]} ({count} {'point' if count == 1 else 'points'}, "
        f"{units_words(choice.total.amount)})"
    )


def _expect(product: ToxinProduct) -> tuple[str, ...]:
    begins, clinical = _course("onset_begins"), _course("onset_clinical")
    review = procedure_rule("review")
    assert review.low is not None  # noqa: S101  the table gives both numbers
    assert review.high is not None  # noqa: S101
    first, last = _ends(begins)
    full = f"{number_text(review.low)} to {number_text(review.high)} weeks"
    return (
        "Nothing changes at once.",
        f"The first effect comes after {first / HOURS:g} to {last / HOURS:g} days.",
        f"Most people notice it after {_between(clinical)} days.",
        f"The full effect is there after {full}.",
        f"It wears off by itself after about {_wanes(product)}, and your face is then as before.",
        "How strong the effect is, and how long it lasts, differs from person to person.",
    )


def _wanes(product: ToxinProduct) -> str:
    """How long the effect lasts: the product's own published time, or that of faces in general."""
    for known in product_record(product).durations:
        if known.product is product and known.quantity == "duration_of_effect":
            low, high = known.interval
            if known.value is not None:
                return f"{number_text(known.value)} {known.unit}"
            assert low is not None  # noqa: S101  without a value there is a range
            assert high is not None  # noqa: S101
            return f"{number_text(low)} to {number_text(high)} {known.unit}"
    return f"{_between(_course('effect_wanes'))} weeks"


def _harmless() -> tuple[str, ...]:
    sentences = []
    for event in adverse_events():
        words = HARMLESS_WORDS.get(event.event)
        if words is not None and event.setting == ANY_INJECTION and event.interval is not None:
            low, high = number_text(event.interval.low_pct), number_text(event.interval.high_pct)
            sentences.append(f"{_capital(words)}: {low} to {high} in 100 people. It passes in a few days.")
    sentences.append("A little swelling or redness at the points on the first day.")
    return tuple(sentences)


def _call(targets: frozenset[InjectionTarget]) -> tuple[str, ...]:
    signs = [s for s in emergency_signs() if s.urgency is Urgency.SAME_DAY]
    sentences = [f"{_capital(sign.sign)}. {sign.advice}" for sign in signs]
    if targets & EYE_TARGETS:
        sentences.append("Your eye no longer closes fully, or feels dry or gritty. Call the clinic.")
    if targets & MOUTH_TARGETS:
        sentences.append("Drinks leak from your mouth, or you bite your cheek when you eat. Call the clinic.")
    if InjectionTarget.FRONTALIS in targets:
        sentences.append("Your brow hangs lower than you like. Call the clinic; it is not dangerous.")
    return tuple(sentences)


def _emergency() -> tuple[str, ...]:
    signs = [s for s in emergency_signs() if s.urgency is Urgency.EMERGENCY]
    return tuple(f"{_capital(sign.sign)}. {sign.advice}" for sign in signs)


def _dates(today: date, product: ToxinProduct) -> tuple[str, ...]:
    dates = follow_up(today, product)
    return (
        f"Treatment: {_day(dates.session)}.",
        f"Check-up with new pictures: between {_day(dates.review_from)} and {_day(dates.review_to)}.",
        (
            f"Next treatment, if you want one: about {_day(dates.repeat)}, never before "
            f"{_day(dates.earliest_repeat)}."
        ),
    )


def _citations() -> tuple[Citation, ...]:
    return (
        _course("onset_begins").citation,
        _course("onset_clinical").citation,
        procedure_rule("review").citation,
        plan_value("repeat_treatment").citation,
        *(sign.citation for sign in emergency_signs()),
    )


def _course(name: str) -> CitedValue:
    return pharmacology().preferred(name)


def _ends(value: CitedValue) -> tuple[float, float]:
    assert value.interval is not None  # noqa: S101  the table gives a range
    return value.interval


def _between(value: CitedValue) -> str:
    low, high = _ends(value)
    return f"{low:g} to {high:g}"


def _day(day: date) -> str:
    """'22 November 2026'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
