"""Somebody with the database's files changes it; the verification finds it."""

import io
from datetime import date
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from facialis.clinic.audit import actions
from facialis.clinic.audit.actions import record, sha256_of, sign
from facialis.clinic.audit.models import AuditEntry, AuditHead, Signature, Verb
from facialis.clinic.audit.verification import BATCH, all_problems
from facialis.clinic.grading.models import Grading
from facialis.clinic.plans.models import Plan
from tests.factories import clinic as made
from tests.unit.clinic.audit.conftest import a_signed_note, break_in, signed_treatment, stored, verify

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("written")
def test_what_nobody_touched_is_whole():
    said = io.StringIO()
    call_command("verify_audit", stdout=said)
    last = AuditEntry.objects.order_by("number").last()
    assert said.getvalue() == f"6 entries, all as they were written; the last hash is {last.own_hash}.\n"


def test_an_empty_clinic_is_whole():
    said = io.StringIO()
    call_command("verify_audit", stdout=said)
    assert said.getvalue().startswith("0 entries")


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("what", "page.home"), ("verb", "export"), ("actor_name", "Somebody Else"), ("actor_id", None),
        ("clinic_id", None), ("record", "7"), ("patient", "b0050cf8b3a9486aa7531f12ffcb8194"),
        ("details", "{}"), ("at", "2020-01-01 00:00:00"),
    ],
)  # fmt: skip
def test_a_changed_entry_is_found(column, value):
    break_in(f"UPDATE audit_auditentry SET {column} = %s WHERE number = 3", value)  # noqa: S608  names of ours
    assert verify() == "Entry 3 was changed: it does not have its own hash.\n"


@pytest.mark.usefixtures("written")
def test_a_changed_entry_with_a_new_hash_is_found_by_the_next():
    entry = AuditEntry.objects.get(number=3)
    entry.what = "page.home"
    from facialis.clinic.audit.actions import hash_of

    break_in(
        "UPDATE audit_auditentry SET what = %s, own_hash = %s WHERE number = 3", "page.home", hash_of(entry)
    )
    assert verify() == "Entry 4 does not follow entry 3: its hash of the one before differs.\n"


@pytest.mark.usefixtures("written")
def test_a_removed_entry_is_found():
    break_in("DELETE FROM audit_auditentry WHERE number = 3")
    assert verify() == "Entries 3 to 3 are missing.\n"


@pytest.mark.usefixtures("written")
def test_a_cut_off_end_is_found():
    break_in("DELETE FROM audit_auditentry WHERE number >= 5")
    assert "The last entry is 4, but 6 were written" in verify()


@pytest.mark.usefixtures("written")
def test_a_cut_off_end_with_a_corrected_head_is_found_where_a_signature_is_left():
    fourth = AuditEntry.objects.get(number=4)
    break_in("DELETE FROM audit_auditentry WHERE number >= 5")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_audithead SET number = 4, own_hash = %s", [fourth.own_hash])
    assert "the audit has no entry of it" in verify()


@pytest.mark.usefixtures("written")
def test_a_rewritten_head_is_found():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_audithead SET own_hash = %s", ["f" * 64])
    assert "does not have the hash of the last entry" in verify()


@pytest.mark.usefixtures("written")
def test_a_missing_head_is_found():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_audithead")
    assert "head of the chain is missing" in verify()


@pytest.mark.usefixtures("written")
def test_a_head_put_back_is_found():
    fourth = AuditEntry.objects.get(number=4)
    AuditHead.objects.update(number=4, own_hash=fourth.own_hash)
    assert verify() == "The last entry is 6, but the head of the chain was put back before it.\n"


def test_a_changed_signed_document_is_found(written):
    break_in(
        "UPDATE audit_signature SET document = %s",
        '{"choices": [], "side": "RIGHT"}',
        table="audit_signature",
    )
    assert (
        verify()
        == f"Signature {written.pk} of visits.note {written.record}: the signed document was changed.\n"
    )


@pytest.mark.usefixtures("written")
def test_a_changed_document_with_a_new_hash_is_found_by_the_audit():
    document = '{"choices":[],"side":"RIGHT"}'
    break_in(
        "UPDATE audit_signature SET document = %s, document_sha256 = %s",
        document,
        sha256_of({"choices": [], "side": "RIGHT"}),
        table="audit_signature",
    )
    assert "the audit has no entry of it, or another hash" in verify()


OTHER_KEY = "b0050cf8-b3a9-486a-a753-1f12ffcb8194"


@pytest.mark.parametrize(
    ("column", "value", "part"),
    [
        ("signer_name", "Dr Somebody Else", "name"),
        ("signer_role", "nurse", "role"),
        ("at", "2020-01-01 00:00:00", "at"),
        ("meaning", "I have read this plan", "meaning"),
        ("method", "password", "method"),
        ("what", "plans.other", "kind"),
    ],
)
def test_a_changed_word_of_a_signature_is_found(signed_plan, column, value, part):
    break_in(f"UPDATE audit_signature SET {column} = %s", value, table="audit_signature")  # noqa: S608  names of ours
    what = "plans.other" if column == "what" else "plans.plan"
    name = f"Signature {signed_plan.signature_id} of {what} {signed_plan.pk}"
    assert verify() == f"{name}: {part} is not what the audit says.\n"


def test_another_signer_is_found(signed_plan, by):
    other = made.user(by.clinic)
    break_in("UPDATE audit_signature SET signer_id = %s", other.pk, table="audit_signature")
    assert verify().endswith(f"{signed_plan.pk}: signer is not what the audit says.\n")


def test_another_clinic_of_a_signature_is_found(signed_plan):
    break_in("UPDATE audit_signature SET clinic_id = %s", made.clinic().pk, table="audit_signature")
    assert verify().endswith(f"{signed_plan.pk}: clinic is not what the audit says.\n")


@pytest.mark.usefixtures("signed_plan")
@pytest.mark.parametrize("part", ["record", "patient"])
def test_another_record_or_patient_of_a_signature_is_found(part):
    break_in(f"UPDATE audit_signature SET {part} = %s", stored(OTHER_KEY), table="audit_signature")  # noqa: S608
    assert f": {part} is not what the audit says.\n" in verify()


def test_an_entry_of_an_earlier_version_is_compared_on_what_it_says(by, monkeypatch):
    def as_before(*args, details, **values):
        return record(*args, details={part: details[part] for part in ("signature", "sha256")}, **values)

    monkeypatch.setattr(actions, "record", as_before)
    a_signed_note(by)
    assert set(AuditEntry.objects.get(verb="sign").details) == {"signature", "sha256"}
    assert list(all_problems()) == []
    break_in("UPDATE audit_signature SET signer_name = 'Dr Somebody Else'", table="audit_signature")
    assert verify().endswith(": name is not what the audit says.\n")


@pytest.mark.usefixtures("written")
def test_a_second_entry_of_a_signature_proves_nothing(by):
    signature, document = Signature.objects.get(), {"choices": []}
    details = {"signature": str(signature.pk), "sha256": sha256_of(document)}
    record(
        Verb.SIGN, signature.what, by=by, record_id=signature.record, patient_id=signature.patient,
        details=details,
    )  # fmt: skip
    break_in(
        "UPDATE audit_signature SET document = %s, document_sha256 = %s", '{"choices": []}',
        details["sha256"], table="audit_signature",
    )  # fmt: skip
    assert "the audit has no entry of it, or another hash" in verify()


def test_a_removed_signature_is_found(written):
    break_in("DELETE FROM visits_visitnote", table="visits_visitnote")
    break_in("DELETE FROM audit_signature", table="audit_signature")
    assert verify() == f"Signature {written.pk}: the audit has it, and the signature itself is missing.\n"


@pytest.fixture
def signed_plan(by):
    visit = made.visit(made.palsy(made.patient(by)).patient)
    key, choices = uuid4(), [{"target": "corrugator", "side": "left", "point": 1, "amount": "2.5"}]
    document = {
        "plan": str(key), "visit": str(visit.pk), "choices": choices, "reasons": {},
        "read_back": {"product": "onabotulinumtoxinA", "day": "2026-03-02"},
    }  # fmt: skip
    signature = sign(
        "plans.plan", by=by, record_id=key, patient_id=visit.patient_id, meaning="I stand for this plan",
        method="passkey", document=document,
    )  # fmt: skip
    return Plan.objects.create(
        id=key, visit=visit, status="active", product="onabotulinumtoxinA", day=date(2026, 3, 2),
        choices=choices, signature=signature, created_by=by,
    )  # fmt: skip


@pytest.mark.usefixtures("signed_plan")
def test_a_signed_plan_as_it_was_signed_is_whole():
    assert list(all_problems()) == []


def test_a_dose_changed_after_signing_is_found(signed_plan):
    changed = '[{"target": "corrugator", "side": "left", "point": 1, "amount": "25"}]'
    break_in("UPDATE plans_plan SET choices = %s", changed, table="plans_plan")
    assert verify() == f"Plan {signed_plan.pk}: choices is not what was signed.\n"
    assert Signature.objects.count() == 1


@pytest.mark.parametrize(("column", "value"), [("product", "abobotulinumtoxinA"), ("day", "2026-03-09")])
def test_another_product_or_day_of_a_signed_plan_is_found(signed_plan, column, value):
    break_in(f"UPDATE plans_plan SET {column} = %s", value, table="plans_plan")  # noqa: S608  names of ours
    assert verify() == f"Plan {signed_plan.pk}: {column} is not what was signed.\n"


def test_a_signed_plan_moved_to_another_visit_is_found(signed_plan):
    visit = made.visit(signed_plan.visit.patient, date(2026, 3, 9))
    break_in("UPDATE plans_plan SET visit_id = %s", stored(str(visit.pk)), table="plans_plan")
    assert verify() == f"Plan {signed_plan.pk}: visit is not what was signed.\n"


def test_a_record_moved_to_another_patient_is_found(by, signed_note):
    other = made.visit(made.patient(by))
    break_in("UPDATE visits_visitnote SET visit_id = %s", stored(str(other.pk)), table="visits_visitnote")
    name = f"Signature {signed_note.signature_id} of visits.note {signed_note.pk}"
    assert verify() == f"{name}: its record is of another patient, {other.patient_id}.\n"


def test_a_removed_signed_record_is_found(signed_note):
    break_in("DELETE FROM visits_visitnote", table="visits_visitnote")
    name = f"Signature {signed_note.signature_id} of visits.note {signed_note.pk}"
    assert verify() == f"{name}: no record carries it.\n"


def test_a_signature_taken_from_its_record_is_found(signed_plan):
    break_in("UPDATE plans_plan SET signature_id = NULL, status = 'revoked'", table="plans_plan")
    name = f"Signature {signed_plan.signature_id} of plans.plan {signed_plan.pk}"
    assert verify() == f"{name}: no record carries it.\n"


def test_a_signature_under_two_records_is_found(by, signed_note):
    copy = Grading.objects.create(
        visit=signed_note.visit, instrument="eface", status="final", by=by, signature=signed_note.signature
    )
    name = f"Signature {signed_note.signature_id} of visits.note {signed_note.pk}"
    assert verify().splitlines() == [
        f"{name}: 2 records carry it.",
        f"Grading {copy.pk}: its signature belongs to another record, {signed_note.pk}.",
    ]


def test_the_walk_takes_few_queries(by, django_assert_max_num_queries):
    for _ in range(30):
        record(Verb.READ, "page.patient", by=by)
    assert BATCH > 30
    with django_assert_max_num_queries(16):
        assert list(all_problems()) == []


def test_a_signature_put_under_another_plan_is_found(signed_plan, by):
    other = sign(
        "plans.plan", by=by, record_id=uuid4(), patient_id=signed_plan.visit.patient_id, meaning="m",
        method="password", document={"choices": signed_plan.choices},
    )  # fmt: skip
    break_in("UPDATE plans_plan SET signature_id = %s", other.pk.hex, table="plans_plan")
    assert verify().splitlines() == [
        f"Signature {signed_plan.signature_id} of plans.plan {signed_plan.pk}: no record carries it.",
        f"Plan {signed_plan.pk}: its signature belongs to another record, {other.record}.",
    ]


@pytest.fixture
def signed_note(by):
    return a_signed_note(by)


def test_a_note_changed_after_signing_is_found(signed_note):
    assert list(all_problems()) == []
    break_in("UPDATE visits_visitnote SET text = %s", "All is bad.", table="visits_visitnote")
    assert verify() == f"Note {signed_note.pk}: text is not what was signed.\n"


@pytest.mark.parametrize(
    "document", ['{"vial": 7}', '{"points": [7]}', '{"points": null}', "[7]", '"no"', "7"]
)
def test_a_document_of_another_form_is_named_and_the_rest_compared(by, document):
    note, treatment = a_signed_note(by), signed_treatment(by)
    break_in(
        "UPDATE audit_signature SET document = %s WHERE what = 'treatments.treatment'", document,
        table="audit_signature",
    )  # fmt: skip
    break_in("UPDATE visits_visitnote SET text = %s", "All is bad.", table="visits_visitnote")
    assert verify().splitlines()[1:] == [
        f"Treatment {treatment.pk}: the document that was signed cannot be read.",
        f"Note {note.pk}: text is not what was signed.",
    ]


class Meanwhile:
    """Does something just before one of the queries that are made, from 0."""

    def __init__(self, act, before):
        self.act, self.before, self.count = act, before, 0

    def __call__(self, execute, *query):
        self.count += 1
        if self.count == self.before + 1:
            self.act()
        return execute(*query)


@pytest.mark.parametrize("is_empty", [False, True])
@pytest.mark.parametrize("before", range(16))
def test_who_signs_during_the_verification_raises_no_alarm(by, before, is_empty):
    if not is_empty:
        a_signed_note(by)
    meanwhile = Meanwhile(lambda: a_signed_note(by), before)
    with connection.execute_wrapper(meanwhile):
        assert list(all_problems()) == []
    assert list(all_problems()) == []


@pytest.mark.usefixtures("written")
def test_the_command_names_a_hash_that_it_walked(by):
    last = AuditEntry.objects.get(number=6)
    said = io.StringIO()
    meanwhile = Meanwhile(lambda: record(Verb.READ, "page.patient", by=by), 1)
    with connection.execute_wrapper(meanwhile):
        call_command("verify_audit", stdout=said)
    assert AuditHead.objects.get().number == 7
    assert f"6 entries, all as they were written; the last hash is {last.own_hash}" in said.getvalue()
