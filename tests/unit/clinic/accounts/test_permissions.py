"""The matrix of roles and acts, as it is documented."""

import runpy
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser

from facialis.clinic.accounts.models import Role, User
from facialis.clinic.accounts.permissions import MATRIX, Act, may, require
from facialis.clinic.kernel.errors import NotPermittedError

ROOT = Path(__file__).parents[4]
PATIENTS = {
    Act.VIEW_PATIENT, Act.EDIT_PATIENT, Act.TAKE_CONSENT, Act.CAPTURE, Act.EDIT_LANDMARKS, Act.GRADE,
    Act.FINALISE_GRADE, Act.SIGN_NOTE, Act.DRAFT_PLAN, Act.SIGN_PLAN, Act.RECORD_TREATMENT,
    Act.SIGN_TREATMENT, Act.AMEND, Act.MARK_ERROR, Act.PLAN_FOLLOW_UP, Act.REPORT_ADVERSE_EVENT,
}  # fmt: skip


def test_the_page_is_what_its_script_writes():
    script = runpy.run_path(str(ROOT / "tools" / "write_permission_reference.py"))
    assert script["PAGE"].read_text("utf-8") == script["page"]()


def test_each_act_has_roles():
    assert set(MATRIX) == set(Act)
    assert all(MATRIX.values())


def test_administrators_and_researchers_see_no_patient():
    for act in PATIENTS:
        assert MATRIX[act] <= {Role.CLINICIAN, Role.ASSISTANT}


SIGNING = (Act.FINALISE_GRADE, Act.SIGN_NOTE, Act.SIGN_PLAN, Act.SIGN_TREATMENT, Act.AMEND, Act.MARK_ERROR)


def test_only_clinicians_sign_amend_and_mark_errors():
    for act in SIGNING:
        assert MATRIX[act] == {Role.CLINICIAN}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_who_is_not_active_may_nothing(role, act):
    assert may(User(role=role), act) == (role in MATRIX[act])
    assert not may(User(role=role, is_active=False), act)


def test_a_refusal_says_whose_act_it_is():
    with pytest.raises(NotPermittedError, match=r"Your role, Assistant, .* It is for: Clinician"):
        require(User(role=Role.ASSISTANT), Act.SIGN_PLAN)


def test_nobody_who_is_not_signed_in_has_a_role():
    assert not may(AnonymousUser(), Act.VIEW_HOME)
