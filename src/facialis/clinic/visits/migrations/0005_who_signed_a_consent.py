"""Who signed a consent: the patient, or a representative."""

from django.db import migrations, models

from facialis.clinic.kernel.append_only import refuse_changes

_DECISIONS = refuse_changes("visits_consent")


class Migration(migrations.Migration):
    """SQLite makes the table anew for a field, without its triggers: they are taken off and put on again."""

    dependencies = [("visits", "0004_signed_notes_immutable")]

    operations = [
        migrations.RunPython(_DECISIONS.reverse_code, _DECISIONS.code),
        migrations.AddField(
            "consent",
            "signed_by",
            models.CharField(
                "signed by",
                choices=[("patient", "the patient"), ("representative", "a representative of the patient")],
                default="patient",
                max_length=20,
            ),
        ),
        migrations.AddField(
            "consent",
            "representation",
            models.CharField(blank=True, default="", max_length=200),
        ),
        _DECISIONS,
    ]
