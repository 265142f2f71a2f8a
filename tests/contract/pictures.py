"""The pictures that every landmark backend is shown."""

from pathlib import Path

import cv2
import numpy as np

RENDERS = Path(__file__).resolve().parents[3] / "shared" / "data" / "renders"
SIZE_PX = 480


def _face(name: str, seed: int) -> np.ndarray:
    """A stored render where there is one, else a synthetic face of our own."""
    stored = RENDERS / name
    if stored.is_file():
        picture = cv2.cvtColor(cv2.imread(str(stored)), cv2.COLOR_BGR2RGB)
    else:
        from facialis.vision.synthetic import CameraSetting, FaceMotion, random_identity, render_face

        rng = np.random.default_rng(seed)
        picture = render_face(random_identity(rng), FaceMotion(), CameraSetting(), rng).image_rgb
    height, width = picture.shape[:2]
    scale = SIZE_PX / max(height, width)
    return cv2.resize(picture, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)


def make_pictures() -> dict[str, np.ndarray]:
    """Pictures by name, as RGB."""
    rng = np.random.default_rng(20)
    face, other = _face("id02_neutral_000.jpg", 1), _face("id03_neutral_000.jpg", 2)
    grey = cv2.cvtColor(cv2.cvtColor(face, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    far = np.full((2000, 3000, 3), 128, np.uint8)
    small = cv2.resize(face, (300, 300), interpolation=cv2.INTER_AREA)
    far[1200:1500, 400:700] = small
    middle = slice(SIZE_PX // 4, SIZE_PX * 7 // 8)
    return {
        "face": face,
        "mirrored": np.ascontiguousarray(face[:, ::-1]),
        "doubled": cv2.resize(face, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC),
        "quarter turn": np.ascontiguousarray(np.rot90(face)),
        "upside down": np.ascontiguousarray(np.rot90(face, 2)),
        "grey": grey,
        "odd": np.ascontiguousarray(face[:-7, :-3]),
        "far": far,
        "filling": np.ascontiguousarray(face[middle, middle]),
        "two": np.concatenate([face, other], axis=1),
        "noise": rng.integers(0, 256, (300, 400, 3), dtype=np.uint8),
        "blank": np.full((300, 400, 3), 200, np.uint8),
        "one pixel": np.zeros((1, 1, 3), np.uint8),
        "ribbon": rng.integers(0, 256, (2, 5000, 3), dtype=np.uint8),
        "strip": rng.integers(0, 256, (60, 3000, 3), dtype=np.uint8),
    }
