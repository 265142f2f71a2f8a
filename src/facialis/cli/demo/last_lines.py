"""The five lines with which the demonstration ends."""

from pathlib import Path

from facialis.cli.demo.loop import PRODUCT, Loop
from facialis.cli.demo.outcome import Outcome
from facialis.report.comparison import Comparison
from facialis.report.page.learnt_part import learnt_values
from facialis.report.page.plan_part import totals_words
from facialis.toxins.exact import number_text


def last_lines(
    loop: Loop, asymmetries: list[Comparison], outcome: Outcome, plan_file: Path, page: Path
) -> list[str]:
    """What was invented, measured, planned, achieved, and where the page is."""
    photos = [photo for visit in loop.visits for photo in visit.result.photos]
    refused = [photo for photo in photos if photo.error is not None]
    in_mm = [item for item in asymmetries if item.unit == "mm"]
    errors = sorted(abs(item.error) for item in in_mm)
    covered = sum(item.is_covered for item in in_mm)
    plan = loop.work.plan
    whole = number_text(plan.total.amount) if plan.total else "0"
    sensitivity, duration = learnt_values(
        PRODUCT,
        loop.work.patient.posterior,
        loop.next_work.patient.posterior,
        [float(score) for score in loop.patient.toxin_scores],
    )
    right = (
        f"; LEFT − RIGHT before treatment is right to {errors[len(errors) // 2]:.1f} mm (median of "
        f"{len(in_mm)} values), {100 * covered / len(in_mm):.0f} % of the 90 % intervals hold the truth"
        if in_mm
        else ""
    )
    days = (loop.first.day - loop.case.palsy.onset).days
    invented = (
        f"Invented: a patient with a {loop.patient.affected.label} synkinetic palsy, {days} days after the "
        f"onset, {len(photos)} photographs at three visits with exact points."
    )
    measured = f"Measured: {len(photos) - len(refused)} of {len(photos)} photographs{right}."
    planned = (
        f"Planned: {whole} units of {plan.product.value} ({totals_words(plan.choices)}), signed by "
        f"{loop.signed.by}: {plan_file}."
    )
    achieved = (
        f"Achieved: asymmetry and synkinesis {percent(outcome.measured_share)} at two weeks as measured, "
        f"{percent(outcome.true_share)} in truth, {percent(outcome.predicted_share)} predicted; learnt: "
        f"half-blocking dose {sensitivity.after[0]:.2g} units of {PRODUCT.value} (90 % interval "
        f"{sensitivity.after[1]:.2g} to {sensitivity.after[2]:.2g}, true {sensitivity.true:.2g}), half-life "
        f"{duration.after[0]:.0f} days ({duration.after[1]:.0f} to {duration.after[2]:.0f}, true "
        f"{duration.true:.0f})."
    )
    said = [f"Refused: {photo.file}. {photo.error.message}" for photo in refused if photo.error]
    return [
        *said,
        invented,
        measured,
        planned,
        achieved,
        f"Page: {page}. Open it in a browser; the README goes on with your own photographs.",
    ]


def percent(lost: float) -> str:
    """A loss that is gone, as a change."""
    return f"{-100 * lost:+.0f} %".replace("-", "−")
