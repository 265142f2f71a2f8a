"""Where the needle goes: targets with depth and number of points, points on the mesh, neighbours at risk."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.mesh.barycentric import BarycentricPoint
from facialis.anatomy.mesh.place_cells import place_of
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.sides import Side
from facialis.evidence import Citation, Row, load_rows

TABLES = "facialis.anatomy.tables"


class InjectionDepth(StrEnum):
    """How deep a point is injected."""

    INTRADERMAL_OR_SUBCUTANEOUS = "intradermal_or_subcutaneous"
    SUBCUTANEOUS = "subcutaneous"
    SUPERFICIAL = "superficial"
    SUPERFICIAL_IN_MUSCLE = "superficial_in_muscle"
    SUPERFICIAL_IN_BAND = "superficial_in_band"
    IN_MUSCLE = "in_muscle"
    DEEP = "deep"


class NeighbourStructure(StrEnum):
    """What is at risk near an injection and is not a muscle of expression."""

    CORNEA = "cornea"
    INFERIOR_OBLIQUE = "inferior_oblique"
    LATERAL_RECTUS = "lateral_rectus"
    LOWER_LID_SUPPORT = "lower_lid_support"
    UPPER_LIP = "upper_lip"
    COMMISSURE = "commissure"
    LIP_SEAL = "lip_seal"
    PAROTID_DUCT = "parotid_duct"
    MASSETER = "masseter"
    SWALLOWING_MUSCLES = "swallowing_muscles"
    NECK_MUSCLES = "neck_muscles"
    LARYNX = "larynx"


@dataclass(frozen=True)
class TargetRecord:
    """What is published about injecting a target; texts are empty where nothing is stated.

    Points are counted on one side; those of a midline target in all.
    """

    target: InjectionTarget
    full_name: str
    muscles: tuple[Muscle, ...]
    depth: str
    direction: str
    points_min: int
    points_max: int
    spacing_mm: tuple[float, float] | None
    """Least and greatest distance between neighbouring points; None where none is stated."""
    point: str
    main_hazard: str
    citation: Citation


@dataclass(frozen=True)
class InjectionSite:
    """One point of a target on one side."""

    target: InjectionTarget
    number: int
    """Place in the order of need, from 1."""
    side: Side | None
    """None on the midline: the point belongs to both sides."""
    place: BarycentricPoint
    is_outside_mesh: bool
    """The mesh ends before this point: its position is an extrapolation."""
    is_optional: bool
    """Beyond the fewest points that are published."""
    depth: InjectionDepth | None
    citation: Citation


@dataclass(frozen=True)
class SiteNeighbour:
    """What lies near a target and what happens to it."""

    target: InjectionTarget
    neighbour: Muscle | NeighbourStructure
    consequence: str
    citation: Citation


@cache
def injection_targets() -> tuple[TargetRecord, ...]:
    """Return every target, from the forehead down; raises `EvidenceError` for a table that is wrong."""
    return tuple(_target(row) for row in load_rows(TABLES, "injection_targets").rows)


def injection_target(target: InjectionTarget) -> TargetRecord:
    """Return what is published about one target."""
    return next(record for record in injection_targets() if record.target is target)


def targets_reaching(muscle: Muscle) -> tuple[TargetRecord, ...]:
    """Return the targets whose injection reaches a muscle; none for a muscle that is no target."""
    return tuple(record for record in injection_targets() if muscle in record.muscles)


@cache
def injection_sites(target: InjectionTarget, side: Side) -> tuple[InjectionSite, ...]:
    """Return the points of a target on a side, in the order of need.

    The table holds the RIGHT; the LEFT is its mirror image. A point on the midline is the same for
    both sides and carries none.

    Parameters
    ----------
    target : InjectionTarget
    side : Side                     The patient's.

    Returns
    -------
    tuple of InjectionSite          At most as many as are published for the target.

    Raises
    ------
    EvidenceError                   The table is wrong.

    Notes
    -----
    Positions are decisions of this software, drawn on a neutral face from written rules; each site's
    citation carries the rule in its note. They are to be confirmed on the patient.
    """
    fewest = injection_target(target).points_min
    rows = (row for row in load_rows(TABLES, "injection_sites").rows if row.text("target") == target.value)
    return tuple(_site(row, target, side, fewest) for row in rows)


def site_neighbours(target: InjectionTarget) -> tuple[SiteNeighbour, ...]:
    """Return what is at risk near a target; none where nothing is stated."""
    return tuple(neighbour for neighbour in _all_neighbours() if neighbour.target is target)


@cache
def surface_landmarks() -> dict[str, BarycentricPoint]:
    """Edges that points keep clear of, as places on the RIGHT; they stand in for what a finger feels."""
    return {row.text("landmark"): place_of(row) for row in load_rows(TABLES, "surface_landmarks").rows}


def _target(row: Row) -> TargetRecord:
    low, high = row.optional_number("spacing_min_mm"), row.optional_number("spacing_max_mm")
    if (low is None) != (high is None):
        raise row.error("spacing_min_mm and spacing_max_mm stand together or not at all.")
    fewest, most = row.integer("points_min"), row.integer("points_max")
    if not 1 <= fewest <= most:
        raise row.error(f"points_min is {fewest} and points_max is {most}; at least 1, and in this order.")
    return TargetRecord(
        target=row.choice("target", InjectionTarget),
        full_name=row.text("full_name"),
        muscles=row.choices("muscles", Muscle),
        depth=row.optional_text("depth") or "",
        direction=row.optional_text("direction") or "",
        points_min=fewest,
        points_max=most,
        spacing_mm=None if low is None or high is None else (low, high),
        point=row.text("point"),
        main_hazard=row.optional_text("main_hazard") or "",
        citation=row.citation,
    )


def _site(row: Row, target: InjectionTarget, side: Side, fewest: int) -> InjectionSite:
    place = place_of(row)
    outside = row.flag("outside_mesh")
    if outside is not place.is_extrapolated:
        raise row.error(f"outside_mesh is '{row.text('outside_mesh')}', its weights say otherwise.")
    number = row.integer("number")
    is_midline = row.flag("midline")
    return InjectionSite(
        target=target,
        number=number,
        side=None if is_midline else side,
        place=place if is_midline else place.on(side),
        is_outside_mesh=outside,
        is_optional=number > fewest,
        depth=row.optional_choice("depth", InjectionDepth),
        citation=row.citation,
    )


@cache
def _all_neighbours() -> tuple[SiteNeighbour, ...]:
    return tuple(_neighbour(row) for row in load_rows(TABLES, "site_neighbours").rows)


def _neighbour(row: Row) -> SiteNeighbour:
    kind = row.text("kind")
    if kind not in {"muscle", "structure"}:
        raise row.error(f"kind is '{kind}'; it is muscle or structure.")
    neighbour: Muscle | NeighbourStructure = (
        row.choice("neighbour", Muscle) if kind == "muscle" else row.choice("neighbour", NeighbourStructure)
    )
    target = row.choice("target", InjectionTarget)
    return SiteNeighbour(target, neighbour, row.text("consequence"), row.citation)
