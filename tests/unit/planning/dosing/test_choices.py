"""Which amounts of a target are offered."""

from fractions import Fraction

import pytest

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.planning.dosing.choices import MOST_LEVELS, amounts_between, choices_of, units_reached
from facialis.planning.limits import target_limits
from facialis.planning.rules.assess import assess
from facialis.twin.exposure import SIDES
from facialis.twin.junction.places import REACHED
from tests.factories.plan_work import case_of, choice
from tests.factories.planning import ONA, TODAY, good_case, good_facts


def limits_of(case, facts=None):
    assessment = assess(case, ONA, facts or good_facts(), TODAY)
    return target_limits(case, assessment, confirmed_by="Dr Demo")


def test_every_choice_keeps_every_limit():
    limits = {limit.place: limit for limit in limits_of(good_case())}
    choices = choices_of(tuple(limits.values()))
    assert choices
    for found in choices:
        bounds = limits[found.side, found.target].bounds
        assert found.highest == bounds.total_high
        assert bounds.total_low <= found.total <= bounds.most_total
        numbers = [number for number, _ in found.points]
        assert tuple(numbers) == bounds.points[: len(numbers)]
        for _, dose in found.points:
            assert bounds.per_site_low <= dose <= bounds.per_site_high
            assert dose.amount % bounds.step.amount == 0


def test_no_fewer_points_than_published_unless_there_is_no_room():
    limits = {limit.place: limit for limit in limits_of(good_case())}
    for found in choices_of(tuple(limits.values())):
        fewest = limits[found.side, found.target].published.points[0]
        most = limits[found.side, found.target].bounds.most_total.amount
        least = limits[found.side, found.target].bounds.per_site_low.amount
        assert len(found.points) >= fewest or fewest * least > most


def test_what_is_not_offered_cannot_be_chosen():
    nobody = target_limits(good_case(), assess(good_case(), ONA, good_facts(), TODAY), confirmed_by=None)
    offered = {limit.place for limit in nobody if limit.is_offered}
    assert {(c.side, c.target) for c in choices_of(nobody)} <= offered


def test_the_affected_side_stands_first_so_that_mirrored_patients_are_asked_the_same():
    left, right = (choices_of(limits_of(case_of(side))) for side in Side)
    assert [(c.role, c.target, c.points) for c in left] == [(c.role, c.target, c.points) for c in right]
    assert [c.side for c in left] == [None if c.side is None else c.side.opposite for c in right]
    of_frontalis = [c.role for c in left if c.target is InjectionTarget.FRONTALIS]
    assert of_frontalis == sorted(of_frontalis, key=lambda role: role is SideRole.HEALTHY)


def test_a_flaccid_muscle_is_never_a_choice():
    facts = good_facts(flaccid_muscles=frozenset({Muscle.ZYGOMATICUS_MAJOR}))
    chosen = {(c.side, c.target) for c in choices_of(limits_of(good_case(), facts))}
    assert (Side.LEFT, InjectionTarget.ZYGOMATICUS_MAJOR) not in chosen
    assert (Side.RIGHT, InjectionTarget.ZYGOMATICUS_MAJOR) in chosen


def test_fewest_needles_for_a_total():
    found = amounts_between(Fraction(2), Fraction(4), (1, 2, 3), (Fraction(1), Fraction(2)), Fraction(1, 2))
    assert {count * dose: count for count, dose in found} == {Fraction(2): 1, Fraction(3): 2, Fraction(4): 2}
    assert all(2 <= count * dose <= 4 for count, dose in found)
    assert len({count * dose for count, dose in found}) == len(found)


def test_a_long_range_is_thinned_and_keeps_its_ends():
    found = amounts_between(Fraction(1), Fraction(20), (1,), (Fraction(1), Fraction(20)), Fraction(1, 4))
    assert len(found) == MOST_LEVELS
    assert (found[0], found[-1]) == ((1, Fraction(1)), (1, Fraction(20)))
    assert amounts_between(Fraction(5), Fraction(4), (1,), (Fraction(1), Fraction(2)), Fraction(1)) == ()


def test_toxin_reaches_its_muscle_most_and_the_mirrored_one_alike():
    mine, other = (
        units_reached(choice("mentalis", side, "2.5")).reshape(SIDES, len(REACHED)) for side in Side
    )
    at = REACHED.index(Muscle.MENTALIS)
    assert mine[0].argmax() == at
    assert 0.5 * 2.5 < mine[0, at] <= 2.5
    assert other[::-1] == pytest.approx(mine)
    twice = units_reached(choice("mentalis", Side.LEFT, "5")).reshape(SIDES, len(REACHED))
    assert twice == pytest.approx(2 * mine)


def test_a_midline_target_is_written_on_the_left_and_reaches_both():
    found = choice("procerus", None, "2.5")
    assert [i.side for i in found.injections] == [Side.LEFT]
    reached = units_reached(found).reshape(SIDES, len(REACHED))
    assert reached[0] == pytest.approx(reached[1])
    assert found.total.text == "2.5 units onabotulinumtoxinA"
