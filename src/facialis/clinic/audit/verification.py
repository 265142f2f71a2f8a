"""Whether the audit chain and what people signed are still what they were.

The database refuses changes; somebody with its files can still make them. This finds them: each entry
carries a hash of itself and of the one before, and each signature a hash of what was signed.
"""

from collections.abc import Iterator

from facialis.clinic.audit.actions import hash_of, sha256_of
from facialis.clinic.audit.models import AuditEntry, AuditHead, Signature, Verb
from facialis.clinic.audit.signed_records import problems_of_signed_records

BATCH = 2000
START = "0" * 64


def problems_of_chain() -> Iterator[str]:
    """Walk the entries in order; yields a sentence for each thing that is wrong."""
    number, own_hash = 0, START
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=BATCH):
        if entry.number != number + 1:
            yield f"Entries {number + 1} to {entry.number - 1} are missing."
        elif entry.previous_hash != own_hash:
            yield f"Entry {entry.number} does not follow entry {number}: its hash of the one before differs."
        if hash_of(entry) != entry.own_hash:
            yield f"Entry {entry.number} was changed: it does not have its own hash."
        number, own_hash = entry.number, entry.own_hash
    head = AuditHead.objects.filter(pk=1).first()
    if head is None:
        if number:
            yield f"The head of the chain is missing; the last entry is {number}."
    elif head.number != number:
        yield f"The last entry is {number}, but {head.number} were written: the end of the chain is missing."
    elif head.own_hash != own_hash:
        yield f"The head of the chain does not have the hash of the last entry, {number}."


def problems_of_signatures() -> Iterator[str]:
    """Compare each signature with what was signed and with its entry in the audit."""
    audited = _audited_signatures()
    for signature in Signature.objects.order_by("at", "pk").iterator(chunk_size=BATCH):
        name = f"Signature {signature.pk} of {signature.what} {signature.record}"
        found = sha256_of(signature.document)
        if found != signature.document_sha256:
            yield f"{name}: the signed document was changed."
        if audited.pop(str(signature.pk), None) != signature.document_sha256:
            yield f"{name}: the audit has no entry of it, or another hash."
    for missing in sorted(audited):
        yield f"Signature {missing}: the audit has it, and the signature itself is missing."


def all_problems() -> Iterator[str]:
    """Everything that can be compared."""
    yield from problems_of_chain()
    yield from problems_of_signatures()
    yield from problems_of_signed_records()


def _audited_signatures() -> dict[str, str]:
    rows = AuditEntry.objects.filter(verb=Verb.SIGN).values_list("details", flat=True)
    return {
        str(details["signature"]): str(details["sha256"])
        for details in rows.iterator(chunk_size=BATCH)
        if "signature" in details
    }
