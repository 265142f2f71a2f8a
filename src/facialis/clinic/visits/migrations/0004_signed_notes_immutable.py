"""A signed note is never changed."""

from django.db import migrations

from facialis.clinic.kernel.append_only import refuse_changes


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("visits", "0003_signed_notes")]

    operations = [refuse_changes("visits_visitnote")]
