"""From a loop to its page."""

from facialis.anatomy.expressions import Expression
from facialis.cli.demo.last_lines import percent
from facialis.cli.demo.loop import Loop
from facialis.cli.demo.outcome import Outcome
from facialis.cli.demo.pictures import Pictures
from facialis.cli.demo.visit import KnownVisit
from facialis.report.comparison import Comparison
from facialis.report.page.compare_part import VisitPictures
from facialis.report.page.drive_map import TrueDrive
from facialis.report.page.loop_page import LoopPage, PageVisit, build_loop_page
from facialis.report.page.measured import PageText
from facialis.report.words import number_words
from facialis.toxins.exact import number_text
from facialis.vision.synthetic.patient_set import STATEMENT

TITLE = "An invented patient with a LEFT synkinetic palsy, from photograph to plan to follow-up"
LEAD = (
    "A patient who does not exist, with a face whose every muscle is known. Facialis measured nine "
    "photographs, found the muscles that work without being asked, and planned toxin for them. An invented "
    "clinician signed; the plan was injected into the true muscles, and the camera looked again at two weeks "
    "and at four months. Whatever was estimated stands here beside the truth."
)
TITLES = ("before", "two weeks after", "four months after")
TELLING = {
    Expression.REST: ("commissure_height", "lip corner"),
    Expression.OPEN_SMILE: ("palpebral_fissure", "opening of the eye"),
    Expression.PUCKER: ("palpebral_fissure", "opening of the eye"),
    Expression.TIGHT_EYE_CLOSURE: ("commissure_height", "lip corner"),
}
"""The measure that is written under each photograph."""


def page_of(loop: Loop, pictures: Pictures, asymmetries: list[Comparison], outcome: Outcome) -> str:
    """Write the page."""
    plan = loop.work.plan
    visits = [
        PageVisit(
            float((visit.day - loop.first.day).days),
            visit.result,
            visit.exact,
            VisitPictures(TITLES[number], pictures.crops.get(number, {}), _notes(visit)),
        )
        for number, visit in enumerate(loop.visits)
    ]
    return build_loop_page(
        LoopPage(
            text=PageText(TITLE, LEAD, STATEMENT),
            annotated=pictures.shown,
            asymmetries=asymmetries,
            visits=visits,
            facts=[
                (f"{median_error(asymmetries):.1f} mm", "median error of LEFT − RIGHT"),
                (
                    number_text(plan.total.amount) if plan.total else "0",
                    f"units in {len(plan.choices)} targets",
                ),
                (percent(outcome.measured_share), "asymmetry and synkinesis at two weeks, measured"),
                (percent(outcome.true_share), "the same, in truth"),
                (percent(outcome.predicted_share), "the same, predicted"),
            ],
            achieved=achieved_sentence(outcome),
            work=loop.work,
            explanation=loop.explanation,
            forecast=loop.forecast,
            signed=loop.signed,
            rest=pictures.rest,
            next_work=loop.next_work,
            learning=loop.learning,
            true_drive=TrueDrive(loop.first.behind.excess),
            true_toxin_scores=[float(score) for score in loop.patient.toxin_scores],
        )
    )


def achieved_sentence(outcome: Outcome) -> str:
    """What changed, in one sentence."""
    return (
        f"Weighted asymmetry and involuntary movement in the photographs went from {outcome.before:.0f} to "
        f"{outcome.review:.0f} at two weeks and stood at {outcome.later:.0f} at four months, when the toxin "
        f"had mostly gone. By the exact points of the pictures it went from {outcome.true_before:.0f} to "
        f"{outcome.true_review:.0f}; the model had expected {outcome.predicted_before:.0f} to "
        f"{outcome.predicted_review:.0f} for a patient of usual sensitivity."
    )


def median_error(asymmetries: list[Comparison]) -> float:
    """Of LEFT minus RIGHT. [mm]"""
    errors = sorted(abs(item.error) for item in asymmetries if item.unit == "mm")
    return errors[len(errors) // 2] if errors else float("nan")


def _notes(visit: KnownVisit) -> dict[Expression, str]:
    found = {}
    for expression, (name, words) in TELLING.items():
        one = next(
            (a for a in visit.result.photo_set.asymmetry if a.expression is expression and a.name == name),
            None,
        )
        if one is not None and one.value is not None:
            found[expression] = f"LEFT − RIGHT, {words}: {number_words(one.value, one.sd, signed=True)} mm."
    return found
