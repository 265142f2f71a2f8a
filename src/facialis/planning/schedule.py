"""When to see the patient again, and when to treat again."""

from dataclasses import dataclass
from datetime import date, timedelta

from facialis.evidence import Citation
from facialis.planning.dates import months_after, weeks_after
from facialis.planning.values import plan_value, whole_value
from facialis.toxins.labels import LimitKind, label_limits
from facialis.toxins.procedure_limits import DAYS_IN
from facialis.toxins.procedure_rules import procedure_rule
from facialis.toxins.products import ToxinProduct


@dataclass(frozen=True)
class FollowUp:
    """Dates after one session."""

    session: date
    review_from: date
    """With `review_to`: see the patient and photograph again."""
    review_to: date
    earliest_repeat: date
    """No product is injected before: the longest of the intervals of practice and label."""
    repeat: date
    """About when the effect has worn off; never before `earliest_repeat`."""
    citations: tuple[Citation, ...]
    """Of review, repeat and every interval."""


def follow_up(session: date, product: ToxinProduct) -> FollowUp:
    """Work out the dates after a session with a product.

    The time to repeat is a usual one: when the effect of this patient wanes says the forecast, and the face.
    """
    review = procedure_rule("review")
    assert review.low is not None  # noqa: S101  the table gives both numbers
    assert review.high is not None  # noqa: S101
    intervals = [limit for limit in label_limits(product) if limit.kind is LimitKind.LEAST_INTERVAL]
    earliest = max(session + timedelta(days=int(limit.value * DAYS_IN[limit.unit])) for limit in intervals)
    return FollowUp(
        session=session,
        review_from=weeks_after(session, int(review.low)),
        review_to=weeks_after(session, int(review.high)),
        earliest_repeat=earliest,
        repeat=max(months_after(session, whole_value("repeat_treatment")), earliest),
        citations=(
            review.citation,
            plan_value("repeat_treatment").citation,
            *(limit.citation for limit in intervals),
        ),
    )
