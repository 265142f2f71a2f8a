import pytest
from django.db import DatabaseError, transaction

from facialis.clinic.audit.actions import hash_of, record
from facialis.clinic.audit.models import AuditEntry, Verb
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db


def test_each_entry_holds_the_hash_of_the_one_before():
    by = made.user(made.clinic())
    first, second = (record(Verb.READ, "page.patient", by=by) for _ in range(2))
    assert second.previous_hash == first.own_hash
    assert second.number == first.number + 1
    assert hash_of(AuditEntry.objects.get(pk=second.pk)) == second.own_hash


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_an_entry(change):
    record(Verb.READ, "page.patient", by=made.user(made.clinic()))
    rows = AuditEntry.objects.all()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(what="other") if change == "update" else rows.delete()
    assert rows.get().what == "page.patient"
