"""Any pixel layout to 8-bit sRGB: sixteen bits, grey, CMYK, transparency and colour profiles."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from facialis.measurement.findings import Finding, Severity
from facialis.vision.files.photo import PhotoError

BACKGROUND_GREY = 128
"""What lies behind transparent pixels: mid grey makes no edge that is stronger than skin's own."""

FULL_SCALE_16_TO_8 = 257.0
"""65535 / 255."""

_SIXTEEN_BIT_MODES = frozenset({"I;16", "I;16L", "I;16B", "I;16N", "I"})
_ALPHA_MODES = frozenset({"RGBA", "LA", "PA", "RGBa", "La"})
_PROFILE_MODES = {"GRAY": "L", "RGB ": "RGB", "CMYK": "CMYK"}


def to_srgb(image: Image.Image, file: str) -> tuple[Image.Image, list[Finding]]:
    """Convert a decoded picture to 8-bit RGB in the sRGB colour space.

    Parameters
    ----------
    image : Image   Decoded, of any mode.
    file : str      Name for the sentences.

    Returns
    -------
    Image           Mode RGB, same size.
    list[Finding]   ``colour_profile_unreadable`` where the embedded profile had to be ignored.

    Raises
    ------
    PhotoError      ``pixel_format_unsupported`` for pixels without a known meaning (floats, CIE Lab).
    """
    profile = image.info.get("icc_profile")
    base, alpha = _split(image, file)
    findings: list[Finding] = []
    if profile and not _is_srgb(profile):
        converted = _apply_profile(base, profile)
        if converted is None:
            findings.append(
                Finding(
                    "colour_profile_unreadable",
                    Severity.NOTE,
                    f"The colour profile inside '{file}' cannot be used; its colours were read as sRGB. "
                    "Points do not depend on it.",
                )
            )
        else:
            base = converted
    rgb = base.convert("RGB")
    if alpha is not None:
        backdrop = Image.new("RGB", rgb.size, (BACKGROUND_GREY,) * 3)
        rgb = Image.composite(rgb, backdrop, alpha)
    return rgb, findings


def _split(image: Image.Image, file: str) -> tuple[Image.Image, Image.Image | None]:
    """The picture without transparency in an 8-bit mode (L, RGB or CMYK), and its alpha channel."""
    mode = image.mode
    if mode in _SIXTEEN_BIT_MODES:
        return Image.fromarray(_eight_bits(np.asarray(image), file)), None
    if mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif mode in {"1", "L", "RGB"} and "transparency" in image.info:
        image = image.convert("RGBA")
    elif mode in {"1", "YCbCr", "RGBX", "HSV"}:
        image = image.convert("L" if mode == "1" else "RGB")
    elif mode in {"PA", "RGBa", "La"}:
        image = image.convert("RGBA")
    if image.mode in _ALPHA_MODES:
        alpha = image.getchannel("A")
        return image.convert("L" if image.mode == "LA" else "RGB"), alpha
    if image.mode not in {"L", "RGB", "CMYK"}:
        raise PhotoError(
            f"'{file}' stores its pixels as '{mode}', which has no agreed brightness. Allowed are 8 or 16 "
            "bits a "
            "channel in grey, RGB or CMYK. Export it as an 8-bit JPEG or PNG.",
            code="pixel_format_unsupported",
        )
    return image, None


def _eight_bits(values: NDArray[np.generic], file: str) -> NDArray[np.uint8]:
    """Sixteen-bit grey on its full scale; Pillow's own conversion would clip all but the darkest tones."""
    wide = values.astype(np.float32)
    if wide.size and (wide.max() > 65535 or wide.min() < 0):
        raise PhotoError(
            f"'{file}' has 32-bit pixels. Allowed are 8 or 16 bits a channel. Export it as an 8-bit JPEG "
            "or PNG.",
            code="pixel_format_unsupported",
        )
    narrow: NDArray[np.uint8] = np.rint(wide / FULL_SCALE_16_TO_8).astype(np.uint8)
    return narrow


def _is_srgb(profile: bytes) -> bool:
    """Most embedded profiles are sRGB itself: converting them would cost time and change nothing."""
    try:
        description = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (OSError, ImageCms.PyCMSError):
        return False
    return description.strip().lower().startswith("srgb")


def _apply_profile(base: Image.Image, profile: bytes) -> Image.Image | None:
    """Convert by littleCMS; None where the profile is broken or belongs to another kind of picture."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if _PROFILE_MODES.get(source.profile.xcolor_space) != base.mode:
            return None
        return ImageCms.profileToProfile(base, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (OSError, ValueError, ImageCms.PyCMSError):
        return None
