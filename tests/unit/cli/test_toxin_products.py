import json

import pytest
from typer.testing import CliRunner

from facialis.cli.toxin import app
from facialis.cli.toxin.product_view import duration_text, label_dose_text
from facialis.evidence import Citation, Provenance
from facialis.toxins import ToxinProduct
from facialis.toxins.durations import EffectDuration, HalfLifeClass
from facialis.toxins.errors import UnknownProductError
from facialis.toxins.labels import label_doses

CITATION = Citation("Facialis", "here", Provenance.DESIGN, "adults")


def printed(*arguments):
    outcome = CliRunner().invoke(app, ["products", *arguments])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_all_products_are_listed_in_one_piece():
    text = printed()
    for product in ToxinProduct:
        assert sum(found.startswith(product.value) for found in text.splitlines()) == 1
    daxi = next(found for found in text.splitlines() if found.startswith("daxi"))
    assert daxi.split() == [
        *["daxibotulinumtoxinA", "Daxxify", "A,", "powder", "50,", "100", "40", "units"],
        *["up", "to", "72", "h", "neither"],
    ]
    assert "[recall-medium]" in text
    rima = next(found for found in text.splitlines() if found.startswith("rima"))
    assert " none " in rima
    assert "human albumin" in rima
    assert "Units of two products are not interchangeable" in text


def test_one_product_shows_every_number_with_source_and_tag():
    lines = [" ".join(found.split()) for found in printed("DYSPORT").splitlines()]
    text = " ".join(lines)
    assert lines[0] == "abobotulinumtoxinA"
    assert "brands Dysport, Azzalure, Alluzience" in lines
    assert "125 units" in text
    assert "usual dilution 300 units with 2.5 mL: 12 units" in text
    assert "label dose, glabella 50 units: 5 points of 10 units" in text
    assert "cow's-milk protein yes" in text
    assert "HCPCS J0586 (5 units each)" in text
    assert "NDC 15054-0530 (Dysport)" in text
    assert "least interval 12 weeks (between two sessions, of" in text
    assert "[found]" in text
    assert text.count("not lactose intolerance") == 0
    assert "lactose intolerance is not" in text
    assert lines[-1].startswith("Units of two products are not interchangeable")


def test_repeated_heading_and_note_are_written_once():
    text = printed("Botox")
    assert text.count("One of three totals") == 1
    assert sum(found.startswith("vial ") for found in text.splitlines()) == 1
    assert "excipient                          human albumin, 0.5 mg in 100 units" in text


def test_volume_of_a_ready_vial_is_shown():
    assert "2500 units in 0.5 mL" in printed("rima")


def test_json_of_all_is_a_list_and_of_one_an_object():
    everything = json.loads(printed("--format", "json"))
    assert [found["product"] for found in everything] == [product.value for product in ToxinProduct]
    assert json.loads(printed("Botox", "--format", "json")) == everything[0]


def test_json_holds_every_field():
    found = json.loads(printed("Botox", "--format", "json"))
    assert found["brands"] == ["Botox", "Botox Cosmetic", "Vistabel"]
    assert (found["serotype"], found["half_life_class"], found["formulation"]) == ("A", "A", "powder")
    assert found["source"]["source_key"] == "BotoxLabel"
    assert [vial["content"]["amount"] for vial in found["vials"]] == [50, 100, 200]
    assert found["vials"][0]["contents_ml"] is None
    assert found["usual_dilutions"][0]["stated_per_tenth_ml"]["amount"] == 4
    assert found["allowed_per_tenth_ml"]["high"]["text"] == "10 units onabotulinumtoxinA"
    assert found["storage"][0] == {
        "state": "unopened",
        "quantity": "temperature",
        "low": 2,
        "high": 8,
        "unit": "degC",
        "source": {
            "source_key": "BotoxLabel",
            "locator": "storage and handling",
            "provenance": "recall-high",
            "population": "adults; the product as licensed in the United States",
            "note": "",
        },
    }
    glabella = found["label_doses"][0]
    assert (glabella["site"], glabella["variant"], glabella["points"]) == ("glabella", "standard", 5)
    assert (glabella["per_point_low"]["amount"], glabella["total"]["amount"]) == (4, 20)
    assert glabella["volume_per_point_ml"] == 0.1
    limits = {(limit["limit"], limit["scope"]): limit for limit in found["label_limits"]}
    cumulative = limits["most_units_in_window", "all indications together"]
    assert (cumulative["value"], cumulative["window"], cumulative["window_unit"]) == (400, 3, "months")
    assert [limit["any_product"] for limit in found["label_limits"]] == [*(5 * [False]), True]
    assert [duration["value"] for duration in found["durations"]] == [31, None]
    assert (found["durations"][1]["low"], found["durations"][1]["high"]) == (3, 4)
    assert found["excipients"][0]["amount"] == 0.5
    assert found["excipients"][0]["per_vial_units"] == 100
    assert {a["allergen"]: a["present"] for a in found["allergens"]} == {
        "human_albumin": True,
        "cow_milk_protein": False,
    }
    codes = {code["system"]: code for code in found["codes"]}
    assert codes["HCPCS"]["amount_per_code"]["amount"] == 1
    assert codes["NDC"]["brand"] == "Botox Cosmetic"
    assert codes["ATC"]["amount_per_code"] is None


def test_unknown_name_is_refused():
    outcome = CliRunner().invoke(app, ["products", "filler"])
    assert isinstance(outcome.exception, UnknownProductError)


@pytest.mark.parametrize(
    ("index", "text"),
    [
        (0, "20 units: 5 points of 4 units in 0.1 mL"),
        (1, "24 units: 6 points of 4 units"),
        (3, "26 units"),
        (6, "1.25 to 2.5 units at a point"),
    ],
)
def test_label_dose_is_told_as_far_as_the_label_goes(index, text):
    assert label_dose_text(label_doses(ToxinProduct.ONABOTULINUMTOXIN_A)[index]) == text


def test_duration_without_a_number_says_so():
    duration = EffectDuration(HalfLifeClass.A, None, "q", "s", None, (None, None), "d", CITATION)
    assert duration_text(duration) == "not stated"
