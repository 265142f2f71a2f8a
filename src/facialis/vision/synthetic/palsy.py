"""Expressions of invented patients, healthy or with a one-sided palsy."""

from dataclasses import dataclass, replace
from enum import StrEnum

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.errors import FacialisError
from facialis.vision.synthetic.deformation import Deformation, SideDeformation


class PalsyError(FacialisError):
    """A palsy that cannot be drawn."""

    code = "palsy_out_of_range"


class PalsyKind(StrEnum):
    """What the affected side is like."""

    NONE = "none"
    FLACCID = "flaccid"
    SYNKINETIC = "synkinetic"


@dataclass(frozen=True)
class PalsyPattern:
    """How the affected side differs from the healthy one.

    Weaknesses are shares of movement lost (0 none, 1 all). Resting amounts are in mm on the neutral
    face. Synkinesis amounts are in mm, or shares of lid closure, at full effort. All invented.
    """

    affected: Side = Side.LEFT
    brow_weakness: float = 0.0
    eye_weakness: float = 0.0
    mouth_weakness: float = 0.0
    brow_rest_mm: float = 0.0
    commissure_rest_up_mm: float = 0.0
    commissure_rest_lateral_mm: float = 0.0
    upper_lid_rest_mm: float = 0.0
    lower_lid_rest_drop_mm: float = 0.0
    lower_lid_rest_rise: float = 0.0
    nasolabial_rest: float = 1.0
    midline_shift_mm: float = 0.0
    """Rest shift of philtrum and nasal base toward the AFFECTED side; negative: the healthy one."""
    oro_ocular_closure: float = 0.0
    """Share of lid closure that a full movement of the mouth brings with it."""
    oculo_oral_mm: float = 0.0
    """Rise of the corner of the mouth that a full closure of the eye brings with it."""
    fronto_oral_mm: float = 0.0
    """Rise of the corner of the mouth that a full raise of the brow brings with it."""
    chin_dimpling: float = 0.0

    def __post_init__(self) -> None:
        for name in (
            "brow_weakness",
            "eye_weakness",
            "mouth_weakness",
            "oro_ocular_closure",
            "chin_dimpling",
        ):
            if not 0.0 <= (value := getattr(self, name)) <= 1.0:
                raise PalsyError(
                    f"{name} is {value:.3g}; it is a share between 0 and 1. Give a value in that range."
                )

    def mirrored(self) -> "PalsyPattern":
        """The same palsy of the other side."""
        return replace(self, affected=self.affected.opposite)


def palsy_pattern(kind: PalsyKind, affected: Side, severity: float) -> PalsyPattern:
    """A typical pattern of a kind of palsy.

    Parameters
    ----------
    kind, affected
    severity : float    0 (healthy) to 1 (complete weakness, or marked synkinesis).

    Raises
    ------
    PalsyError          If the severity lies outside 0 to 1.
    """
    if not 0.0 <= severity <= 1.0:
        raise PalsyError(
            f"The severity is {severity:.3g}; it lies between 0 (healthy) and 1. Give such a value."
        )
    s = severity
    if kind is PalsyKind.FLACCID:
        return PalsyPattern(
            affected=affected,
            brow_weakness=s,
            eye_weakness=0.75 * s,
            mouth_weakness=s,
            brow_rest_mm=-4.0 * s,
            commissure_rest_up_mm=-5.0 * s,
            commissure_rest_lateral_mm=-1.5 * s,
            upper_lid_rest_mm=0.8 * s,
            lower_lid_rest_drop_mm=1.5 * s,
            nasolabial_rest=1.0 - 0.9 * s,
            midline_shift_mm=-2.0 * s,
        )
    if kind is PalsyKind.SYNKINETIC:
        return PalsyPattern(
            affected=affected,
            brow_weakness=0.7 * s,
            eye_weakness=0.0,
            mouth_weakness=0.55 * s,
            brow_rest_mm=-1.0 * s,
            commissure_rest_up_mm=1.5 * s,
            commissure_rest_lateral_mm=1.0 * s,
            upper_lid_rest_mm=-0.8 * s,
            lower_lid_rest_rise=0.12 * s,
            nasolabial_rest=1.0 + 0.9 * s,
            midline_shift_mm=0.8 * s,
            oro_ocular_closure=0.6 * s,
            oculo_oral_mm=4.5 * s,
            fronto_oral_mm=2.5 * s,
            chin_dimpling=0.9 * s,
        )
    return PalsyPattern(affected=affected)


@dataclass(frozen=True)
class _Effort:
    """A healthy side's movement, and how much of brow, eye and mouth it uses (0-1)."""

    move: SideDeformation
    brow: float = 0.0
    eye: float = 0.0
    mouth: float = 0.0
    lip_opening_mm: float = 0.0
    jaw_opening_mm: float = 0.0


HEALTHY_EFFORT: dict[Expression, _Effort] = {
    Expression.REST: _Effort(SideDeformation()),
    Expression.NASAL_BASE: _Effort(SideDeformation()),
    Expression.BROW_RAISE: _Effort(
        SideDeformation(brow_up_mm=8.5, upper_lid_retraction_mm=0.7, forehead_wrinkles=1.0), brow=1.0
    ),
    Expression.GENTLE_EYE_CLOSURE: _Effort(
        SideDeformation(upper_lid_closure=1.0, lower_lid_closure=0.10, brow_up_mm=-0.6), eye=0.6
    ),
    Expression.TIGHT_EYE_CLOSURE: _Effort(
        SideDeformation(
            upper_lid_closure=1.0,
            lower_lid_closure=0.35,
            brow_up_mm=-5.0,
            cheek_up_mm=3.0,
            crows_feet=1.0,
            commissure_up_mm=1.0,
            nasolabial_depth=1.3,
        ),
        eye=1.0,
    ),
    Expression.SNARL: _Effort(
        SideDeformation(
            snarl_mm=4.5,
            upper_lip_up_mm=2.0,
            cheek_up_mm=2.0,
            brow_up_mm=-1.5,
            nasolabial_depth=2.0,
            lower_lid_closure=0.12,
        ),
        mouth=0.6,
        lip_opening_mm=1.0,
    ),
    Expression.CLOSED_SMILE: _Effort(
        SideDeformation(
            commissure_up_mm=6.5,
            commissure_lateral_mm=5.0,
            cheek_up_mm=3.0,
            nasolabial_depth=1.8,
            lower_lid_closure=0.1,
            crows_feet=0.4,
        ),
        mouth=0.8,
    ),
    Expression.OPEN_SMILE: _Effort(
        SideDeformation(
            commissure_up_mm=9.0,
            commissure_lateral_mm=7.0,
            upper_lip_up_mm=3.5,
            cheek_up_mm=4.5,
            nasolabial_depth=2.3,
            lower_lid_closure=0.15,
            lower_lip_down_mm=1.5,
            crows_feet=0.7,
        ),
        mouth=1.0,
        lip_opening_mm=4.0,
        jaw_opening_mm=1.5,
    ),
    Expression.PUCKER: _Effort(
        SideDeformation(pucker_mm=8.0, nasolabial_depth=0.6, chin_dimpling=0.25), mouth=0.8
    ),
    Expression.LOWER_TEETH_SHOW: _Effort(
        SideDeformation(
            lower_lip_down_mm=6.0, commissure_up_mm=-2.0, commissure_lateral_mm=3.5, nasolabial_depth=1.2
        ),
        mouth=0.8,
        lip_opening_mm=3.0,
        jaw_opening_mm=0.3,
    ),
}
"""What a healthy side does, in mm, chosen to look like clinical photographs; not measured on patients."""

BROW_NAMES = ("brow_up_mm", "forehead_wrinkles")
EYE_NAMES = ("upper_lid_closure", "lower_lid_closure", "upper_lid_retraction_mm", "crows_feet")
MOUTH_NAMES = (
    "commissure_up_mm",
    "commissure_lateral_mm",
    "snarl_mm",
    "upper_lip_up_mm",
    "lower_lip_down_mm",
    "pucker_mm",
    "cheek_up_mm",
)
PULL_OF_PHILTRUM = 0.28
"""Share of the difference between the corners' lateral places by which the philtrum follows."""


def _affected_side(effort: _Effort, palsy: PalsyPattern) -> SideDeformation:
    """The affected side's movement: weaker, from another resting place, with synkinesis."""
    groups = (
        (BROW_NAMES, palsy.brow_weakness),
        (EYE_NAMES, palsy.eye_weakness),
        (MOUTH_NAMES, palsy.mouth_weakness),
    )
    amounts = {name: getattr(effort.move, name) * (1.0 - lost) for names, lost in groups for name in names}
    fold = palsy.nasolabial_rest + (effort.move.nasolabial_depth - 1.0) * (1.0 - palsy.mouth_weakness)
    oral = palsy.oculo_oral_mm * effort.eye + palsy.fronto_oral_mm * effort.brow
    closing = palsy.oro_ocular_closure * effort.mouth
    amounts["commissure_up_mm"] += palsy.commissure_rest_up_mm + oral
    amounts["commissure_lateral_mm"] += palsy.commissure_rest_lateral_mm + 0.5 * oral
    amounts["brow_up_mm"] += palsy.brow_rest_mm - 1.5 * closing
    amounts["upper_lid_closure"] = min(1.0, amounts["upper_lid_closure"] + closing)
    amounts["lower_lid_closure"] = min(
        0.6, amounts["lower_lid_closure"] + 0.4 * closing + palsy.lower_lid_rest_rise
    )
    amounts["upper_lid_retraction_mm"] += palsy.upper_lid_rest_mm
    amounts["cheek_up_mm"] += 0.25 * oral
    return SideDeformation(
        **amounts,
        lower_lid_drop_mm=palsy.lower_lid_rest_drop_mm,
        nasolabial_depth=max(0.0, fold + 0.12 * oral),
        chin_dimpling=min(
            1.0, effort.move.chin_dimpling + palsy.chin_dimpling * max(effort.mouth, effort.eye, 0.35)
        ),
    )


def expression_of(expression: Expression, palsy: PalsyPattern, *, effort: float = 1.0) -> Deformation:
    """The face of an invented patient who is asked for an expression.

    Parameters
    ----------
    expression : Expression    What the patient was asked to do.
    palsy : PalsyPattern       Which side is affected and how; `PalsyPattern()` is a healthy face.
    effort : float             Scales the movement (0.5 half-hearted, 1.2 strong); lids stay within 0-1.

    Returns
    -------
    Deformation
    """
    asked = _scaled(HEALTHY_EFFORT[expression], effort)
    affected = _affected_side(asked, palsy)
    healthy = asked.move
    by_side = {palsy.affected: affected, palsy.affected.opposite: healthy}
    left, right = by_side[Side.LEFT], by_side[Side.RIGHT]
    toward_left = 1.0 if palsy.affected is Side.LEFT else -1.0
    rest = toward_left * palsy.midline_shift_mm
    pull = PULL_OF_PHILTRUM * (
        (left.commissure_lateral_mm - left.pucker_mm) - (right.commissure_lateral_mm - right.pucker_mm)
    )
    return Deformation(
        left=left,
        right=right,
        lip_opening_mm=asked.lip_opening_mm,
        jaw_opening_mm=asked.jaw_opening_mm,
        philtrum_shift_mm=rest + pull,
        nasal_shift_mm=0.5 * rest + 0.25 * pull,
        chin_shift_mm=0.3 * rest + 0.25 * pull,
    )


def _scaled(effort: _Effort, factor: float) -> _Effort:
    """The same expression with more or less effort."""
    names = BROW_NAMES + EYE_NAMES + MOUTH_NAMES + ("chin_dimpling",)
    amounts = {name: getattr(effort.move, name) * factor for name in names}
    for name in ("upper_lid_closure", "lower_lid_closure", "chin_dimpling"):
        amounts[name] = min(1.0, amounts[name])
    fold = 1.0 + (effort.move.nasolabial_depth - 1.0) * factor
    return _Effort(
        move=replace(effort.move, **amounts, nasolabial_depth=max(0.0, fold)),
        brow=effort.brow * factor,
        eye=effort.eye * factor,
        mouth=effort.mouth * factor,
        lip_opening_mm=effort.lip_opening_mm * factor,
        jaw_opening_mm=effort.jaw_opening_mm * factor,
    )
