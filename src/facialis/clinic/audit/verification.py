"""Whether the audit chain and what people signed are still what they were.

The database refuses changes; somebody with its files can still make them. This finds them: each entry
carries a hash of itself and of the one before, and each signature a hash of what was signed.

People go on working meanwhile. What they add after a comparison has begun is left to the next one.
"""

from collections.abc import Iterator

from facialis.clinic.audit.actions import hash_of
from facialis.clinic.audit.models import AuditEntry, AuditHead
from facialis.clinic.audit.signatures import problems_of_signatures
from facialis.clinic.audit.signed_records import problems_of_signed_records

BATCH = 2000
START = "0" * 64


def problems_of_chain() -> Iterator[str]:
    """Walk the entries in order, up to the head; yields a sentence for each thing that is wrong."""
    head = current_head()
    entries = AuditEntry.objects.order_by("number")
    if head is not None:
        entries = entries.filter(number__lte=head.number)
    number, own_hash = 0, START
    for entry in entries.iterator(chunk_size=BATCH):
        if entry.number != number + 1:
            yield f"Entries {number + 1} to {entry.number - 1} are missing."
        elif entry.previous_hash != own_hash:
            yield f"Entry {entry.number} does not follow entry {number}: its hash of the one before differs."
        if hash_of(entry) != entry.own_hash:
            yield f"Entry {entry.number} was changed: it does not have its own hash."
        number, own_hash = entry.number, entry.own_hash
    if head is None:
        yield from _missing_head(number)
    elif head.number != number:
        yield f"The last entry is {number}, but {head.number} were written: the end of the chain is missing."
    elif head.own_hash != own_hash:
        yield f"The head of the chain does not have the hash of the last entry, {number}."
    else:
        yield from _entries_behind_head()


def current_head() -> AuditHead | None:
    """The end of the chain; None before the first entry."""
    return AuditHead.objects.filter(pk=1).first()


def all_problems() -> Iterator[str]:
    """Everything that can be compared."""
    yield from problems_of_chain()
    yield from problems_of_signatures()
    yield from problems_of_signed_records()


def _missing_head(last: int) -> Iterator[str]:
    # The first entry may just have been written, with its head.
    if last and current_head() is None:
        yield f"The head of the chain is missing; the last entry is {last}."


def _entries_behind_head() -> Iterator[str]:
    """In this order of the two queries, an entry that is just appended never lies behind the head."""
    last = AuditEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    head = current_head()
    if head is None or head.number < last:
        yield f"The last entry is {last}, but the head of the chain was put back before it."
