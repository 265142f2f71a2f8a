"""Whether signatures are what the audit says of them."""

from collections.abc import Iterator
from datetime import UTC

from facialis.clinic.audit.actions import sha256_of
from facialis.clinic.audit.models import AuditEntry, Signature, Verb

BATCH = 2000
SAID_SINCE = ("meaning", "method", "role", "at")
"""Parts that entries of earlier versions do not have."""

Said = dict[str, object]


def problems_of_signatures() -> Iterator[str]:
    """Compare each signature with what was signed and with its entry in the audit."""
    audited = _audited_signatures()
    without_entry: list[Signature] = []
    for signature in Signature.objects.order_by("at", "pk").iterator(chunk_size=BATCH):
        if sha256_of(signature.document) != signature.document_sha256:
            yield f"{_name(signature)}: the signed document was changed."
        said = audited.pop(str(signature.pk), None)
        if said is None:
            without_entry.append(signature)
        else:
            yield from _differences(signature, said)
    # Entries are read once more, for somebody may have signed between the two queries.
    newer = _audited_signatures() if without_entry else {}
    for signature in without_entry:
        yield from _differences(signature, newer.get(str(signature.pk), {}))
    for missing in sorted(audited):
        yield f"Signature {missing}: the audit has it, and the signature itself is missing."


def _differences(signature: Signature, said: Said) -> Iterator[str]:
    """Yield a sentence for each part that differs; nothing said means that there is no entry."""
    found = _of_signature(signature)
    if said.get("sha256") != found["sha256"]:
        yield f"{_name(signature)}: the audit has no entry of it, or another hash."
    for part, value in said.items():
        if part != "sha256" and found[part] != value:
            yield f"{_name(signature)}: {part} is not what the audit says."


def _of_signature(signature: Signature) -> Said:
    return {
        "sha256": signature.document_sha256,
        "signer": signature.signer_id,
        "name": signature.signer_name,
        "clinic": signature.clinic_id,
        "kind": signature.what,
        "record": str(signature.record),
        "patient": str(signature.patient),
        "meaning": signature.meaning,
        "method": signature.method,
        "role": signature.signer_role,
        "at": signature.at.astimezone(UTC).isoformat(),
    }


def _of_entry(entry: AuditEntry) -> Said:
    said = {
        "sha256": entry.details.get("sha256"),
        "signer": entry.actor_id,
        "name": entry.actor_name,
        "clinic": entry.clinic_id,
        "kind": entry.what,
        "record": entry.record,
        "patient": str(entry.patient),
    }
    return said | {part: entry.details[part] for part in SAID_SINCE if part in entry.details}


def _audited_signatures() -> dict[str, Said]:
    """What the audit says of each signature. Its first entry counts: one added later proves nothing."""
    found: dict[str, Said] = {}
    rows = AuditEntry.objects.filter(verb=Verb.SIGN).order_by("number")
    for entry in rows.iterator(chunk_size=BATCH):
        if "signature" in entry.details:
            found.setdefault(str(entry.details["signature"]), _of_entry(entry))
    return found


def _name(signature: Signature) -> str:
    return f"Signature {signature.pk} of {signature.what} {signature.record}"
