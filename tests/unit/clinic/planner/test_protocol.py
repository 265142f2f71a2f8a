"""Nothing but whole, finite, well-formed messages of this version passes between clinic and planner."""

import json
from dataclasses import dataclass, replace
from datetime import date

import pytest

from facialis.clinic.planner import protocol
from facialis.clinic.planner.answers import (
    Band,
    Pong,
    Refusal,
)
from facialis.clinic.planner.plain import MessageError, from_plain, to_plain
from facialis.clinic.planner.protocol import (
    OtherVersionError,
    TooLongError,
    answer_line,
    read_answer,
    read_request,
    request_line,
)
from facialis.clinic.planner.requests import (
    DoseEdit,
    Judge,
    Learn,
    OverrideAsked,
    Ping,
    PlanQuestion,
    Propose,
)
from tests.factories.plan_questions import question

PONG = Pong("0.1.0", True, 3, 512.0, 4.5)
DOSES = (DoseEdit("mentalis", "LEFT", 1, "2.5"), DoseEdit("procerus", None, 1, "1", "onabotulinumtoxinA"))


@dataclass(frozen=True)
class _Box:
    view_box: tuple[float, float, float, float]


def small(**changes):
    return PlanQuestion(
        {"format": "facialis-case/1"}, {}, "onabotulinumtoxinA", date(2026, 11, 22), **changes
    )


@pytest.mark.parametrize(
    "request_",
    [
        Ping(),
        Propose(question(weights={"smile": 2}, override=OverrideAsked("Dr A", "She answers for it."))),
        Judge("k", DOSES),
        Judge("k", (), small()),
        Learn(small(seed=2**63 - 1)),
    ],
)
def test_a_request_comes_out_as_it_went_in(request_):
    assert read_request(request_line(request_)) == request_


@pytest.mark.parametrize("answer", [PONG, Refusal("unknown_key", "Größe × – LEFT")])
def test_an_answer_comes_out_as_it_went_in(answer):
    assert read_answer(answer_line(answer)) == answer
    assert answer_line(answer).count(b"\n") == 1


def test_the_key_of_a_question_survives_the_line():
    asked = question(weights={"smile": 2}, time_limit_s=10)
    assert read_request(request_line(Propose(asked))).question.key == asked.key


def test_the_key_changes_with_everything_that_a_plan_is_made_from():
    asked = small()
    others = [
        small(seed=1),
        small(confirmed_by="Dr A"),
        small(weights={"smile": 2.0}),
        small(override=OverrideAsked("Dr A", "why")),
        replace(asked, today=date(2026, 11, 23)),
        replace(asked, product="abobotulinumtoxinA"),
        replace(asked, case={"format": "facialis-case/1", "case_id": "x"}),
        replace(asked, measurements={date(2026, 11, 22): {}}),
    ]
    assert len({one.key for one in [asked, *others]}) == len(others) + 1


def test_the_key_changes_with_the_version_of_the_software(monkeypatch):
    before = small().key
    monkeypatch.setattr("facialis.clinic.planner.requests.__version__", "0.0.0")
    assert small().key != before


def whole(**changes):
    return {"facialis-planner": 1, "ask": "ping", "with": {}} | changes


def of(value):
    return json.dumps(value).encode() + b"\n"


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"no json\n",
        b"\xff\xfe\n",
        b"[]\n",
        b"{}\n",
        b'{"facialis-planner": NaN, "ask": "ping", "with": {}}\n',
        b'{"facialis-planner": 1, "ask": "ping", "ask": "judge", "with": {}}\n',
        b"[" * 100_000,
        of(whole(ask="reboot")),
        of(whole(ask=["ping"])),
        of(whole(extra=1)),
        of(whole(**{"with": {"x": 1}})),
        of(whole(**{"with": None})),
        of(whole(ask="judge", **{"with": {"key": 1, "doses": []}})),
        of(whole(ask="judge", **{"with": {"doses": []}})),
        of(whole(ask="learn", **{"with": {"question": []}})),
        of(whole(ask="learn", **{"with": {"question": "Q"}})),
        of(whole(ask="judge", **{"with": {"key": "k", "doses": {}}})),
        of(whole(ask="judge", **{"with": {"key": "k", "doses": [[]]}})),
        of(
            whole(
                ask="judge", **{"with": {"key": "k", "doses": [{"target": "x", "side": None, "point": 1.5}]}}
            )
        ),
    ],
)
def test_a_hostile_line_is_refused(line):
    with pytest.raises(MessageError):
        read_request(line)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1" * 50, '"3"', "true", "null"])
def test_a_number_that_is_none_is_refused(number):
    line = request_line(Learn(small(seed=7))).replace(b'"seed":7', f'"seed":{number}'.encode())
    with pytest.raises(MessageError):
        read_request(line)
    line = request_line(Learn(small(time_limit_s=7.0))).replace(b":7.0", f":{number}".encode())
    with pytest.raises(MessageError):
        read_request(line)


@pytest.mark.parametrize("day", ['"2026-13-01"', '"20261122"', "20261122", '"today"'])
def test_a_day_that_is_none_is_refused(day):
    line = request_line(Learn(small())).replace(b'"2026-11-22"', day.encode())
    with pytest.raises(MessageError):
        read_request(line)


def test_measurements_are_an_object_by_day():
    line = request_line(Learn(small())).replace(b'"measurements":{}', b'"measurements":[]')
    with pytest.raises(MessageError, match="an object"):
        read_request(line)


@pytest.mark.parametrize("version", [0, 2, "1", True, None, 1.5])
def test_another_version_is_refused_with_what_to_do(version):
    with pytest.raises(OtherVersionError, match="Restart"):
        read_request(of(whole(**{"facialis-planner": version})))


def test_a_line_that_is_too_long_is_refused_on_either_side(monkeypatch):
    line = request_line(Ping())
    monkeypatch.setattr(protocol, "MOST_BYTES", len(line) - 1)
    with pytest.raises(TooLongError):
        request_line(Ping())
    with pytest.raises(TooLongError):
        read_request(line)


def test_the_words_of_a_refusal_do_not_repeat_the_line():
    with pytest.raises(MessageError) as caught:
        read_request(b'{"patient": "Jane Doe", "born": Jane}\n')
    assert "Jane" not in str(caught.value)


def test_a_list_of_another_length_is_refused():
    plain = to_plain({"view_box": [0.0, 1.0]})
    with pytest.raises(MessageError, match="a list of 4"):
        from_plain(_Box, plain, "The drawing")


def test_a_value_that_no_message_has_is_not_sent():
    for value in (float("nan"), {1, 2}, {1: "a"}):
        with pytest.raises(MessageError):
            to_plain(value)


def test_what_cannot_be_said_stays_unsaid():
    band = Band(*[(1.0, None)] * 5)
    assert from_plain(Band, to_plain(band), "The band") == band
