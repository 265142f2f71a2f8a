"""Append to the audit, in the transaction of what is audited."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from facialis.clinic.accounts.models import User
from facialis.clinic.audit.models import AuditEntry, AuditHead, Signature, Verb
from facialis.clinic.kernel.times import now

SOFTWARE = "Facialis"


def record(
    verb: Verb,
    what: str,
    *,
    by: User | None,
    record_id: object = "",
    patient_id: UUID | None = None,
    details: Mapping[str, Any] | None = None,
    name: str = "",
    clinic_id: int | None = None,
) -> AuditEntry:
    """Append one entry.

    Parameters
    ----------
    verb, what              What was done, to which kind of record or page.
    by : User               None for the software itself.
    record_id, patient_id   Keys.
    details : mapping       Field names, numbers and codes; never free text about a patient.
    name : str              Of an actor without an account, such as a failed sign-in.
    clinic_id : int         Whose administrators see it, where nobody is signed in.

    Notes
    -----
    The head row is locked until the transaction ends: call this last in an action.
    """
    with transaction.atomic():
        head, _ = AuditHead.objects.select_for_update().get_or_create(pk=1)
        entry = AuditEntry(
            number=head.number + 1,
            at=now(),
            actor=by,
            actor_name=name or (by.signature_name if by is not None else SOFTWARE),
            clinic_id=by.clinic_id if by is not None else clinic_id,
            verb=verb,
            what=what,
            record=str(record_id),
            patient=patient_id,
            details=dict(details or {}),
            previous_hash=head.own_hash,
        )
        entry.own_hash = hash_of(entry)
        entry.save(force_insert=True)
        head.number, head.own_hash = entry.number, entry.own_hash
        head.save()
    return entry


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 over everything that an entry says and the hash before it."""
    said = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(),
        "actor": entry.actor_id,
        "actor_name": entry.actor_name,
        "clinic": entry.clinic_id,
        "verb": str(entry.verb),
        "what": entry.what,
        "record": entry.record,
        "patient": None if entry.patient is None else str(entry.patient),
        "details": entry.details,
        "previous_hash": entry.previous_hash,
    }
    return sha256_of(said)


def sha256_of(document: object) -> str:
    """SHA-256 of a JSON document in its canonical form: sorted keys, no spaces, UTF-8."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def sign(
    what: str,
    *,
    by: User,
    record_id: UUID,
    patient_id: UUID,
    meaning: str,
    method: str,
    document: Mapping[str, Any],
    at: datetime | None = None,
) -> Signature:
    """Keep that a named person stands for a record as it was shown, and audit it."""
    signature = Signature(
        id=uuid4(),
        clinic_id=by.clinic_id,
        what=what,
        record=record_id,
        patient=patient_id,
        meaning=meaning,
        signer=by,
        signer_name=by.signature_name,
        signer_role=by.role,
        at=at or now(),
        method=method,
        document=dict(document),
        document_sha256=sha256_of(document),
    )
    signature.save(force_insert=True)
    record(
        Verb.SIGN,
        what,
        by=by,
        record_id=record_id,
        patient_id=patient_id,
        details={
            "signature": str(signature.id),
            "sha256": signature.document_sha256,
            "meaning": meaning,
            "method": method,
            "role": signature.signer_role,
            "at": signature.at.astimezone(UTC).isoformat(),
        },
    )
    return signature
