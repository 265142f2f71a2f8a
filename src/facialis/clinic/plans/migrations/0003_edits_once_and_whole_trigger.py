from django.db import migrations, models

from facialis.clinic.kernel.append_only import refuse_changes

_EDITS = refuse_changes("plans_planedit")
_BEFORE = refuse_changes(
    "plans_plan",
    once="OLD.signature_id IS NOT NULL",
    columns=("visit_id", "product", "day", "choices", "judged", "reasons", "signature_id", "inputs"),
)
_WHOLE = refuse_changes(
    "plans_plan",
    once="OLD.signature_id IS NOT NULL",
    columns=(
        "visit_id",
        "product",
        "day",
        "prerequisites",
        "ranges_confirmed_by_id",
        "override",
        "proposal",
        "proposal_status",
        "planner_key",
        "inputs",
        "choices",
        "judged",
        "reasons",
        "signature_id",
        "amends_id",
        "copied_from_id",
        "created_by_id",
        "created_at",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_immutable")]

    operations = [
        # SQLite makes a table anew for a changed column, and its triggers go with the old one: they are taken
        # off before and put on after, on every database alike.
        migrations.RunPython(_EDITS.reverse_code, _EDITS.code),
        migrations.AddField(model_name="planedit", name="key", field=models.UUIDField(null=True)),
        migrations.AddField(
            model_name="planedit", name="plan_version", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddConstraint(
            model_name="planedit",
            constraint=models.UniqueConstraint(fields=("plan", "key"), name="plan_edit_once"),
        ),
        _EDITS,
        migrations.RunPython(_BEFORE.reverse_code, _BEFORE.code),
        _WHOLE,
    ]
