"""A clinic at work: patients, visits and photographs come in until the process is ended.

`python -m tests.factories.keep_writing [MOST]`; says "at work" when the first are there.
"""

import hashlib
import os
import sys
from itertools import count
from uuid import uuid4

import django
from django.db import transaction


def main(most: int | None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.clinic_settings")
    django.setup()
    from facialis.clinic.accounts.models import User
    from facialis.clinic.audit.actions import record
    from facialis.clinic.audit.models import Verb
    from facialis.clinic.photographs.models import Photograph
    from facialis.clinic.photographs.store import save
    from facialis.clinic.visits.actions.notes import save_note, sign_note
    from tests.factories import clinic as made

    by = User.objects.first() or made.user(made.clinic())
    for number in count():
        if number == most:
            return
        picture, small = os.urandom(20_000), os.urandom(2_000)
        name, thumbnail = save(picture), save(small)
        with transaction.atomic():
            key = uuid4().hex
            patient = made.patient(by, record_number=key, pseudonym=key[:20])
            visit = made.visit(patient)
            Photograph.objects.create(
                visit=visit,
                expression="rest",
                file_name=name,
                thumbnail_name=thumbnail,
                sha256=hashlib.sha256(picture).hexdigest(),
                original_sha256="0" * 64,
                width_px=100,
                height_px=100,
                upload_key=uuid4(),
                added_by=by,
            )
            noted = save_note(by=by, visit=visit, version=visit.version, text=f"Seen, number {number}.")
            sign_note(by=by, visit=noted, version=noted.version, method="password")
            record(Verb.CREATE, "test.patient", by=by, record_id=patient.pk, patient_id=patient.pk)
        if number == 3:
            print("at work", flush=True)  # noqa: T201  its parent waits for it


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else None)
