"""Other people's files: what is taken over, what is named, what is refused."""

from dataclasses import replace
from typing import Any

import pytest

from facialis.anatomy import Side
from facialis.grading.eface import EfaceAnswers
from facialis.grading.file_model_fields import Unmapped, word_for
from facialis.grading.file_model_totals import StoredTotalsError
from facialis.grading.file_model_values import FileModelError, FileValueError
from facialis.grading.file_models import FileReading, FileVersionError, read_file_model
from facialis.grading.grades import Grade
from facialis.grading.sunnybrook import SunnybrookAnswers, score
from tests.unit.grading.file_model_documents import eface_section, sunnybrook_section, timed, whole

ITEMS = (1, 2, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 3)
ANSWERS = SunnybrookAnswers("unlike_unspecified", "absent", "normal", *ITEMS[3:])
"""Movement 60, rest 15, synkinesis 9: composite 36."""
REST_NOTE = "The file holds only the points of eye_rest, not which difference was seen."
VERSION = Unmapped("version", "not part of a grading")


def test_untouched_file_holds_nothing() -> None:
    assert read_file_model(whole()) == FileReading(None, None, None, None, (VERSION,), ())


def test_sunnybrook_items_become_answers() -> None:
    found = read_file_model(whole(sunnybrook=sunnybrook_section(*ITEMS)))
    assert found.sunnybrook == ANSWERS
    assert score(ANSWERS).total == 36
    assert found.notes == (REST_NOTE,)
    assert found.unmapped == (VERSION,)


@pytest.mark.parametrize("name", ["frowning", "gentleeye", "dental", "snarl", "lippucker"])
@pytest.mark.parametrize("kind", ["symmetry", "synkinesis"])
def test_every_expression_becomes_its_item(name: str, kind: str) -> None:
    field = f"{name}_{kind}"
    found = read_file_model(
        whole(sunnybrook={**sunnybrook_section(*[None] * 13), field: timed(field, 2)})
    ).sunnybrook
    ours = {"frowning": "brow_raise", "gentleeye": "eye_closure", "dental": "smile", "lippucker": "pucker"}
    part = "movement" if kind == "symmetry" else "synkinesis"
    expected = dict.fromkeys(item.id for item in SunnybrookAnswers.instrument.items)
    assert found == SunnybrookAnswers(**{**expected, f"{ours.get(name, name)}_{part}": 2})


@pytest.mark.parametrize(
    ("field", "item", "points", "word"),
    [
        ("rest_eye", "eye_rest", 0, "normal"),
        ("rest_eye", "eye_rest", 1, "unlike_unspecified"),
        ("rest_cheek", "cheek_rest", 0, "normal"),
        ("rest_cheek", "cheek_rest", 1, "unlike_unspecified"),
        ("rest_cheek", "cheek_rest", 2, "absent"),
        ("rest_mouth", "mouth_rest", 0, "normal"),
        ("rest_mouth", "mouth_rest", 1, "unlike_unspecified"),
    ],
)
def test_points_at_rest_become_words(field: str, item: str, points: int, word: str) -> None:
    found = read_file_model({"sunnybrook": {field: timed(field, points)}})
    assert getattr(found.sunnybrook, item) == word
    unsure = f"The file holds only the points of {item}, not which difference was seen."
    assert found.notes == ((unsure,) if word == "unlike_unspecified" else ())


def test_points_at_rest_beyond_the_item_are_refused() -> None:
    with pytest.raises(FileValueError) as error:
        read_file_model({"sunnybrook": {"rest_eye": timed("rest_eye", 2)}})
    assert error.value.code == "file_value_invalid"
    assert str(error.value) == (
        "'sunnybrook.rest_eye' is 2; allowed is 0, 1 (Ross96, recall-high). Correct the file."
    )


def test_several_words_that_the_file_does_not_keep_are_all_named() -> None:
    section = sunnybrook_section(1, 1, 1, *[None] * 10)
    assert read_file_model(whole(sunnybrook=section)).notes == (
        "The file holds only the points of eye_rest, cheek_rest, mouth_rest, not which difference was seen.",
    )


@pytest.mark.parametrize("wrong", [0, 6])
def test_movement_out_of_range_is_refused_with_the_name_of_the_field(wrong: int) -> None:
    with pytest.raises(FileValueError) as error:
        read_file_model({"sunnybrook": {"dental_symmetry": timed("dental_symmetry", wrong)}})
    assert str(error.value) == (
        f"'sunnybrook.dental_symmetry': Sunnybrook: the answer to 'smile_movement' is {wrong}; allowed is a "
        "whole number from 1 to 5 (Ross96, found). Correct the answer, or write null if the item was not "
        "assessed."
    )


def test_eface_items_become_answers() -> None:
    values = {
        "rest_brow": 101,
        "rest_palpebral": 102,
        "rest_nasolabialfold": 103,
        "rest_oral": 104,
        "frowning_brow": 1,
        "gentleeye_dynamic": 2,
        "fulleye_dynamic": 3,
        "dental_nasolabialdepth": 4,
        "dental_nasolabialorientation": 5,
        "dental_oral": 6,
        "snarl_dynamic": 7,
    }
    found = read_file_model(whole(eface=eface_section(**values)))
    assert found.eface == EfaceAnswers(101, 102, 103, 104, 1, 2, 3, 4, 5, 6, 7, None, None, None, None)
    assert found.sunnybrook is None
    assert found.unmapped == (VERSION,)
    (note,) = found.notes
    assert note == (
        "The format names no scale for eFACE. Its numbers are read as 0 to 100, and on to 200 where an item "
        "can be overactive: confirm it with the program that wrote the file."
    )


def test_eface_out_of_range_is_refused_with_the_name_of_the_field() -> None:
    with pytest.raises(
        FileValueError, match=r"^'eface.frowning_brow': eFACE: .* is 101; allowed is a number"
    ):
        read_file_model({"eface": {"frowning_brow": 101}})


def test_eface_synkinesis_of_single_expressions_is_named_and_not_averaged() -> None:
    found = read_file_model({"eface": eface_section(frowning_ocular=50, snarl_platysmal=60, dental_oral=100)})
    why = (
        "the file holds one value for each expression, the instrument asks for one for the whole face; they "
        "are not averaged"
    )
    assert found.unmapped == (Unmapped("eface.frowning_ocular", why), Unmapped("eface.snarl_platysmal", why))
    assert found.eface is not None
    assert (found.eface.ocular_synkinesis, found.eface.platysmal_synkinesis) == (None, None)


def test_eface_of_synkinesis_alone_gives_no_answers() -> None:
    found = read_file_model({"eface": eface_section(frowning_ocular=50)})
    assert found.eface is None
    assert found.notes == ()


def test_direction_of_the_fold_at_rest_is_named() -> None:
    found = read_file_model({"eface": eface_section(rest_nasolabialfoldorientation=90)})
    (unmapped,) = found.unmapped
    assert unmapped.field == "eface.rest_nasolabialfoldorientation"
    assert unmapped.reason == (
        "the version with 15 items does not ask for the direction of the fold at rest; the one with 16 did"
    )


def test_other_fields_are_named_without_their_values() -> None:
    document = whole(
        rater="Alice",
        pid="4711",
        age=0,
        houseBrackmann={"houseBrackmann": 3, "mood": "good"},
        eface=eface_section(time_series=[1, 2]),
    )
    assert read_file_model(document).unmapped == (
        VERSION,
        Unmapped("rater", "not part of a grading"),
        Unmapped("pid", "not part of a grading"),
        Unmapped("age", "not part of a grading"),
        Unmapped("eface.time_series", "not an item of the instrument"),
        Unmapped("houseBrackmann.mood", "not an item of the instrument"),
    )


def test_name_of_an_enormous_field_is_cut() -> None:
    found = read_file_model({"eface": {"x" * 41: 1}, "y" * 41: 1})
    assert found.unmapped == (
        Unmapped("y" * 40, "not part of a grading"),
        Unmapped("eface." + "x" * 40, "not an item of the instrument"),
    )


@pytest.mark.parametrize(
    ("number", "grade"),
    [(0, None), (None, None), (1, Grade.I), (2, Grade.II), (6, Grade.VI), ("4", Grade.IV), ([5], Grade.V)],
)
def test_house_brackmann_grade(number: Any, grade: Grade | None) -> None:
    found = read_file_model({"houseBrackmann": {"houseBrackmann": number}})
    assert found == FileReading(None, None, None, grade, (), ())


@pytest.mark.parametrize("wrong", [7, -1])
def test_house_brackmann_grade_that_does_not_exist_is_refused(wrong: int) -> None:
    with pytest.raises(FileValueError) as error:
        read_file_model({"houseBrackmann": {"houseBrackmann": wrong}})
    assert str(error.value) == (
        f"'houseBrackmann.houseBrackmann' is {wrong}; allowed is 1 to 6 for grades I to VI (House85), or 0 "
        "for no grade. Correct the file."
    )


@pytest.mark.parametrize(
    ("word", "side"),
    [("left", Side.LEFT), (" Links", Side.LEFT), ("RIGHT", Side.RIGHT), ("rechts ", Side.RIGHT)],
)
def test_palsy_side_is_read_and_to_be_confirmed(word: str, side: Side) -> None:
    found = read_file_model(whole(palsy_side=word))
    assert found.affected_side is side
    (note,) = found.notes
    assert note == (
        f"The format does not say whose {side.label} is meant. It is read as the patient's {side.label}: "
        "confirm it with the patient or a photograph."
    )
    assert found.unmapped == (VERSION,)


@pytest.mark.parametrize("unset", ["", "null", "nill", None])
def test_palsy_side_that_is_not_set_is_none(unset: str | None) -> None:
    found = read_file_model(whole(palsy_side=unset))
    assert (found.affected_side, found.notes) == (None, ())


@pytest.mark.parametrize(
    ("wrong", "told"), [("L", "'L'"), ("both", "'both'"), (1, "1"), (["left", 1], "a list of 2")]
)
def test_palsy_side_of_another_word_is_refused(wrong: Any, told: str) -> None:
    with pytest.raises(FileValueError) as error:
        read_file_model(whole(palsy_side=wrong))
    assert str(error.value) == (
        f"'palsy_side' is {told}; allowed is left, links, right, rechts, or nothing. Write the patient's "
        "affected side."
    )


@pytest.mark.parametrize(
    ("where", "document"),
    [
        ("metadata_object_version", {"metadata_object_version": "0.2.0", "eface": {}}),
        ("sunnybrook.metadata_object_version", {"sunnybrook": {"metadata_object_version": "0.2.0"}}),
    ],
)
def test_file_of_another_version_is_refused(where: str, document: dict[str, Any]) -> None:
    with pytest.raises(FileVersionError) as error:
        read_file_model(document)
    assert error.value.code == "file_version_unknown"
    assert str(error.value) == (
        f"'{where}' is '0.2.0'; '0.1.0' is the only version that can be read. Files of another version are "
        "not converted."
    )


@pytest.mark.parametrize("document", [{}, {"eface": None}, {"answers": {}}])
def test_object_of_another_kind_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(FileModelError) as error:
        read_file_model(document)
    assert error.value.code == "file_model_invalid"
    assert str(error.value) == (
        "The file has none of the objects sunnybrook, eface, houseBrackmann. Check that it is of "
        "facialis-palsy-file-models."
    )


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ([], "The file is a list of 0; it must be an object. Check that it is the right file."),
        ({"eface": 3}, "'eface' is 3; it must be an object. Check that it is the right file."),
    ],
)
def test_document_that_is_no_object_is_refused(document: Any, sentence: str) -> None:
    with pytest.raises(FileModelError) as error:
        read_file_model(document)
    assert str(error.value) == sentence


def test_totals_with_synkinesis_times_four_are_refused_or_dropped() -> None:
    document = whole(
        sunnybrook=sunnybrook_section(*ITEMS),
        sunnybrook_score_rest=15,
        sunnybrook_score_volu=60,
        sunnybrook_score_synk=36,
        sunnybrook_score=9,
    )
    with pytest.raises(StoredTotalsError) as error:
        read_file_model(document)
    assert error.value.code == "file_totals_synkinesis_times_four"
    found = read_file_model(document, ignore_stored_totals=True)
    assert found.sunnybrook == ANSWERS
    assert found.notes == (
        REST_NOTE,
        "'sunnybrook_score_synk' 36 was dropped: the published rule gives 9 from the same items.",
        "'sunnybrook_score' 9 was dropped: the published rule gives 36 from the same items.",
    )
    assert found.unmapped == (VERSION,)


def test_house_brackmann_grade_that_is_no_number_is_refused() -> None:
    with pytest.raises(FileValueError, match=r"^'houseBrackmann.houseBrackmann' is 'IV'; allowed is"):
        read_file_model({"houseBrackmann": {"houseBrackmann": "IV"}})


@pytest.mark.parametrize(("points", "word"), [(0, "none"), (1, "unlike_unspecified"), (2, None)])
def test_points_of_two_words_are_not_told_apart(points: int, word: str | None) -> None:
    item = SunnybrookAnswers.instrument.item("eye_rest")
    anchor = item.anchors[0]
    meant = (("none", 0), ("little", 1), ("much", 1))
    short = replace(item, anchors=tuple(replace(anchor, answer=a, points=p) for a, p in meant))
    assert word_for(short, points) == word
