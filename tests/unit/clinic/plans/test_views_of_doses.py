"""What pages show of doses: rows, circles, curves, read-back; and the law of the mirror."""

import json

import pytest

from facialis.clinic.plans.actions.editing import EditOf, accept_all
from facialis.clinic.plans.curves import charts_of
from facialis.clinic.plans.documents import read_back
from facialis.clinic.plans.marks import diagram
from facialis.clinic.plans.rows import others_of, rows_of, sides_of
from facialis.clinic.plans.surroundings import surroundings_of
from tests.factories import clinic_plans as made


def test_rows_are_numbered_from_the_right_and_every_target_stands_somewhere(accepted):
    rows = rows_of(accepted)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert [row.side for row in rows] == sorted((row.side for row in rows), reverse=True)
    may_add, left_out = others_of(accepted, rows)
    assert len(rows) + len(may_add) + len(left_out) == len(accepted.proposal["targets"])
    assert all(row.why for row in (*rows, *may_add, *left_out))


def test_each_row_has_its_range_with_its_tag(accepted):
    for row in rows_of(accepted):
        assert row.tag
        assert row.scale is not None
        assert 0 <= row.scale.low <= row.scale.low + row.scale.width <= 100
        assert row.scale.chosen == row.scale.suggested


def test_totals_of_sides_are_exact(accepted):
    assert [(side.word, side.role, side.units, side.needles) for side in sides_of(rows_of(accepted))] == [
        ("RIGHT", "healthy", "10", 6),
        ("LEFT", "affected", "26", 9),
    ]


def test_circles_lie_on_their_side_and_their_area_is_the_dose(accepted):
    drawn = diagram()
    left, _top, width, _height = drawn.view_box
    marks = drawn.marks(rows_of(accepted))
    assert len(marks) == 15
    for mark in marks:
        is_on_screen_left = mark.x < left + width / 2
        assert is_on_screen_left is (mark.row.side == "right"), mark.label
        assert mark.radius**2 / float(mark.units) == pytest.approx(
            marks[0].radius ** 2 / float(marks[0].units), rel=0.05
        )


def test_suggestions_that_are_not_taken_are_rings(draft):
    assert all(mark.is_suggested for mark in diagram().marks(rows_of(draft)))


def test_curves_show_the_affected_side_and_say_what_is_better(accepted):
    charts = charts_of(accepted.judged["judgement"]["course"], "LEFT")
    assert [chart.key for chart in charts] == ["symmetry_index", "eye_closure", "smile"]
    assert [len(chart.lines) for chart in charts] == [1, 1, 2]
    assert [line.side for line in charts[2].lines] == ["RIGHT", "LEFT"]
    for chart in charts:
        assert all(chart.top - 0.1 <= tick.at <= chart.bottom + 0.1 for tick in chart.y_ticks)
        assert 3 <= len(chart.y_ticks) <= 9
        assert chart.table[0].day == 0
        assert all(len(row.cells) == len(chart.heads) for row in chart.table)


def test_a_flat_curve_has_an_axis():
    band = {name: [66.0, 66.0] for name in ("median", "low_90", "high_90", "low_50", "high_50")}
    curve = {"name": "symmetry_index", "title": "Symmetry", "side": None, "unit": "points"}
    course = {
        "days": [0.0, 180.0],
        "curves": [curve | {"less_is_better": False, "plan": band, "nothing": band}],
    }
    (chart,) = charts_of(course, "LEFT")
    assert len(chart.y_ticks) >= 3


def test_a_mirrored_patient_has_the_mirrored_read_back(clinician, planner):
    found = {}
    for side in ("left", "right"):
        planner.is_mirrored = side == "right"
        visit = made.planned_visit(clinician, made.asked_patient(clinician, affected=side))
        plan = made.proposed_plan(visit, clinician)
        plan = accept_all(EditOf(clinician, plan.pk, plan.version))
        found[side] = read_back(plan, surroundings_of(plan))
    mirrored = {one["side"]: one for one in found["right"]["sides"]}
    for one in found["left"]["sides"]:
        other = {"LEFT": "RIGHT", "RIGHT": "LEFT"}[one["side"]]
        assert json.dumps(mirrored[other] | {"side": one["side"]}) == json.dumps(one)
    assert found["left"]["affected_side"] == "LEFT"
    assert found["right"]["affected_side"] == "RIGHT"
