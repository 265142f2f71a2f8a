"""What the face does: named amounts per side, in mm where they are lengths."""

from dataclasses import dataclass, field, replace

from facialis.anatomy.sides import Side
from facialis.errors import FacialisError


class DeformationError(FacialisError):
    """An amount lies outside what a face can do."""

    code = "deformation_out_of_range"


@dataclass(frozen=True)
class SideDeformation:
    """Movement of one side from the neutral face. Up and lateral are positive.

    ``upper_lid_closure`` is the share of the way from its resting (or retracted) place to the lower
    lid that the upper lid has travelled: 0 at rest, 1 closed. ``lower_lid_closure`` is the share of the
    resting fissure that the lower lid has risen. The last five are strengths of wrinkles and folds.
    """

    commissure_up_mm: float = 0.0
    commissure_lateral_mm: float = 0.0
    brow_up_mm: float = 0.0
    upper_lid_closure: float = 0.0
    lower_lid_closure: float = 0.0
    upper_lid_retraction_mm: float = 0.0
    lower_lid_drop_mm: float = 0.0
    snarl_mm: float = 0.0
    upper_lip_up_mm: float = 0.0
    lower_lip_down_mm: float = 0.0
    pucker_mm: float = 0.0
    cheek_up_mm: float = 0.0
    nasolabial_depth: float = 1.0
    forehead_wrinkles: float = 0.0
    crows_feet: float = 0.0
    chin_dimpling: float = 0.0

    def __post_init__(self) -> None:
        for name in ("upper_lid_closure", "lower_lid_closure"):
            if not 0.0 <= (value := getattr(self, name)) <= 1.0:
                raise DeformationError(
                    f"{name} is {value:.3g}; it is a share between 0 (rest) and 1 (closed). "
                    "Give wider eyes as upper_lid_retraction_mm or lower_lid_drop_mm."
                )


@dataclass(frozen=True)
class Deformation:
    """Movement of the whole face. Midline shifts are positive toward the patient's LEFT."""

    left: SideDeformation = field(default_factory=SideDeformation)
    right: SideDeformation = field(default_factory=SideDeformation)
    lip_opening_mm: float = 0.0
    jaw_opening_mm: float = 0.0
    philtrum_shift_mm: float = 0.0
    nasal_shift_mm: float = 0.0
    chin_shift_mm: float = 0.0

    def side(self, side: Side) -> SideDeformation:
        """The movement of the patient's ``side``."""
        return self.left if side is Side.LEFT else self.right

    def mirrored(self) -> "Deformation":
        """The same movement as in a mirror."""
        return replace(
            self,
            left=self.right,
            right=self.left,
            philtrum_shift_mm=-self.philtrum_shift_mm,
            nasal_shift_mm=-self.nasal_shift_mm,
            chin_shift_mm=-self.chin_shift_mm,
        )
