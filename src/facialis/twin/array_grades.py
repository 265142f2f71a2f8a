"""Grades of many faces at once: the rules of `grading.suggest` as arrays.

`grading.suggest` judges one set of measures with its uncertainty. A population needs the same judgement
of exact measures a hundred thousand times, so the same limits, read from the same tables, are applied to
arrays here; a test holds both together. Raters are a matter of their own: `rater_limits`.
"""

from collections.abc import Mapping
from functools import cache

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.evidence import load_rows
from facialis.grading.suggest.rules import Rule, RuleKind, rules_of
from facialis.grading.suggest.sunnybrook import MOVEMENT_LIMITS, SYNKINESIS_LIMITS
from facialis.grading.suggest.thresholds import limits, perception_mm
from facialis.measurement.synkinesis import involuntary_movements
from facialis.twin.face.readings import FaceReading
from facialis.twin.priors import TABLES

JUDGED = NINE_PHOTOGRAPHS
"""Expressions along the axis of `grade_readings`: the nine photographs."""

PerFace = Float[Array, " faces"]
Judged = Float[Array, "*faces expressions sides readings"]


class ArrayGrades(eqx.Module):
    """What the rules say of the affected side of many faces."""

    movement: Float[Array, "*faces 5"]
    """Share of the healthy side's movement: brow, closure, smile, snarl, pucker."""
    voluntary: Float[Array, "*faces 5"]
    """Sunnybrook, 1 to 5 each."""
    synkinesis: Float[Array, "*faces 5"]
    """Sunnybrook, 0 to 3 each."""
    rest: Float[Array, "*faces 3"]
    """Sunnybrook: eye 0-1, cheek 0-2, mouth 0-1."""
    sunnybrook: Float[Array, "*faces"]
    """Composite, up to 100."""
    strongest_synkinesis: Float[Array, "*faces"]
    """Of all expressions and regions that House-Brackmann looks at, in perception thresholds."""
    is_house_brackmann_1: Bool[Array, "*faces"]
    """By the limits of the suggested grades."""
    passes_as_house_brackmann_1: Bool[Array, "*faces"]
    """As trial raters call it (`rater_limits`): slight weakness and slight synkinesis pass."""


@cache
def rater_limits() -> Mapping[str, float]:
    """Limits of raters in trials, by name; `tables/rater_limits.csv`."""
    return {row.text("name"): row.number("value") for row in load_rows(TABLES, "rater_limits").rows}


def grade_readings(
    readings: Judged,
    cheek: Float[Array, "*faces"],
    affected: Float[Array, "*faces"],
    raters: Mapping[str, float] | None = None,
) -> ArrayGrades:
    """Grade faces.

    Parameters
    ----------
    readings : array        Of `JUDGED` expressions, LEFT then RIGHT, as `read_faces`. [mm]
    cheek : array           Sunnybrook's cheek at rest, which no contour shows: 0, 1 or 2.
    affected : array        0 where the LEFT side is affected, 1 for the RIGHT.
    raters : mapping        In place of `rater_limits`.

    Returns
    -------
    ArrayGrades
    """
    used = rater_limits() if raters is None else raters
    is_left = (affected == 0)[..., None, None]
    own = jnp.where(is_left, readings[..., 0, :], readings[..., 1, :])
    other = jnp.where(is_left, readings[..., 1, :], readings[..., 0, :])
    faces = _Sides(own, other)

    movement = jnp.stack([_movement(faces, rule) for rule in _rules("sunnybrook", _MOVING)], axis=-1)
    voluntary = 1 + _steps(movement, limits(MOVEMENT_LIMITS))
    synkinesis = jnp.stack([_strongest(faces, r) for r in _rules("sunnybrook", _SYNKINETIC)], axis=-1)
    involuntary = _steps(synkinesis, limits(SYNKINESIS_LIMITS))
    at_rest = {rule.item: _differs(faces, rule) for rule in _rules("sunnybrook", _RESTING)}
    rest = jnp.stack([at_rest["eye_rest"], cheek, at_rest["mouth_rest"]], axis=-1)

    defect = _strongest(faces, _rules("house_brackmann", _SYNKINETIC)[0])
    parts = [rule for rule in _rules("house_brackmann", _MOVING) if rule.item == "appearance"]
    weakest = jnp.stack([_movement(faces, rule) for rule in parts], axis=-1).min(axis=-1)
    is_alike = sum(_differs(faces, r) for r in _rules("house_brackmann", _RESTING) if r.item == "rest") == 0
    gaps = [r for r in _rules("house_brackmann", _CLOSING) if r.item == "eye_closure"]
    closes = jnp.stack([_gap(faces, rule) < perception_mm(rule.features[0]) for rule in gaps]).all(axis=0)
    complete, mild = limits(MOVEMENT_LIMITS)[-1], limits(SYNKINESIS_LIMITS)[0]
    return ArrayGrades(
        movement=movement,
        voluntary=voluntary,
        synkinesis=involuntary,
        rest=rest,
        sunnybrook=4.0 * voluntary.sum(axis=-1) - 5.0 * rest.sum(axis=-1) - involuntary.sum(axis=-1),
        strongest_synkinesis=defect,
        is_house_brackmann_1=(weakest >= complete) & is_alike & closes & (defect < mild),
        passes_as_house_brackmann_1=(weakest >= used["house_brackmann_1_movement"])
        & closes
        & (defect < used["house_brackmann_1_synkinesis"]),
    )


_MOVING = frozenset({RuleKind.MOVEMENT, RuleKind.CLOSURE})
_SYNKINETIC = frozenset({RuleKind.SYNKINESIS})
_RESTING = frozenset({RuleKind.REST})
_CLOSING = frozenset({RuleKind.CLOSURE})


class _Sides(eqx.Module):
    """Readings of both sides, expressions and readings last."""

    own: Float[Array, "*faces expressions readings"]
    other: Float[Array, "*faces expressions readings"]

    def at(self, expression: Expression, measure: str) -> tuple[PerFace, PerFace]:
        where = JUDGED.index(expression)
        reading = FaceReading[measure.upper()]
        return self.own[..., where, reading], self.other[..., where, reading]

    def moved(self, expression: Expression, measure: str) -> tuple[PerFace, PerFace]:
        now, rest = self.at(expression, measure), self.at(Expression.REST, measure)
        return now[0] - rest[0], now[1] - rest[1]


@cache
def _rules(instrument: str, kinds: frozenset[RuleKind]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules_of(instrument) if rule.kind in kinds)


def _movement(faces: _Sides, rule: Rule) -> PerFace:
    if rule.kind is RuleKind.CLOSURE:
        return 1 - _gap(faces, rule) / faces.at(Expression.REST, rule.measures[0])[0]
    pairs = [faces.moved(rule.expressions[0], measure) for measure in rule.measures]
    own, other = (jnp.stack(sides) for sides in zip(*pairs, strict=True))
    return (own * other).sum(axis=0) / (other * other).sum(axis=0)


def _gap(faces: _Sides, rule: Rule) -> PerFace:
    return faces.at(rule.expressions[0], rule.measures[0])[0]


def _differs(faces: _Sides, rule: Rule) -> PerFace:
    own, other = faces.at(rule.expressions[0], rule.measures[0])
    return jnp.asarray(jnp.abs(own - other) > perception_mm(rule.features[0]), dtype=float)


def _strongest(faces: _Sides, rule: Rule) -> PerFace:
    cells = [
        _involuntary(faces, expression, region) / perception_mm(feature)
        for expression in rule.expressions
        for region, feature in zip(rule.measures, rule.features, strict=True)
        if _row(expression, region) is not None
    ]
    return jnp.stack(cells).max(axis=0)


def _involuntary(faces: _Sides, expression: Expression, region: str) -> PerFace:
    row = _row(expression, region)
    assert row is not None  # noqa: S101  asked before
    measure, direction = row
    own, other = faces.moved(expression, measure)
    return jnp.maximum(direction * own, 0.0) - jnp.maximum(direction * other, 0.0)


@cache
def _row(expression: Expression, region: str) -> tuple[str, int] | None:
    return next(
        (
            (row.measure, row.direction)
            for row in involuntary_movements()
            if row.expression is expression and row.region == region
        ),
        None,
    )


def _steps(values: Float[Array, "..."], at: tuple[float, ...]) -> Float[Array, "..."]:
    return (values[..., None] >= jnp.asarray(np.array(at))).sum(axis=-1).astype(float)
