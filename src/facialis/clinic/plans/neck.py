"""Whether anybody looked at the neck: photographs of the face do not show it."""

from collections.abc import Iterable

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.clinic.plans.rows import Row
from facialis.clinic.visits.models import Visit

FINDINGS = frozenset({"neck_bands", "eface_platysmal_synkinesis"})
"""What a clinician records of platysma; those of the twin's table of findings, which a page does not load."""


def inferred_rows(visit: Visit, rows: Iterable[Row]) -> frozenset[str]:
    """Keys of the rows of platysma on a side whose neck nobody examined in this visit."""
    found = [row for row in rows if row.place.target == InjectionTarget.PLATYSMA]
    if not found:
        return frozenset()
    seen = set(visit.clinician_findings.filter(code__in=FINDINGS).values_list("side", flat=True))
    return frozenset(row.key for row in found if row.side not in seen)
