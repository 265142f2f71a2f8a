"""A treatment as it is shown and signed."""

from datetime import UTC
from typing import Any

from facialis.clinic.treatments.models import Treatment, TreatmentPoint
from facialis.clinic.treatments.points import place_words
from facialis.clinic.treatments.queries import units_given

FORMAT = "facialis-treatment/1"


def treatment_document(treatment: Treatment, points: list[TreatmentPoint]) -> dict[str, Any]:
    """Plain JSON: what was given where, from which vial, and how it differs from the plan."""
    vial, plan = treatment.vial, treatment.plan
    assert vial is not None  # noqa: S101  refused before
    assert treatment.given_at is not None  # noqa: S101
    return {
        "format": FORMAT,
        "treatment": str(treatment.pk),
        "plan": str(plan.pk),
        "plan_sha256": None if plan.signature is None else plan.signature.document_sha256,
        "amends": None if treatment.amends_id is None else str(treatment.amends_id),
        "reason": treatment.status_reason,
        "patient": plan.visit.patient.pseudonym,
        "given_at": treatment.given_at.astimezone(UTC).isoformat(),
        "product": vial.product,
        "vial": {
            "units": f"{vial.units.normalize():f}",
            "lot": vial.lot,
            "expiry": vial.expiry.isoformat(),
            "saline_ml": f"{vial.saline_ml.normalize():f}",
            "reconstituted_at": None if vial.reconstituted_at is None else vial.reconstituted_at.isoformat(),
            "hours_since_reconstitution": (
                None
                if treatment.hours_since_reconstitution is None
                else f"{treatment.hours_since_reconstitution:f}"
            ),
        },
        "syringe": treatment.syringe,
        "points": [_point(point) for point in points],
        "total_units": f"{units_given(points).normalize():f}",
        "note": treatment.note,
    }


def _point(point: TreatmentPoint) -> dict[str, Any]:
    return {
        "target": point.target,
        "side": point.side or None,
        "point": point.point,
        "words": place_words(point.target, point.side, point.point),
        "planned_units": f"{point.planned_units.normalize():f}",
        "status": point.status,
        "given_units": None if point.given_units is None else f"{point.given_units.normalize():f}",
        "reason": point.reason,
    }
