"""A clinician's findings as observations of muscle activity, each with its own error."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np
from jax.scipy.stats import norm
from jaxtyping import Array, Float

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.sides import Side
from facialis.evidence import Citation, load_rows
from facialis.twin.errors import ObservationError
from facialis.twin.exposure import SIDES
from facialis.twin.present.scores import EXPRESSIONS
from facialis.twin.present.state import photographed_commands
from facialis.twin.priors import TABLES
from facialis.twin.routing import MUSCLES

MOST_GRADE = 3
MOST_SCORE = 100.0


class FindingScale(StrEnum):
    """How a finding is graded."""

    GRADE = "grade"
    SCORE = "score"


class FindingWhen(StrEnum):
    """In which expressions it is seen."""

    EXPRESSION = "expression"
    UNASKED = "unasked"
    """The mean over those that do not ask for the muscles."""
    TIGHT_EYE_CLOSURE = "tight_eye_closure"
    """At full effort of closing."""


@dataclass(frozen=True)
class FindingKind:
    """A row of the table."""

    code: str
    name: str
    scale: FindingScale
    muscles: tuple[Muscle, ...]
    when: FindingWhen
    levels: tuple[float, ...]
    """Activity at grades 0 to 3, or at the scores 100 and 0."""
    sd: float
    citation: Citation


@dataclass(frozen=True)
class MuscleFinding:
    """What a clinician found on one side."""

    code: str
    side: Side
    value: float
    """Grade 0 to 3, or score 0 to 100."""
    expression: Expression | None = None
    """Where it was seen; None for the sliders, which judge the face as a whole."""


@dataclass(frozen=True, eq=False)
class FindingRows:
    """Findings as linear observations of activity beyond tone."""

    weights: Float[np.ndarray, "findings expressions sides muscles"]
    activity: Float[np.ndarray, " findings"]
    sd: Float[np.ndarray, " findings"]
    most: Float[np.ndarray, " findings"]
    """Activity of the gravest finding: no scale says less than 0 or more than this."""


@cache
def finding_kinds() -> dict[str, FindingKind]:
    """Every finding that is understood, by its code."""
    found = {}
    for row in load_rows(TABLES, "clinical_findings").rows:
        scale = row.choice("scale", FindingScale)
        most = row.number("at_3")
        middle = () if scale is FindingScale.SCORE else (row.number("at_1"), row.number("at_2"))
        found[row.text("finding")] = FindingKind(
            row.text("finding"),
            row.text("name"),
            scale,
            row.choices("muscles", Muscle),
            row.choice("when", FindingWhen),
            (0.0, *middle, most),
            row.number("sd"),
            row.citation,
        )
    return found


def finding_rows(findings: Sequence[MuscleFinding]) -> FindingRows:
    """Turn findings into observations.

    Raises
    ------
    ObservationError    An unknown finding, a value outside its scale, a missing or needless expression.
    """
    rows = [_row(finding) for finding in findings]
    shape = (len(rows), EXPRESSIONS, SIDES, MUSCLES)
    weights = np.array([row[0] for row in rows]).reshape(shape)
    activity, sd, most = (np.array([row[column] for row in rows]) for column in (1, 2, 3))
    return FindingRows(weights, activity, sd, most)


def found_activity(
    activity: Float[Array, "*findings"], sd: Float[Array, "*findings"], most: Float[Array, "*findings"]
) -> Float[Array, "*findings"]:
    """Mean of what is found of an activity, on a scale that ends at 0 and at ``most``.

    A limp muscle is graded none, as a quiet one is; so what is found is on average more than a negative
    activity: E clip(a + sd z, 0, most).
    """

    def above(x: Float[Array, "*findings"]) -> Float[Array, "*findings"]:
        """Mean of what of x + sd z lies above 0."""
        return sd * norm.pdf(x / sd) + x * norm.cdf(x / sd)

    return above(activity) - above(activity - most)


def _row(finding: MuscleFinding) -> tuple[Float[np.ndarray, "..."], float, float, float]:
    kind = finding_kinds().get(finding.code)
    if kind is None:
        raise ObservationError(
            f"'{finding.code}' is no finding that is understood. Give one of {', '.join(finding_kinds())}."
        )
    weights = np.zeros((EXPRESSIONS, SIDES, MUSCLES))
    muscles = [FACIAL_MUSCLES.index(muscle) for muscle in kind.muscles]
    side = list(Side).index(finding.side)
    for expression in _expressions(finding, kind, muscles):
        weights[expression, side, muscles] = 1.0
    return weights / weights.sum(), _activity(finding, kind), kind.sd, kind.levels[-1]


def _expressions(finding: MuscleFinding, kind: FindingKind, muscles: list[int]) -> list[int]:
    if kind.when is FindingWhen.EXPRESSION:
        if finding.expression not in NINE_PHOTOGRAPHS:
            raise ObservationError(
                f"The {kind.name} on the {finding.side.label} side was seen in {finding.expression!r}. Give "
                f"the expression: one of {', '.join(NINE_PHOTOGRAPHS)}."
            )
        return [NINE_PHOTOGRAPHS.index(finding.expression)]
    if finding.expression is not None:
        raise ObservationError(
            f"The {kind.name} is not of one expression. Leave its expression, {finding.expression}, out."
        )
    if kind.when is FindingWhen.TIGHT_EYE_CLOSURE:
        return [NINE_PHOTOGRAPHS.index(Expression.TIGHT_EYE_CLOSURE)]
    asked = photographed_commands()[:, muscles].max(axis=1)
    return [e for e in range(EXPRESSIONS) if asked[e] == 0 and NINE_PHOTOGRAPHS[e] is not Expression.REST]


def _activity(finding: MuscleFinding, kind: FindingKind) -> float:
    value = float(finding.value)
    if kind.scale is FindingScale.SCORE:
        if not 0 <= value <= MOST_SCORE:
            raise ObservationError(f"The {kind.name} is {value:g}; the slider runs from 0 to 100.")
        return (1 - value / MOST_SCORE) * kind.levels[-1]
    if value not in range(MOST_GRADE + 1):
        raise ObservationError(
            f"The {kind.name} is graded {value:g}; a grade is 0 none, 1 slight, 2 obvious or 3 severe."
        )
    return kind.levels[int(value)]
