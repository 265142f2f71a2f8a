"""Laws of suggested grades: mirrored faces are judged alike, and nothing is certain or lost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Side
from facialis.grading.registry import INSTRUMENTS
from facialis.grading.suggest import SUGGESTED, Reading, Readings, suggest
from facialis.grading.suggest.estimate import movement_share
from facialis.grading.suggest.plain import suggestion_to_plain
from facialis.grading.suggest.rules import rule_for
from tests.factories.readings import MOVED, REGIONS, make_readings

NUMBERS = st.floats(-15, 15, allow_nan=False).map(lambda number: round(number, 3))


@st.composite
def faces(draw):
    """A lopsided face with any movement, synkinesis, uncertainty and missing photographs."""
    movements = st.dictionaries(st.sampled_from(sorted(MOVED)), st.floats(-0.5, 1.5))
    cells = st.dictionaries(st.tuples(st.sampled_from(NINE_PHOTOGRAPHS), st.sampled_from(REGIONS)), NUMBERS)
    rest = st.dictionaries(
        st.sampled_from(["brow_height", "palpebral_fissure", "commissure_height"]), st.floats(-9, 9)
    )
    return {
        "share": draw(st.floats(-0.3, 1.3)),
        "shares": draw(movements),
        "rest": draw(rest),
        "involuntary": draw(cells),
        "sd": draw(st.floats(0, 4)),
        "without": tuple(draw(st.sets(st.sampled_from(NINE_PHOTOGRAPHS), max_size=4))),
    }


def mirrored(readings):
    """The same face as in a mirror: every left value becomes a right one."""

    def swap(table):
        return {(e, name, side and side.opposite): found for (e, name, side), found in table.items()}

    def negate(table):
        return {key: replace(found, value=-found.value) for key, found in table.items()}

    return Readings(
        measures=swap(readings.measures),
        excursions=swap(readings.excursions),
        asymmetries=negate(readings.asymmetries),
        excursion_asymmetries=negate(readings.excursion_asymmetries),
        involuntary=swap(readings.involuntary),
    )


def unsided(value):
    """A suggestion in which the words LEFT and RIGHT are one."""
    if isinstance(value, dict):
        return {key: unsided(item) for key, item in value.items()}
    if isinstance(value, list):
        return [unsided(item) for item in value]
    if isinstance(value, str):
        for word in ("left", "right"):
            value = "a side" if value == word else value.replace(word.upper(), "SIDE")
    return value


@pytest.mark.parametrize("instrument", SUGGESTED)
@settings(max_examples=25)
@given(face=faces())
def test_a_mirrored_face_gets_the_same_suggestion(instrument, face):
    readings = make_readings(affected=Side.LEFT, **face)
    left = suggestion_to_plain(suggest(instrument, readings, Side.LEFT))
    right = suggestion_to_plain(suggest(instrument, mirrored(readings), Side.RIGHT))
    assert (left["affected"], right["affected"]) == ("left", "right")
    assert unsided(left) == unsided(right)


@pytest.mark.parametrize("instrument", SUGGESTED)
@settings(max_examples=25)
@given(face=faces())
def test_every_item_has_an_answer_with_its_probability_or_a_reason(instrument, face):
    found = suggest(instrument, make_readings(**face), Side.LEFT)
    assert [item.item for item in found.items] == [item.id for item in INSTRUMENTS[instrument].items]
    for item in found.items:
        assert (item.value is None) == (item.reason is not None) == (item.probability is None)
        if item.value is None:
            continue
        assert 0 <= item.probability <= 1 + 1e-9
        if item.chances:
            assert sum(chance for _, chance in item.chances) == pytest.approx(1)
            assert item.probability == max(chance for _, chance in item.chances)
        else:
            assert item.interval[0] <= item.interval[1]


@settings(max_examples=25)
@given(face=faces())
def test_sunnybrook_parts_and_composite_stay_on_their_scales(face):
    ranges = {r.name: r for r in suggest("sunnybrook", make_readings(**face), Side.LEFT).ranges}
    ends = {
        "rest_symmetry": (0, 20),
        "voluntary_movement": (20, 100),
        "synkinesis": (0, 15),
        "composite": (-15, 100),
    }
    for name, (low, high) in ends.items():
        assert low <= ranges[name].low <= ranges[name].high <= high
    # The cheek is never seen: the composite is never one bare number.
    assert ranges["composite"].high - ranges["composite"].low >= 10


@settings(max_examples=25)
@given(face=faces())
def test_total_palsy_is_never_suggested_alone(face):
    for found in suggest("house_brackmann", make_readings(**face), Side.LEFT).ranges:
        assert found.low != "VI"


@given(weak=st.floats(0, 1), strong=st.floats(0, 1), sd=st.floats(0, 2))
def test_more_movement_never_gets_a_lower_grade(weak, strong, sd):
    low, high = sorted((weak, strong))
    grades = [
        suggest("sunnybrook", make_readings(share=share, sd=sd), Side.LEFT).item("brow_raise_movement").value
        for share in (low, high)
    ]
    if None not in grades:
        assert grades[0] <= grades[1]


@given(factor=st.floats(0.5, 2), share=st.floats(-0.3, 1.3), sd=st.floats(0, 1))
def test_a_share_does_not_change_with_the_scale(factor, share, sd):
    rule = rule_for("sunnybrook", "smile_movement")[0]
    key = (Expression.OPEN_SMILE, "commissure_height")
    readings = make_readings(share=share, sd=sd)

    def scaled(table):
        return {k: Reading(f.value * factor, f.sd * factor, f.unit) for k, f in table.items()}

    larger = replace(
        readings,
        excursions=scaled(readings.excursions),
        excursion_asymmetries=scaled(readings.excursion_asymmetries),
    )
    assert readings.excursion(*key, Side.RIGHT).value == 8.0
    found, other = movement_share(readings, rule, Side.LEFT), movement_share(larger, rule, Side.LEFT)
    assert other.value == pytest.approx(found.value, abs=1e-9)
    assert other.sd == pytest.approx(found.sd, abs=1e-9)
