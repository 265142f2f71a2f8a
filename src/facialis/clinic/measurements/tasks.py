"""What the worker is asked to do."""

from uuid import UUID

from django_tasks import task

from facialis.clinic.measurements.measuring import is_ready
from facialis.clinic.measurements.measuring import measure_photograph as measure
from facialis.clinic.measurements.visit_actions import measure_visit as measure_together
from facialis.clinic.photographs.models import Photograph, PhotoStatus
from facialis.clinic.visits.models import Visit


@task()
def measure_photograph(photograph_id: str) -> str:
    """Find the points of a photograph and measure its visit; may be run again."""
    return str(measure(UUID(photograph_id)))


@task()
def measure_visit(visit_id: str) -> None:
    """Measure a visit anew, because a photograph left it or the affected side was corrected."""
    measure_together(Visit.objects.get(pk=UUID(visit_id)))


def request_measuring(photograph: Photograph) -> bool:
    """Ask the worker to measure a photograph.

    Call it in the transaction that added the photograph: the request is a row of the same database, so
    that either both are kept or none.

    Returns
    -------
    bool    False where a question is open, above all whether the picture is mirrored; ask again once it
            is answered.
    """
    if not is_ready(photograph):
        return False
    measure_photograph.enqueue(str(photograph.pk))
    return True


def request_visit_measuring(visit: Visit) -> None:
    """Ask the worker to measure a visit anew from its points; in the transaction of what is the cause."""
    measure_visit.enqueue(str(visit.pk))


def request_waiting() -> int:
    """Ask for every photograph that waits, after requests were lost; how many."""
    waiting = Photograph.objects.filter(status=PhotoStatus.WAITING)
    return sum(request_measuring(photograph) for photograph in waiting)
