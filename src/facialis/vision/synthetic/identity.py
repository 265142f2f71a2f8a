"""Who the invented patient is: proportions, colours, age, hair, and small natural asymmetry."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from facialis.anatomy.sides import Side

Colour = tuple[float, float, float]
"""Red, green, blue as displayed. [0-255]"""

_IRIS_COLOURS: tuple[Colour, ...] = (
    (74, 48, 30),
    (96, 62, 36),
    (110, 92, 54),
    (98, 116, 92),
    (92, 124, 150),
    (120, 140, 158),
)
_HAIR_COLOURS: tuple[Colour, ...] = (
    (28, 22, 20),
    (46, 33, 26),
    (78, 54, 38),
    (118, 84, 54),
    (164, 128, 84),
    (150, 146, 142),
)
_DARK_SKIN = 3.9
"""From here on the scale of `skin_tone`, irises and hair are drawn dark."""


class Beard(StrEnum):
    """Hair of the lower face."""

    NONE = "none"
    STUBBLE = "stubble"
    FULL = "full"


class HairStyle(StrEnum):
    """Hair of the head."""

    SHORT = "short"
    LONG = "long"
    CROPPED = "cropped"


@dataclass(frozen=True)
class SideTraits:
    """Natural asymmetry of one side at rest, part of the person and of the truth. [mm]"""

    brow_up_mm: float = 0.0
    upper_lid_up_mm: float = 0.0
    commissure_up_mm: float = 0.0
    commissure_lateral_mm: float = 0.0


@dataclass(frozen=True)
class FaceIdentity:
    """An invented person. Scales multiply the neutral mesh; 1 is the average face.

    ``skin_tone`` runs from 1 to 6 (Fitzpatrick I-VI); ``age``, ``lid_heaviness``, ``brow_density``
    and ``brow_contrast`` from 0 to 1. ``texture_seed`` fixes pores, mottling and single hairs.
    """

    texture_seed: int = 0
    skin_tone: float = 2.5
    skin_redness: float = 0.5
    iris_colour: Colour = _IRIS_COLOURS[1]
    hair_colour: Colour = _HAIR_COLOURS[1]
    lip_colour_depth: float = 0.5
    age: float = 0.3
    brow_thickness_mm: float = 7.0
    brow_density: float = 0.8
    brow_contrast: float = 0.85
    brow_arch_mm: float = 0.0
    brow_up_mm: float = 0.0
    lip_fullness: float = 1.0
    lid_heaviness: float = 0.3
    eye_opening: float = 1.0
    eye_width: float = 1.0
    canthal_tilt_mm: float = 1.0
    face_width: float = 1.0
    jaw_width: float = 1.0
    lower_face_length: float = 1.0
    nose_width: float = 1.0
    nose_projection: float = 1.0
    mouth_width: float = 1.0
    cheek_fullness: float = 0.0
    beard: Beard = Beard.NONE
    hair_style: HairStyle = HairStyle.SHORT
    fringe_over_brow: bool = False
    glasses: bool = False
    left: SideTraits = field(default_factory=SideTraits)
    right: SideTraits = field(default_factory=SideTraits)
    texture_mirrored: bool = False

    def side(self, side: Side) -> SideTraits:
        """The natural asymmetry of the patient's ``side``."""
        return self.left if side is Side.LEFT else self.right

    def mirrored(self) -> "FaceIdentity":
        """The same person as in a mirror: the two sides change places, the texture turns over."""
        return replace(self, left=self.right, right=self.left, texture_mirrored=not self.texture_mirrored)

    def symmetric(self) -> "FaceIdentity":
        """The same person without natural asymmetry."""
        return replace(self, left=SideTraits(), right=SideTraits())


def _bounded(rng: np.random.Generator, mean: float, sd: float, low: float, high: float) -> float:
    return float(np.clip(rng.normal(mean, sd), low, high))


def _random_traits(rng: np.random.Generator) -> SideTraits:
    return SideTraits(
        brow_up_mm=_bounded(rng, 0.0, 0.6, -1.5, 1.5),
        upper_lid_up_mm=_bounded(rng, 0.0, 0.2, -0.5, 0.5),
        commissure_up_mm=_bounded(rng, 0.0, 0.4, -1.0, 1.0),
        commissure_lateral_mm=_bounded(rng, 0.0, 0.4, -1.0, 1.0),
    )


def _random_colour(rng: np.random.Generator, palette: tuple[Colour, ...], sd: float) -> Colour:
    base = np.array(palette[int(rng.integers(len(palette)))]) * rng.normal(1.0, sd)
    red, green, blue = np.clip(base, 8.0, 235.0)
    return float(red), float(green), float(blue)


def random_identity(rng: np.random.Generator) -> FaceIdentity:
    """Invent a person: every skin tone, ages, brows from dense to absent, some with glasses or beard."""
    skin_tone = float(rng.uniform(1.0, 6.0))
    dark = skin_tone > _DARK_SKIN
    masculine = bool(rng.random() < 0.5)
    age = float(rng.uniform(0.0, 1.0))
    hair = (150.0, 146.0, 142.0) if age > 0.75 and rng.random() < 0.6 else None
    faint_brows = bool(rng.random() < 0.15)
    beard = Beard(rng.choice([b.value for b in Beard], p=[0.55, 0.3, 0.15])) if masculine else Beard.NONE
    style = rng.choice([s.value for s in HairStyle], p=[0.7, 0.05, 0.25] if masculine else [0.25, 0.7, 0.05])
    return FaceIdentity(
        texture_seed=int(rng.integers(2**31)),
        skin_tone=skin_tone,
        skin_redness=float(rng.uniform(0.1, 0.9)),
        iris_colour=_random_colour(rng, _IRIS_COLOURS[:2] if dark else _IRIS_COLOURS, 0.1),
        hair_colour=hair or _random_colour(rng, _HAIR_COLOURS[:2] if dark else _HAIR_COLOURS[:5], 0.12),
        lip_colour_depth=float(rng.uniform(0.1, 0.9)),
        age=age,
        brow_thickness_mm=_bounded(rng, 7.0 if masculine else 5.6, 1.0, 3.6, 9.5),
        brow_density=float(rng.uniform(0.0, 0.35) if faint_brows else rng.uniform(0.6, 1.0)),
        brow_contrast=float(rng.uniform(0.05, 0.45) if faint_brows else rng.uniform(0.6, 1.0)),
        brow_arch_mm=_bounded(rng, -0.3 if masculine else 0.8, 0.8, -1.8, 2.4),
        brow_up_mm=_bounded(rng, -0.8 if masculine else 0.6, 1.2, -3.0, 3.0),
        lip_fullness=_bounded(rng, 0.85 if masculine else 1.1, 0.14, 0.6, 1.4),
        lid_heaviness=_bounded(rng, 0.2 + 0.4 * age, 0.2, 0.0, 1.0),
        eye_opening=_bounded(rng, 1.0 - 0.08 * age, 0.08, 0.78, 1.2),
        eye_width=_bounded(rng, 1.0, 0.03, 0.93, 1.07),
        canthal_tilt_mm=_bounded(rng, 1.2 - 1.2 * age, 0.7, -1.2, 3.0),
        face_width=_bounded(rng, 1.0, 0.03, 0.92, 1.08),
        jaw_width=_bounded(rng, 1.02 if masculine else 0.96, 0.04, 0.86, 1.1),
        lower_face_length=_bounded(rng, 1.02 if masculine else 0.98, 0.03, 0.9, 1.08),
        nose_width=_bounded(rng, 1.08 if dark else 0.98, 0.07, 0.82, 1.3),
        nose_projection=_bounded(rng, 1.0, 0.1, 0.75, 1.25),
        mouth_width=_bounded(rng, 1.0, 0.05, 0.88, 1.12),
        cheek_fullness=_bounded(rng, 0.0, 0.5, -1.0, 1.0),
        beard=beard,
        hair_style=HairStyle(style),
        fringe_over_brow=bool(rng.random() < (0.05 if masculine else 0.12)),
        glasses=bool(rng.random() < 0.15),
        left=_random_traits(rng),
        right=_random_traits(rng),
    )
