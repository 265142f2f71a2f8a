"""A signed plan becomes the treatment that the case remembers."""

from datetime import timedelta

import pytest

from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.planning.case.answers import Answer, ListState
from facialis.planning.errors import CaseError
from facialis.planning.plan.sign import sign
from facialis.planning.plan.treatment import treatment_of, with_treatment
from tests.factories.planning import ONA, TODAY, good_case, treated, treatment
from tests.factories.plans import made_plan

SIGNED = sign(made_plan(), by="Dr Demo", day=TODAY, reasons={})


def test_every_point_is_kept_with_its_role():
    found = treatment_of(SIGNED)
    assert (found.day, found.product, found.helped) == (TODAY, ONA, Answer.UNKNOWN)
    assert [(i.side, i.target.value, i.point, i.dose.text, i.role) for i in found.injections] == [
        (Side.LEFT, "mentalis", 1, "2 units onabotulinumtoxinA", SideRole.AFFECTED),
        (Side.RIGHT, "depressor_anguli_oris", 1, "2 units onabotulinumtoxinA", SideRole.HEALTHY),
        (Side.LEFT, "procerus", 1, "2 units onabotulinumtoxinA", SideRole.MIDLINE),
    ]
    assert found.amount == SIGNED.plan.total


def test_the_case_remembers_it_in_the_order_of_days():
    case = with_treatment(good_case(), treatment_of(SIGNED))
    assert (case.earlier_toxin, len(case.treatments)) == (ListState.KNOWN, 1)
    earlier = treated(treatment(TODAY - timedelta(200)), treatment(TODAY + timedelta(1)))
    days = [one.day for one in with_treatment(earlier, treatment_of(SIGNED)).treatments]
    assert days == sorted(days)


def test_two_sessions_of_one_day_are_refused():
    with pytest.raises(CaseError, match="Join the two"):
        with_treatment(treated(treatment(TODAY)), treatment_of(SIGNED))
