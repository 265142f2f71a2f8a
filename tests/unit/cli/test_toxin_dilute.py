import json

import pytest
from typer.testing import CliRunner

from facialis.cli.toxin import app
from facialis.errors import FacialisError

BOTOX = ["--product", "Botox", "--vial", "100", "--saline", "2.5"]


def run(*options):
    return CliRunner().invoke(app, ["dilute", *options])


def printed(*options):
    outcome = run(*options)
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def as_json(*options):
    return json.loads(printed(*options, "--format", "json"))


def refusal(*options):
    error = run(*options).exception
    assert isinstance(error, FacialisError)
    return error


def line(text, start):
    return next(" ".join(found.split()) for found in text.splitlines() if found.startswith(start))


def test_table_shows_strength_marks_doses_and_sources():
    text = printed(*BOTOX, "--dose", "4", "--dose", "2.5")
    assert text.startswith("onabotulinumtoxinA (Botox)")
    assert line(text, "vial") == "vial 100 units, powder BotoxLabel, how supplied [recall-high]"
    assert line(text, "in 0.1 mL") == "in 0.1 mL 4 units"
    assert line(text, "in 1 mL") == "in 1 mL 40 units"
    assert line(text, "allowed") == "allowed 1 to 10 units in 0.1 mL Facialis, allowed strengths [design]"
    assert line(text, "usual").endswith("BotoxCosmeticLabel, preparation [recall-high]")
    assert line(text, "insulin_0_3_ml_half").startswith("insulin_0_3_ml_half 0.005 mL 0.2 units 12 units")
    assert line(text, "4 units") == "4 units 0.1 mL 10 marks 20 marks 10 marks 10 marks"
    assert line(text, "2.5 units") == (
        "2.5 units 0.0625 mL (2.4 or 2.8 units) (2.4 or 2.6 units) (2.4 or 2.8 units) (2.4 or 2.8 units)"
    )
    assert "Total 6.5 units onabotulinumtoxinA: 1 vial, 93.5 units (2.3375 mL) left over." in text
    assert "Note:" not in text


def test_small_and_large_doses_are_told_apart():
    text = printed(*BOTOX, "--dose", "0.4", "--dose", "0.2", "--dose", "15", "--dose", "100")
    assert line(text, "0.4 units") == "0.4 units 0.01 mL 1 mark 2 marks 1 mark 1 mark"
    assert "(least 0.4 units)" in line(text, "0.2 units")
    assert (
        line(text, "15 units")
        == "15 units 0.375 mL too small too small (14.8 or 15.2 units) (14.8 or 15.2 units)"
    )
    assert "115.6 units onabotulinumtoxinA: 2 vials, 84.4 units" in text
    assert "Note: 0.01 mL is less than usual for one point" in text
    assert "Note: 2.5 mL is more than usual for one point" in text


def test_generic_name_is_not_repeated_and_doses_may_be_absent():
    text = printed("--product", "onabotulinumtoxina", "--vial", "50", "--saline", "1")
    assert text.splitlines()[0].strip() == "onabotulinumtoxinA"
    assert "Doses" not in text
    assert "Total" not in text


def test_json_holds_the_same_numbers():
    found = as_json(*BOTOX[:-1], "2", "--dose", "2.5", "--syringe", "insulin_0_3_ml_half")
    assert found["product"] == "onabotulinumtoxinA"
    assert found["formulation"] == "powder"
    assert found["vial"]["amount"] == 100
    assert found["vial"]["source"]["provenance"] == "recall-high"
    assert (found["saline_ml"], found["volume_ml"]) == (2, 2)
    assert found["per_tenth_ml"] == {
        "amount": 5,
        "unit": "units onabotulinumtoxinA",
        "text": "5 units onabotulinumtoxinA",
    }
    assert found["per_ml"]["amount"] == 50
    assert found["allowed_per_tenth_ml"]["low"]["amount"] == 1
    assert found["allowed_per_tenth_ml"]["high"]["amount"] == 10
    assert found["allowed_per_tenth_ml"]["source"]["source_key"] == "Facialis"
    assert found["usual_dilutions"][0]["saline_ml"] == 2.5
    (syringe,) = found["syringes"]
    assert (syringe["syringe"], syringe["capacity_ml"], syringe["mark_ml"]) == (
        "insulin_0_3_ml_half",
        0.3,
        0.005,
    )
    assert syringe["per_mark"]["amount"] == 0.25
    (dose,) = found["doses"]
    assert (dose["text"], dose["volume_ml"]) == ("2.5 units onabotulinumtoxinA", 0.05)
    (on_syringe,) = dose["syringes"]
    assert (on_syringe["marks"], on_syringe["fits"]) == (10, True)
    assert [near["amount"] for near in on_syringe["nearest"]] == [2.5, 2.5]
    assert found["need"]["vials"] == 1
    assert (found["need"]["total"]["amount"], found["need"]["waste"]["amount"]) == (2.5, 97.5)
    assert found["need"]["waste_ml"] == 1.95
    assert found["usable_until"] is None
    assert found["notes"] == []


def test_json_without_doses_needs_no_vials():
    found = as_json(*BOTOX)
    assert (found["doses"], found["need"]) == ([], None)
    assert len(found["syringes"]) == 4


def test_json_says_where_a_dose_lies_between_marks_or_does_not_fit():
    found = as_json(*BOTOX, "--dose", "15")
    by_code = {syringe["syringe"]: syringe for syringe in found["doses"][0]["syringes"]}
    assert (by_code["insulin_0_3_ml"]["marks"], by_code["insulin_0_3_ml"]["fits"]) == (None, False)
    assert (by_code["one_ml"]["marks"], by_code["one_ml"]["fits"]) == (None, True)
    assert [near["amount"] for near in by_code["one_ml"]["nearest"]] == [14.8, 15.2]


def test_ready_solution_needs_no_saline():
    text = printed("--product", "Myobloc", "--vial", "2500")
    assert line(text, "vial").startswith("vial 2500 units, liquid")
    assert line(text, "solution") == "solution 0.5 mL"
    assert line(text, "in 0.1 mL") == "in 0.1 mL 500 units"
    assert "usual " not in text


def test_ready_vial_outside_the_tables_is_taken_as_printed():
    text = printed("--product", "Alluzience", "--vial", "125", "--volume", "0.625")
    assert line(text, "vial") == (
        "vial 125 units, liquid Facialis, as printed on the vial and typed in [design]"
    )
    assert line(text, "in 1 mL") == "in 1 mL 200 units"
    assert "Give the volume printed on it" in str(refusal("--product", "Alluzience", "--vial", "125"))


def test_volume_of_a_powder_is_wrong_usage():
    outcome = run(*BOTOX, "--volume", "1")
    assert outcome.exit_code == 2
    assert "--volume is for a ready solution" in outcome.output


def test_rounded_label_strength_is_noted():
    text = printed("--product", "Daxxify", "--vial", "100", "--saline", "1.2")
    assert "Note: The label calls this 8 units in 0.1 mL (DaxxifyLabel, preparation [found]);" in text


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--product", "filler", "--vial", "100"], "product_unknown"),
        (["--product", "botulinumtoxina", "--vial", "100"], "product_ambiguous"),
        (["--product", "Botox", "--vial", "300", "--saline", "2.5"], "vial_refused"),
        (["--product", "Botox", "--vial", "100"], "dilution_refused"),
        (["--product", "Botox", "--vial", "100", "--saline", "50"], "dilution_too_weak"),
        (["--product", "Botox", "--vial", "100", "--saline", "0.5"], "dilution_too_strong"),
        (["--product", "Botox", "--vial", "100", "--saline", "nan"], "number_not_exact"),
        ([*BOTOX, "--dose", "-1"], "dose_invalid"),
        ([*BOTOX, "--dose", "2,5"], "number_not_exact"),
        ([*BOTOX, "--dose", "2.5", "--syringe", "one_ml"], "dose_off_step"),
        ([*BOTOX, "--dose", "2.5", "--syringe", "two_ml"], "syringe_unknown"),
        ([*BOTOX, "--dose", "80", "--syringe", "one_ml"], "syringe_too_small"),
    ],
)
def test_bad_input_is_refused(options, code):
    assert refusal(*options).code == code


def test_time_of_use_is_told():
    times = ["--expires", "2026-11-30", "--diluted-at", "2026-11-22T08:00", "--at", "2026-11-22 10:00"]
    assert line(printed(*BOTOX, *times), "usable until") == (
        "usable until 23-Nov-2026 08:00, up to 24 h BotoxLabel, storage and handling [recall-high]"
    )
    assert as_json(*BOTOX, *times)["usable_until"].startswith("2026-11-23T08:00:00")


def test_use_off_the_label_is_asked_for_and_named():
    times = ["--expires", "2026-11-30", "--diluted-at", "2026-11-01T08:00", "--at", "2026-11-22T10:00"]
    assert refusal(*BOTOX, *times).code == "vial_past_hours"
    text = printed(*BOTOX, *times, "--off-label-storage")
    assert line(text, "usable until").startswith("usable until 29-Nov-2026 08:00, up to 4 weeks AlamASDS15")
    assert "Note: The time is counted by a consensus, against the label." in text
    assert "Note: The time limit of up to 4 weeks is from memory: confirm it before use." in text


def test_time_limit_from_memory_has_to_be_confirmed():
    daxxify = ["--product", "Daxxify", "--vial", "100", "--saline", "1.25"]
    times = ["--expires", "2026-11-30", "--diluted-at", "2026-11-22T08:00", "--at", "2026-11-22T10:00"]
    assert as_json(*daxxify, *times)["notes"] == [
        "The time limit of up to 72 h is from memory: confirm it before use."
    ]
    assert as_json(*BOTOX, *times)["notes"] == []


def test_expired_vial_is_refused_now_by_default():
    times = ["--expires", "2020-01-31", "--diluted-at", "2020-01-31T08:00"]
    assert refusal(*BOTOX, *times).code == "vial_expired"


def test_ready_solution_has_only_its_date():
    found = as_json(
        "--product", "Myobloc", "--vial", "2500", "--expires", "2026-11-30", "--at", "2026-11-30T10:00"
    )
    assert found["usable_until"] is None


@pytest.mark.parametrize(
    "options", [["--diluted-at", "2026-11-22T08:00"], ["--at", "2026-11-22T08:00"], ["--off-label-storage"]]
)
def test_time_without_an_expiry_date_is_wrong_usage(options):
    outcome = run(*BOTOX, *options)
    assert outcome.exit_code == 2
    assert "can be checked only with --expires" in outcome.output


def test_expiry_date_of_a_diluted_vial_needs_the_time_of_dilution():
    outcome = run(*BOTOX, "--expires", "2026-11-30")
    assert outcome.exit_code == 2
    assert "--expires needs --diluted-at" in outcome.output
