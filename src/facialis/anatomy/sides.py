"""The patient's sides, and the only place where an image half becomes a side."""

from enum import StrEnum


class Side(StrEnum):
    """The PATIENT's side. There is no other kind of side in Facialis."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def opposite(self) -> "Side":
        """The other side of the same patient."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT

    @property
    def label(self) -> str:
        """LEFT or RIGHT, as written wherever a decision is made."""
        return self.value.upper()


class Mirrored(StrEnum):
    """Whether a photograph shows the patient as in a mirror (most selfies do)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class ImageHalf(StrEnum):
    """A half of the picture as it lies on the screen, never of the patient."""

    SCREEN_LEFT = "screen_left"
    SCREEN_RIGHT = "screen_right"


def side_shown_in(half: ImageHalf, *, mirrored: bool) -> Side:
    """Return the patient's side that a half of a frontal picture shows.

    In an unmirrored frontal photograph the patient's RIGHT is on the left of the screen,
    as when one person stands in front of another.
    """
    unmirrored = Side.RIGHT if half is ImageHalf.SCREEN_LEFT else Side.LEFT
    return unmirrored.opposite if mirrored else unmirrored


def lateral_sign(side: Side) -> int:
    """Sign of the face frame's x (unmirrored image, x grows to the right) on a side.

    Multiplying x by it makes lateral distances positive away from the midline.
    """
    return 1 if side is Side.LEFT else -1
