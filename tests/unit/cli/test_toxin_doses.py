import json

import pytest
from typer.testing import CliRunner

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.lookup import UnknownNameError
from facialis.cli.toxin import app
from facialis.cli.toxin.target_names import NoTargetError, targets_named
from facialis.toxins.dose_ranges import UnknownDoseSourceError
from facialis.toxins.errors import UnknownProductError

CONFIRM = "[recall-medium] From memory of the literature: to be confirmed by the clinician before use."
OUTLIER = "outlier Contradicted by the other sources: shown for comparison, never offered."
MUSCLES = "Units of two products are not interchangeable. A dose in full: facialis cite toxins/dose_ranges."


def printed(*arguments):
    result = CliRunner().invoke(app, ["doses", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return [line.rstrip() for line in result.stdout.splitlines()]


def as_json(*arguments):
    return json.loads("\n".join(printed(*arguments, "--format", "json")))


def test_every_source_of_a_muscle_with_its_tag_and_the_notes_below():
    assert printed("--muscle", "ZMJ", "--product", "Botox") == [
        "Units of onabotulinumtoxinA",
        "target             side      points  at a point  in all    source         tag              note",
        "zygomaticus major  affected  1 to 2  0 to 2      0 to 2.5  DoseSynthesis  [recall-medium]  1",
        "                   healthy   1 to 2  1 to 2.5    1 to 5    DoseSynthesis  [recall-medium]  2",
        "                   affected  -       2.5         -         Toffola10      [found]          3",
        "                   any       -       -           10 to 20  WebSource      [found] outlier  4",
        "any muscle         affected  -       1.5 to 2.5  -         Choi13         [found]          5",
        "                   healthy   -       2.5 to 5    -         Choi13         [found]          5",
        "",
        "1  Last resort on the affected side; a small test dose first.",
        "2  A small test dose first.",
        "3  Number of points and total not given.",
        "4  Older and high, against others; brand not named: a bare unit is read as onabotulinumtoxinA.",
        "5  One range for all muscles injected; brand not named in the abstract: a bare unit is read as",
        "onabotulinumtoxinA.",
        "",
        CONFIRM,
        OUTLIER,
        MUSCLES,
    ]


def test_what_is_not_usual_is_no_dose_of_zero():
    lines = printed("--muscle", "buccinator", "--role", "healthy", "--product", "inco")
    assert lines[1:3] == [
        "target      side     points  at a point  in all  source         tag              note",
        "buccinator  healthy          not usual           DoseSynthesis  [recall-medium]  1",
    ]
    assert OUTLIER not in lines


def test_a_midline_point_belongs_to_either_side():
    lines = printed("--muscle", "procerus", "--role", "affected", "--product", "inco")
    assert " ".join(lines[2].split()) == "procerus midline 1 2 to 4 2 to 4 DoseSynthesis [recall-medium] 1"


def test_a_source_that_was_read_asks_for_no_confirmation():
    lines = printed("--source", "Toffola10")
    assert CONFIRM not in lines
    assert lines[-1] == MUSCLES
    assert sum("Toffola10" in line for line in lines) == 8


def test_a_row_without_note_has_no_number_and_no_empty_footnotes():
    lines = printed("--muscle", "mentalis", "--product", "inco", "--role", "affected")
    assert lines[2].split()[-1] == "[recall-medium]"
    assert lines[3:] == ["", CONFIRM, MUSCLES]


def test_each_product_has_a_table_of_its_own():
    titles = [line for line in printed() if line.startswith("Units of") and line != MUSCLES]
    assert titles == ["Units of onabotulinumtoxinA", "Units of incobotulinumtoxinA"]


def test_nothing_published_is_said_so():
    assert printed("--product", "daxibotulinumtoxinA") == [
        "The tables hold no dose for this choice. That is a gap of the tables, not a dose of 0."
    ]


def test_everything_as_json():
    found = as_json()
    assert found["targets"] == [target.value for target in InjectionTarget]
    assert len(found["doses"]) == 79
    names = [dose["target"] for dose in found["doses"]]
    assert names[-2:] == [None, None]
    assert list(dict.fromkeys(names[:-2])) == found["targets"]


def test_one_dose_as_json():
    found = as_json("--muscle", "PRO", "--product", "ona")
    assert found["targets"] == ["procerus"]

    def amount(number):
        unit = "units onabotulinumtoxinA"
        return {"amount": number, "unit": unit, "text": f"{number} {unit}"}

    assert found["doses"][0] == {
        "target": "procerus",
        "side_role": "midline",
        "product": "onabotulinumtoxinA",
        "statement": "given",
        "points": {"low": 1, "high": 1},
        "per_site": {"low": amount(2), "high": amount(4)},
        "total": {"low": amount(2), "high": amount(4)},
        "is_outlier": False,
        "preference": 1,
        "needs_confirmation": True,
        "source": {
            "source_key": "DoseSynthesis",
            "locator": "working ranges, midline",
            "provenance": "recall-medium",
            "population": "adults with facial palsy or synkinesis",
            "note": "One point in the midline belongs to both sides",
        },
    }
    any_muscle = found["doses"][1]
    assert any_muscle["target"] is None
    assert any_muscle["points"] is None
    assert any_muscle["total"] is None
    assert any_muscle["needs_confirmation"] is False


def test_a_side_that_is_not_told_is_null_in_json():
    sides = [dose["side_role"] for dose in as_json("--muscle", "DAO", "--source", "WebSource")["doses"]]
    assert sides == [None]


@pytest.mark.parametrize(
    ("word", "targets"),
    [
        ("mentalis", ["mentalis"]),
        ("MEN", ["mentalis"]),
        ("orbicularis-oculi lateral", ["orbicularis_oculi_lateral"]),
        ("OOC-ol", ["orbicularis_oculi_lateral"]),
        ("Zygomaticus minor", ["upper_lip_levator"]),
        ("zygomaticus", ["upper_lip_levator", "zygomaticus_major"]),
        ("orbicularis oris", ["orbicularis_oris"]),
        ("OOR", ["orbicularis_oris"]),
        (" frontalis ", ["frontalis"]),
    ],
)
def test_a_target_a_muscle_an_abbreviation_or_a_group_is_understood(word, targets):
    assert [target.value for target in targets_named(word)] == targets


def test_the_eye_as_a_whole_has_three_targets():
    assert [target.value for target in targets_named("OOC")] == [
        "orbicularis_oculi_upper_lid",
        "orbicularis_oculi_lower_lid",
        "orbicularis_oculi_lateral",
    ]
    assert targets_named("orbicularis oculi") == targets_named("OOC")


def test_a_muscle_that_no_injection_reaches_is_refused():
    with pytest.raises(NoTargetError) as error:
        targets_named("levator palpebrae")
    assert error.value.code == "muscle_without_target"
    assert str(error.value) == (
        f"Levator palpebrae is reached by no published injection. Give one of {', '.join(InjectionTarget)}."
    )


def test_an_unknown_muscle_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownNameError, match=r"'mentals' is no muscle\. Did you mean mentalis"):
        targets_named("mentals")


def test_an_unknown_product_or_source_is_refused():
    with pytest.raises(UnknownProductError):
        printed("--product", "saline")
    with pytest.raises(UnknownDoseSourceError):
        printed("--source", "House85")
