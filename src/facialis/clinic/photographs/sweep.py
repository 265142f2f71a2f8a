"""Files that no record names, and records whose file is missing."""

import time
from dataclasses import dataclass
from pathlib import Path

from facialis.clinic.photographs import store
from facialis.clinic.photographs.models import Photograph

SETTLED_S = 24 * 3600.0
"""A younger file may belong to an upload whose record is about to be written."""


@dataclass(frozen=True)
class Found:
    """What does not fit together."""

    orphans: tuple[Path, ...]
    missing: tuple[str, ...]
    """Names of files that records count on: put them back from a backup."""


def look() -> Found:
    """Compare store and records; files are listed first, so that none of a new record is an orphan."""
    limit = time.time() - SETTLED_S
    lying = {file: file.stat().st_mtime for file in store.files()}
    named = {
        name
        for row in Photograph.objects.values_list("file_name", "thumbnail_name", "original_name")
        for name in row
        if name
    }
    orphans = [file for file, changed in lying.items() if file.name not in named and changed < limit]
    missing = named - {file.name for file in store.files()}
    return Found(tuple(sorted(orphans)), tuple(sorted(missing)))


def delete(orphans: tuple[Path, ...]) -> None:
    """Delete files that `look` found."""
    for file in orphans:
        file.unlink(missing_ok=True)
