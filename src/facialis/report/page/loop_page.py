"""The page of a demonstration: from the first photograph to the next plan, with the truth beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from facialis import __version__
from facialis.planning.explain.records import Explanation
from facialis.planning.forecast.records import PlanForecast
from facialis.planning.learning.records import Learning
from facialis.planning.plan.make import PlanWork
from facialis.planning.plan.sign import SignedPlan
from facialis.report.comparison import Comparison
from facialis.report.model import SetResult
from facialis.report.page.change_part import TruePhotographs, changes, changes_html
from facialis.report.page.compare_part import VisitPictures, compare_part
from facialis.report.page.course_part import course_part
from facialis.report.page.drive_map import TrueDrive, drive_map_part
from facialis.report.page.html import page_html
from facialis.report.page.learnt_part import learnt_part, learnt_values
from facialis.report.page.measured import (
    PagePhoto,
    PageText,
    asked_part,
    photos_part,
    synkinesis_part,
    truth_part,
)
from facialis.report.page.plan_part import plan_part
from facialis.report.plan_figure.photograph import PointedPhoto
from facialis.report.words import number_words

PARTS = (
    ("photographs", "Photographs"),
    ("map", "Synkinesis map"),
    ("plan", "Plan"),
    ("course", "Course"),
    ("after", "After"),
    ("learnt", "Learnt"),
)


@dataclass(frozen=True, eq=False)
class PageVisit:
    """One visit as the page shows it."""

    days_after: float
    """After the session; 0 before it."""
    result: SetResult
    exact: TruePhotographs
    pictures: VisitPictures


@dataclass(frozen=True, eq=False)
class LoopPage:
    """All that the page is made of."""

    text: PageText
    annotated: Sequence[PagePhoto]
    """Of the first visit."""
    asymmetries: Sequence[Comparison]
    """Of the first visit, against the truth."""
    visits: Sequence[PageVisit]
    """Before, at two weeks, at four months."""
    facts: Sequence[tuple[str, str]]
    """Number and words, for the head of the page."""
    achieved: str
    """One sentence."""
    work: PlanWork
    explanation: Explanation
    forecast: PlanForecast
    signed: SignedPlan
    rest: PointedPhoto | None
    next_work: PlanWork
    learning: Learning
    true_drive: TrueDrive
    true_toxin_scores: Sequence[float]


def build_loop_page(page: LoopPage) -> str:
    """Write the whole page as HTML; it loads nothing and runs nothing."""
    first, review = page.visits[0], page.visits[1]
    found = changes(
        page.forecast, review.days_after, (first.result, first.exact), (review.result, review.exact)
    )
    plan, product = page.work.plan, page.work.plan.product
    learnt = learnt_values(
        product, page.work.patient.posterior, page.next_work.patient.posterior, page.true_toxin_scores
    )
    body = [
        "<a class='skip' href='#photographs'>To the content</a>",
        f"<header><h1>{escape(page.text.title)}</h1><p class='lead'>{escape(page.text.lead)}</p>",
        f"{_facts(page.facts)}{_contents()}</header><main>",
        photos_part(page.annotated, first.result),
        asked_part(first.result),
        truth_part(page.asymmetries),
        synkinesis_part(first.result),
        drive_map_part(page.work.decoded, page.true_drive),
        plan_part(page.signed, page.explanation, page.work.decoded, page.rest),
        course_part(page.forecast, {visit.days_after: visit.result for visit in page.visits}),
        compare_part([visit.pictures for visit in page.visits], page.achieved, changes_html(found)),
        learnt_part(learnt, product, page.learning, plan, page.next_work.plan),
        "</main>",
        _footer(page.text, first.result),
    ]
    return page_html(page.text.title, "".join(body))


def _facts(facts: Sequence[tuple[str, str]]) -> str:
    items = "".join(f"<li><b>{escape(number)}</b>{escape(words)}</li>" for number, words in facts)
    return f"<ul class='facts'>{items}</ul>"


def _contents() -> str:
    links = "".join(f"<li><a href='#{anchor}'>{escape(words)}</a></li>" for anchor, words in PARTS)
    return f"<nav aria-label='Parts of the page'><ul class='contents'>{links}</ul></nav>"


def _footer(text: PageText, result: SetResult) -> str:
    backends = ", ".join(f"{b.name} {b.version}" for b in result.backends) or "no detector"
    return (
        f"<footer><p>{escape(text.statement)} LEFT and RIGHT are always the patient’s. ± is one standard "
        "deviation. What is dashed or called “model” was computed, not measured. Botulinum toxin for facial "
        "palsy is off-label in most countries; this page is no advice for a person. "
        f"Made by Facialis {escape(__version__)}, measured by {escape(backends)}.</p></footer>"
    )


def index_words(result: SetResult) -> str:
    """The symmetry index of a set."""
    index = result.photo_set.index
    return number_words(index.value, index.sd)
