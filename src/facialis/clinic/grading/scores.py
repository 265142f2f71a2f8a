"""Scores and their change as pages say them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from facialis.clinic.grading.models import Grading
from facialis.clinic.grading.stored import score_or_none
from facialis.grading.change import Change, ChangeKind, compare_scales
from facialis.grading.change_words import told, told_points
from facialis.grading.score import Exact, Score, ScoreRange


@dataclass(frozen=True)
class PartWords:
    """One sub-score."""

    label: str
    value: str
    span: str
    direction: str


@dataclass(frozen=True)
class ScoreWords:
    """A score, its parts, and how much was answered."""

    headline: str
    """Empty for an instrument without a total."""
    span: str
    parts: tuple[PartWords, ...]
    answered: int
    asked: int
    notes: tuple[str, ...]

    @property
    def open_count(self) -> int:
        """Items without an answer."""
        return self.asked - self.answered

    @property
    def summary(self) -> str:
        """In one line, for lists."""
        if self.headline:
            return self.headline
        return ", ".join(f"{part.label} {part.value}" for part in self.parts)


@dataclass(frozen=True)
class ChangeWords:
    """What became of the scores since an earlier visit."""

    day: date
    before: ScoreWords
    changes: tuple[Change, ...]

    @property
    def main(self) -> Change | None:
        """Of the total; of an instrument without one the first part."""
        return self.changes[0] if self.changes else None

    @property
    def word(self) -> str:
        """Of the main change."""
        return "" if self.main is None else change_word(self.main.kind)


def score_words(score: Score) -> ScoreWords:
    """Say a score."""
    return ScoreWords(
        headline=_headline(score),
        span="" if score.range is None or score.unit == "grade" else _span(score.range),
        parts=tuple(
            PartWords(
                _(part.label),
                part.grade or _number(part.value),
                _span(part.range),
                _(part.direction.value),
            )
            for part in score.parts
        ),
        answered=score.completeness.answered,
        asked=score.completeness.asked,
        notes=score.notes,
    )


def words_of(grading: Grading | None) -> ScoreWords | None:
    """Score of a grading in words; None where there is none or where it cannot be read any more."""
    score = score_or_none(grading)
    return None if score is None else score_words(score)


def change_since(earlier: Grading | None, current: Grading | None) -> ChangeWords | None:
    """Compare with an earlier visit, as far as both can be scored; the earlier one alone is told too."""
    before = score_or_none(earlier)
    if earlier is None or before is None:
        return None
    after = score_or_none(current)
    changes = () if after is None else compare_scales(before, after)
    return ChangeWords(earlier.visit.day, score_words(before), changes)


def change_word(kind: ChangeKind) -> str:
    """The kind of a change."""
    return {
        ChangeKind.BETTER: _("better"),
        ChangeKind.WORSE: _("worse"),
        ChangeKind.WITHIN_ERROR: _("within measurement error"),
        ChangeKind.NOT_DETERMINED: _("not determined"),
    }[kind]


def _headline(score: Score) -> str:
    if score.range is None:
        return ""
    if score.total is None:
        return _("no total")
    if score.unit == "grade":
        return _("grade %(grade)s") % {"grade": score.grade}
    points = told_points(score.total, score.unit)
    return f"{points}, {_('grade %(grade)s') % {'grade': score.grade}}" if score.grade else points


def _number(value: Exact | None) -> str:
    return _("open") if value is None else told(value).replace("-", "−")


def _span(span: ScoreRange) -> str:
    return _("%(low)s to %(high)s") % {"low": _number(span.low), "high": _number(span.high)}
