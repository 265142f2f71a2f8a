import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from facialis.clinic.photographs import decoding, incoming
from facialis.clinic.photographs.decoding import decoder
from facialis.clinic.photographs.decoding.decoder import PictureRefusedError, decode, presentable
from tests.unit.clinic.photographs.conftest import jpeg

pytestmark = pytest.mark.slow


def opened(content):
    return Image.open(io.BytesIO(content))


def exif_with_place(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "MAKER-OF-THE-CAMERA"
    exif.get_ifd(0x8825)[2] = (48.0, 8.0, 0.0)
    return exif.tobytes()


def test_what_is_stored_is_upright_and_carries_nothing_but_pixels(incoming_file):
    source = jpeg(2, exif=exif_with_place(6), icc_profile=b"PROFILE" * 20, comment=b"NAME-OF-A-PERSON")
    found = decode(incoming_file(source), name="x.jpg")
    picture = opened(found.picture)
    assert picture.size == (300, 240) == (found.width_px, found.height_px)
    assert dict(picture.getexif()) == {}
    assert "icc_profile" not in picture.info
    assert "comment" not in picture.info
    for secret in (b"MAKER", b"PROFILE", b"NAME-OF", b"Exif"):
        assert secret not in found.picture + found.thumbnail
    upright = np.asarray(ImageOps.exif_transpose(opened(source)), dtype=float)
    assert np.abs(np.asarray(picture, dtype=float) - upright).mean() < 3.0


def test_a_large_picture_is_reduced_and_the_thumbnail_is_small(incoming_file):
    found = decode(incoming_file(jpeg(3, (4000, 5000))), name="x.jpg")
    assert max(found.width_px, found.height_px) <= 3000
    assert max(opened(found.thumbnail).size) == 480


def test_a_refusal_names_the_file_and_says_what_to_do(incoming_file):
    with pytest.raises(PictureRefusedError, match=r"'x\.jpg' is not a picture.*Allowed") as refused:
        decode(incoming_file(b"\x7fELF not a picture"), name="../../x.jpg")
    assert refused.value.code == "not_an_image"


def test_camera_raw_is_told_from_tiff_by_its_name(incoming_file):
    stream = io.BytesIO()
    Image.new("RGB", (100, 100)).save(stream, "TIFF")
    with pytest.raises(PictureRefusedError, match="camera raw"):
        decode(incoming_file(stream.getvalue()), name="DSC1.NEF")


@pytest.fixture
def answer_of_process(incoming_file):
    """Asks a decoding process of its own, in which some names stand for something else first.

    Never this process: it may have threads by now, and a child forked from threads may hang.
    """

    def ask(change: str, content: bytes):
        source, folder = incoming_file(content), Path(tempfile.mkdtemp(dir=incoming.folder()))
        job = {"source": str(source), "folder": str(folder), "name": "x.png"}
        program = f"import os, signal, time\nfrom {decoding.__name__} import process\n"
        ended = subprocess.run(
            [sys.executable, "-c", f"{program}{change}\nprocess.main()"],
            input=json.dumps(job) + "\n",
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return json.loads(ended.stdout), folder

    return ask


def test_a_picture_that_takes_too_much_memory_ends_alone(answer_of_process):
    """Header and limits let it through; the child's limit of memory ends it."""
    stream = io.BytesIO()
    Image.new("I;16", (16000, 4990)).save(stream, "PNG")  # 80 megapixels of sixteen bits in 150 kB
    answer, folder = answer_of_process("process.MEMORY_BYTES = 250_000_000", stream.getvalue())
    assert "died" in answer or answer["code"] == "truncated"
    assert not (folder / "picture.jpg").exists()


def test_a_picture_that_takes_too_long_is_ended(answer_of_process):
    began = time.monotonic()
    change = "process.SECONDS = 1; process.decode_into = lambda *_, **__: time.sleep(60)"
    assert answer_of_process(change, b"")[0] == {"died": "time"}
    assert time.monotonic() - began < 30


def test_a_child_that_crashes_is_a_sentence(answer_of_process, incoming_file, monkeypatch):
    change = "process.decode_into = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)"
    answer, _ = answer_of_process(change, b"")
    assert answer == {"died": "status -9"}
    monkeypatch.setattr(decoder._DECODER, "ask", lambda _: answer)
    with pytest.raises(PictureRefusedError, match="could not be decoded") as refused:
        decode(incoming_file(b"x"), name="x.jpg")
    assert refused.value.code == "decoding_stopped"


def test_a_killed_decoding_process_is_started_again(incoming_file):
    decode(incoming_file(jpeg()), name="x.jpg")
    decoder._DECODER._process.kill()
    decoder._DECODER._process.wait()
    assert decode(incoming_file(jpeg()), name="x.jpg").width_px == 240


def test_a_child_that_answers_something_else_is_not_believed(incoming_file, monkeypatch):
    def lie(job):
        for name in ("picture.jpg", "thumbnail.jpg"):
            (Path(job["folder"]) / name).write_bytes(b"<script>")
        return {"width_px": 1, "height_px": 1, "findings": []}

    monkeypatch.setattr(decoder._DECODER, "ask", lie)
    with pytest.raises(PictureRefusedError, match="clean JPEG"):
        decode(incoming_file(b"x"), name="x.jpg")


def test_the_decoding_process_knows_no_secret(monkeypatch):
    monkeypatch.setenv("FACIALIS_SECRET_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    assert "secret" not in "".join(decoder._plain_environment().values())


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\rest.jpg", "rest.jpg"),
        ("re\x00st\u202egpj.exe", "restgpj.exe"),
        ("\n\r", "photograph"),
        ("a" * 300, "a" * 40 + "…" + "a" * 40),
    ],
)
def test_names_are_shown_without_what_deceives(given, shown):
    assert presentable(given) == shown
