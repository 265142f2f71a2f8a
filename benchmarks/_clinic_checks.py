"""After the chaos: is everything there that the clinic said it had done, whole and once?

`python -m benchmarks._clinic_checks` reads what was told as JSON, and prints what is wrong, as JSON.
"""

import json
import os
import sys
from collections import Counter
from typing import Any

import django


def main() -> None:
    django.setup()
    told = json.load(sys.stdin)
    faults = [*_records(told), *_signatures(told), *_photographs(told), *_tasks(), *_audit()]
    json.dump(faults, sys.stdout)


def _records(told: dict[str, Any]) -> list[str]:
    from facialis.clinic.patients.models import Patient
    from facialis.clinic.visits.models import Consent, Visit

    faults = _lost("patient", told["patients"], map(str, Patient.objects.values_list("pk", flat=True)))
    faults += _lost("visit", told["visits"], map(str, Visit.objects.values_list("pk", flat=True)))
    found = Counter(str(key) for key in Consent.objects.values_list("visit_id", flat=True))
    for visit, wanted in Counter(told["consents"]).items():
        if found[visit] != wanted:
            faults.append(f"visit {visit} has {found[visit]} consents, and {wanted} were given")
    names = Counter(Patient.objects.values_list("family_name", flat=True))
    return faults + [f"{name} is there {count} times" for name, count in names.items() if count > 1]


def _signatures(told: dict[str, Any]) -> list[str]:
    from facialis.clinic.audit.models import Signature
    from facialis.clinic.grading.models import Grading
    from facialis.clinic.visits.models import VisitNote

    notes = {
        str(visit): str(key)
        for visit, key in VisitNote.objects.filter(signature__isnull=False).values_list("visit_id", "pk")
    }
    faults = _lost("signed note of visit", told["notes"], notes)
    signed = [str(key) for key in Grading.objects.filter(status="final").values_list("pk", flat=True)]
    faults += _lost("signed grading", told["grades"], signed)
    own = {str(key) for key in Signature.objects.values_list("record", flat=True)}
    faults += _lost("signature of grading", signed, own) + _lost("signature of note", notes.values(), own)
    twice = Counter(str(key) for key in Signature.objects.values_list("record", flat=True))
    half = Grading.objects.filter(status="final", finalised_at__isnull=True).count()
    return [
        *faults,
        *(f"{record} is signed {count} times" for record, count in twice.items() if count > 1),
        *([f"{half} gradings are final and have no date"] if half else []),
    ]


def _photographs(told: dict[str, Any]) -> list[str]:
    from facialis.clinic.measurements.models import PointSet
    from facialis.clinic.photographs.models import Photograph
    from facialis.clinic.photographs.store import path

    rows = list(Photograph.objects.all())
    faults = _lost("photograph", told["pictures"], (str(row.upload_key) for row in rows))
    points = Counter(PointSet.objects.values_list("photograph_id", flat=True))
    for row in rows:
        if not (path(row.file_name).is_file() and path(row.thumbnail_name).is_file()):
            faults.append(f"photograph {row.pk} has no file")
        if row.status not in {"measured", "refused"}:
            faults.append(f"photograph {row.pk} is still {row.status}")
        if row.status == "measured" and points[row.pk] != 1:
            faults.append(f"photograph {row.pk} was measured {points[row.pk]} times")
    return faults


def _tasks() -> list[str]:
    from django_tasks_db.models import DBTaskResult

    rows = DBTaskResult.objects.exclude(status="SUCCESSFUL")
    return [f"task {row.task_path} is {row.status}" for row in rows]


def _audit() -> list[str]:
    from facialis.clinic.audit.verification import all_problems

    return list(all_problems())


def _lost(what: str, told: Any, found: Any) -> list[str]:
    return [f"{what} {key} is lost" for key in sorted(set(told) - set(found))]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "facialis.clinic.settings")
    main()
