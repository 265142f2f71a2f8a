"""Whether a record is whole: the audit, what was signed, and the file of every photograph."""

import hashlib
from itertools import islice

from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import AuditEntry, Signature, Verb
from facialis.clinic.audit.verification import all_problems
from facialis.clinic.operations.safekeeping.errors import DamagedError
from facialis.clinic.photographs.models import Photograph
from facialis.clinic.photographs.store import path

MOST_NAMED = 5


def check_record() -> str:
    """Check everything, note in the audit that it was restored, and say how much there is.

    Raises
    ------
    DamagedError        Something differs; the sentence says what.
    """
    problems = list(islice(all_problems(), MOST_NAMED))
    if problems:
        raise DamagedError(" ".join(problems))
    entries, pictures = AuditEntry.objects.count(), _check_photographs()
    record(Verb.ADMINISTER, "restore", by=None)
    signatures = Signature.objects.count()
    return f"Checked: {entries} entries of the audit, {signatures} signatures, {pictures} photographs."


def _check_photographs() -> int:
    count, missing, changed = 0, [], []
    rows = Photograph.objects.values_list("pk", "file_name", "sha256", "thumbnail_name", "original_name")
    for key, name, digest, *others in rows.iterator(chunk_size=500):
        count += 1
        if not all(path(other).is_file() for other in (name, *others) if other):
            missing.append(str(key))
        elif hashlib.sha256(path(name).read_bytes()).hexdigest() != digest:
            changed.append(str(key))
    _refuse(missing, "photographs have no file")
    _refuse(changed, "photographs are not as they were stored")
    return count


def _refuse(keys: list[str], what: str) -> None:
    if keys:
        more = ", and others" if len(keys) > MOST_NAMED else ""
        raise DamagedError(f"{len(keys)} {what}: {', '.join(keys[:MOST_NAMED])}{more}.")
