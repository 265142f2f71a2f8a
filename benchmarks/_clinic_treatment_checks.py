"""Plans, vials and treatments after the chaos: as they were told, signed once, and nothing done twice."""

from collections import Counter
from decimal import Decimal
from typing import Any

from benchmarks._clinic_checks import lost


def plans(told: dict[str, Any]) -> list[str]:
    """Each signed plan is what was read back; a visit has one, and each proposal was kept once."""
    from facialis.clinic.audit.actions import sha256_of
    from facialis.clinic.audit.models import AuditEntry
    from facialis.clinic.plans.models import Plan

    rows = {str(row.pk): row for row in Plan.objects.select_related("signature")}
    faults = lost("plan", told["plans"], rows)
    for key, shown in told["plans"].items():
        row = rows.get(key)
        if row is None:
            continue
        if row.signature is None or row.status != "completed":
            faults.append(f"plan {key} was signed and given, and is {row.status}")
        elif sha256_of(row.signature.document["read_back"]) != shown:
            faults.append(f"plan {key}: signed is something else than what was read back")
    visits = Counter(row.visit_id for row in rows.values())
    faults += [f"visit {key} has {count} plans" for key, count in visits.items() if count > 1]
    asked, kept = Counter[str](), Counter[str]()
    for key, verb, details in AuditEntry.objects.filter(what="plans.plan").values_list(
        "record", "verb", "details"
    ):
        asked[str(key)] += verb == "create" or details.get("proposed") == "again"
        kept[str(key)] += "proposal" in details
    return faults + [
        f"plan {key} was asked for {asked[key]} times and proposed {count} times"
        for key, count in kept.items()
        if count > asked[key]
    ]


def edits(told: dict[str, Any]) -> list[str]:
    """Each edit was made once, and none beside them."""
    from facialis.clinic.plans.models import PlanEdit

    found = Counter(
        str(key) for key in PlanEdit.objects.exclude(kind="propose").values_list("key", flat=True)
    )
    return [
        *lost("edit", told["edits"], found),
        *(f"edit {key} was made {count} times" for key, count in found.items() if count > 1),
        *(f"edit {key} was made, and nobody was told" for key in sorted(set(found) - set(told["edits"]))),
    ]


def vials(told: dict[str, Any]) -> list[str]:
    """Each lot was entered once."""
    from facialis.clinic.treatments.models import Vial

    found = Counter(Vial.objects.values_list("lot", flat=True))
    return [
        *lost("vial of lot", told["lots"], found),
        *(f"lot {lot} was entered {count} times" for lot, count in found.items() if count > 1),
    ]


def treatments(told: dict[str, Any]) -> list[str]:
    """Each has its lot and every dose as it was told, is signed whole, and has one review and one repeat."""
    from facialis.clinic.treatments.models import Treatment

    rows = {
        str(row.pk): row
        for row in Treatment.objects.select_related("vial", "signature").prefetch_related("points", "dues")
    }
    faults = lost("treatment", told["treatments"], rows)
    of_plan = Counter(row.plan_id for row in rows.values())
    faults += [f"plan {key} was given {count} times" for key, count in of_plan.items() if count > 1]
    faults += [f"treatment {key} is {row.status}" for key, row in rows.items() if row.status != "final"]
    for key, said in told["treatments"].items():
        if key in rows:
            faults += [f"treatment {key}: {fault}" for fault in _differences(rows[key], said)]
    return faults


def _differences(row: Any, said: dict[str, Any]) -> list[str]:
    points = {str(point.pk): point for point in row.points.all()}
    wanted = {key: None if units is None else Decimal(units) for key, units in said["points"].items()}
    found = {key: point.given_units for key, point in points.items()}
    kinds = sorted(due.kind for due in row.dues.all())
    return [
        *([] if str(row.plan_id) == said["plan"] else ["it is of another plan"]),
        *([] if row.vial and row.vial.lot == said["lot"] else [f"its lot is not {said['lot']}"]),
        *([] if found == wanted else [f"given is {found}, and told was {wanted}"]),
        *([] if all(point.is_signed for point in points.values()) else ["not all points are signed"]),
        *([] if row.signature is not None and row.given_at is not None else ["it is half-signed"]),
        *([] if kinds == ["repeat", "review"] else [f"due are {kinds}"]),
    ]
