"""What the database itself refuses to change."""

from django.db import migrations

from facialis.clinic.kernel.append_only import refuse_changes


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("followup", "0001_initial")]

    operations = [
        refuse_changes("followup_issuedsheet"),
    ]
