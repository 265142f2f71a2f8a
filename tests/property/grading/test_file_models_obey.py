"""Other people's files: what we write we read again, and nothing hostile gets further than an error."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from facialis.anatomy import Side
from facialis.errors import FacialisError
from facialis.grading.eface import EfaceAnswers
from facialis.grading.file_model_writing import write_file_model
from facialis.grading.file_models import read_file_model
from facialis.grading.grades import Grade
from facialis.grading.sunnybrook import SunnybrookAnswers

REST = {"eye_rest": ["normal"], "cheek_rest": ["normal", "absent"], "mouth_rest": ["normal"]}


def sunnybrook_answers() -> st.SearchStrategy[SunnybrookAnswers]:
    answers = {
        item.id: st.sampled_from([*REST[item.id], "unlike_unspecified"])
        if item.id in REST
        else st.integers(int(item.low or 0), int(item.high or 0))
        for item in SunnybrookAnswers.instrument.items
    }
    return st.builds(SunnybrookAnswers, **{name: st.none() | answer for name, answer in answers.items()})


def eface_answers() -> st.SearchStrategy[EfaceAnswers]:
    answers = {
        item.id: st.none()
        if item.part == "synkinesis"
        else st.none() | st.integers(int(item.low or 0), int(item.high or 0))
        for item in EfaceAnswers.instrument.items
    }
    return st.builds(EfaceAnswers, **answers)


def nothing_if_empty(answers: Any) -> Any:
    return None if len(answers.missing()) == len(answers.instrument.items) else answers


@given(
    sunnybrook_answers(),
    eface_answers(),
    st.none() | st.sampled_from(Grade),
    st.none() | st.sampled_from(Side),
)
def test_what_is_written_is_read_again(
    sunnybrook: SunnybrookAnswers, eface: EfaceAnswers, grade: Grade | None, side: Side | None
) -> None:
    written = write_file_model(
        sunnybrook=sunnybrook,
        eface=eface,
        house_brackmann=grade,
        affected_side=side,
        application_version="0.1.0",
    )
    found = read_file_model(json.loads(json.dumps(written.document)))
    assert found.sunnybrook == nothing_if_empty(sunnybrook)
    assert found.eface == nothing_if_empty(eface)
    assert (found.house_brackmann, found.affected_side) == (grade, side)
    assert found.unmapped == ()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
fields = st.sampled_from(
    [
        "rest_eye",
        "dental_symmetry",
        "snarl_synkinesis",
        "rest_brow",
        "frowning_ocular",
        "houseBrackmann",
        "value",
    ]
)
sections = json_values | st.dictionaries(fields, json_values | st.fixed_dictionaries({"value": json_values}))


@given(
    json_values
    | st.dictionaries(
        st.sampled_from(["sunnybrook", "eface", "houseBrackmann", "palsy_side", "sunnybrook_score", "rater"]),
        sections,
    )
)
def test_anything_is_read_or_refused_with_a_sentence(document: Any) -> None:
    sentence = refusal(document)
    assert sentence is None or sentence.endswith(".")


def refusal(document: Any) -> str | None:
    try:
        read_file_model(document)
    except FacialisError as error:
        return str(error)
    return None
