"""Read one photograph, or a set of them, from disk."""

import contextlib
import io
import os
import stat
import struct
import threading
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from facialis.anatomy.expressions import Expression
from facialis.measurement.findings import Finding, Severity
from facialis.vision.files.inputs import InputFile
from facialis.vision.files.kinds import EXTENSIONS, ImageKind, recognise
from facialis.vision.files.photo import Photo, PhotoError, RefusedPhoto
from facialis.vision.files.pixels import to_srgb

MAX_FILE_MB = 256
"""An uncompressed 16-bit picture of 40 megapixels is 240 MB; a larger file is not a clinical photograph."""

MAX_MEGAPIXELS = 80.0
"""Full-frame cameras reach 61. Every decoded megapixel costs 3 to 8 MB of memory."""

MAX_SIDE_PX = 20_000
"""Stops strips of one pixel height that stay under the megapixel limit but break resizing."""

MIN_SIDE_PX = 64
"""No face in a smaller picture can be measured; icons and tracking pixels end here."""

WORKING_LONG_SIDE_PX = 2000
"""About 5 px/mm for a head that fills a portrait: finer than the landmark error, and quick to decode."""

WORKING_TOLERANCE = 1.2
"""A picture up to this factor above the working size is left as it is: resampling would only soften it."""

LARGE_MEGAPIXELS = 24.0
"""Above this, pictures are decoded one after the other, so that memory holds only one of them."""

DECODING_THREADS = 2

_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF")
"""Only these decoders ever see a file: PostScript, fonts and the rest of Pillow's formats stay shut."""

_DECODER_ERRORS = (
    OSError,
    ValueError,
    SyntaxError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    MemoryError,
    EOFError,
    struct.error,
    Image.DecompressionBombError,
)
"""What Pillow raises on damaged input; hostile bytes must never end the run."""

_LARGE_PICTURE = threading.Lock()
_WARNING_FILTER = threading.Lock()


def load_photo(
    path: Path,
    *,
    file: str | None = None,
    expression: Expression | None = None,
    long_side_px: int = WORKING_LONG_SIDE_PX,
) -> Photo:
    """Read a photograph: upright, 8-bit sRGB, at working size.

    Parameters
    ----------
    path : Path         The file. Its content decides what it is, never its extension.
    file : str          How outputs call it; the file name when absent.
    expression          What the patient was asked to do, when known.
    long_side_px : int  Working size; a picture up to `WORKING_TOLERANCE` above it is left as it is.

    Raises
    ------
    PhotoError          With code ``unreadable``, ``not_a_file``, ``empty_file``, ``file_too_large``,
                        ``not_an_image``, ``heic_unsupported``, ``format_unsupported``, ``too_large``,
                        ``too_small``, ``truncated``, ``damaged`` or ``pixel_format_unsupported``.
    """
    name = file if file is not None else path.name
    content = _read(path, name)
    suffix = path.suffix.lower()
    kind = recognise(name, content[:64], suffix)
    findings = _extension_findings(name, suffix, kind)
    header = _open(content, name, kind)
    full_width, full_height = header.size
    _check_size(name, full_width, full_height)
    findings += _frame_findings(name, kind, header)
    is_large = full_width * full_height > LARGE_MEGAPIXELS * 1e6
    with _LARGE_PICTURE if is_large else contextlib.nullcontext():
        scale = _draft(header, long_side_px)
        decoded = _decode(header, name, kind)
        upright, turned, orientation_findings = _upright(decoded, name)
        small, scale = _shrink(upright, scale, long_side_px)
        rgb, colour_findings = to_srgb(small, name)
    if turned:
        full_width, full_height = full_height, full_width
    return Photo(
        path=path,
        file=name,
        image_rgb=np.ascontiguousarray(np.asarray(rgb, dtype=np.uint8)),
        width_px=full_width,
        height_px=full_height,
        scale=scale,
        expression=expression,
        findings=tuple(findings + orientation_findings + colour_findings),
    )


def load_photos(inputs: Sequence[InputFile]) -> Iterator[Photo | RefusedPhoto]:
    """Read the files of a set, two at a time, and yield them in their order.

    A file that cannot be read becomes a `RefusedPhoto` in its place; the others are read all the same.
    """
    with ThreadPoolExecutor(max_workers=DECODING_THREADS) as pool:
        yield from pool.map(_load_or_refuse, inputs)


def _load_or_refuse(item: InputFile) -> Photo | RefusedPhoto:
    try:
        if item.refusal is not None:
            raise item.refusal
        return load_photo(item.path, file=item.file, expression=item.expression)
    except PhotoError as error:
        return RefusedPhoto(item.path, item.file, item.expression, error.code, str(error))


def _read(path: Path, name: str) -> bytes:
    try:
        # A pipe opened this way does not wait for its writer; the check below then refuses it.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise PhotoError(
                    f"'{name}' is not a file but a device, pipe or folder. Allowed are files and folders of "
                    "photographs. Give the photograph itself.",
                    code="not_a_file",
                )
            if status.st_size > MAX_FILE_MB * 1_000_000:
                raise PhotoError(
                    f"'{name}' has {status.st_size / 1e6:.0f} MB. Allowed are {MAX_FILE_MB} MB. "
                    "Export it as JPEG.",
                    code="file_too_large",
                )
            content = stream.read()
    except IsADirectoryError as error:
        raise PhotoError(
            f"'{name}' is a folder. Allowed are files here. Give the photographs in it.", code="not_a_file"
        ) from error
    except PermissionError as error:
        raise PhotoError(
            f"'{name}' may not be read: its permissions forbid it to this user. Allow reading "
            "(chmod u+r on Linux and macOS) or copy the file.",
            code="permission_denied",
        ) from error
    except OSError as error:
        raise PhotoError(
            f"'{name}' cannot be opened ({error.strerror or type(error).__name__}). Allowed is a file on a "
            "mounted "
            "disk that a link, if it is one, really reaches. Check the path, then try again.",
            code="unreadable",
        ) from error
    if not content:
        raise PhotoError(
            f"'{name}' is empty (0 bytes). A photograph has at least some kilobytes. "
            "Copy it from the camera again.",
            code="empty_file",
        )
    return content


def _open(content: bytes, name: str, kind: ImageKind) -> Image.Image:
    """Parse the header only; no pixel is decoded here."""
    try:
        # Pillow warns above its own size limit; ours is lower and speaks in a sentence.
        with _WARNING_FILTER, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Image.open(io.BytesIO(content), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise PhotoError(
            f"'{name}' claims more than {MAX_MEGAPIXELS:.0f} megapixels. Allowed are {MAX_MEGAPIXELS:.0f}. "
            "It was not "
            "decoded. Export it at a smaller size.",
            code="too_large",
        ) from error
    except _DECODER_ERRORS as error:
        raise _broken(name, kind) from error


def _check_size(name: str, width: int, height: int) -> None:
    """The header alone decides, before any memory is taken."""
    megapixels = width * height / 1e6
    if megapixels > MAX_MEGAPIXELS or max(width, height) > MAX_SIDE_PX:
        raise PhotoError(
            f"'{name}' claims {width} x {height} px ({megapixels:.0f} megapixels). Allowed are "
            f"{MAX_MEGAPIXELS:.0f} megapixels and {MAX_SIDE_PX} px a side. It was not decoded. Export it "
            "at a "
            "smaller size.",
            code="too_large",
        )
    if min(width, height) < MIN_SIDE_PX:
        raise PhotoError(
            f"'{name}' has {width} x {height} px. Allowed are at least {MIN_SIDE_PX} px a side, and a face "
            "needs "
            "many more. Give the original photograph, not its thumbnail.",
            code="too_small",
        )


def _draft(image: Image.Image, long_side_px: int) -> float:
    """Let the JPEG decoder work at 1/2, 1/4 or 1/8 of the size. Returns decoded px per original px."""
    long_side = max(image.size)
    wanted = long_side_px / long_side
    if wanted > 0.5 * WORKING_TOLERANCE:
        return 1.0
    before = image.size
    # The decoder keeps each side at or above what is asked, so both are rounded down.
    image.draft(None, (max(1, int(before[0] * wanted)), max(1, int(before[1] * wanted))))
    return 1.0 / round(max(before) / max(image.size))


def _decode(image: Image.Image, name: str, kind: ImageKind) -> Image.Image:
    try:
        image.load()
    except _DECODER_ERRORS as error:
        raise _broken(name, kind) from error
    return image


def _broken(name: str, kind: ImageKind) -> PhotoError:
    return PhotoError(
        f"'{name}' begins as a {kind} picture, but breaks off, is damaged or stores its pixels in a way "
        "that is "
        "not read. Only whole files are measured. Copy it from the camera again, or export it as JPEG.",
        code="truncated",
    )


def _upright(image: Image.Image, name: str) -> tuple[Image.Image, bool, list[Finding]]:
    """Turn the picture as its camera says; also tell whether width and height changed places."""
    width, height = image.size
    try:
        upright = ImageOps.exif_transpose(image)
    except _DECODER_ERRORS:
        sentence = (
            f"The camera's note in '{name}' on which way is up cannot be read; the picture was taken as it "
            "lies. Turn it upright and save it again if it lies on its side."
        )
        return image, False, [Finding("orientation_unreadable", Severity.NOTE, sentence)]
    # A square picture has equal sides either way, so the comparison is safe.
    return upright, width != height and upright.size == (height, width), []


def _shrink(image: Image.Image, scale: float, long_side_px: int) -> tuple[Image.Image, float]:
    """Reduce what the decoder could not, by one exact factor in both directions."""
    factor = long_side_px / max(image.size)
    if factor * WORKING_TOLERANCE >= 1.0 or image.mode in {"P", "1", "PA"}:
        return image, scale
    width, height = (max(1, int(side * factor)) for side in image.size)
    box = (0.0, 0.0, min(width / factor, image.size[0]), min(height / factor, image.size[1]))
    resized = image.resize((width, height), Image.Resampling.BOX, box=box, reducing_gap=None)
    resized.info.update(image.info)
    return resized, scale * factor


def _extension_findings(name: str, suffix: str, kind: ImageKind) -> list[Finding]:
    claimed = EXTENSIONS.get(suffix)
    if claimed is kind:
        return []
    says = f"is named {suffix}" if suffix else "has no extension"
    return [
        Finding(
            "extension_mismatch",
            Severity.NOTE,
            f"'{name}' {says} but holds a {kind} picture; it was read by its content. Rename it to end "
            "the confusion.",
        )
    ]


def _frame_findings(name: str, kind: ImageKind, image: Image.Image) -> list[Finding]:
    """Phones hide a second frame in JPEG (depth, gain map); elsewhere more frames are a surprise."""
    try:
        frames = int(getattr(image, "n_frames", 1))
    except _DECODER_ERRORS:
        frames = 1
    if frames <= 1 or kind is ImageKind.JPEG:
        return []
    return [
        Finding(
            "several_frames",
            Severity.NOTE,
            f"'{name}' holds {frames} pictures (an animation or several pages); only the first was measured. "
            "Save the one you mean as its own file.",
            value=float(frames),
            limit=1.0,
        )
    ]
