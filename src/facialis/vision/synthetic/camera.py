"""How the picture is taken: place of the camera, light, and what the sensor adds."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from facialis.errors import FacialisError
from facialis.measurement.points import HeadPose

Array = NDArray[np.float64]

PIVOT_MM = np.array([0.0, -35.0, -60.0])
"""The head turns about this point (inside the head), as on a neck."""
LOOK_AT_MM = np.array([0.0, -14.0, 0.0])
"""This point of the unturned head lies in the centre of the picture."""
MIN_WIDTH_PX, MAX_WIDTH_PX = 120, 6000


class CameraError(FacialisError):
    """A camera setting that cannot be rendered."""

    code = "camera_out_of_range"


@dataclass(frozen=True)
class CameraSetting:
    """One photograph's conditions. Angles as in `HeadPose`; light in head coordinates.

    ``mm_per_px`` holds in the plane of the irises of the unturned head. ``light_direction`` points
    from the face to the light: x toward the patient's LEFT, y up, z to the camera.
    """

    width_px: int = 1000
    height_px: int = 1250
    mm_per_px: float = 0.25
    distance_mm: float = 1200.0
    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    shift_x_px: float = 0.0
    shift_y_px: float = 0.0
    light_direction: tuple[float, float, float] = (0.25, 0.5, 0.85)
    light_colour: tuple[float, float, float] = (1.0, 0.98, 0.95)
    light_intensity: float = 1.0
    ambient: float = 0.42
    background: tuple[float, float, float] = (158.0, 166.0, 172.0)
    clothing: tuple[float, float, float] = (70.0, 88.0, 112.0)
    blur_px: float = 0.0
    noise_sd: float = 1.0
    jpeg_quality: int | None = None

    def __post_init__(self) -> None:
        if not MIN_WIDTH_PX <= self.width_px <= MAX_WIDTH_PX:
            raise CameraError(
                f"The picture is {self.width_px} px wide; between {MIN_WIDTH_PX} and {MAX_WIDTH_PX} px are "
                "possible. Choose another width."
            )
        if self.distance_mm < 300.0 or self.mm_per_px <= 0.0:
            raise CameraError(
                f"The camera stands {self.distance_mm:g} mm away at {self.mm_per_px:g} mm per px; at least "
                "300 mm and a positive scale are needed."
            )

    @property
    def pose(self) -> HeadPose:
        """The head's rotation."""
        return HeadPose(self.yaw_deg, self.pitch_deg, self.roll_deg)

    def mirrored(self) -> "CameraSetting":
        """The setting that shows a mirrored patient as the mirror image of this one."""
        x, y, z = self.light_direction
        return replace(
            self,
            yaw_deg=-self.yaw_deg,
            roll_deg=-self.roll_deg,
            shift_x_px=-self.shift_x_px,
            light_direction=(-x, y, z),
        )

    def frontal(self) -> "CameraSetting":
        """The same camera before an unturned head."""
        return replace(self, yaw_deg=0.0, pitch_deg=0.0, roll_deg=0.0)

    def scaled(self, factor: float) -> "CameraSetting":
        """The same view with ``factor`` times as many pixels across."""
        return replace(
            self,
            width_px=round(self.width_px * factor),
            height_px=round(self.height_px * factor),
            mm_per_px=self.mm_per_px / factor,
            shift_x_px=self.shift_x_px * factor,
            shift_y_px=self.shift_y_px * factor,
        )


def rotation_of(pose: HeadPose) -> Array:
    """Rotation matrix of a head pose: first pitch, then yaw, then roll. (3, 3)

    Columns act on head coordinates (x toward the patient's LEFT, y up, z to the viewer).
    """
    yaw, pitch, roll = np.deg2rad([pose.yaw_deg, pose.pitch_deg, pose.roll_deg])
    turn = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    nod = np.array([[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]])
    tilt = np.array([[np.cos(roll), np.sin(roll), 0], [-np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    return np.asarray(tilt @ turn @ nod, dtype=np.float64)


@dataclass(frozen=True)
class Projection:
    """A pinhole camera before a turned head."""

    rotation: Array
    focal_px: float
    distance_mm: float
    centre_px: Array

    def turned(self, points_mm: Array) -> Array:
        """Points of the head in the camera's axes, still in mm. (..., 3)"""
        return np.asarray((points_mm - PIVOT_MM) @ self.rotation.T + (PIVOT_MM - LOOK_AT_MM))

    def project(self, points_mm: Array) -> Array:
        """Image points of head points.

        Parameters
        ----------
        points_mm : (..., 3)    Head coordinates. [mm]

        Returns
        -------
        (..., 2)                Image coordinates, y down. [px]
        """
        turned = self.turned(points_mm)
        scale = self.focal_px / (self.distance_mm - turned[..., 2])
        flat = np.stack([turned[..., 0] * scale, -turned[..., 1] * scale], axis=-1)
        return np.asarray(flat + self.centre_px)

    def mm_per_px_at(self, point_mm: Array) -> float:
        """Millimetres that a pixel spans at the depth of a head point."""
        return float((self.distance_mm - self.turned(point_mm)[2]) / self.focal_px)


def projection_of(camera: CameraSetting) -> Projection:
    """The projection that a setting describes."""
    centre = np.array(
        [(camera.width_px - 1) / 2 + camera.shift_x_px, (camera.height_px - 1) / 2 + camera.shift_y_px]
    )
    return Projection(
        rotation=rotation_of(camera.pose),
        focal_px=(camera.distance_mm) / camera.mm_per_px,
        distance_mm=camera.distance_mm,
        centre_px=centre,
    )


def random_camera(
    rng: np.random.Generator, *, width_px: int = 640, height_px: int = 800, yaw_sd_deg: float = 3.5
) -> CameraSetting:
    """Draw the conditions of a clinic photograph: small rotations, any light, some noise and blur."""
    azimuth, elevation = np.deg2rad([rng.uniform(-45.0, 45.0), rng.uniform(5.0, 50.0)])
    direction = (np.sin(azimuth) * np.cos(elevation), np.sin(elevation), np.cos(azimuth) * np.cos(elevation))
    warmth = float(rng.normal(0.0, 0.04))
    framing_mm = float(rng.uniform(235.0, 300.0))
    grey = rng.uniform(60.0, 215.0) + rng.normal(0.0, 10.0, 3)
    cloth = rng.uniform(40.0, 190.0) + rng.uniform(-35.0, 35.0, 3)
    scale = width_px / 1000.0
    return CameraSetting(
        width_px=width_px,
        height_px=height_px,
        mm_per_px=framing_mm / width_px,
        distance_mm=float(rng.uniform(800.0, 2000.0)),
        yaw_deg=float(np.clip(rng.normal(0.0, yaw_sd_deg), -12.0, 12.0)),
        pitch_deg=float(np.clip(rng.normal(0.0, 3.5), -12.0, 12.0)),
        roll_deg=float(np.clip(rng.normal(0.0, 2.5), -10.0, 10.0)),
        shift_x_px=float(rng.normal(0.0, 0.02) * width_px),
        shift_y_px=float(rng.normal(0.0, 0.015) * height_px),
        light_direction=(float(direction[0]), float(direction[1]), float(direction[2])),
        light_colour=(1.0 + warmth, 0.99, 0.97 - warmth),
        light_intensity=float(rng.uniform(0.8, 1.15)),
        ambient=float(rng.uniform(0.3, 0.6)),
        background=(float(grey[0]), float(grey[1]), float(grey[2])),
        clothing=(float(cloth[0]), float(cloth[1]), float(cloth[2])),
        blur_px=float(rng.uniform(0.0, 1.4) * scale),
        noise_sd=float(rng.uniform(0.5, 4.0)),
        jpeg_quality=int(rng.integers(70, 97)),
    )
