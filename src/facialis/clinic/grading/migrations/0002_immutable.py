"""What the database itself refuses to change."""

from django.db import migrations

from facialis.clinic.kernel.append_only import refuse_changes


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("grading", "0001_initial")]

    operations = [
        refuse_changes(
            "grading_grading",
            once="OLD.finalised_at IS NOT NULL",
            columns=("visit_id", "instrument", "answers", "result", "finalised_by_id", "finalised_at"),
        ),
    ]
