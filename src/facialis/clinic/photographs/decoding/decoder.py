"""The web's side of decoding: hand a file to the decoding process and take its answer."""

import atexit
import contextlib
import json
import os
import selectors
import subprocess
import sys
import tempfile
import threading
import unicodedata
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from facialis.clinic.kernel.errors import ClinicError
from facialis.clinic.photographs import incoming
from facialis.clinic.photographs.decoding.picture import PICTURE_FILE, THUMBNAIL_FILE
from facialis.clinic.photographs.decoding.process import SECONDS
from facialis.vision.files.kinds import EXTENSIONS, REFUSED_EXTENSIONS

ANSWER_SECONDS = SECONDS + 15
"""The process ends a file at `SECONDS`; one that does not even do that is ended itself."""
LONGEST_NAME = 80
_JPEG_START, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"


class PictureRefusedError(ClinicError):
    """A file that is no picture that can be read; `code` says why."""

    code = "picture_refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


@dataclass(frozen=True)
class DecodedPicture:
    """A clean picture: upright, without metadata."""

    picture: bytes
    """JPEG."""
    thumbnail: bytes
    """JPEG."""
    width_px: int
    height_px: int
    findings: tuple[dict[str, str], ...]


def decode(source: Path, *, name: str) -> DecodedPicture:
    """Decode a file in a process of its own, with limits of time and memory.

    Parameters
    ----------
    source : Path       The uploaded file, in `incoming.folder`.
    name : str          As the sender calls it; for sentences only, never for a path.

    Raises
    ------
    PictureRefusedError     It is no picture, is damaged or too large; the sentence says what to do.
    """
    called = presentable(name)
    with tempfile.TemporaryDirectory(dir=incoming.folder()) as place:
        folder = Path(place)
        here = folder / f"upload{_known_suffix(called)}"
        os.link(source, here)
        answer = _DECODER.ask({"source": str(here), "folder": place, "name": called})
        if "sentence" in answer:
            raise PictureRefusedError(answer["sentence"], code=answer["code"])
        if "died" in answer:
            raise PictureRefusedError(
                _(
                    "'%(name)s' could not be decoded within %(seconds)s seconds and the memory that a "
                    "photograph may take. It was not stored. Export it again as JPEG."
                )
                % {"name": called, "seconds": SECONDS},
                code="decoding_stopped",
            )
        picture = (folder / PICTURE_FILE).read_bytes()
        thumbnail = (folder / THUMBNAIL_FILE).read_bytes()
    for content in (picture, thumbnail):
        # The child is not trusted more than the file that it read.
        if not content.startswith(_JPEG_START) or not content.endswith(_JPEG_END):
            raise PictureRefusedError(
                _("'%(name)s' was not turned into a clean JPEG. It was not stored.") % {"name": called},
                code="decoding_stopped",
            )
    return DecodedPicture(
        picture, thumbnail, answer["width_px"], answer["height_px"], tuple(answer["findings"])
    )


def _known_suffix(name: str) -> str:
    """An extension that tells camera raw files from pictures; only one of our own list comes near a path."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix in EXTENSIONS.keys() | REFUSED_EXTENSIONS else ""


def presentable(name: str) -> str:
    """A file's name as a sentence may show it: no folders, no control or direction characters, not long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip()
    if len(visible) > LONGEST_NAME:
        half = LONGEST_NAME // 2
        visible = f"{visible[:half]}…{visible[-half:]}"
    return visible or "photograph"


class _Decoder:
    """One process, started at first use and again after it broke; files wait for their turn."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._owner = 0

    def ask(self, job: dict[str, str]) -> dict[str, Any]:
        with self._lock:
            try:
                jobs, answers = self._pipes()
                jobs.write(json.dumps(job) + "\n")
                jobs.flush()
                with selectors.DefaultSelector() as waiting:
                    waiting.register(answers, selectors.EVENT_READ)
                    line = answers.readline() if waiting.select(ANSWER_SECONDS) else ""
                found: dict[str, Any] = json.loads(line)
            except (OSError, ValueError):
                self.close()
                return {"died": "process"}
            return found

    def close(self) -> None:
        """End the process, if it is this process's own."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        """Of the running process. After a fork of the web, the child starts a process of its own."""
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self.close()
            self._owner = os.getpid()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "facialis.clinic.photographs.decoding.process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_plain_environment(),
                cwd=tempfile.gettempdir(),
                text=True,
            )
        jobs, answers = self._process.stdin, self._process.stdout
        if jobs is None or answers is None:
            raise OSError("the decoding process has no pipes")
        return jobs, answers


def _plain_environment() -> dict[str, str]:
    """No secret of the clinic is in the environment of a process that reads hostile files."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    # Numerical libraries must start no thread: the process forks.
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1"}


_DECODER = _Decoder()
atexit.register(_DECODER.close)
