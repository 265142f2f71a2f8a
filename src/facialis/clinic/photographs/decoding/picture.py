"""What happens to a file inside the limited process: read, turned upright, stripped, written anew."""

import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from facialis.vision.files.load import load_photo
from facialis.vision.files.photo import PhotoError

LONG_SIDE_PX = 3000
"""About 8 px/mm for a head that fills a portrait; finer than anything that is read off it."""
JPEG_QUALITY = 95
THUMBNAIL_PX = 480
"""Long side; sharp in a cell of the capture grid on a tablet, and small enough to send nine of them."""
THUMBNAIL_QUALITY = 85
PICTURE_FILE, THUMBNAIL_FILE = "picture.jpg", "thumbnail.jpg"


def decode_into(source: Path, folder: Path, *, name: str) -> dict[str, Any]:
    """Write the clean picture and its thumbnail of a file.

    Parameters
    ----------
    source : Path       The file; its content decides what it is.
    folder : Path       Where `PICTURE_FILE` and `THUMBNAIL_FILE` are written.
    name : str          How sentences call the file.

    Returns
    -------
    dict                ``width_px``, ``height_px``, ``findings``; or ``code`` and ``sentence``.
    """
    try:
        photo = load_photo(source, file=name, long_side_px=LONG_SIDE_PX)
        picture = _jpeg(photo.image_rgb, JPEG_QUALITY)
    except PhotoError as refused:
        return {"code": refused.code, "sentence": str(refused)}
    (folder / PICTURE_FILE).write_bytes(picture)
    (folder / THUMBNAIL_FILE).write_bytes(_thumbnail(photo.image_rgb))
    height, width = photo.image_rgb.shape[:2]
    return {
        "width_px": width,
        "height_px": height,
        "findings": [
            {"code": finding.code, "severity": str(finding.severity), "sentence": finding.sentence}
            for finding in photo.findings
        ],
    }


def _jpeg(pixels: NDArray[np.uint8], quality: int) -> bytes:
    """Pixels alone: no metadata, no profile, no second frame; colour at full resolution for the irises."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=quality, subsampling=0)
    return stream.getvalue()


def _thumbnail(pixels: NDArray[np.uint8]) -> bytes:
    small = Image.fromarray(pixels)
    small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return _jpeg(np.asarray(small), THUMBNAIL_QUALITY)
