import json

import pytest
from typer.testing import CliRunner

from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.muscles import muscles
from facialis.cli.anatomy import app
from facialis.evidence import Provenance


def run(*arguments):
    outcome = CliRunner().invoke(app, ["list", *arguments])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def read(*arguments):
    return json.loads(run(*arguments, "--format", "json"))


def test_muscles_are_what_is_listed_unless_told_otherwise():
    assert run() == run("muscles")
    shown = run()
    for record in muscles():
        assert f"{record.abbreviation} " in shown
    assert "(NEVER" in shown


def test_a_list_of_muscles_shows_no_choice_of_ours_under_a_textbook_source():
    for record in muscles():
        for share in record.branches:
            if share.weight != 1:
                assert str(share.weight) not in run()


@pytest.mark.parametrize(
    ("topic", "headings"),
    [
        (
            "branches",
            ["Terminal branches", "How often neighbours are joined", "The way of the nerve", "Early twigs"],
        ),
        ("expressions", ["What a healthy face commands", "not photographed", "What the instruments ask for"]),
        ("synkinesis", ["Usual synkinesis", "How it comes about", "Numbers"]),
    ],
)
def test_topics_have_their_tables_and_every_row_its_tag(topic, headings):
    shown = run(topic)
    for heading in headings:
        assert heading in shown
    assert any(f"[{tag.value}]" in shown for tag in Provenance)
    assert "\\[" not in shown


def test_branches_show_lengths_with_their_unit_and_ranges():
    shown = run("branches")
    assert "115 mm" in shown
    assert "80 to 120 mm" in shown
    assert "0.7 to 0.9" in shown
    assert "7000 to 10000" in shown


def test_expressions_show_strengths_by_abbreviation_and_who_asks():
    lines = run("expressions").splitlines()
    row = next(line for line in lines if line.startswith("brow_raise"))
    assert row.split() == ["brow_raise", "FRO", "1", "sunnybrook,", "eface,", "photographs"]
    assert "nothing: resting tone only" in next(line for line in lines if line.startswith("rest "))


def test_one_muscle_is_told_wholly():
    shown = run("--muscle", "zmj")
    assert "Zygomaticus major (ZMJ)" in shown
    assert "buccal 2/3 of its drive" in shown
    assert "Facialis [design]" in shown
    assert "forward -0.48" in shown
    assert "open_smile 1 (leads)" in shown
    assert "brow_raise (the commissure rises)" in shown
    assert "yes" in shown


def test_the_levator_is_shown_as_never_a_target():
    shown = run("--muscle", "LPS")
    assert "NEVER" in shown
    assert "oculomotor" in shown
    assert "number" not in shown


def test_what_is_not_stated_is_said():
    shown = run("--muscle", "DSN")
    assert shown.count("not stated") == 2


def test_json_of_all_muscles_is_exact():
    listed = read()["muscles"]
    assert [record["muscle"] for record in listed] == [name.value for name in Muscle]
    assert listed[0]["branches"][0]["weight"] == "1"
    assert listed[2]["branches"][0]["weight"] == "1/3"
    assert listed[24]["is_target"] is False
    assert listed[24]["number"] is None
    assert listed[0]["citation"] == {
        "source_key": "AnatomyTexts",
        "locator": "facial nerve and muscles of expression",
        "provenance": "recall-high",
        "population": "general anatomy of the adult face",
        "note": "",
    }


def test_json_of_one_muscle_adds_what_other_tables_say_of_it():
    told = read("--muscle", "MEN")
    assert told["opposing_muscles"] == ["depressor_labii_inferioris", "platysma"]
    assert [(each["expression"], each["strength_frac"]) for each in told["commands"]] == [("pucker", 0.3)]
    assert {each["expression"] for each in told["moves_unasked"]} == {
        "gentle_eye_closure",
        "tight_eye_closure",
        "closed_smile",
        "open_smile",
    }


@pytest.mark.parametrize(
    ("topic", "counts"),
    [
        ("branches", {"branches": 5, "segments": 8, "early_twigs": 6}),
        ("expressions", {"commands": 41, "not_photographed": 7, "uses": 22}),
        ("synkinesis", {"pairs": 18, "mechanisms": 3, "values": 2}),
    ],
)
def test_json_of_a_topic_is_whole(topic, counts):
    told = read(topic)
    assert {name: len(told[name]) for name in counts} == counts


def test_json_of_the_nerve_keeps_a_range_a_range():
    told = read("branches")
    assert (told["fibre_count"]["value"], told["fibre_count"]["interval"]) == (None, [7000, 10000])
    assert told["path_length"]["interval"] == [80, 120]


def test_muscle_goes_with_muscles_only():
    outcome = CliRunner().invoke(app, ["list", "branches", "--muscle", "ZMJ"], terminal_width=160)
    assert outcome.exit_code == 2
    assert "--muscle goes with the topic muscles, not with branches" in outcome.stderr


def test_unknown_muscle_is_an_error_that_names_the_nearest():
    outcome = CliRunner().invoke(app, ["list", "--muscle", "zygomatcus_major"])
    assert outcome.exit_code == 1
    assert "Did you mean zygomaticus_major" in str(outcome.exception)
