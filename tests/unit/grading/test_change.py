"""A change is told with its measurement error, or not at all."""

from dataclasses import replace
from fractions import Fraction

import pytest

from facialis.grading import eface, face_scale, fdi, house_brackmann, saq, sunnybrook
from facialis.grading.change import Change, ChangeKind, NotComparableError, compare, compare_scales
from facialis.grading.readings import UnknownScaleError
from facialis.grading.score import Direction, Score
from facialis.grading.thresholds import ThresholdKind, threshold

SAQ_CONFIDENCE = (
    "Of patients whose state does not change, about 1 in 20 differs by more than 28.2 points between two "
    "assessments (Bruins22, abstract, results [found]; 62 adults with long-standing facial palsy, answers "
    "two weeks apart)."
)
SAQ_NOTE = (
    "One patient: a smaller difference is within measurement error. Median total at the start 51.1, "
    "quartiles 32.2 and 60.0. The scale spans 80 points only."
)
NO_ROOM_AT_20 = (
    "From 20 the scale leaves room for 0 points of improvement only, so no improvement larger than the "
    "measurement error can be shown."
)
UNKNOWN = "No measurement error of one patient is known for this scale, so no word can be given."


def saq_of(*answers: int | None) -> Score:
    return saq.score(saq.SaqAnswers(*answers))


def saq_with_total(total: str) -> Score:
    return replace(saq_of(*[3] * 9), total=Fraction(total))


def face_with_total(total: str) -> Score:
    return replace(face_scale.score(face_scale.FaceScaleAnswers(*[3] * 15)), total=Fraction(total))


def fdi_of(*answers: int | None, coding: str | None = None) -> Score:
    return fdi.score(fdi.FdiAnswers(*answers), social_coding=coding)


def eface_of(slider: int, rule: str | None) -> Score:
    return eface.score(eface.EfaceAnswers(*[slider] * 15), total_rule=rule)


def sunnybrook_of(movement: int) -> Score:
    answers = sunnybrook.SunnybrookAnswers("normal", "normal", "normal", *[movement] * 5, *[0] * 5)
    return sunnybrook.score(answers)


def house_brackmann_of(eye_closure: str) -> Score:
    answers = house_brackmann.HouseBrackmannAnswers(
        "clear", "obvious", "normal", "slight_to_moderate", eye_closure, "slight_asymmetry", "none"
    )
    return house_brackmann.score(answers)


def test_change_says_everything() -> None:
    change = compare(saq_of(*[3] * 9), saq_of(*[1] * 9))
    assert change == Change(
        instrument="saq",
        version="1",
        scale="total",
        kind=ChangeKind.BETTER,
        before=60,
        after=20,
        difference=Fraction(-40),
        direction=Direction.HIGHER_IS_WORSE,
        threshold=threshold("saq", "total", ThresholdKind.SDC_INDIVIDUAL),
        confidence=SAQ_CONFIDENCE,
        sentence=(
            "SAQ, total: 60 before, 20 after (higher is worse), better by 40 points: more than the "
            "measurement error of one patient, 28.2 points."
        ),
        notes=(SAQ_NOTE,),
    )


def test_change_as_json_values() -> None:
    assert compare(saq_of(*[1] * 9), saq_of(*[1] * 8, 2)).to_plain() == {
        "instrument": "saq",
        "version": "1",
        "scale": "total",
        "kind": "within_error",
        "before": 20,
        "after": 22.22222222222222,
        "difference": 2.2222222222222223,
        "difference_exact": "20/9",
        "direction": "higher is worse",
        "threshold": 28.2,
        "threshold_source": "Bruins22, abstract, results [found]",
        "confidence": SAQ_CONFIDENCE,
        "sentence": (
            "SAQ, total: 20 before, 22.2 after (higher is worse), a difference of 2.2 points: within the "
            "measurement error of one patient, 28.2 points, so no change is shown."
        ),
        "notes": [NO_ROOM_AT_20, SAQ_NOTE],
    }


def test_change_without_threshold_as_json_values() -> None:
    plain = compare(eface_of(40, None), eface_of(60, None), scale="static").to_plain()
    assert (plain["threshold"], plain["threshold_source"]) == (None, None)
    assert plain["notes"] == []


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("20", "48.2", ChangeKind.WITHIN_ERROR),
        ("20", "48.20001", ChangeKind.WORSE),
        ("48.2", "20", ChangeKind.WITHIN_ERROR),
        ("48.20001", "20", ChangeKind.BETTER),
    ],
)
def test_change_must_exceed_the_threshold_of_the_saq(before: str, after: str, kind: ChangeKind) -> None:
    assert compare(saq_with_total(before), saq_with_total(after)).kind is kind


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("50", "67.6", ChangeKind.WITHIN_ERROR),
        ("50", "67.60001", ChangeKind.BETTER),
        ("67.6", "50", ChangeKind.WITHIN_ERROR),
        ("67.60001", "50", ChangeKind.WORSE),
    ],
)
def test_change_must_exceed_the_threshold_of_the_face_scale(
    before: str, after: str, kind: ChangeKind
) -> None:
    assert compare(face_with_total(before), face_with_total(after)).kind is kind


def test_worse_is_told() -> None:
    assert compare(saq_of(*[1] * 9), saq_of(*[5] * 9)).sentence == (
        "SAQ, total: 20 before, 100 after (higher is worse), worse by 80 points: more than the measurement "
        "error of one patient, 28.2 points."
    )


@pytest.mark.parametrize(
    ("start", "room"),
    [
        ("48.2", ["improvement"]),
        ("48.20001", []),
        ("71.79999", []),
        ("71.8", ["deterioration"]),
    ],
)
def test_scale_without_room_is_named_for_the_saq(start: str, room: list[str]) -> None:
    notes = compare(saq_with_total(start), saq_with_total(start)).notes
    assert notes == (
        *(
            f"From {float(start):.1f} the scale leaves room for 28.2 points of {word} only, so no {word} "
            "larger than the measurement error can be shown."
            for word in room
        ),
        SAQ_NOTE,
    )


@pytest.mark.parametrize(
    ("start", "room", "points"),
    [("17.6", "deterioration", "17.6"), ("82.4", "improvement", "17.6"), ("99", "improvement", "1")],
)
def test_scale_without_room_is_named_for_the_face_scale(start: str, room: str, points: str) -> None:
    noun = "point" if points == "1" else "points"
    notes = compare(face_with_total(start), face_with_total(start)).notes
    assert notes[0] == (
        f"From {start} the scale leaves room for {points} {noun} of {room} only, so no {room} larger than "
        "the measurement error can be shown."
    )
    assert len(notes) == 2


def test_derived_threshold_is_called_provisional() -> None:
    change = compare(sunnybrook_of(3), sunnybrook_of(5))
    assert change.kind is ChangeKind.BETTER
    assert change.sentence == (
        "Sunnybrook, total: 60 before, 100 after (higher is better), better by 40 points: more than the "
        "provisional measurement error of one patient, 13.9 points."
    )
    assert change.confidence == (
        "Provisional: the measurement error was put together from figures of different groups of patients "
        "and may be too small (Facialis, 1.96 x sqrt(2) x SD x sqrt(1 - ICC) [derived])."
    )


def test_parts_of_sunnybrook_have_no_threshold() -> None:
    total, *parts = compare_scales(sunnybrook_of(3), sunnybrook_of(5))
    assert total.scale == "total"
    assert [part.scale for part in parts] == ["rest_symmetry", "voluntary_movement", "synkinesis"]
    assert {part.kind for part in parts} == {ChangeKind.NOT_DETERMINED}
    assert parts[1].sentence == (
        "Sunnybrook, voluntary movement: 60 before, 100 after (higher is better), a difference of 40 points. "
        "Not determined: how much two assessments of an unchanged patient differ on this scale is not known."
    )
    assert parts[1].difference == 40
    assert (parts[1].threshold, parts[1].confidence, parts[1].notes) == (None, UNKNOWN, ())


def test_grades_are_told_beside_their_numbers() -> None:
    change = compare(house_brackmann_of("incomplete"), house_brackmann_of("complete_with_effort"))
    assert change.kind is ChangeKind.NOT_DETERMINED
    assert change.sentence == (
        "House-Brackmann, total: 4 (grade IV) before, 3 (grade III) after (higher is worse), a difference of "
        "1 grade. Not determined: how much two assessments of an unchanged patient differ on this scale is "
        "not known."
    )


def test_no_difference_is_told_in_the_plural() -> None:
    change = compare(house_brackmann_of("incomplete"), house_brackmann_of("incomplete"))
    assert "a difference of 0 grades." in change.sentence


def test_fdi_compares_its_two_parts_only() -> None:
    changes = compare_scales(fdi_of(*[3] * 10), fdi_of(*[5] * 10))
    assert [(change.scale, change.kind) for change in changes] == [
        ("physical", ChangeKind.BETTER),
        ("social", ChangeKind.BETTER),
    ]
    assert changes[1].sentence == (
        "FDI, social function and well-being: 40 before, 80 after (higher is better), better by 40 points: "
        "more than the measurement error of one patient, 17.7 points."
    )


def test_fdi_parts_compare_whatever_the_coding_of_the_answers_was() -> None:
    by_points = fdi_of(5, 5, 5, 5, 5, 6, 6, 6, 6, 6)
    by_frequency = fdi_of(5, 5, 5, 5, 5, 6, 1, 1, 1, 1, coding="frequency")
    change = compare(by_points, by_frequency, scale="social")
    assert (change.kind, change.difference) == (ChangeKind.WITHIN_ERROR, 0)


def test_fdi_part_with_a_missing_answer_is_not_judged() -> None:
    full, partial = fdi_of(*[5] * 10), fdi_of(None, 1, None, 1, 1, *[5] * 5)
    physical, social = compare_scales(full, partial)
    assert physical.kind is ChangeKind.NOT_DETERMINED
    assert physical.difference == -100
    assert physical.sentence == (
        "FDI, physical function: 100 before, 0 after (higher is better). Not determined: the later "
        "assessment lacks an answer to item_1, item_3."
    )
    assert social.kind is ChangeKind.WITHIN_ERROR


def test_missing_answer_is_named() -> None:
    change = compare(saq_of(None, *[1] * 8), saq_of(*[5] * 8, None))
    assert (change.before, change.after, change.difference) == (None, None, None)
    assert change.sentence == (
        "SAQ, total: no value before, no value after (higher is worse). Not determined: the earlier "
        "assessment lacks an answer to item_1."
    )
    assert compare(saq_of(*[1] * 9), saq_of(*[5] * 8, None)).sentence == (
        "SAQ, total: 20 before, no value after (higher is worse). Not determined: the later assessment lacks "
        "an answer to item_9."
    )


def test_totals_by_different_rules_are_not_compared() -> None:
    change = compare(eface_of(40, "mean_items"), eface_of(60, "weighted_1_2_1"))
    assert change.kind is ChangeKind.NOT_DETERMINED
    assert change.sentence == (
        "eFACE, total: 40 before, 60 after (higher is better). Not determined: the totals were made by "
        "different rules (total_rule mean_items before, total_rule weighted_1_2_1 after); score both by the "
        "same."
    )


def test_rule_that_was_not_named_is_told() -> None:
    assert "(total_rule mean_items before, total_rule not named after)" in (
        compare(eface_of(40, "mean_items"), eface_of(60, None)).sentence
    )


def test_parts_compare_whatever_the_rule_of_the_total_was() -> None:
    change = compare(eface_of(40, "mean_items"), eface_of(60, "weighted_1_2_1"), scale="dynamic")
    assert change.difference == 20
    assert "how much two assessments of an unchanged patient differ on this scale" in change.sentence


@pytest.mark.parametrize(("before", "after", "which"), [(None, "50", "earlier"), ("50", None, "later")])
def test_total_that_a_complete_assessment_lacks_is_told(
    before: str | None, after: str | None, which: str
) -> None:
    first, second = (
        replace(saq_of(*[1] * 9), total=None if total is None else Fraction(total))
        for total in (before, after)
    )
    assert compare(first, second).sentence.endswith(
        f"Not determined: the {which} assessment has no value on this scale; its own notes say why."
    )


def test_scores_of_different_instruments_are_refused() -> None:
    with pytest.raises(NotComparableError) as error:
        compare(saq_of(*[1] * 9), sunnybrook_of(3))
    assert error.value.code == "scores_not_comparable"
    assert str(error.value) == (
        "The earlier score is of 'saq' version 1, the later one of 'sunnybrook' version 1. Compare two "
        "scores of one instrument and one version."
    )


def test_scores_of_different_versions_are_refused() -> None:
    with pytest.raises(NotComparableError, match="'saq' version 1, the later one of 'saq' version 2"):
        compare(saq_of(*[1] * 9), replace(saq_of(*[1] * 9), version="2"))


@pytest.mark.parametrize(
    ("score", "scale", "known"),
    [
        (fdi_of(*[3] * 10), "total", "FDI has no scale 'total'; its scales are physical, social."),
        (saq_of(*[3] * 9), "physical", "SAQ has no scale 'physical'; its scales are total."),
    ],
)
def test_unknown_scale_is_refused(score: Score, scale: str, known: str) -> None:
    with pytest.raises(UnknownScaleError) as error:
        compare(score, score, scale=scale)
    assert error.value.code == "scale_unknown"
    assert str(error.value) == f"{known} Name one of these."


def test_every_option_of_a_rule_is_told() -> None:
    first = replace(saq_of(*[1] * 9), options={"one": "a", "two": None})
    second = replace(saq_of(*[1] * 9), options={"one": "b", "two": None})
    assert "(one a, two not named before, one b, two not named after)" in compare(first, second).sentence


def test_grades_of_parts_are_told_too() -> None:
    score = house_brackmann_of("incomplete")
    assert "4 (grade IV) before, 4 (grade IV) after" in compare(score, score, scale="weakness").sentence
