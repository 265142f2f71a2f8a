"""How much of a target a session may give, from JSON, with the published row that it comes from."""

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.planning.limits import Bound, DoseBounds, LeftOut, TargetLimit
from facialis.report.json_values import read_word
from facialis.report.plan_frame import (
    LONGEST_SENTENCE,
    MOST_POINTS,
    Frame,
    flag,
    maybe,
    own_side,
    read_citation,
)
from facialis.report.twin_json import Place
from facialis.toxins.dose_ranges import DoseInterval, DoseStatement, PublishedDose

MOST_RULES = 100


def read_limit(place: Place, frame: Frame) -> TargetLimit:
    """One target on one side."""
    found = place.keys(
        (
            "target",
            "side",
            "role",
            "left_out",
            "sentence",
            "closed_by",
            "bounds",
            "published",
            "confirmed_by",
        )
    )
    target = read_word(found["target"], InjectionTarget)
    side = own_side(found["side"], target)
    role = frame.role(found["role"], target, side)
    bounds = maybe(found["bounds"], lambda p: _bounds(p, frame))
    reason = maybe(found["left_out"], lambda p: read_word(p, LeftOut))
    if (bounds is None) is (reason is None):
        found["left_out"].refuse("a reason where there are no bounds, and null where there are")
    return TargetLimit(
        target=target,
        side=side,
        role=role,
        bounds=bounds,
        reason=reason,
        sentence=found["sentence"].text(LONGEST_SENTENCE),
        closed_by=tuple(entry.text() for entry in found["closed_by"].items(MOST_RULES)),
        published=maybe(found["published"], lambda p: _published(p, frame)),
        confirmed_by=maybe(found["confirmed_by"], Place.text),
    )


def _bounds(place: Place, frame: Frame) -> DoseBounds:
    amounts = ("per_site_low", "per_site_high", "total_low", "total_high", "most_total", "step")
    found = place.keys(("points", *amounts, "bound"))
    doses = {name: frame.dose(found[name]) for name in amounts}
    return DoseBounds(
        points=tuple(entry.whole() for entry in found["points"].items(MOST_POINTS, least=1)),
        bound=read_word(found["bound"], Bound),
        **doses,
    )


def _published(place: Place, frame: Frame) -> PublishedDose:
    found = place.keys(
        (
            "target",
            "role",
            "product",
            "statement",
            "points",
            "per_site",
            "total",
            "is_outlier",
            "preference",
            "citation",
        )
    )
    frame.require_product(found["product"])
    points = maybe(found["points"], lambda p: tuple(entry.whole() for entry in p.items(2, least=2)))
    return PublishedDose(
        target=maybe(found["target"], lambda p: read_word(p, InjectionTarget)),
        role=maybe(found["role"], lambda p: read_word(p, SideRole)),
        product=frame.product,
        statement=read_word(found["statement"], DoseStatement),
        points=None if points is None else (points[0], points[1]),
        per_site=maybe(found["per_site"], lambda p: _interval(p, frame)),
        total=maybe(found["total"], lambda p: _interval(p, frame)),
        is_outlier=flag(found["is_outlier"]),
        preference=found["preference"].whole(),
        citation=read_citation(found["citation"]),
    )


def _interval(place: Place, frame: Frame) -> DoseInterval:
    found = place.keys(("low", "high"))
    return DoseInterval(frame.dose(found["low"]), frame.dose(found["high"]))
