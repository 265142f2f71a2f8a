from dataclasses import fields, replace
from decimal import Decimal

import pytest

from facialis.evidence import Citation, EvidenceError, Provenance
from facialis.evidence.table import parse_rows
from facialis.grading import instrument as instrument_module
from facialis.grading.answers import Answers, check_answer
from facialis.grading.errors import (
    AnswerRangeError,
    AnswerStepError,
    ScoringOptionError,
    UnknownInstrumentError,
)
from facialis.grading.instrument import AnswerKind, option_value
from facialis.grading.registry import INSTRUMENTS, find_instrument
from facialis.grading.scoring_table import exact, load_scoring

EFACE = INSTRUMENTS["eface"]
SLIDER = replace(EFACE.item("brow_rest"), low=Decimal("0.5"), high=Decimal("2.5"), step=Decimal("0.25"))
ITEMS = (
    "item_id,part,label,kind,low,high,step,source_key,locator,provenance,note\n"
    "a,left_part,A,integer,0,2,1,House85,p,found,\n"
    "b,right_part,B,choice,,,,House85,p,found,\n"
)
ANCHORS = "applies_to,answer,points,meaning,source_key,locator,provenance,note\n"


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_fields_of_the_answers_are_the_items(name):
    instrument = INSTRUMENTS[name]
    assert instrument.id == name
    assert [field.name for field in fields(instrument.answers_type)] == [item.id for item in instrument.items]
    assert instrument.answers_type.instrument is instrument


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_words_of_a_choice_are_its_anchors(name):
    instrument = INSTRUMENTS[name]
    choices = {item.id: item for item in instrument.items if item.kind is AnswerKind.CHOICE}
    assert set(instrument.words) == set(choices)
    for item_id, words in instrument.words.items():
        assert [word.value for word in words] == [anchor.answer for anchor in choices[item_id].anchors]


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_numbered_anchors_are_allowed_answers(name):
    for item in INSTRUMENTS[name].items:
        for anchor in item.anchors:
            if item.kind in {AnswerKind.INTEGER, AnswerKind.DECIMAL}:
                assert item.low <= Decimal(anchor.answer) <= item.high


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_instrument_says_under_which_licence_it_may_be_used(name):
    assert "recall-medium; ask the holder" in INSTRUMENTS[name].licence_note
    assert INSTRUMENTS[name].sources


def test_item_is_found_by_its_id():
    item = INSTRUMENTS["sunnybrook"].item("cheek_rest")
    assert (item.id, item.part, item.kind) == ("cheek_rest", "rest_symmetry", AnswerKind.CHOICE)
    assert (item.low, item.high, item.step) == (None, None, None)
    assert [anchor.points for anchor in item.anchors] == [0, 2, 1, 1, 1]
    assert item.anchors[1].meaning == "no fold"
    assert item.anchors[4].citation.provenance == "design"
    assert item.citation.source_key == "Ross96"


def test_points_of_a_word():
    item = INSTRUMENTS["sunnybrook"].item("cheek_rest")
    assert item.points_of("absent") == 2
    with pytest.raises(
        EvidenceError, match=r"^'cheek_rest' has no points for 'wide'. Give the anchor its points.$"
    ):
        item.points_of("wide")
    with pytest.raises(EvidenceError, match="'brow' has no points for '1'"):
        INSTRUMENTS["fngs2"].item("brow").points_of("1")


def test_what_is_allowed_is_said_in_words():
    assert INSTRUMENTS["stennert"].items[0].allowed == "true or false"
    assert INSTRUMENTS["house_brackmann"].item("rest").allowed == "normal, asymmetric"
    assert INSTRUMENTS["fngs2"].item("brow").allowed == "a whole number from 1 to 6"
    assert EFACE.item("brow_rest").allowed == "a number from 0 to 200"
    assert SLIDER.allowed == "a number from 0.5 to 2.5 in steps of 0.25"


@pytest.mark.parametrize("answer", ["0.5", "0.75", "2.5"])
def test_number_on_a_step_is_accepted(answer):
    assert check_answer(EFACE, SLIDER, Decimal(answer)) == Decimal(answer)


def test_number_between_two_steps_is_refused():
    with pytest.raises(AnswerStepError) as refusal:
        check_answer(EFACE, SLIDER, Decimal("0.6"))
    assert str(refusal.value) == (
        "eFACE: the answer to 'brow_rest' is 0.6; allowed is a number from 0.5 to 2.5 in steps of 0.25 "
        "(Banks15, recall-medium). Correct the answer, or write null if the item was not assessed."
    )


def test_steps_count_from_the_least_answer():
    odd = replace(SLIDER, low=Decimal(1), high=Decimal(7), step=Decimal(3))
    assert [check_answer(EFACE, odd, answer) for answer in (1, 4, 7)] == [1, 4, 7]
    with pytest.raises(AnswerStepError):
        check_answer(EFACE, odd, 3)
    with pytest.raises(AnswerStepError):
        check_answer(EFACE, odd, 5)


def test_steps_of_an_endless_scale_count_from_zero():
    endless = replace(SLIDER, low=None, high=None, step=Decimal(3))
    assert check_answer(EFACE, endless, -3) == -3
    with pytest.raises(AnswerStepError):
        check_answer(EFACE, endless, 1)


@pytest.mark.parametrize("answer", ["0.49", "2.51"])
def test_number_just_outside_is_refused(answer):
    with pytest.raises(AnswerRangeError):
        check_answer(EFACE, SLIDER, Decimal(answer))


def test_scale_without_ends_takes_every_number():
    endless = replace(SLIDER, low=None, high=None, step=Decimal(1))
    assert check_answer(EFACE, endless, -1000) == -1000
    assert check_answer(EFACE, endless, 1000) == 1000


def test_option_is_checked():
    assert option_value(EFACE, "total_rule", None) is None
    assert option_value(EFACE, "total_rule", "mean_items") == "mean_items"
    with pytest.raises(ScoringOptionError) as refusal:
        option_value(EFACE, "total_rule", "mean")
    assert str(refusal.value) == (
        "eFACE: total_rule is 'mean'; allowed is mean_items or weighted_1_2_1. Name one of these."
    )
    with pytest.raises(ScoringOptionError) as refusal:
        option_value(EFACE, "rule", "mean")
    assert str(refusal.value) == (
        "eFACE has no scoring option 'rule'; its options are: total_rule. Leave it out."
    )
    with pytest.raises(ScoringOptionError) as refusal:
        option_value(INSTRUMENTS["fngs2"], "total_rule", "mean_items")
    assert str(refusal.value) == (
        "FNGS 2.0 has no scoring option 'total_rule'; its options are: none. Leave it out."
    )


def test_options_are_named_in_a_row():
    two = replace(EFACE, options=(EFACE.options[0], replace(EFACE.options[0], name="other")))
    with pytest.raises(ScoringOptionError, match=r"; its options are: total_rule, other\. Leave it out\.$"):
        option_value(two, "rule", "mean")


def test_answers_know_their_instrument_and_keep_it():
    class NewAnswers(Answers):
        pass

    first = replace(EFACE, answers_type=NewAnswers)
    assert NewAnswers.instrument is first
    assert replace(first, title="Copy").title == "Copy"
    assert NewAnswers.instrument is first
    assert EFACE.answers_type.instrument is EFACE


def test_anchor_of_nothing_is_refused(monkeypatch):
    anchors = ANCHORS + "c,1,,one,House85,p,found,\n"
    load_tables(monkeypatch, anchors)
    with pytest.raises(EvidenceError) as refusal:
        instrument_module.load_items("invented")
    assert str(refusal.value) == (
        "invented_anchors, line 2: the anchor applies to 'c', which is no item and no part. Known are a, b, "
        "left_part, right_part."
    )


def test_anchor_applies_to_an_item_or_to_a_part(monkeypatch):
    load_tables(
        monkeypatch, ANCHORS + "a,1,,one,House85,p. 2,found,\nright_part,yes,2,two,House85,p,found,\n"
    )
    first, second = instrument_module.load_items("invented")
    assert (first.id, first.part, first.label, first.kind) == ("a", "left_part", "A", AnswerKind.INTEGER)
    assert (first.low, first.high, first.step) == (0, 2, 1)
    assert (second.id, second.part, second.label, second.kind) == ("b", "right_part", "B", AnswerKind.CHOICE)
    assert (second.low, second.high, second.step) == (None, None, None)
    assert first.citation == Citation("House85", "p", Provenance.FOUND, "all", "")
    assert (first.anchors[0].meaning, first.anchors[0].citation.locator) == ("one", "p. 2")
    assert [(anchor.answer, anchor.points) for anchor in first.anchors] == [("1", None)]
    assert [(anchor.answer, anchor.points) for anchor in second.anchors] == [("yes", 2)]


def load_tables(monkeypatch, anchors):
    texts = {"invented_items": ITEMS, "invented_anchors": anchors}

    def load(package, stem):
        assert package == "facialis.grading.tables"
        header = texts[stem].splitlines()[0].split(",")
        passport = (
            'title = "T"\nlicence = "L"\nlast_reviewed = "2026-01-01"\ngenerator = "hand"\n'
            f'population = "all"\nkey = ["{header[0]}"]\n[columns]\n'
            + "".join(f'{name} = "x"\n' for name in header)
            + "[units]\n"
            + "".join(
                f'{name} = "1"\n' for name in header if name in {"low", "high", "step", "points", "answer"}
            )
        )
        return parse_rows(texts[stem], passport, where=stem)

    instrument_module.load_items.cache_clear()
    monkeypatch.setattr(instrument_module, "load_rows", load)


def test_registry_lists_every_instrument_without_loading_it():
    assert list(INSTRUMENTS)[:7] == [
        "house_brackmann", "house_brackmann_regional", "house_brackmann_measured", "fngs2", "sunnybrook",
        "eface", "stennert",
    ]  # fmt: skip
    assert len(INSTRUMENTS) == len(list(INSTRUMENTS))
    assert find_instrument("fngs2") is INSTRUMENTS["fngs2"]


def test_unknown_instrument_is_refused():
    with pytest.raises(UnknownInstrumentError) as refusal:
        find_instrument("sunny")
    known = ", ".join(INSTRUMENTS)
    assert str(refusal.value) == f"There is no instrument 'sunny'; known are {known}. Correct the name."


def test_number_of_a_table_is_exact():
    assert (exact(5.0), type(exact(5.0))) == (5, int)
    assert exact(0.1) * 10 == 1
    assert load_scoring("house_brackmann_measured").number("step_excursion") * 4 == 1


def test_interval_that_a_table_does_not_give_is_refused():
    with pytest.raises(EvidenceError) as refusal:
        load_scoring("sunnybrook").range("weight_synkinesis")
    assert str(refusal.value) == (
        "'weight_synkinesis' of 'Sunnybrook Facial Grading System: weights, ranges, norms, reliability' "
        "has no interval. Give low and high."
    )


def test_interval_that_holds_a_value():
    table = load_scoring("fngs2")
    assert [table.name_holding(n, "grade_") for n in (3, 4, 5, 9, 10, 24, 25)] == [
        None, "I", "II", "II", "III", "VI", None,
    ]  # fmt: skip
    assert table.name_holding(5, "flaccid_") is None
