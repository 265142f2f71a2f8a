"""What the answer to the first session taught about this patient, and the next plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import exp

from facialis.anatomy.injection_sites import injection_target
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.learning.records import Learning
from facialis.planning.places import Place
from facialis.planning.plan.record import Plan, PlanOutcome
from facialis.report.face_figure.drawing import FONT, text
from facialis.report.page.charts import ACCENT, FAINT, INK, SOFT
from facialis.report.page.html import chart, details, section, table
from facialis.report.page.plan_part import totals_words
from facialis.toxins import ToxinProduct
from facialis.toxins.exact import number_text
from facialis.twin.calibrate import Posterior
from facialis.twin.junction.parameters import JunctionParameter, junction_priors
from facialis.twin.present.scores import place_of

INTERVAL_SDS = 1.645
LEARNT = (
    (JunctionParameter.ED50, "Dose that blocks half of a muscle", "units"),
    (JunctionParameter.HALF_LIFE, "Half-life of the toxin in the muscle", "days"),
)
WIDTH_PX, ROW_PX, LEFT_PX = 720.0, 74.0, 220.0


@dataclass(frozen=True)
class LearntValue:
    """One property of the patient: before, after, and in truth. Middle value and 90 % interval."""

    name: str
    unit: str
    before: tuple[float, float, float]
    after: tuple[float, float, float]
    true: float


def learnt_values(
    product: ToxinProduct, before: Posterior, after: Posterior, true_scores: Sequence[float]
) -> list[LearntValue]:
    """Read sensitivity and duration off two posteriors."""
    priors = junction_priors(product)
    order = list(priors)
    at = place_of("junction")
    found = []
    for parameter, name, unit in LEARNT:
        prior, i = priors[parameter], order.index(parameter)

        def of(score: float, median: float = prior.median, spread: float = prior.log_sd) -> float:
            return median * exp(spread * score)

        def interval(posterior: Posterior, number: int = i) -> tuple[float, float, float]:
            mean, sd = float(posterior.mean[at][number]), float(posterior.sd[at][number])
            low, high = mean - INTERVAL_SDS * sd, mean + INTERVAL_SDS * sd
            return of(mean), of(low), of(high)

        found.append(LearntValue(name, unit, interval(before), interval(after), of(float(true_scores[i]))))
    return found


def learnt_part(
    values: Sequence[LearntValue], product: ToxinProduct, learning: Learning, plan: Plan, again: Plan
) -> str:
    """What was learnt, and the next plan beside the first."""
    rows = [
        [
            f"{escape(value.name)} [{value.unit}]",
            _interval(value.before),
            _interval(value.after),
            f"{value.true:.2g}" if value.true < 10 else f"{value.true:.0f}",
        ]
        for value in values
    ]
    held = sum(value.after[1] <= value.true <= value.after[2] for value in values)
    return section(
        "learnt",
        "What was learnt, and what comes next",
        f"One patient needs more toxin than another, and keeps it for longer. Before the first session only "
        f"the published spread between patients was known; the photographs at two weeks and four months "
        f"narrowed it. {held} of {len(values)} 90 % intervals hold the truth.",
        chart(
            learnt_svg(values), "Intervals before and after, and the truth; the table below says the same."
        ),
        table(
            f"This patient and {product.value}: median (90 % interval)",
            ["", "before", "learnt", "true"],
            rows,
        ),
        details(
            "All that was learnt, in sentences",
            f"<ul>{''.join(f'<li>{escape(sentence)}</li>' for sentence in learning.sentences)}</ul>",
        ),
        _next(plan, again),
    )


def learnt_svg(values: Sequence[LearntValue]) -> str:
    """For each property a pale bar before, an orange one after, and the truth as a line."""
    height = ROW_PX * len(values) + 34
    parts = []
    for row, value in enumerate(values):
        y = ROW_PX * row + 30
        most = 1.05 * max(value.before[2], value.after[2], value.true)

        def x(number: float, full: float = most) -> float:
            return LEFT_PX + (WIDTH_PX - LEFT_PX - 20) * number / full

        parts.append(text(0, y + 6, value.name.split(" in the")[0], font_size=13, fill=INK))
        parts.append(text(0, y + 24, f"[{value.unit}]", font_size=12, fill=SOFT))
        for place, interval, colour in ((y - 8, value.before, "#c9d0d9"), (y + 10, value.after, ACCENT)):
            middle, low, high = interval
            parts.append(
                f'<rect x="{x(low):.1f}" y="{place:.1f}" width="{x(high) - x(low):.1f}" height="11" rx="5.5" '
                f'fill="{colour}"/><circle cx="{x(middle):.1f}" cy="{place + 5.5:.1f}" r="3" fill="#ffffff"/>'
            )
        parts.append(
            f'<line x1="{x(value.true):.1f}" x2="{x(value.true):.1f}" y1="{y - 14:.1f}" y2="{y + 27:.1f}" '
            f'stroke="{INK}" stroke-width="2"/>'
        )
        parts.append(
            text(
                x(value.true), y + 41, f"true {value.true:.2g}", font_size=12, fill=INK, text_anchor="middle"
            )
        )
        parts.append(
            f'<line x1="{LEFT_PX:.0f}" x2="{WIDTH_PX - 20:.0f}" y1="{y + 46:.0f}" y2="{y + 46:.0f}" '
            f'stroke="{FAINT}"/>'
        )
    y = height - 8
    for at, colour, words in ((LEFT_PX, "#c9d0d9", "before"), (LEFT_PX + 100, ACCENT, "learnt")):
        parts.append(f'<rect x="{at:.0f}" y="{y - 10:.0f}" width="20" height="10" rx="5" fill="{colour}"/>')
        parts.append(text(at + 28, y, words, font_size=12, fill=INK))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_PX:.0f} {height:.0f}" '
        f'width="{WIDTH_PX:.0f}" font-family="{FONT}">{"".join(parts)}</svg>'
    )


def _interval(interval: tuple[float, float, float]) -> str:
    middle, low, high = (f"{number:.2g}" if number < 10 else f"{number:.0f}" for number in interval)
    return f"{middle} ({low} to {high})"


def _next(plan: Plan, again: Plan) -> str:
    if again.outcome is PlanOutcome.STOPPED:
        sentences = "; ".join(finding.sentence for finding in again.session_findings)
        return f"<h3>The next plan</h3><p>None may be made: {escape(sentences)}</p>"
    first, second = _by_place(plan.choices), _by_place(again.choices)
    places = list(dict.fromkeys([*first, *second]))
    rows = []
    for side, target in places:
        old, new = first.get((side, target)), second.get((side, target))
        rows.append(
            [
                escape(injection_target(target).full_name),
                "midline" if side is None else side.label,
                _units(old),
                _units(new),
                _difference(old, new),
            ]
        )
    whole = [number_text(p.total.amount) if p.total else "0" for p in (plan, again)]
    words = (
        f"Of {again.product.value}, {whole[1]} units instead of {whole[0]}: {totals_words(again.choices)}. "
        f"It is a draft for {again.today.isoformat()}, made from all three visits."
    )
    return f"<h3>The next plan</h3><p>{escape(words)}</p>" + table(
        "First and next plan [units]", ["target", "side", "first", "next", "change"], rows, kind="plan"
    )


def _by_place(choices: Sequence[DoseChoice]) -> dict[Place, DoseChoice]:
    return {(choice.side, choice.target): choice for choice in choices}


def _units(choice: DoseChoice | None) -> str:
    return "—" if choice is None else number_text(choice.total.amount)


def _difference(old: DoseChoice | None, new: DoseChoice | None) -> str:
    if old is None:
        return "new"
    if new is None:
        return "left out"
    change = new.total.amount - old.total.amount
    return "same" if not change else f"{'+' if change > 0 else '−'}{number_text(abs(change))}"
