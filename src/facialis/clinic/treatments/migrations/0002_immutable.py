"""What the database itself refuses to change."""

from django.db import migrations

from facialis.clinic.kernel.append_only import refuse_changes


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("treatments", "0001_initial")]

    operations = [
        refuse_changes(
            "treatments_treatment",
            once="OLD.signature_id IS NOT NULL",
            columns=("plan_id", "vial_id", "syringe", "given_at", "note", "signature_id"),
        ),
        refuse_changes("treatments_treatmentpoint", once="OLD.is_signed"),
    ]
