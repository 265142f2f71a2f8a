"""What each role may do: the whole matrix, in one place.

An administrator keeps accounts and reads the audit, and sees no patient. A researcher sees records
without names.
"""

from enum import StrEnum
from types import MappingProxyType

from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import Role, User
from facialis.clinic.kernel.errors import NotPermittedError


class Act(StrEnum):
    """Something that a page or an action does."""

    VIEW_HOME = "view_home"
    VIEW_PATIENT = "view_patient"
    EDIT_PATIENT = "edit_patient"
    TAKE_CONSENT = "take_consent"
    CAPTURE = "capture"
    EDIT_LANDMARKS = "edit_landmarks"
    GRADE = "grade"
    FINALISE_GRADE = "finalise_grade"
    DRAFT_PLAN = "draft_plan"
    SIGN_PLAN = "sign_plan"
    RECORD_TREATMENT = "record_treatment"
    SIGN_TREATMENT = "sign_treatment"
    SIGN_NOTE = "sign_note"
    AMEND = "amend"
    MARK_ERROR = "mark_error"
    PLAN_FOLLOW_UP = "plan_follow_up"
    REPORT_ADVERSE_EVENT = "report_adverse_event"
    VIEW_RESEARCH = "view_research"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_CONSENT_TEXTS = "manage_consent_texts"
    VIEW_AUDIT = "view_audit"


_CARE = frozenset({Role.CLINICIAN, Role.ASSISTANT})
_CLINICIAN = frozenset({Role.CLINICIAN})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

MATRIX = MappingProxyType(
    {
        Act.VIEW_HOME: frozenset(Role),
        Act.VIEW_PATIENT: _CARE,
        Act.EDIT_PATIENT: _CARE,
        Act.TAKE_CONSENT: _CARE,
        Act.CAPTURE: _CARE,
        Act.EDIT_LANDMARKS: _CARE,
        Act.GRADE: _CARE,
        Act.FINALISE_GRADE: _CLINICIAN,
        Act.DRAFT_PLAN: _CARE,
        Act.SIGN_PLAN: _CLINICIAN,
        Act.RECORD_TREATMENT: _CARE,
        Act.SIGN_TREATMENT: _CLINICIAN,
        Act.SIGN_NOTE: _CLINICIAN,
        Act.AMEND: _CLINICIAN,
        Act.MARK_ERROR: _CLINICIAN,
        Act.PLAN_FOLLOW_UP: _CARE,
        Act.REPORT_ADVERSE_EVENT: _CARE,
        Act.VIEW_RESEARCH: frozenset({Role.RESEARCHER}),
        Act.MANAGE_ACCOUNTS: _ADMINISTRATOR,
        Act.MANAGE_CONSENT_TEXTS: frozenset({Role.ADMINISTRATOR, Role.CLINICIAN}),
        Act.VIEW_AUDIT: _ADMINISTRATOR,
    }
)


def may(user: User, act: Act) -> bool:
    """Whether the role of a signed-in, active person allows an act."""
    return user.is_active and user.role in MATRIX[act]


def require(user: User, act: Act) -> None:
    """Refuse what the role does not allow; raises `NotPermittedError`. Every action calls it first."""
    if not may(user, act):
        allowed = ", ".join(str(Role(role).label) for role in Role if role in MATRIX[act])
        raise NotPermittedError(
            _("Your role, %(role)s, does not allow this. It is for: %(allowed)s.")
            % {"role": user.get_role_display(), "allowed": allowed}
        )
