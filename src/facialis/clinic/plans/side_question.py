"""Photographs that show the other side as the palsied one: a plan goes on only with a written reason."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from facialis.clinic.measurements.queries import current_measurement, previous_measurement
from facialis.clinic.measurements.side_check import side_contradiction
from facialis.clinic.measurements.visit_measuring import affected_side
from facialis.clinic.visits.models import Visit

CODE = "photographs_contradict_side"


def contradiction_of(visit: Visit) -> str:
    """What the photographs of a plan of the visit say against the recorded side; empty: nothing."""
    affected = affected_side(visit)
    measurement = None if affected is None else current_measurement(visit) or previous_measurement(visit)
    return "" if measurement is None else side_contradiction(measurement.document, affected)


def finding_of(contradiction: str) -> Iterator[dict[str, Any]]:
    """The same as the planner writes its warnings, so that it is shown, answered and signed like them."""
    if contradiction:
        yield {
            "code": CODE,
            "action": "warn",
            "kind": "side",
            "sentence": contradiction,
            "what_to_do": _(
                "Look at the patient. Correct the side of the palsy or the photographs; go on with these "
                "doses only if the record is right, and write why."
            ),
            "targets": [],
            "source": {
                "text": _("Facialis, measured movement beyond 3 sd [design]"),
                "key": "Facialis",
                "tag": "design",
            },
        }
