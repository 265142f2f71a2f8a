"""Keep what the photographs of a visit say together."""

from typing import Any

from django.db import transaction

from facialis.clinic.accounts.models import User
from facialis.clinic.audit.actions import record, sha256_of
from facialis.clinic.audit.models import Verb
from facialis.clinic.measurements.models import Measurement
from facialis.clinic.measurements.queries import current_measurement, placed_photographs, refused_photographs
from facialis.clinic.measurements.summary import summary_of
from facialis.clinic.measurements.visit_measuring import affected_side, visit_result
from facialis.clinic.visits.models import Visit
from facialis.report.document import to_document


@transaction.atomic
def measure_visit(visit: Visit, *, by: User | None = None) -> Measurement | None:
    """Measure all photographs of a visit together, from the points that count.

    Parameters
    ----------
    visit : Visit
    by : User           Who placed points or asked for it; None for the worker.

    Returns
    -------
    Measurement | None      The newest: a new version, or the one that says the same already; None where
                            the visit has no photograph with points and never had one.
    """
    locked = Visit.objects.select_for_update().get(
        pk=visit.pk
    )  # one at a time, so that no number comes twice
    visit = Visit.objects.select_related("patient__palsy").get(pk=locked.pk)
    placed = placed_photographs(visit)
    newest = current_measurement(visit)
    if not placed and newest is None:
        return None
    result = visit_result(placed, refused_photographs(visit), affected_side(visit))
    document = to_document(result)
    digest = sha256_of(document)
    if newest is not None and newest.document_sha256 == digest:
        return newest
    index = result.photo_set.index
    made = Measurement.objects.create(
        visit=visit,
        number=1 if newest is None else newest.number + 1,
        document=document,
        document_sha256=digest,
        point_sets=[str(one.newest.pk) for one in placed],
        symmetry_index=index.value,
        symmetry_index_sd=index.sd,
        summary=summary_of(result),
    )
    _audited(made, by)
    return made


def _audited(made: Measurement, by: User | None) -> None:
    details: dict[str, Any] = {"number": made.number, "sha256": made.document_sha256}
    record(
        Verb.CREATE,
        "measurements.measurement",
        by=by,
        record_id=made.pk,
        patient_id=made.visit.patient_id,
        details={**details, "point_sets": made.point_sets},
    )
