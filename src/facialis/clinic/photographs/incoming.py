"""Where uploads lie until they are stored: in the clinic's own folder, never in one that all can see."""

import shutil
import time
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler

FORGOTTEN_S = 24 * 3600.0
"""What is older was left by a process that died."""
REFUSED = "facialis_refused_upload"
"""Attribute of a request: the name of a file that was too large and has been skipped."""


def folder() -> Path:
    """Made at first use; for the clinic's account alone."""
    place: Path = settings.FACIALIS.data / "incoming"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def largest_mb() -> int:
    """Of one file. [MB]"""
    most: int = settings.FACIALIS.largest_upload_mb
    return most


def sweep(now: float | None = None) -> int:
    """Delete what was forgotten; returns how many files and folders."""
    limit = (time.time() if now is None else now) - FORGOTTEN_S
    forgotten = [entry for entry in folder().iterdir() if entry.stat().st_mtime < limit]
    for entry in forgotten:
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
    return len(forgotten)


class IncomingFile(TemporaryUploadedFile):
    """An upload in `folder`; deleted when it is closed."""

    def __init__(
        self,
        name: str | None,
        content_type: str | None = None,
        charset: str | None = None,
        extra: dict[str, bytes] | None = None,
    ) -> None:
        file = NamedTemporaryFile(dir=folder(), prefix="upload-")  # noqa: SIM115 - closed with the upload
        UploadedFile.__init__(self, file, name, content_type, 0, charset, extra)


class LimitedUpload(TemporaryFileUploadHandler):
    """Streams a file to the disk and stops where it is too large; what was written of it is deleted."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin one file, whose name from outside does not come near a path."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = IncomingFile(self.file_name, self.content_type, self.charset, self.content_type_extra)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece, or skip the rest of the file."""
        self._received += len(raw_data)
        if self._received > largest_mb() * 1_000_000:
            self.file.close()
            setattr(self.request, REFUSED, self.file_name)
            raise SkipFile
        super().receive_data_chunk(raw_data, start)
