"""The sheet says what was given, and every emergency sign of the table."""

import pytest
from django.utils import timezone, translation

from facialis.clinic.kernel.errors import NotNowError
from facialis.clinic.treatments.actions.giving import give_all_open, note_point
from facialis.clinic.treatments.actions.sheets import issue_sheet
from facialis.clinic.treatments.actions.signing import sign_treatment
from facialis.clinic.treatments.sheet_content import sheet_document, sheet_of
from facialis.clinic.treatments.warning_signs import ADVICE, SIGNS
from facialis.toxins.emergency import emergency_signs

pytestmark = pytest.mark.django_db


def test_every_emergency_sign_of_the_table_has_words_that_can_be_translated():
    assert {sign.code for sign in emergency_signs()} == set(SIGNS)
    assert {sign.advice for sign in emergency_signs()} <= set(ADVICE)


@pytest.fixture
def signed(clinician, started):
    skipped = started.points.get(target="orbicularis_oculi_lateral")
    note_point(by=clinician, pk=started.pk, point_id=skipped.pk, status="skipped", reason="closes badly")
    give_all_open(by=clinician, pk=started.pk, version=None)
    started.refresh_from_db()
    return sign_treatment(
        by=clinician, pk=started.pk, version=started.version, method="password", given_at=timezone.now()
    )


def test_the_sheet_tells_what_was_given_and_not_what_was_planned(signed):
    parts = {part.code: " ".join(part.sentences) for part in sheet_of(signed, list(signed.points.all()))}
    assert "On your LEFT side: the chin." in parts["done"]
    assert "On your RIGHT side: the frown muscle above the brow." in parts["done"]
    assert "outer corner" not in parts["done"]
    assert "2 injections" in parts["done"]
    assert "5 units of onabotulinumtoxinA" in parts["done"]
    assert "Trouble swallowing" in parts["emergency"]
    assert "never before" in parts["dates"]


def test_a_sheet_handed_over_twice_is_one_record(clinician, signed):
    with translation.override("en"):
        document = sheet_document(signed, sheet_of(signed, list(signed.points.all())), "en")
    first = issue_sheet(by=clinician, treatment_id=signed.pk, language="en", document=document)
    assert issue_sheet(by=clinician, treatment_id=signed.pk, language="en", document=document) == first


def test_no_sheet_of_an_unsigned_treatment(clinician, started):
    with pytest.raises(NotNowError):
        issue_sheet(by=clinician, treatment_id=started.pk, language="en", document={})
