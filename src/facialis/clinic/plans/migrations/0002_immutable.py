"""What the database itself refuses to change."""

from django.db import migrations

from facialis.clinic.kernel.append_only import refuse_changes


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("plans", "0001_initial")]

    operations = [
        refuse_changes("plans_planedit"),
        refuse_changes(
            "plans_plan",
            once="OLD.signature_id IS NOT NULL",
            columns=("visit_id", "product", "day", "choices", "judged", "reasons", "signature_id", "inputs"),
        ),
    ]
