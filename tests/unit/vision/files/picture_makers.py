"""Small pictures of every awkward kind, made on the spot."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

WIDTH, HEIGHT = 160, 120


def quadrants() -> np.ndarray:
    """Red above left, green above right, blue below left, white below right."""
    picture = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    picture[: HEIGHT // 2, : WIDTH // 2] = (200, 30, 30)
    picture[: HEIGHT // 2, WIDTH // 2 :] = (30, 200, 30)
    picture[HEIGHT // 2 :, : WIDTH // 2] = (30, 30, 200)
    picture[HEIGHT // 2 :, WIDTH // 2 :] = (230, 230, 230)
    return picture


def jpeg_bytes(picture: np.ndarray | None = None, **settings) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(quadrants() if picture is None else picture).save(stream, "JPEG", quality=95, **settings)
    return stream.getvalue()


def write_jpeg(path: Path, picture: np.ndarray | None = None, **settings) -> Path:
    path.write_bytes(jpeg_bytes(picture, **settings))
    return path


def png_of_claimed_size(width: int, height: int) -> bytes:
    """A PNG whose header claims a size that its few bytes do not hold."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 64))
        + chunk(b"IEND", b"")
    )


def png16(values: np.ndarray) -> bytes:
    """A 16-bit PNG, grey (h, w) or RGB (h, w, 3); Pillow writes only the grey kind."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    height, width = values.shape[:2]
    colour = 2 if values.ndim == 3 else 0
    rows = b"".join(b"\0" + values[row].astype(">u2").tobytes() for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 16, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def swapped_profile() -> bytes:
    """A valid colour profile that is far from sRGB: plain XYZ-like Lab input is not RGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
