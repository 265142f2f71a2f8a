"""Usual synkinesis: what moves unasked when something else is intended."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from facialis.anatomy.expressions import Expression
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.nerve import TABLES
from facialis.evidence import Citation, CitedTable, load_rows, load_values


class InvoluntaryRegion(StrEnum):
    """Where something moves unasked; the words are those of the synkinesis matrix."""

    EYE = "eye"
    CHEEK = "cheek"
    COMMISSURE = "commissure"
    CHIN = "chin"
    NECK = "neck"


class SynkinesisKind(StrEnum):
    """How synkinesis is summed up; the words are those of the sub-scores."""

    OCULAR = "ocular"
    MIDFACIAL = "midfacial"
    MENTALIS = "mentalis"
    PLATYSMAL = "platysmal"


class SynkinesisMechanism(StrEnum):
    """How synkinesis comes about; all contribute."""

    ABERRANT_REGENERATION = "aberrant_regeneration"
    EPHAPTIC_TRANSMISSION = "ephaptic_transmission"
    NUCLEAR_HYPEREXCITABILITY = "nuclear_hyperexcitability"


@dataclass(frozen=True)
class SynkinesisPair:
    """An intended expression and a movement on the same side that comes along."""

    expression: Expression
    region: InvoluntaryRegion
    muscles: tuple[Muscle, ...]
    """What moves it; the sources name the movement, the muscles follow from their directions."""
    kind: SynkinesisKind
    sign: str
    """What is seen."""
    citation: Citation


@dataclass(frozen=True)
class MechanismRecord:
    """One mechanism."""

    mechanism: SynkinesisMechanism
    meaning: str
    citation: Citation


@cache
def synkinesis_pairs() -> tuple[SynkinesisPair, ...]:
    """Every usual pair. That each occurs is known, how often is not."""
    return tuple(
        SynkinesisPair(
            expression=row.choice("expression", Expression),
            region=row.choice("region", InvoluntaryRegion),
            muscles=row.choices("muscles", Muscle),
            kind=row.choice("sub_score", SynkinesisKind),
            sign=row.text("sign"),
            citation=row.citation,
        )
        for row in load_rows(TABLES, "synkinesis_pairs").rows
    )


@cache
def synkinesis_mechanisms() -> tuple[MechanismRecord, ...]:
    """The mechanisms, none of which explains synkinesis alone."""
    return tuple(
        MechanismRecord(row.choice("mechanism", SynkinesisMechanism), row.text("meaning"), row.citation)
        for row in load_rows(TABLES, "synkinesis_mechanisms").rows
    )


def synkinesis_values() -> CitedTable:
    """Numbers on synkinesis: protruding the lips shows perceived synkinesis better than smiling."""
    return load_values(TABLES, "synkinesis_values")
