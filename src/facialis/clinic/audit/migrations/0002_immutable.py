"""What the database itself refuses to change."""

from django.db import migrations

from facialis.clinic.kernel.append_only import refuse_changes


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("audit", "0001_initial")]

    operations = [
        refuse_changes("audit_auditentry"),
        refuse_changes("audit_signature"),
    ]
