"""What a file is, by its first bytes: a name and an extension are only claims."""

from enum import StrEnum

from facialis.vision.files.photo import PhotoError


class ImageKind(StrEnum):
    """The kinds of picture that are read."""

    JPEG = "JPEG"
    PNG = "PNG"
    TIFF = "TIFF"
    WEBP = "WebP"
    BMP = "BMP"
    GIF = "GIF"


EXTENSIONS: dict[str, ImageKind] = {
    ".jpg": ImageKind.JPEG,
    ".jpeg": ImageKind.JPEG,
    ".jpe": ImageKind.JPEG,
    ".jfif": ImageKind.JPEG,
    ".png": ImageKind.PNG,
    ".tif": ImageKind.TIFF,
    ".tiff": ImageKind.TIFF,
    ".webp": ImageKind.WEBP,
    ".bmp": ImageKind.BMP,
    ".gif": ImageKind.GIF,
}
"""Extensions of the kinds that are read."""

REFUSED_EXTENSIONS = frozenset(
    {".heic", ".heif", ".hif", ".avif", ".dng", ".nef", ".cr2", ".cr3", ".arw", ".raf"}
)
"""Extensions of pictures that are not read: found in a folder they get their sentence, not silence."""

RAW_EXTENSIONS = frozenset({".dng", ".nef", ".cr2", ".arw"})
"""Camera raw files that look like TIFF from inside but hold sensor data."""

HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"heif"})
AVIF_BRANDS = frozenset({b"avif", b"avis"})

ALLOWED = "Allowed are JPEG, PNG, TIFF, WebP, BMP and GIF."

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"%!PS", "a PostScript file"),
    (b"\x1a\x45\xdf\xa3", "a video"),
    (b"8BPS", "a Photoshop document"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL picture"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture"),
    (b"<?xml", "a text file"),
    (b"<svg", "an SVG drawing"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
)
_MAGIC: tuple[tuple[bytes, ImageKind], ...] = (
    (b"\xff\xd8\xff", ImageKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", ImageKind.PNG),
    (b"II*\x00", ImageKind.TIFF),
    (b"MM\x00*", ImageKind.TIFF),
    (b"II+\x00", ImageKind.TIFF),
    (b"MM\x00+", ImageKind.TIFF),
    (b"GIF87a", ImageKind.GIF),
    (b"GIF89a", ImageKind.GIF),
)


def recognise(file: str, head: bytes, suffix: str) -> ImageKind:
    """Tell the kind of a picture from its first bytes.

    Parameters
    ----------
    file : str      Name for the sentence.
    head : bytes    At least the first 32 bytes.
    suffix : str    The extension in lower case; used only to tell camera raw files from TIFF.

    Raises
    ------
    PhotoError      ``heic_unsupported``, ``format_unsupported`` or ``not_an_image``.
    """
    if head[4:8] == b"ftyp":
        _refuse_iso_media(file, head[8:12])
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            if kind is ImageKind.TIFF and (suffix in RAW_EXTENSIONS or head[8:10] == b"CR"):
                raise PhotoError(
                    f"'{file}' is a camera raw file. {ALLOWED} Export it from the camera's program as JPEG "
                    "of the highest quality.",
                    code="format_unsupported",
                )
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return ImageKind.WEBP
    # Two letters are a weak sign, so the size field of the BMP header has to be one that exists.
    if head.startswith(b"BM") and head[14:18] in _BMP_HEADER_SIZES:
        return ImageKind.BMP
    for magic, name in _FOREIGN:
        if head.lstrip()[: len(magic)].lower() == magic.lower():
            raise PhotoError(
                f"'{file}' is {name}, not a photograph. {ALLOWED} Give the photograph itself.",
                code="not_an_image",
            )
    raise PhotoError(
        f"'{file}' is not a picture: its first bytes belong to no known picture format. {ALLOWED} "
        "Export or copy the photograph again.",
        code="not_an_image",
    )


_BMP_HEADER_SIZES = frozenset(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))


def _refuse_iso_media(file: str, brand: bytes) -> None:
    """HEIC, AVIF and video share a container; each has its own sentence."""
    if brand in HEIF_BRANDS:
        raise PhotoError(
            f"'{file}' is an HEIC picture, which is not read. {ALLOWED} On the iPhone choose Settings > "
            "Camera > "
            "Formats > Most Compatible for new pictures; export existing ones as JPEG (Photos or Preview: "
            "File > Export).",
            code="heic_unsupported",
        )
    if brand in AVIF_BRANDS:
        raise PhotoError(
            f"'{file}' is an AVIF picture, which is not read. {ALLOWED} Export it as JPEG or PNG.",
            code="format_unsupported",
        )
    raise PhotoError(
        f"'{file}' is a video, not a photograph. {ALLOWED} Save the frame you mean as a picture.",
        code="not_an_image",
    )
