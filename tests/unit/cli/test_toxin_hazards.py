import json

import pytest
import typer
from typer.testing import CliRunner

from facialis.cli.toxin.hazard_view import event_row, frequency_text
from facialis.cli.toxin.hazards import CLOSING, hazards
from facialis.toxins.adverse_events import adverse_events
from facialis.toxins.contraindications import contraindications
from facialis.toxins.emergency import emergency_signs
from facialis.toxins.interactions import drug_interactions

EVENTS = {event.code: event for event in adverse_events()}
app = typer.Typer()
app.command()(hazards)


def printed(*arguments):
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return [line.rstrip() for line in result.stdout.splitlines()]


def as_json(*arguments):
    return json.loads("\n".join(printed(*arguments, "--format", "json")))


def codes(found):
    return [item["code"] for item in found]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ptosis_glabella_onab", "3 %"),
        ("ptosis_glabella_repeat_daxi", "1 %, of 2691"),
        ("drinking_perioral", "50 %, 9 of 18, at 112.5 units abobotulinumtoxinA"),
        ("drooling_smile_interval", "4.7 to 50.8 %, exact 95 % interval, 3 of 14"),
        ("antibodies_type_a_pooled", "1.8 %, 1.2 to 2.3 %, 95 % interval"),
        ("bruising_any", "1 to 10 %"),
        ("dysphagia_platysma", "grows with the dose, above 40 to 50 units onabotulinumtoxinA"),
    ],
)
def test_how_often(code, text):
    assert frequency_text(EVENTS[code]) == text


def test_a_row_names_the_product_where_the_source_does():
    assert event_row(EVENTS["headache_daxi"]) == (
        "headache",
        "6 %",
        "glabellar lines, one treatment (daxibotulinumtoxinA)",
        "DaxxifyLabel\n[found]",
    )
    assert event_row(EVENTS["thinning"])[2] == "repeated treatment"


def test_every_section_is_printed_stops_first_and_what_is_from_memory_is_said():
    lines = printed()
    titles = ["Adverse events", "Conditions", "Drugs, whatever the muscle", "Signs of emergency"]
    assert [line for line in lines if line in titles] == titles
    assert " ".join(lines[-2:]) == CLOSING
    start = lines.index("Conditions")
    assert lines[start + 2].startswith("hypersensitivity_toxin         stop    Do not inject.")
    assert lines[start + 3].endswith("[found]")


def test_everything_as_json():
    found = as_json()
    assert found["product"] is None
    assert codes(found["adverse_events"]) == [event.code for event in adverse_events()]
    assert sorted(codes(found["conditions"])) == sorted(rule.code for rule in contraindications())
    assert codes(found["drugs"]) == [rule.code for rule in drug_interactions()]
    assert codes(found["emergency_signs"]) == [sign.code for sign in emergency_signs()]
    actions = [rule["action"] for rule in found["conditions"]]
    assert actions == sorted(actions, key=["stop", "warn", "none"].index)


def test_a_muscle_leaves_out_what_is_tied_to_another():
    found = as_json("--muscle", "platysma")
    assert found["targets"] == ["platysma"]
    assert "dysphagia_platysma" in codes(found["adverse_events"])
    assert "ptosis_glabella_onab" not in codes(found["adverse_events"])
    assert "thinning" in codes(found["adverse_events"])
    assert "dysphagia" in codes(found["conditions"])
    assert "dry_eye" not in codes(found["conditions"])
    assert "pregnancy" in codes(found["conditions"])


def test_a_group_of_muscles_lists_each_event_once():
    found = codes(as_json("--muscle", "OOC")["adverse_events"])
    assert "ptosis_blepharospasm" in found
    assert "diplopia_periocular" in found
    assert len(found) == len(set(found))


def test_a_product_leaves_out_conditions_of_others_but_no_adverse_event():
    found = as_json("--product", "Daxxify")
    assert found["product"] == "daxibotulinumtoxinA"
    assert not {"albumin_allergy", "cow_milk_allergy"} & set(codes(found["conditions"]))
    assert len(found["adverse_events"]) == len(EVENTS)
    assert "cow_milk_allergy" in codes(as_json("--product", "Dysport")["conditions"])


def test_rows_as_json():
    found = as_json()
    event = next(e for e in found["adverse_events"] if e["code"] == "dysphagia_platysma")
    unit = "units onabotulinumtoxinA"
    assert event["dose"] == {
        "low": {"amount": 40, "unit": unit, "text": f"40 {unit}"},
        "high": {"amount": 50, "unit": unit, "text": f"50 {unit}"},
        "relation": "above",
    }
    assert event["targets"] == ["platysma"]
    assert event["interval_pct"] is None
    pooled = next(e for e in found["adverse_events"] if e["code"] == "antibodies_type_a_pooled")
    assert pooled["interval_pct"] == {"low": 1.2, "high": 2.3, "kind": "confidence_95"}
    assert pooled["rate_pct"] == 1.8
    assert pooled["dose"] is None
    drooling = next(e for e in found["adverse_events"] if e["code"] == "drooling_smile")
    assert (drooling["count"], drooling["denominator"], drooling["side_role"]) == (3, 14, "healthy")
    albumin = next(r for r in found["conditions"] if r["code"] == "albumin_allergy")
    assert albumin["allergen"] == "human_albumin"
    assert albumin["basis"] == "contraindication"
    drug = next(r for r in found["drugs"] if r["code"] == "aminoquinolines")
    assert drug["members"] == ["chloroquine", "hydroxychloroquine"]
    assert drug["source"]["provenance"] == "recall-medium"
    sign = found["emergency_signs"][0]
    assert (sign["code"], sign["urgency"], sign["in_boxed_warning"]) == (
        "trouble_swallowing",
        "emergency",
        True,
    )
