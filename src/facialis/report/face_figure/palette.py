"""One colour for each zone of the face; words stand beside every colour."""

from facialis.anatomy.muscle_records import FaceZone
from facialis.report.face_figure.drawing import mix

ZONE_COLOURS = {
    FaceZone.UPPER: "#2b6cb0",
    FaceZone.EYE: "#3aa697",
    FaceZone.MIDFACE: "#c04e22",
    FaceZone.LOWER: "#7b3a75",
    FaceZone.NECK: "#d0aa3f",
}
"""Colours that stay apart for eyes that see no red, no green or no blue; they differ in lightness too."""

ZONE_WORDS = {
    FaceZone.UPPER: "forehead and brow",
    FaceZone.EYE: "eye",
    FaceZone.MIDFACE: "midface",
    FaceZone.LOWER: "lower face",
    FaceZone.NECK: "neck",
}

STRONG = "#c2431a"
"""The one muscle that a figure is about."""

AGAINST = "#3f6f9f"
"""Its antagonists."""

BYSTANDER = "#b7a99f"
"""Everything else in such a figure."""


def label_colour(colour: str) -> str:
    """A colour dark enough for small letters on white."""
    return mix(colour, "#101418", 0.42)
