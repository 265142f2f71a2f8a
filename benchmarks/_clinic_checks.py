"""After the chaos: is everything there that the clinic said it had done, whole and once?

`python -m benchmarks._clinic_checks` reads what was told as JSON, and prints what is wrong, as JSON.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from typing import Any

import django


def main() -> None:
    django.setup()
    from benchmarks._clinic_file_checks import files
    from benchmarks._clinic_treatment_checks import edits, plans, treatments, vials

    told = json.load(sys.stdin)
    found = [*_records(told), *_signatures(told), *_photographs(told), *_tasks(), *_audit()]
    found += [*plans(told), *edits(told), *vials(told), *treatments(told)]
    missing, counts = files()
    json.dump({"faults": found + missing, "counts": counts | _counts()}, sys.stdout)


def lost(what: str, told: Iterable[str], found: Iterable[str]) -> list[str]:
    """A sentence for each that was told and is not there."""
    return [f"{what} {key} is lost" for key in sorted(set(told) - set(found))]


def _records(told: dict[str, Any]) -> list[str]:
    from facialis.clinic.patients.models import Patient
    from facialis.clinic.visits.models import Consent, Visit

    faults = lost("patient", told["patients"], map(str, Patient.objects.values_list("pk", flat=True)))
    faults += lost("visit", told["visits"], map(str, Visit.objects.values_list("pk", flat=True)))
    found = Counter(str(key) for key in Consent.objects.values_list("visit_id", flat=True))
    for visit, wanted in Counter(told["consents"]).items():
        if found[visit] != wanted:
            faults.append(f"visit {visit} has {found[visit]} consents, and {wanted} were given")
    names = Counter(Patient.objects.values_list("family_name", flat=True))
    faults += [f"{name} is there {count} times" for name, count in names.items() if count > 1]
    visits = Counter(Visit.objects.values_list("patient_id", flat=True))
    return faults + [f"patient {key} has {count} visits" for key, count in visits.items() if count > 1]


def _signatures(told: dict[str, Any]) -> list[str]:
    """Each that was told exactly once, none beside them; whether it fits is looked at by `_audit`."""
    from facialis.clinic.audit.models import Signature
    from facialis.clinic.grading.models import Grading
    from facialis.clinic.visits.models import VisitNote

    notes = {
        str(visit): str(key)
        for visit, key in VisitNote.objects.filter(signature__isnull=False).values_list("visit_id", "pk")
    }
    faults = lost("signed note of visit", told["notes"], notes)
    signed = [str(key) for key in Grading.objects.filter(status="final").values_list("pk", flat=True)]
    faults += lost("signed grading", told["grades"], signed)
    wanted = {notes.get(visit, "") for visit in told["notes"]} | set(told["grades"])
    wanted |= set(told["plans"]) | set(told["treatments"])
    found = Counter(str(key) for key in Signature.objects.values_list("record", flat=True))
    half = Grading.objects.filter(status="final", finalised_at__isnull=True).count()
    return [
        *faults,
        *lost("signature of", wanted, found),
        *(f"{record} is signed {count} times" for record, count in found.items() if count > 1),
        *(f"{record} is signed, and nobody was told" for record in sorted(set(found) - wanted)),
        *([f"{half} gradings are final and have no date"] if half else []),
    ]


def _photographs(told: dict[str, Any]) -> list[str]:
    from facialis.clinic.measurements.models import PointSet
    from facialis.clinic.photographs.models import Photograph

    rows = list(Photograph.objects.all())
    keys = Counter(str(row.upload_key) for row in rows)
    faults = lost("photograph", told["pictures"], keys)
    faults += [f"photograph {key} is there {count} times" for key, count in keys.items() if count > 1]
    points = Counter(PointSet.objects.values_list("photograph_id", flat=True))
    for row in rows:
        if row.status != "measured":
            faults.append(f"photograph {row.pk} is {row.status}")
        elif points[row.pk] != 1:
            faults.append(f"photograph {row.pk} was measured {points[row.pk]} times")
    return faults


def _tasks() -> list[str]:
    """Each came to its end; one that was killed at every attempt is given up, and asked for anew."""
    from django_tasks_db.models import DBTaskResult

    rows = DBTaskResult.objects.exclude(status="SUCCESSFUL")
    return [f"task {row.task_path} is {row.status}" for row in rows if not _was_given_up(row)]


def _was_given_up(task: Any) -> bool:
    from facialis.clinic.worker.recovery import ATTEMPTS

    is_killed = task.exception_class_path.endswith("WorkerDiedError")
    return task.status == "FAILED" and is_killed and len(task.worker_ids) >= ATTEMPTS


def _counts() -> dict[str, int]:
    from django_tasks_db.models import DBTaskResult

    from facialis.clinic.audit.models import AuditEntry, Signature

    tasks = list(DBTaskResult.objects.all())
    return {
        "tasks": len(tasks),
        "tasks whose worker was killed": sum(len(task.worker_ids) > 1 for task in tasks),
        "tasks given up after as many attempts as are allowed": sum(map(_was_given_up, tasks)),
        "signatures": Signature.objects.count(),
        "entries of the audit": AuditEntry.objects.count(),
    }


def _audit() -> list[str]:
    from facialis.clinic.audit.verification import all_problems

    return list(all_problems())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "facialis.clinic.settings")
    main()
