"""The muscles of one half of the face, read from the tables and found by name."""

from collections import defaultdict
from fractions import Fraction
from functools import cache

from facialis.anatomy.lookup import find_member
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.muscle_records import (
    Antagonist,
    BranchShare,
    CranialNerve,
    Direction,
    FacePoint,
    FaceZone,
    FibreType,
    LandmarkMovement,
    MuscleRecord,
)
from facialis.anatomy.nerve import TABLES, NerveBranch
from facialis.evidence import Row, load_rows


@cache
def muscles() -> tuple[MuscleRecord, ...]:
    """Every muscle: the 24 of the facial nerve from the forehead down, then the levator palpebrae."""
    shares, fibres = _by_muscle("muscle_branches"), _by_muscle("fibre_types")
    movements, antagonists = _by_muscle("muscle_movements"), _by_muscle("antagonists")
    return tuple(
        _record(row, shares[which], fibres[which][0], movements[which], antagonists[which])
        for row in load_rows(TABLES, "muscles").rows
        for which in [row.choice("muscle", Muscle)]
    )


def muscle(name: Muscle | str) -> MuscleRecord:
    """Return one muscle by its name, full name or abbreviation.

    Raises
    ------
    UnknownNameError
        If there is no such muscle; the message gives the nearest names.
    """
    wanted = find_member(Muscle, name, thing="muscle", aliases=_aliases())
    return next(record for record in muscles() if record.muscle is wanted)


def muscles_of_branch(branch: NerveBranch | str) -> tuple[MuscleRecord, ...]:
    """The muscles that a branch drives, wholly or in part, from the forehead down."""
    wanted = find_member(NerveBranch, branch, thing="branch")
    return tuple(record for record in muscles() if record.weight_of(wanted) > 0)


def antagonists_of(name: Muscle | str) -> tuple[Muscle, ...]:
    """The muscles that pull against one, from the forehead down.

    Pulling against is mutual, but the sources state a pair from one side only at times; here
    it counts from both. Gravity and tissue stand in `MuscleRecord.antagonists`.
    """
    record = muscle(name)
    stated = {antagonist.muscle for antagonist in record.antagonists}
    return tuple(
        other.muscle
        for other in muscles()
        if other.muscle in stated or record.muscle in {antagonist.muscle for antagonist in other.antagonists}
    )


@cache
def _aliases() -> dict[str, Muscle]:
    return {alias: record.muscle for record in muscles() for alias in (record.abbreviation, record.full_name)}


def _by_muscle(stem: str) -> dict[Muscle, list[Row]]:
    found: dict[Muscle, list[Row]] = defaultdict(list)
    for row in load_rows(TABLES, stem).rows:
        found[row.choice("muscle", Muscle)].append(row)
    return found


def _record(
    row: Row, shares: list[Row], fibre: Row, movements: list[Row], antagonists: list[Row]
) -> MuscleRecord:
    return MuscleRecord(
        muscle=row.choice("muscle", Muscle),
        number=None if row.optional_text("number") is None else row.integer("number"),
        abbreviation=row.text("abbreviation"),
        full_name=row.text("full_name"),
        nerve=row.choice("nerve", CranialNerve),
        branches=_branch_shares(shares),
        origin=row.text("origin"),
        insertion=row.text("insertion"),
        fibre_type=fibre.choice("fibre_type", FibreType),
        fibre_citation=fibre.citation,
        movements=tuple(_movement(each) for each in movements),
        expressions=row.words("expressions"),
        antagonists=tuple(_antagonist(each) for each in antagonists),
        zones=row.choices("zones", FaceZone),
        if_weakened=row.optional_text("if_weakened"),
        is_target=row.flag("is_target"),
        citation=row.citation,
    )


def _branch_shares(rows: list[Row]) -> tuple[BranchShare, ...]:
    total = sum(row.integer("parts") for row in rows)
    return tuple(
        BranchShare(row.choice("branch", NerveBranch), Fraction(row.integer("parts"), total), row.citation)
        for row in rows
    )


def _movement(row: Row) -> LandmarkMovement:
    return LandmarkMovement(
        landmark=row.choice("landmark", FacePoint),
        part=row.optional_text("part"),
        direction=Direction(row.number("superior"), row.number("lateral"), row.number("anterior")),
        citation=row.citation,
    )


def _antagonist(row: Row) -> Antagonist:
    which = row.optional_choice("antagonist", Muscle)
    label = row.text("other_antagonist") if which is None else which.value.replace("_", " ")
    return Antagonist(which, label, row.citation)
