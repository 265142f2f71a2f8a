"""The view of a clinic's photograph: good light, a still camera, a face that nothing covers."""

from dataclasses import replace

import numpy as np

from facialis.vision.synthetic.camera import CameraSetting, random_camera
from facialis.vision.synthetic.identity import FaceIdentity, random_identity

WALL_GREY, WALL_TINT = 186.0, 0.3
"""A clinic's wall is light and nearly grey."""
ASPECT = 1.25
"""Height of a photograph over its width."""


def clinic_camera(rng: np.random.Generator, width_px: int) -> CameraSetting:
    """A clinic's standard view: good light, a still camera, a nearly straight head."""
    drawn = random_camera(rng, width_px=width_px, height_px=round(width_px * ASPECT))
    red, green, blue = (WALL_GREY + WALL_TINT * (channel - WALL_GREY) for channel in drawn.background)
    return replace(
        drawn,
        background=(red, green, blue),
        yaw_deg=drawn.yaw_deg * 0.3,
        pitch_deg=drawn.pitch_deg * 0.4,
        roll_deg=drawn.roll_deg * 0.5,
        mm_per_px=265.0 / width_px,
        shift_x_px=0.0,
        shift_y_px=0.0,
        distance_mm=1500.0,
        light_direction=(0.18, 0.5, 0.85),
        ambient=0.5,
        light_intensity=1.0,
        blur_px=0.4 * width_px / 1000.0,
        noise_sd=1.2,
        jpeg_quality=None,
    )


def clinic_identity(rng: np.random.Generator) -> FaceIdentity:
    """A random person as a clinic would photograph: brows and eyes uncovered."""
    drawn = random_identity(rng)
    return replace(
        drawn,
        glasses=False,
        fringe_over_brow=False,
        brow_density=max(drawn.brow_density, 0.65),
        brow_contrast=max(drawn.brow_contrast, 0.65),
    )
