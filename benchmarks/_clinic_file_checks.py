"""Photographs' files after the chaos: those of records are whole, and the sweep removes all others."""

import os
import time
from hashlib import sha256
from io import StringIO

from django.core.management import CommandError, call_command

_JPEG = (b"\xff\xd8", b"\xff\xd9")
"""How one begins and ends."""
LONG_AGO_S = 2 * 24 * 3600.0
"""Older than what the sweep leaves alone."""


def files() -> tuple[list[str], dict[str, int]]:
    """What is wrong, and how many files were left by processes that died; they are swept here."""
    from facialis.clinic.photographs import incoming, store
    from facialis.clinic.photographs.models import Photograph

    faults, named = [], set()
    for row in Photograph.objects.all():
        named |= {row.file_name, row.thumbnail_name, row.original_name} - {""}
        if sha256(store.read(row.file_name)).hexdigest() != row.sha256:
            faults.append(f"the file of photograph {row.pk} is not what was recorded")
        small = store.read(row.thumbnail_name)
        if not (small.startswith(_JPEG[0]) and small.endswith(_JPEG[1])):
            faults.append(f"the thumbnail of photograph {row.pk} is not whole")
    orphans = [file for file in store.files() if file.name not in named]
    waiting = list(incoming.folder().iterdir())
    before = time.time() - LONG_AGO_S
    for file in (*orphans, *waiting):
        os.utime(file, (before, before))
    try:
        call_command("sweep_photographs", "--delete", stdout=StringIO())
    except CommandError as error:
        faults.append(str(error))
    left = sorted({file.name for file in store.files()} ^ named)
    left += [entry.name for entry in incoming.folder().iterdir()]
    faults += [f"the sweep leaves {name}, or the store lacks it" for name in left]
    return faults, {"files without a record, swept": len(orphans), "uploads broken off, swept": len(waiting)}
