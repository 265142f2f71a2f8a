"""Whether signed plans, treatments, gradings and notes, as they are stored now, are what was signed."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from facialis.clinic.audit.models import Signature

BATCH = 500
TREATMENT_PARTS = ("plan", "product", "vial", "given_at", "syringe", "note", "points")


def problems_of_signed_records() -> Iterator[str]:
    """Yield a sentence for each part of a record that differs from its signed document.

    And for each signature that stands under no record, under several, or under one of another patient.
    """
    yield from _one_record_each()
    yield from _plans()
    yield from _treatments()
    yield from _gradings()
    yield from _notes()


def _one_record_each() -> Iterator[str]:
    # Signatures are read before the records: whose signature is here by then has its record with it.
    rows = Signature.objects.order_by("at", "pk")
    signatures = list(rows.values_list("pk", "what", "record", "patient"))
    patients = _patients_by_signature()
    for key, what, record, patient in signatures:
        name, found = f"Signature {key} of {what} {record}", patients.get(key, [])
        if not found:
            yield f"{name}: no record carries it."
        elif len(found) > 1:
            yield f"{name}: {len(found)} records carry it."
        elif found != [patient]:
            yield f"{name}: its record is of another patient, {found[0]}."


def _patients_by_signature() -> dict[UUID, list[UUID]]:
    """Patients of the records that carry a signature, by its key."""
    from facialis.clinic.grading.models import Grading
    from facialis.clinic.plans.models import Plan
    from facialis.clinic.treatments.models import Treatment
    from facialis.clinic.visits.models import VisitNote

    found: dict[UUID, list[UUID]] = defaultdict(list)
    for rows, patient in (
        (Plan.objects.values_list, "visit__patient"),
        (Treatment.objects.values_list, "plan__visit__patient"),
        (Grading.objects.values_list, "visit__patient"),
        (VisitNote.objects.values_list, "visit__patient"),
    ):
        for signature, whose in rows("signature", patient).iterator(chunk_size=BATCH):
            found[signature].append(whose)
    return found


def _plans() -> Iterator[str]:
    from facialis.clinic.plans.models import Plan

    rows = Plan.objects.filter(signature__isnull=False).select_related("signature").order_by("pk")
    needed = rows.only("choices", "reasons", "visit", "product", "day", "signature")
    for plan in needed.iterator(chunk_size=BATCH):
        now = {
            "choices": plan.choices,
            "reasons": plan.reasons,
            "visit": str(plan.visit_id),
            "product": plan.product,
            "day": plan.day.isoformat(),
        }
        yield from _differences("Plan", plan.pk, plan.signature, now, _comparable_plan)


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
        now = {name: whole[name] for name in TREATMENT_PARTS}
        yield from _differences(
            "Treatment", treatment.pk, treatment.signature, _comparable_treatment(now), _comparable_treatment
        )


def _gradings() -> Iterator[str]:
    from facialis.clinic.grading.models import Grading

    rows = Grading.objects.filter(signature__isnull=False).select_related("signature").order_by("pk")
    for grading in rows.iterator(chunk_size=BATCH):
        now = {"visit": str(grading.visit_id), "answers": grading.answers, "result": grading.result}
        yield from _differences("Grading", grading.pk, grading.signature, now)


def _notes() -> Iterator[str]:
    from facialis.clinic.visits.models import VisitNote

    for note in VisitNote.objects.select_related("signature").order_by("pk").iterator(chunk_size=BATCH):
        now = {"number": note.number, "text": note.text, "reason": note.reason}
        yield from _differences("Note", note.pk, note.signature, now)


def _comparable_plan(document: Mapping[str, Any]) -> dict[str, Any]:
    """A plan's document, with the product and the day that stand only in its read-back."""
    shown = document.get("read_back", {})
    return {**document, **{name: shown[name] for name in ("product", "day") if name in shown}}


def _comparable_treatment(document: Mapping[str, Any]) -> dict[str, Any]:
    """A treatment's document without what may differ although the same was given.

    A time was once written in the clinic's zone and is read in UTC; the words of a place are the software's,
    and may be better ones by now.
    """
    found = dict(document)
    if "given_at" in found:
        found["given_at"] = _moment(found["given_at"])
    if "vial" in found:
        found["vial"] = found["vial"] | {"reconstituted_at": _moment(found["vial"].get("reconstituted_at"))}
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
    comparable: Callable[[dict[str, Any]], Mapping[str, object]] = dict,
) -> Iterator[str]:
    """Compare what is stored with a signature's document.

    Parameters
    ----------
    comparable : callable   Makes of the document what `now` is compared with.
    """
    if signature is None:
        return
    if signature.record != key:
        yield f"{kind} {key}: its signature belongs to another record, {signature.record}."
    try:
        signed = comparable(signature.document)
    except (AttributeError, TypeError, ValueError):
        # Whoever changes a document may leave anything there; what comes after is compared all the same.
        yield f"{kind} {key}: the document that was signed cannot be read."
        return
    for part, value in now.items():
        if signed.get(part, value) != value:
            yield f"{kind} {key}: {part} is not what was signed."
