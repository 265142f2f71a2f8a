"""A final grading carries its signature, and nothing of it changes afterwards."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from facialis.clinic.kernel.append_only import refuse_changes

_BEFORE = refuse_changes(
    "grading_grading",
    once="OLD.finalised_at IS NOT NULL",
    columns=("visit_id", "instrument", "answers", "result", "finalised_by_id", "finalised_at"),
)
_WHOLE = refuse_changes(
    "grading_grading",
    once="OLD.signature_id IS NOT NULL",
    columns=(
        "visit_id",
        "instrument",
        "answers",
        "result",
        "suggested",
        "amends_id",
        "by_id",
        "finalised_by_id",
        "finalised_at",
        "signature_id",
    ),
)


class Migration(migrations.Migration):
    """Column, constraint, triggers."""

    dependencies = [("audit", "0002_immutable"), ("grading", "0002_immutable")]

    operations = [
        # SQLite may make the table anew, and triggers go with the old one: off before, on after.
        migrations.RunPython(_BEFORE.reverse_code, _BEFORE.code),
        migrations.AddField(
            "grading",
            "signature",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="audit.signature",
            ),
        ),
        migrations.AddField(
            "historicalgrading",
            "signature",
            models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="audit.signature",
            ),
        ),
        migrations.AddConstraint(
            "grading",
            models.CheckConstraint(
                condition=Q(status="preliminary") | Q(status="entered_in_error") | Q(signature__isnull=False),
                name="grading_final_is_signed",
            ),
        ),
        _WHOLE,
    ]
