"""Targets as the editor shows them: the clinician's doses beside what is suggested, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from facialis.clinic.plans.choices import (
    Needle,
    PlaceKey,
    needles_of,
    of_place,
    ordered,
    places_of,
    side_of_word,
    suggested,
    total_of,
    word_of_side,
)
from facialis.clinic.plans.models import Plan
from facialis.clinic.plans.steps import step_of
from facialis.clinic.plans.words import point_words
from facialis.clinic.site.templatetags.clinic_format import units as units_words
from facialis.toxins.exact import exact_number, number_text

PUBLISHED_SHARE = 0.8
"""Of the width of a scale that ends with the published most: there is room to be seen beyond it."""
SCALE_WIDTH = 100.0


@dataclass(frozen=True)
class PointCell:
    """One point of a target that may be used."""

    number: int
    amount: str
    """The clinician's; '0' where the point is not used."""
    suggested: str
    """Empty: not suggested."""
    words: str = ""
    """Where it lies beside the other points of its target; empty where there is no other."""

    @property
    def label(self) -> str:
        """Read aloud: '2 (lateral)'."""
        return f"{self.number} ({self.words})" if self.words else str(self.number)

    @property
    def is_used(self) -> bool:
        """Whether the clinician uses it."""
        return self.amount != "0"


@dataclass(frozen=True)
class Scale:
    """The published range as a small drawing, in shares of its width."""

    low: float
    width: float
    chosen: float | None
    suggested: float | None
    published: str
    words: str
    """The same and where suggestion and choice stand, for those who do not see the drawing."""


@dataclass(frozen=True)
class Row:
    """One target on one side."""

    number: int
    """Of its circles in the pictures."""
    place: PlaceKey
    story: Mapping[str, Any]
    chosen: tuple[Needle, ...]
    offered: tuple[Needle, ...]
    step: str

    @property
    def key(self) -> str:
        """Part of identifiers."""
        return self.place.word

    @property
    def name(self) -> str:
        """Of the target, in words."""
        return _(str(self.story.get("name") or self.place.target.replace("_", " ")))

    @property
    def side(self) -> str:
        """'left', 'right', or empty on the midline."""
        return self.place.side or ""

    @property
    def side_word(self) -> str:
        """RIGHT, LEFT or midline."""
        return word_of_side(self.place.side)

    @property
    def role(self) -> str:
        """affected, healthy or midline."""
        return self.story.get("role") or ""

    @property
    def is_contralateral(self) -> bool:
        """On the side that is not affected."""
        return self.role == "healthy"

    @property
    def state(self) -> str:
        """'open' until something of the suggestion is decided; 'accepted', 'changed' or 'added'."""
        if not self.chosen:
            return "open"
        if not self.offered:
            return "added"
        return "accepted" if self.chosen == self.offered else "changed"

    @cached_property
    def points(self) -> tuple[PointCell, ...]:
        """Points in the order of need: those that may be used, and those that are."""
        bounds = self.story.get("bounds") or {}
        numbers = dict.fromkeys(
            [*bounds.get("points", ()), *(n.point for n in (*self.offered, *self.chosen))]
        )
        own = {n.point: n.amount for n in self.chosen}
        other = {n.point: n.amount for n in self.offered}
        return tuple(
            PointCell(n, own.get(n, "0"), other.get(n, ""), point_words(self.place.target, n))
            for n in numbers
        )

    @property
    def each(self) -> str:
        """The dose of every point that is used; empty where they differ or none is."""
        amounts = {needle.amount for needle in self.chosen}
        return amounts.pop() if len(amounts) == 1 else ""

    @property
    def first_dose(self) -> str:
        """What a point begins with when it is used: the suggestion's, else the least that is published."""
        if self.offered:
            return self.offered[0].amount
        bounds = self.story.get("bounds") or {}
        low = exact_number(bounds.get("per_point", {}).get("low", "0"), "The least dose")
        return number_text(max(low, exact_number(self.step, "The step")))

    @property
    def units(self) -> str:
        """Sum of the clinician's."""
        return number_text(total_of(self.chosen))

    @property
    def suggested_words(self) -> str:
        """'2 × 2.5' or '2.5 + 1.25'; empty where nothing is suggested."""
        return needle_words(self.offered)

    @property
    def chosen_words(self) -> str:
        """The same of the clinician's."""
        return needle_words(self.chosen)

    @property
    def why(self) -> str:
        """Why this target, or why not, in short: name and side stand beside it, the rest in the details."""
        sentence, also, _rest = str(self.story.get("why", "")).partition("; also in ")
        sentence += "." if also else ""
        head, colon, rest = sentence.partition(": ")
        named = colon and head.endswith((", RIGHT", ", LEFT", ", midline"))
        return rest[:1].upper() + rest[1:] if named else sentence

    @property
    def share_pct(self) -> int | None:
        """Share of the plan's gain that the suggestion has from it. [%]"""
        share = self.story.get("share_of_gain")
        return None if share is None else round(100 * share)

    @property
    def tag(self) -> str:
        """Provenance of the published range."""
        evidence = self.story.get("evidence")
        return evidence["source"]["tag"] if evidence else ""

    @cached_property
    def scale(self) -> Scale | None:
        """Published total range with the chosen and the suggested total; None where none is published."""
        evidence, bounds = self.story.get("evidence"), self.story.get("bounds")
        most = _number(
            (bounds or {}).get("published_most") or ((evidence or {}).get("total") or {}).get("high")
        )
        if most is None or most <= 0:
            return None
        low = _number(((evidence or {}).get("total") or {}).get("low")) or Fraction(0)
        whole = most / Fraction(str(PUBLISHED_SHARE))
        own, other = total_of(self.chosen), total_of(self.offered)

        def at(units: Fraction) -> float:
            return round(float(min(units / whole, Fraction(1))) * SCALE_WIDTH, 1)

        published = (
            _("published %(low)s to %(high)s") % {"low": number_text(low), "high": units_words(most)}
            if low
            else _("published up to %(high)s") % {"high": units_words(most)}
        )
        parts = [published]
        parts += [_("suggested %(units)s") % {"units": number_text(other)}] if other else []
        parts += [_("chosen %(units)s") % {"units": number_text(own)}] if own else []
        return Scale(
            at(low),
            round(at(most) - at(low), 1),
            at(own) if own else None,
            at(other) if other else None,
            published,
            "; ".join(parts),
        )


@dataclass(frozen=True)
class Side:
    """Rows of one side with their sum."""

    word: str
    """RIGHT, LEFT or midline."""
    role: str
    rows: tuple[Row, ...]
    units: str
    needles: int


def rows_of(plan: Plan) -> tuple[Row, ...]:
    """What is chosen or suggested, RIGHT first, numbered as the circles are."""
    chosen, offered = needles_of(plan.choices), suggested(plan.proposal)
    stories = stories_of(plan)
    step = number_text(step_of(plan.product))
    return tuple(
        Row(number, place, stories.get(place, {}), of_place(chosen, place), of_place(offered, place), step)
        for number, place in enumerate(places_of(ordered([*chosen, *offered])), start=1)
    )


def sides_of(rows: Iterable[Row]) -> tuple[Side, ...]:
    """Rows by side; RIGHT and LEFT always, the midline where there is something on it."""
    listed = tuple(rows)
    found = []
    for side in ("right", "left", None):
        here = tuple(row for row in listed if row.place.side == side)
        if here or side is not None:
            needles = [needle for row in here for needle in row.chosen]
            role = here[0].role if here else ""
            units = number_text(total_of(needles))
            found.append(Side(word_of_side(side), role, here, units, len(needles)))
    return tuple(found)


def stories_of(plan: Plan) -> dict[PlaceKey, Mapping[str, Any]]:
    """What is known of every target on every side."""
    return {
        PlaceKey(one["target"], side_of_word(one["side"])): one for one in plan.proposal.get("targets", ())
    }


def others_of(plan: Plan, rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Targets that may be added, and those that may not, each with why it was left out."""
    shown = {row.place for row in rows}
    step = number_text(step_of(plan.product))
    rest = [
        Row(0, place, story, (), (), step) for place, story in stories_of(plan).items() if place not in shown
    ]
    return [r for r in rest if r.story["is_offered"]], [r for r in rest if not r.story["is_offered"]]


def needle_words(needles: tuple[Needle, ...]) -> str:
    """'2 × 2.5', '2.5 + 1.25', or nothing."""
    amounts = [needle.amount for needle in needles]
    if not amounts:
        return ""
    if len(set(amounts)) == 1:
        return amounts[0] if len(amounts) == 1 else f"{len(amounts)} × {amounts[0]}"
    return " + ".join(amounts)


def _number(text: str | None) -> Fraction | None:
    return None if text is None else exact_number(text, "The range")
