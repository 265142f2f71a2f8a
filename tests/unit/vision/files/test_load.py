"""Every bad file gets its code and its sentence; every unusual good one gets its pixels."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from facialis.vision.files import InputFile, Photo, PhotoError, RefusedPhoto, load_photo, load_photos
from facialis.vision.files import load as load_module

from .picture_makers import (
    HEIGHT,
    WIDTH,
    jpeg_bytes,
    png16,
    png_of_claimed_size,
    quadrants,
    swapped_profile,
    write_jpeg,
)

pytestmark = pytest.mark.slow

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 200
AVIF = b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif" + b"\0" * 200
VIDEO = b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp41" + b"\0" * 200
CANON_RAW = b"II*\x00\x10\x00\x00\x00CR\x02\x00" + b"\0" * 200

BAD_FILES = [
    ("zero bytes.jpg", b"", "empty_file", "0 bytes"),
    ("truncated.jpg", jpeg_bytes()[: len(jpeg_bytes()) // 2], "truncated", "whole files"),
    ("cut in header.jpg", jpeg_bytes()[:30], "truncated", "whole files"),
    ("scan.jpg", b"%PDF-1.7\n" + b"x" * 300, "not_an_image", "a PDF document"),
    ("letter.png", b"PK\x03\x04" + b"x" * 300, "not_an_image", "office document"),
    ("note.jpg", "Grüße aus der Ambulanz".encode() * 20, "not_an_image", "no known picture format"),
    ("page.jpg", b"  <!doctype html><html>" + b"x" * 90, "not_an_image", "a web page"),
    ("starts with BM.jpg", b"BM" + b"y" * 300, "not_an_image", "no known picture format"),
    ("phone.heic", HEIC, "heic_unsupported", "export existing ones as JPEG"),
    ("phone.jpg", HEIC, "heic_unsupported", "Most Compatible"),
    ("phone.avif", AVIF, "format_unsupported", "AVIF"),
    ("clip.jpg", VIDEO, "not_an_image", "a video"),
    ("camera.cr2", CANON_RAW, "format_unsupported", "raw"),
    ("camera.dng", b"II*\x00" + b"\0" * 200, "format_unsupported", "raw"),
    ("bomb.png", png_of_claimed_size(20_000, 10_000), "too_large", "80 megapixels"),
    ("huge bomb.png", png_of_claimed_size(60_000, 60_000), "too_large", "80 megapixels"),
    ("strip.png", png_of_claimed_size(30_000, 100), "too_large", "20000 px a side"),
    ("icon.jpg", jpeg_bytes(np.zeros((32, 32, 3), np.uint8)), "too_small", "32 x 32"),
    ("damaged.png", png_of_claimed_size(100, 100), "truncated", "whole files"),
]


@pytest.mark.parametrize(("name", "content", "code", "words"), BAD_FILES, ids=[row[0] for row in BAD_FILES])
def test_bad_file_is_refused_with_its_sentence(tmp_path: Path, name, content, code, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(PhotoError) as caught:
        load_photo(path)
    assert caught.value.code == code
    assert words in str(caught.value)
    assert name in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


def test_bomb_is_refused_before_decoding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "bomb.png"
    path.write_bytes(png_of_claimed_size(20_000, 10_000))

    def decode(*_):
        raise AssertionError("a pixel was decoded")

    monkeypatch.setattr(load_module, "_decode", decode)
    with pytest.raises(PhotoError, match="It was not decoded"):
        load_photo(path)


def test_file_over_the_size_limit_is_not_read(tmp_path: Path):
    path = tmp_path / "large.jpg"
    path.touch()
    os.truncate(path, 300_000_000)
    with pytest.raises(PhotoError, match="300 MB"):
        load_photo(path)


def test_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = write_jpeg(tmp_path / "locked.jpg")

    def forbid(*_):
        raise PermissionError(13, "Permission denied")

    # The superuser may read everything, so the system's answer is played.
    monkeypatch.setattr(load_module.os, "open", forbid)
    with pytest.raises(PhotoError, match="permissions forbid") as caught:
        load_photo(path)
    assert caught.value.code == "permission_denied"


def test_loop_of_links_is_refused(tmp_path: Path):
    (tmp_path / "a.jpg").symlink_to(tmp_path / "b.jpg")
    (tmp_path / "b.jpg").symlink_to(tmp_path / "a.jpg")
    with pytest.raises(PhotoError, match="cannot be opened"):
        load_photo(tmp_path / "a.jpg")


def test_pipe_is_refused_without_waiting(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(PhotoError) as caught:
        load_photo(tmp_path / "pipe.jpg")
    assert caught.value.code == "not_a_file"


def test_folder_is_refused(tmp_path: Path):
    with pytest.raises(PhotoError) as caught:
        load_photo(tmp_path)
    assert caught.value.code == "not_a_file"


def _mean_quadrants(photo: Photo) -> np.ndarray:
    h, w = photo.image_rgb.shape[:2]
    corners = [(h // 4, w // 4), (h // 4, 3 * w // 4), (3 * h // 4, w // 4), (3 * h // 4, 3 * w // 4)]
    return np.array([photo.image_rgb[y - 4 : y + 4, x - 4 : x + 4].mean(axis=(0, 1)) for y, x in corners])


EXPECTED = np.array([(200, 30, 30), (30, 200, 30), (30, 30, 200), (230, 230, 230)], float)


def test_ordinary_jpeg_with_spaces_and_umlauts_in_its_path(tmp_path: Path):
    folder = tmp_path / "Fotos für Müller ß"
    folder.mkdir()
    photo = load_photo(write_jpeg(folder / "Lächeln offen 1.jpg"))
    assert (photo.width_px, photo.height_px, photo.scale) == (WIDTH, HEIGHT, 1.0)
    assert photo.image_rgb.dtype == np.uint8
    assert photo.image_rgb.flags.c_contiguous
    assert photo.findings == ()
    np.testing.assert_allclose(_mean_quadrants(photo), EXPECTED, atol=4)


@pytest.mark.parametrize("suffix", ["PNG", "TIFF", "WEBP", "JPEG"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_of_the_camera_is_honoured(tmp_path: Path, suffix, orientation):
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = Image.fromarray(quadrants())
    if orientation in undo:
        stored = stored.transpose(undo[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"turned.{suffix.lower()}"
    stored.save(path, suffix, exif=exif)
    photo = load_photo(path)
    assert (photo.width_px, photo.height_px) == (WIDTH, HEIGHT)
    np.testing.assert_allclose(_mean_quadrants(photo), EXPECTED, atol=14)


def test_unreadable_orientation_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(_):
        raise ValueError("broken")

    monkeypatch.setattr(load_module.ImageOps, "exif_transpose", fail)
    photo = load_photo(write_jpeg(tmp_path / "a.jpg"))
    assert [finding.code for finding in photo.findings] == ["orientation_unreadable"]


def test_metadata_stays_behind(tmp_path: Path):
    exif = Image.Exif()
    exif[0x010E] = "Dana Example"
    photo = load_photo(write_jpeg(tmp_path / "a.jpg", exif=exif))
    assert "Dana" not in repr(photo)


def test_wrong_extension_is_measured_by_content(tmp_path: Path):
    photo = load_photo(write_jpeg(tmp_path / "a.png"))
    assert [finding.code for finding in photo.findings] == ["extension_mismatch"]
    np.testing.assert_allclose(_mean_quadrants(photo), EXPECTED, atol=4)


def test_sixteen_bit_grey_keeps_its_tones(tmp_path: Path):
    ramp = np.tile(np.linspace(0, 65535, 256).astype(np.uint16), (100, 1))
    path = tmp_path / "grey.png"
    path.write_bytes(png16(ramp))
    photo = load_photo(path)
    np.testing.assert_array_equal(photo.image_rgb[50, :, 0], np.arange(256))
    np.testing.assert_array_equal(photo.image_rgb[..., 0], photo.image_rgb[..., 2])


def test_sixteen_bit_grey_tiff_keeps_its_tones(tmp_path: Path):
    ramp = np.tile(np.linspace(0, 65535, 256).astype(np.uint16), (100, 1))
    Image.fromarray(ramp).save(tmp_path / "grey.tif")
    photo = load_photo(tmp_path / "grey.tif")
    np.testing.assert_array_equal(photo.image_rgb[50, :, 1], np.arange(256))


def test_sixteen_bit_colour_keeps_its_tones(tmp_path: Path):
    path = tmp_path / "colour.png"
    path.write_bytes(png16(quadrants().astype(np.uint16) * 257))
    np.testing.assert_allclose(_mean_quadrants(load_photo(path)), EXPECTED, atol=1)


@pytest.mark.parametrize("mode", ["L", "1", "P"])
def test_grey_and_palette_become_colour(tmp_path: Path, mode):
    Image.fromarray(quadrants()).convert(mode).save(tmp_path / "a.png")
    photo = load_photo(tmp_path / "a.png")
    assert photo.image_rgb.shape == (HEIGHT, WIDTH, 3)
    # One bit a pixel is dithered: only the mean of a patch is the tone.
    assert photo.image_rgb[80:110, 100:150].mean() > 200
    assert photo.image_rgb[80:110, 10:70].mean() < 100


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_cmyk_becomes_colour(tmp_path: Path, suffix):
    Image.fromarray(quadrants()).convert("CMYK").save(tmp_path / f"a.{suffix}", quality=95)
    np.testing.assert_allclose(_mean_quadrants(load_photo(tmp_path / f"a.{suffix}")), EXPECTED, atol=6)


def test_transparency_shows_mid_grey(tmp_path: Path):
    picture = Image.fromarray(quadrants()).convert("RGBA")
    alpha = Image.new("L", picture.size, 255)
    alpha.paste(0, (0, 0, WIDTH // 2, HEIGHT // 2))
    picture.putalpha(alpha)
    picture.save(tmp_path / "a.png")
    means = _mean_quadrants(load_photo(tmp_path / "a.png"))
    np.testing.assert_allclose(means[0], 128, atol=1)
    np.testing.assert_allclose(means[1:], EXPECTED[1:], atol=1)


def test_palette_with_a_transparent_colour_shows_mid_grey(tmp_path: Path):
    picture = Image.new("P", (100, 80), 0)
    picture.putpalette([10, 20, 30] + [200, 100, 50] * 255)
    picture.paste(1, (50, 0, 100, 80))
    picture.save(tmp_path / "a.gif", transparency=0)
    photo = load_photo(tmp_path / "a.gif")
    np.testing.assert_array_equal(photo.image_rgb[40, 10], (128, 128, 128))
    np.testing.assert_array_equal(photo.image_rgb[40, 90], (200, 100, 50))


def test_animation_gives_its_first_picture_and_says_so(tmp_path: Path):
    first, second = Image.fromarray(quadrants()), Image.new("RGB", (WIDTH, HEIGHT))
    first.save(tmp_path / "a.gif", save_all=True, append_images=[second])
    photo = load_photo(tmp_path / "a.gif")
    assert [(finding.code, finding.value) for finding in photo.findings] == [("several_frames", 2.0)]
    assert photo.image_rgb[100, 140].min() > 200


def test_colour_profile_is_honoured(tmp_path: Path):
    grey = np.full((100, 100, 3), 128, np.uint8)
    profile = _linear_profile()
    photo = load_photo(write_jpeg(tmp_path / "a.jpg", grey, icc_profile=profile))
    # Half of linear light is 188 of 255 in sRGB; ignoring the profile would leave 128.
    np.testing.assert_allclose(photo.image_rgb[50, 50], 188, atol=2)
    assert photo.findings == ()


def test_srgb_profile_changes_nothing(tmp_path: Path):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = load_photo(write_jpeg(tmp_path / "a.jpg", icc_profile=profile))
    np.testing.assert_allclose(_mean_quadrants(photo), EXPECTED, atol=4)


@pytest.mark.parametrize(
    "profile", [b"nonsense" * 40, swapped_profile()], ids=["nonsense", "of another kind"]
)
def test_unusable_colour_profile_is_noted(tmp_path: Path, profile):
    photo = load_photo(write_jpeg(tmp_path / "a.jpg", icc_profile=profile))
    assert [finding.code for finding in photo.findings] == ["colour_profile_unreadable"]
    np.testing.assert_allclose(_mean_quadrants(photo), EXPECTED, atol=4)


def test_floating_point_pixels_are_refused(tmp_path: Path):
    Image.fromarray(np.zeros((100, 100), np.float32)).save(tmp_path / "a.tif")
    with pytest.raises(PhotoError) as caught:
        load_photo(tmp_path / "a.tif")
    assert caught.value.code == "pixel_format_unsupported"


@pytest.mark.parametrize(
    ("suffix", "size"), [("jpg", (4000, 3000)), ("jpg", (3001, 4001)), ("png", (3000, 1501))]
)
def test_large_picture_is_reduced_and_points_lead_back(tmp_path: Path, suffix, size):
    width, height = size
    spot = np.array([0.62 * width, 0.31 * height])
    yy, xx = np.mgrid[0:height, 0:width]
    bump = np.exp(-((xx - spot[0]) ** 2 + (yy - spot[1]) ** 2) / (2 * 40.0**2))
    Image.fromarray((255 * bump).astype(np.uint8)).save(tmp_path / f"a.{suffix}", quality=95)
    photo = load_photo(tmp_path / f"a.{suffix}")
    assert (photo.width_px, photo.height_px) == size
    assert max(photo.image_rgb.shape) <= 2400
    weight = np.clip(photo.image_rgb[..., 0].astype(float) - 20, 0, None)
    rows, columns = np.indices(weight.shape)
    found = np.array([(weight * columns).sum(), (weight * rows).sum()]) / weight.sum()
    np.testing.assert_allclose(photo.to_original_px(found), spot, atol=0.3)


def test_set_keeps_its_order_and_its_refusals(tmp_path: Path):
    good = write_jpeg(tmp_path / "good.jpg")
    empty = tmp_path / "empty.jpg"
    empty.touch()
    results = list(load_photos([InputFile(empty, "empty.jpg"), InputFile(good, "good.jpg")]))
    assert isinstance(results[0], RefusedPhoto)
    assert (results[0].file, results[0].code) == ("empty.jpg", "empty_file")
    assert isinstance(results[1], Photo)


def _linear_profile() -> bytes:
    """A copy of the sRGB profile whose tone curves are straight lines."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for entry in range(int.from_bytes(data[128:132], "big")):
        at = 132 + 12 * entry
        if bytes(data[at : at + 4]) in {b"rTRC", b"gTRC", b"bTRC"}:
            offset = int.from_bytes(data[at + 4 : at + 8], "big")
            # A curve without entries is the straight line; eight bytes of type, then the count.
            data[offset : offset + 12] = b"curv" + bytes(8)
            data[at + 8 : at + 12] = (12).to_bytes(4, "big")
    start = data.find(b"sRGB")
    while start >= 0:
        data[start : start + 4] = b"line"
        start = data.find(b"sRGB", start)
    wide = data.find("sRGB".encode("utf-16-be"))
    while wide >= 0:
        data[wide : wide + 8] = "line".encode("utf-16-be")
        wide = data.find("sRGB".encode("utf-16-be"))
    return bytes(data)
