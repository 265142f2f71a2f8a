"""Outcome terms as linear functions of readings and muscle activity."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np
from jaxtyping import Bool, Float

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.evidence import Citation, Row, load_rows
from facialis.twin.face.readings import FaceReading
from facialis.twin.present.state import photographed_commands

TABLES = "facialis.planning.tables"


class TermKind(StrEnum):
    """What a term counts."""

    ASYMMETRY = "asymmetry"
    SYNKINESIS = "synkinesis"
    TIGHTNESS = "tightness"
    FUNCTION = "function"


class Domain(StrEnum):
    """What a wish of the patient raises or lowers."""

    REST = "rest"
    SMILE = "smile"
    EYE = "eye"
    BROW = "brow"
    MOUTH = "mouth"
    CHIN = "chin"
    TIGHTNESS = "tightness"


@dataclass(frozen=True)
class OutcomeTerm:
    """One row of `tables/outcome_terms.csv`."""

    name: str
    kind: TermKind
    domain: Domain
    expression: Expression | None
    reading: FaceReading | None
    muscle: Muscle | None
    direction: float
    role: SideRole | None
    tolerance: float
    scale: float
    weight: float
    citation: Citation


@dataclass(frozen=True, eq=False)
class TermArrays:
    """All terms for one affected side: value = readings . A + activity . B - of_base (readings_base . A).

    What counts is the part above the tolerance; of asymmetries on either side of 0.
    """

    of_readings: Float[np.ndarray, "terms expressions sides readings"]
    of_activity: Float[np.ndarray, "terms expressions sides muscles"]
    of_base: Float[np.ndarray, " terms"]
    tolerance: Float[np.ndarray, " terms"]
    is_size: Bool[np.ndarray, " terms"]
    weight: Float[np.ndarray, " terms"]


@cache
def outcome_terms() -> tuple[OutcomeTerm, ...]:
    """Every term, in the order of the table."""
    return tuple(
        OutcomeTerm(
            name=row.text("term"),
            kind=row.choice("kind", TermKind),
            domain=row.choice("domain", Domain),
            expression=row.optional_choice("expression", Expression),
            reading=None
            if row.optional_text("reading") is None
            else FaceReading[row.text("reading").upper()],
            muscle=row.optional_choice("muscle", Muscle),
            direction=_number(row, "direction", 1.0),
            role=row.optional_choice("role", SideRole),
            tolerance=_number(row, "tolerance", 0.0),
            scale=row.number("scale"),
            weight=row.number("weight"),
            citation=row.citation,
        )
        for row in load_rows(TABLES, "outcome_terms").rows
    )


def _number(row: Row, column: str, otherwise: float) -> float:
    return otherwise if row.optional_text(column) is None else row.number(column)


@cache
def term_arrays(affected: Side) -> TermArrays:
    """The terms as arrays, for a palsied side; weights as in the table."""
    terms = outcome_terms()
    readings = np.zeros((len(terms), len(NINE_PHOTOGRAPHS), len(Side), len(FaceReading)))
    activity = np.zeros((len(terms), len(NINE_PHOTOGRAPHS), len(Side), len(FACIAL_MUSCLES)))
    ill = list(Side).index(affected)
    well = 1 - ill
    for t, term in enumerate(terms):
        if term.muscle is not None:
            m = FACIAL_MUSCLES.index(term.muscle)
            unasked = photographed_commands()[:, m] == 0
            activity[t, unasked, ill, m] = 1 / (unasked.sum() * term.scale)
            continue
        assert term.expression is not None  # noqa: S101
        assert term.reading is not None  # noqa: S101
        e, rest, r = NINE_PHOTOGRAPHS.index(term.expression), 0, int(term.reading)
        unit = term.direction / term.scale
        if term.kind is TermKind.ASYMMETRY:
            readings[t, e, ill, r], readings[t, e, well, r] = unit, -unit
        elif term.kind is TermKind.SYNKINESIS:
            for side, sign in ((ill, unit), (well, -unit)):
                readings[t, e, side, r] += sign
                readings[t, rest, side, r] -= sign
        else:
            side = ill if term.role is SideRole.AFFECTED else well
            closes = term.reading is FaceReading.PALPEBRAL_FISSURE
            readings[t, e, side, r] -= unit
            readings[t, rest, side, r] += 0.0 if closes else unit
    return TermArrays(
        readings,
        activity,
        np.array([float(term.kind is TermKind.FUNCTION) for term in terms]),
        np.array([term.tolerance / term.scale for term in terms]),
        np.array([term.kind is TermKind.ASYMMETRY for term in terms]),
        np.array([term.weight for term in terms]),
    )
