"""Where a trend's dots, errors and treatments lie."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from facialis.clinic.followup.charts import EFFECT, LONGEST_JOINED, chart_of
from facialis.clinic.followup.trends import Given, Reading, Trend

FIRST = date(2024, 1, 10)
readings = st.lists(
    st.tuples(st.integers(0, 2000), st.floats(-30, 30), st.none() | st.floats(0, 5)), min_size=1, max_size=12
)


def trend(rows, scale=None):
    found = [Reading(FIRST + timedelta(days=n), value, sd) for n, value, sd in rows]
    return Trend("x", "x", "mm", tuple(sorted(found, key=lambda one: one.day)), scale, False)


@given(readings)
def test_everything_lies_on_the_page(rows):
    found = trend(rows)
    days = (found.readings[0].day, found.readings[-1].day)
    chart = chart_of(found, [Given(days[0], "20 units")], days)
    for dot in chart.dots:
        assert chart.left <= dot.x <= chart.right
        for height in (dot.y, dot.low, dot.high):
            assert height is None or chart.top - 0.1 <= height <= chart.bottom + 0.1
    assert all(chart.left <= bar.x and bar.x + bar.width <= chart.right + 0.2 for bar in chart.bars)
    assert len(chart.x_ticks) <= 9
    assert 2 <= len(chart.y_ticks) <= 12


def test_visits_far_apart_are_not_joined():
    gap = LONGEST_JOINED.days + 1
    chart = chart_of(
        trend([(0, 1.0, 0.1), (30, 2.0, 0.1), (30 + gap, 3.0, 0.1)]),
        [],
        (FIRST, FIRST + timedelta(days=30 + gap)),
    )
    assert len(chart.lines) == 1


def test_a_treatment_fades_over_four_months():
    days = (FIRST, FIRST + 2 * EFFECT)
    chart = chart_of(trend([(0, 1.0, None), (244, 1.0, None)]), [Given(FIRST, "20 units")], days)
    assert abs(chart.bars[0].width - (chart.right - chart.left) / 2) < 1
