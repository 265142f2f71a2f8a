"""What is known of one muscle; `muscles` reads it from the tables."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.nerve import NerveBranch
from facialis.evidence import Citation


class CranialNerve(StrEnum):
    """The nerve that drives a muscle."""

    FACIAL = "facial"
    """Seventh."""
    OCULOMOTOR = "oculomotor"
    """Third."""


class FibreType(StrEnum):
    """How a muscle's fibres lie, after Waters 1987."""

    LINEAR = "linear"
    """Pulls its insertion toward its origin."""
    SHEET = "sheet"
    """Parallel fibres that pull a broad area one way."""
    SPHINCTER = "sphincter"
    """Closes an opening."""


class FaceZone(StrEnum):
    """Zones of the face, from the forehead down."""

    UPPER = "upper"
    EYE = "eye"
    MIDFACE = "midface"
    LOWER = "lower"
    NECK = "neck"


class FacePoint(StrEnum):
    """Points and patches of one side of the face that muscles move."""

    BROW = "brow"
    BROW_HEAD = "brow_head"
    """Its medial end."""
    BROW_TAIL = "brow_tail"
    """Its lateral end."""
    GLABELLA = "glabella"
    UPPER_LID_MARGIN = "upper_lid_margin"
    LOWER_LID_MARGIN = "lower_lid_margin"
    LATERAL_CANTHAL_SKIN = "lateral_canthal_skin"
    CHEEK = "cheek"
    ALA = "ala"
    NASAL_TIP = "nasal_tip"
    UPPER_LIP = "upper_lip"
    LOWER_LIP = "lower_lip"
    COMMISSURE = "commissure"
    CHIN_SKIN = "chin_skin"


@dataclass(frozen=True)
class BranchShare:
    """The share of a muscle's drive that comes through one branch."""

    branch: NerveBranch
    weight: Fraction
    """The weights of a muscle sum to exactly 1."""
    citation: Citation


@dataclass(frozen=True)
class Direction:
    """Unit vector on one side of the face; sideless, so that both sides mirror each other."""

    superior: float
    """Positive upward."""
    lateral: float
    """Positive away from the midline."""
    anterior: float
    """Positive forward."""


@dataclass(frozen=True)
class LandmarkMovement:
    """Where one muscle moves one point of the face."""

    landmark: FacePoint
    part: str | None
    """Part of the muscle or of the landmark; None for the whole."""
    direction: Direction
    citation: Citation
    """Its note gives the direction in words."""


@dataclass(frozen=True)
class Antagonist:
    """What pulls against a muscle: another muscle, or gravity or tissue."""

    muscle: Muscle | None
    """None for gravity, tissue and muscles outside the list."""
    label: str
    """Its name for people."""
    citation: Citation


@dataclass(frozen=True)
class MuscleRecord:
    """One muscle of one half of the face; both halves are alike."""

    muscle: Muscle
    number: int | None
    """In the list of muscles driven by the facial nerve; None for the levator palpebrae."""
    abbreviation: str
    full_name: str
    nerve: CranialNerve
    branches: tuple[BranchShare, ...]
    """The largest share first; none for the levator palpebrae."""
    origin: str
    insertion: str
    fibre_type: FibreType
    fibre_citation: Citation
    movements: tuple[LandmarkMovement, ...]
    """The main one first."""
    expressions: tuple[str, ...]
    """What a face does with it, in words."""
    antagonists: tuple[Antagonist, ...]
    """As the sources state them; `antagonists_of` looks from both sides."""
    zones: tuple[FaceZone, ...]
    if_weakened: str | None
    """What happens if toxin weakens it too much; None where nothing is stated."""
    is_target: bool
    """Whether toxin may ever be aimed at it."""
    citation: Citation

    def weight_of(self, branch: NerveBranch) -> Fraction:
        """The share of its drive that comes through ``branch``; 0 where it has none."""
        return next((share.weight for share in self.branches if share.branch is branch), Fraction(0))
