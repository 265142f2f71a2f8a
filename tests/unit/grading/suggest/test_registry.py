import subprocess
import sys

import pytest

from facialis.anatomy.sides import Side
from facialis.grading.suggest import SUGGESTED, affected_side, suggest
from facialis.grading.suggest.errors import AffectedSideError, NoSuggestionError
from facialis.grading.suggest.readings import Readings
from tests.factories.readings import make_readings


@pytest.mark.parametrize("instrument", ["sunnybrook", "eface", "house_brackmann"])
def test_three_instruments_are_suggested(instrument):
    found = suggest(instrument, make_readings(), Side.LEFT)
    assert (found.instrument, found.affected) == (instrument, Side.LEFT)
    assert instrument in SUGGESTED


def test_another_instrument_is_refused():
    with pytest.raises(NoSuggestionError) as error:
        suggest("saq", make_readings(), Side.LEFT)
    assert error.value.code == "instrument_not_suggested"
    assert str(error.value) == (
        "Grades of 'saq' cannot be suggested from measurements; allowed is one of sunnybrook, eface, "
        "house_brackmann. Questionnaires and other scales are for people to answer."
    )


@pytest.mark.parametrize(
    ("given", "recorded", "side"),
    [
        (Side.LEFT, None, Side.LEFT),
        (None, Side.RIGHT, Side.RIGHT),
        (Side.RIGHT, Side.RIGHT, Side.RIGHT),
    ],
)
def test_the_affected_side_is_given_or_recorded(given, recorded, side):
    assert affected_side(Readings(affected=recorded), given) is side


def test_without_an_affected_side_nothing_is_suggested():
    with pytest.raises(AffectedSideError) as error:
        suggest("eface", Readings())
    assert error.value.code == "affected_side_unknown"
    assert str(error.value) == (
        "The affected side is not known; allowed is left or right, the patient's. Every item compares it "
        "with the healthy side, so name it."
    )


def test_two_affected_sides_are_refused():
    with pytest.raises(AffectedSideError) as error:
        suggest("eface", Readings(affected=Side.LEFT), Side.RIGHT)
    assert str(error.value) == (
        "The affected side is given as RIGHT, but the photographs were measured with LEFT as the affected "
        "side. Find out which is right, and measure again if need be."
    )


def test_suggesting_needs_no_numerics():
    program = (
        "import sys\n"
        "from facialis.anatomy.sides import Side\n"
        "from facialis.grading.suggest import SUGGESTED, Readings, suggest\n"
        "[suggest(name, Readings(), Side.LEFT) for name in SUGGESTED]\n"
        "print(*[name for name in ('numpy', 'scipy', 'cv2') if name in sys.modules])"
    )
    outcome = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert outcome.stdout.split() == []
