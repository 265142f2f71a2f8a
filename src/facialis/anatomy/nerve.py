"""The facial nerve: its way from the brain, its early twigs and its five terminal branches."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from facialis.anatomy.lookup import find_member
from facialis.evidence import Citation, CitedValue, load_rows, load_values

TABLES = "facialis.anatomy.tables"


class NerveBranch(StrEnum):
    """The five terminal branches, from the forehead down."""

    TEMPORAL = "temporal"
    ZYGOMATIC = "zygomatic"
    BUCCAL = "buccal"
    MARGINAL_MANDIBULAR = "marginal_mandibular"
    CERVICAL = "cervical"


class NerveStretch(StrEnum):
    """Stretches of the nerve on its way to the face."""

    MOTOR_CORTEX = "motor_cortex"
    MOTOR_NUCLEUS = "motor_nucleus"
    INTERNAL_ACOUSTIC_MEATUS = "internal_acoustic_meatus"
    LABYRINTHINE_SEGMENT = "labyrinthine_segment"
    GENICULATE_GANGLION = "geniculate_ganglion"
    TYMPANIC_AND_MASTOID_SEGMENTS = "tympanic_and_mastoid_segments"
    STYLOMASTOID_FORAMEN = "stylomastoid_foramen"
    PAROTID_PLEXUS = "parotid_plexus"


class OverlapFrequency(StrEnum):
    """How often two branches are joined, where only a word is known."""

    OFTEN = "often"
    RARELY = "rarely"


@dataclass(frozen=True)
class NerveSegment:
    """One stretch of the nerve."""

    stretch: NerveStretch
    where: str
    relevance: str
    """Why it matters in a palsy."""
    citation: Citation


@dataclass(frozen=True)
class EarlyTwig:
    """A branch that leaves before the terminal ones: it gives signs and is no target."""

    name: str
    kind: str
    """Motor, or what else it carries."""
    leaves_at: NerveStretch
    supplies: str
    sign: str | None
    """What is noticed when it fails or is misrouted; None where nothing is stated."""
    citation: Citation


@dataclass(frozen=True)
class BranchOverlap:
    """Two neighbouring branches that may be joined, so that one can stand in for the other."""

    branches: tuple[NerveBranch, NerveBranch]
    """The upper one first."""
    frequency: OverlapFrequency
    share_frac: tuple[float, float] | None
    """Lowest and highest share of people in whom they are joined; None where only a word is known."""
    recovery: str
    """What follows for recovery."""
    citation: Citation


@dataclass(frozen=True)
class BranchRecord:
    """One terminal branch."""

    branch: NerveBranch
    zone: str
    course: str
    path_length: CitedValue
    """From the labyrinthine segment to the muscles. [mm]"""
    overlaps: tuple[BranchOverlap, ...]
    """With its neighbours."""
    citation: Citation


@cache
def nerve_segments() -> tuple[NerveSegment, ...]:
    """Every stretch of the nerve, from the brain to the face."""
    return tuple(
        NerveSegment(
            row.choice("segment", NerveStretch), row.text("where"), row.text("relevance"), row.citation
        )
        for row in load_rows(TABLES, "nerve_segments").rows
    )


@cache
def early_twigs() -> tuple[EarlyTwig, ...]:
    """The branches that leave before the terminal ones, in the order in which they leave."""
    return tuple(
        EarlyTwig(
            name=row.text("twig"),
            kind=row.text("kind"),
            leaves_at=row.choice("leaves_at", NerveStretch),
            supplies=row.text("supplies"),
            sign=row.optional_text("sign"),
            citation=row.citation,
        )
        for row in load_rows(TABLES, "early_twigs").rows
    )


@cache
def branch_overlaps() -> tuple[BranchOverlap, ...]:
    """The pairs of neighbouring branches of which something is stated."""
    overlaps = []
    for row in load_rows(TABLES, "branch_overlap").rows:
        low, high = row.optional_number("share_low"), row.optional_number("share_high")
        overlaps.append(
            BranchOverlap(
                branches=(row.choice("branch", NerveBranch), row.choice("other_branch", NerveBranch)),
                frequency=row.choice("frequency", OverlapFrequency),
                share_frac=None if low is None or high is None else (low, high),
                recovery=row.text("recovery"),
                citation=row.citation,
            )
        )
    return tuple(overlaps)


@cache
def branches() -> tuple[BranchRecord, ...]:
    """The five terminal branches, from the forehead down."""
    records = []
    for row in load_rows(TABLES, "branches").rows:
        which = row.choice("branch", NerveBranch)
        records.append(
            BranchRecord(
                branch=which,
                zone=row.text("zone"),
                course=row.text("course"),
                path_length=nerve_value(f"path_length_{which.value}"),
                overlaps=tuple(overlap for overlap in branch_overlaps() if which in overlap.branches),
                citation=row.citation,
            )
        )
    return tuple(records)


def branch(name: NerveBranch | str) -> BranchRecord:
    """Return one terminal branch; an unknown one raises `UnknownNameError`."""
    wanted = find_member(NerveBranch, name, thing="branch")
    return next(record for record in branches() if record.branch is wanted)


def overlap_between(one: NerveBranch, other: NerveBranch) -> BranchOverlap | None:
    """How often two branches are joined, in either order; None where nothing is stated."""
    return next((o for o in branch_overlaps() if set(o.branches) == {one, other}), None)


def nerve_value(name: str) -> CitedValue:
    """Return a number of the nerve, such as `fibre_count` or `path_length` (of the whole nerve)."""
    return load_values(TABLES, "nerve_values").preferred(name)
