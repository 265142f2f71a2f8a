"""A thousand files that nobody should send, the same each time."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from PIL import Image, PngImagePlugin

Rng = np.random.Generator
PAYLOADS = (b"<?php system($_GET[0]); ?>", b"<script>alert(1)</script>", b"#!/bin/sh\nrm -rf /\n")
NAMES = (
    "../../../etc/cron.d/x.jpg", "..\\..\\boot.ini.jpg", "re\x00st.jpg", "gpj.\u202etset.exe",
    "a" * 500 + ".jpg", "%2e%2e%2f.jpg",
    "rest.jpg.php", "con.jpg", "-rf.jpg", "\n.jpg", "ｒｅｓｔ．ｊｐｇ", "'; DROP TABLE photographs;--.jpg",
    "<img src=x onerror=alert(1)>.jpg", "", ".", "..", "/", "rest.NEF", "\u0000\u0001", "rest.svg",
)  # fmt: skip


class Hostile(NamedTuple):
    kind: str
    name: str
    content: bytes


def hostile_files(count: int, seed: int = 0) -> Iterator[Hostile]:
    rng = np.random.default_rng(seed)
    for number in range(count):
        make = KINDS[number % len(KINDS)]
        yield Hostile(make.__name__, NAMES[int(rng.integers(len(NAMES)))], make(rng))


def picture(rng: Rng, mode: str = "RGB", size: tuple[int, int] | None = None) -> Image.Image:
    size = size or (int(rng.integers(64, 200)), int(rng.integers(64, 200)))
    pixels = Image.fromarray(rng.integers(0, 255, (12, 10, 3), np.uint8)).resize(size)
    return pixels.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def sound(rng: Rng) -> bytes:
    return saved(picture(rng), str(rng.choice(["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"])))


def truncated(rng: Rng) -> bytes:
    whole = sound(rng)
    return whole[: int(rng.integers(0, len(whole)))]


def flipped(rng: Rng) -> bytes:
    whole = bytearray(sound(rng))
    for place in rng.integers(0, len(whole), int(rng.integers(1, 40))):
        whole[place] = int(rng.integers(256))
    return bytes(whole)


def spliced(rng: Rng) -> bytes:
    one, two = sound(rng), sound(rng)
    return one[: int(rng.integers(len(one)))] + two[int(rng.integers(len(two))) :]


def polyglot(rng: Rng) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("x.php", PAYLOADS[0])
    tail = stream.getvalue() if rng.random() < 0.5 else PAYLOADS[int(rng.integers(len(PAYLOADS)))]
    return saved(picture(rng), "JPEG", comment=PAYLOADS[int(rng.integers(3))]) + tail


def document(rng: Rng) -> bytes:
    return (
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!DOCTYPE html><script>alert(1)</script>",
        PAYLOADS[0],
        b"\x7fELF" + rng.bytes(200),
        b"%PDF-1.7\n" + rng.bytes(200),
        b"MZ" + rng.bytes(200),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n(/etc/passwd) run\n",
        b"\x00\x00\x00\x18ftypheic" + rng.bytes(200),
    )[int(rng.integers(8))]


def noise(rng: Rng) -> bytes:
    heads = (
        b"",
        b"\xff\xd8\xff\xe0",
        b"\x89PNG\r\n\x1a\n",
        b"II*\x00",
        b"GIF89a",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"BM",
    )
    return heads[int(rng.integers(len(heads)))] + rng.bytes(int(rng.integers(0, 3000)))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def claims_to_be_huge(rng: Rng) -> bytes:
    side = int(rng.choice([20_001, 65_535, 2**31 - 1]))
    if rng.random() < 0.3:
        return b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + rng.bytes(50)
    header = struct.pack(">IIBBBBB", side, int(rng.choice([1, side])), 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000)))


def unpacks_to_much(rng: Rng) -> bytes:
    """A few kilobytes that become many megabytes: pixels, text or a colour profile."""
    if rng.random() < 0.5:
        width, height = 2000, int(rng.integers(500, 2500))
        header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
        return (
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(bytes((width + 1) * height), 9))
            + chunk(b"IEND", b"")
        )
    much = thirty_megabytes()
    text = (b"zTXt", b"x\x00\x00" + much) if rng.random() < 0.5 else (b"iCCP", b"x\x00\x00" + much)
    plain = saved(picture(rng), "PNG")
    return plain[:33] + chunk(*text) + plain[33:]


@cache
def thirty_megabytes() -> bytes:
    return zlib.compress(bytes(30_000_000), 9)


def strange_metadata(rng: Rng) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = int(rng.choice([0, 6, 8, 9, 65_535]))
    exif[0x9286] = PAYLOADS[1] * int(rng.integers(1, 1000))
    block = bytearray(exif.tobytes())
    if rng.random() < 0.7:  # tables that point at themselves, counts beyond the end
        for place in rng.integers(6, len(block), 20):
            block[place] = int(rng.choice([0, 255, 8]))
    return saved(picture(rng), "JPEG", exif=bytes(block[:65_000]))


def strange_pixels(rng: Rng) -> bytes:
    number = int(rng.integers(7))
    if number == 0:
        return saved(picture(rng, "CMYK"), "JPEG")
    if number == 1:
        return saved(Image.fromarray(rng.integers(0, 65_535, (80, 90), np.uint16)), "PNG")
    if number == 2:
        return saved(picture(rng, "F"), "TIFF")
    if number == 3:
        return saved(picture(rng, "LAB"), "TIFF")
    if number == 4:
        return saved(picture(rng, "1"), "PNG")
    if number == 5:
        return saved(picture(rng, "P"), "PNG", transparency=0)
    return saved(picture(rng, "RGBA"), "PNG")


def moving(rng: Rng) -> bytes:
    size = (80, 90)
    frames = [picture(rng, size=size) for _ in range(int(rng.integers(2, 12)))]
    kind = str(rng.choice(["GIF", "WEBP", "PNG", "TIFF"]))
    return saved(frames[0], kind, save_all=True, append_images=frames[1:])


def strange_shape(rng: Rng) -> bytes:
    size = ((1, 1), (1, 3000), (3000, 1), (63, 63), (64, 15_000), (64, 64))[int(rng.integers(6))]
    return saved(picture(rng, size=size), "PNG")


def almost_nothing(rng: Rng) -> bytes:
    return (b"", b"\x00", b"\xff", b"\xff\xd8", b"\xff\xd8\xff", b"\n", b"GIF", b"II*\x00" + bytes(8))[
        int(rng.integers(8))
    ]


def many_texts(rng: Rng) -> bytes:
    info = PngImagePlugin.PngInfo()
    for number in range(200):
        info.add_text(f"k{number}", PAYLOADS[number % 3].decode() * 20, zip=True)
    return saved(picture(rng), "PNG", pnginfo=info)


KINDS: tuple[Callable[[Rng], bytes], ...] = (
    sound, truncated, flipped, spliced, polyglot, document, noise, claims_to_be_huge, unpacks_to_much,
    strange_metadata, strange_pixels, moving, strange_shape, almost_nothing, many_texts, flipped,
)  # fmt: skip
