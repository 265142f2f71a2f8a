"""Whether signed plans, treatments, gradings and notes, as they are stored now, are what was signed."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from facialis.clinic.audit.models import Signature

BATCH = 500


def problems_of_signed_records() -> Iterator[str]:
    """Yield a sentence for each part of a record that differs from its signed document."""
    yield from _plans()
    yield from _treatments()
    yield from _gradings()
    yield from _notes()


def _plans() -> Iterator[str]:
    from facialis.clinic.plans.models import Plan

    rows = Plan.objects.filter(signature__isnull=False).select_related("signature")
    for plan in rows.only("choices", "reasons", "signature").order_by("pk").iterator(chunk_size=BATCH):
        now = {"choices": plan.choices, "reasons": plan.reasons}
        yield from _differences("Plan", plan.pk, plan.signature, now)


def _treatments() -> Iterator[str]:
    from facialis.clinic.treatments.documents import treatment_document
    from facialis.clinic.treatments.models import Treatment

    rows = Treatment.objects.filter(signature__isnull=False).select_related(
        "signature", "vial", "plan__signature", "plan__visit__patient"
    )
    for treatment in rows.prefetch_related("points").order_by("pk").iterator(chunk_size=BATCH):
        if treatment.vial is None or treatment.given_at is None:
            yield f"Treatment {treatment.pk} is signed, and has no vial or no time."
            continue
        whole = treatment_document(treatment, list(treatment.points.all()))
        now = {name: whole[name] for name in ("plan", "product", "given_at", "syringe", "note", "points")}
        signature = treatment.signature
        signed = {} if signature is None else _comparable_treatment(signature.document)
        yield from _differences("Treatment", treatment.pk, signature, _comparable_treatment(now), signed)


def _gradings() -> Iterator[str]:
    from facialis.clinic.grading.models import Grading

    rows = Grading.objects.filter(signature__isnull=False).select_related("signature").order_by("pk")
    for grading in rows.iterator(chunk_size=BATCH):
        now = {"answers": grading.answers, "result": grading.result}
        yield from _differences("Grading", grading.pk, grading.signature, now)


def _notes() -> Iterator[str]:
    from facialis.clinic.visits.models import VisitNote

    for note in VisitNote.objects.select_related("signature").order_by("pk").iterator(chunk_size=BATCH):
        now = {"number": note.number, "text": note.text, "reason": note.reason}
        yield from _differences("Note", note.pk, note.signature, now)


def _comparable_treatment(document: Mapping[str, Any]) -> dict[str, Any]:
    """A treatment's document without what may differ although the same was given.

    A time was once written in the clinic's zone and is read in UTC; the words of a place are the software's,
    and may be better ones by now.
    """
    found = dict(document)
    if "given_at" in found:
        found["given_at"] = _moment(found["given_at"])
    if "points" in found:
        found["points"] = [
            {name: value for name, value in point.items() if name != "words"} for point in found["points"]
        ]
    return found


def _moment(written: Any) -> Any:
    """A written time as a moment, whatever its zone; what is none stays as it stands, and so differs."""
    try:
        return datetime.fromisoformat(written)
    except (TypeError, ValueError):
        return written


def _differences(
    kind: str,
    key: UUID,
    signature: Signature | None,
    now: Mapping[str, object],
    signed: Mapping[str, object] | None = None,
) -> Iterator[str]:
    """Compare what is stored with a signature's document, or with `signed`, which was made from it."""
    if signature is None:
        return
    signed = signature.document if signed is None else signed
    if signature.record != key:
        yield f"{kind} {key}: its signature belongs to another record, {signature.record}."
    for part, value in now.items():
        if signed.get(part, value) != value:
            yield f"{kind} {key}: {part} is not what was signed."
