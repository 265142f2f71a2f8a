"""What the actions of a grading share."""

from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.grading.models import Grading
from facialis.clinic.grading.queries import COUNTED
from facialis.clinic.kernel.errors import NotNowError
from facialis.clinic.visits.models import Visit
from facialis.clinic.visits.queries import require_open, why_not_open

WHAT = "grading.grading"


def require_writable(visit: Visit, *, is_amendment: bool) -> None:
    """Refuse a visit to which nothing can be added; an amendment needs one that took place."""
    if not is_amendment:
        require_open(visit)
    elif visit.status not in COUNTED:
        raise NotNowError(_("Nothing of this visit can be amended. %(why)s") % {"why": why_not_open(visit)})


def audit(verb: Verb, by: User, grading: Grading, details: dict[str, object] | None = None) -> None:
    """Append what was done to a grading."""
    record(
        verb,
        WHAT,
        by=by,
        record_id=grading.pk,
        patient_id=grading.visit.patient_id,
        details={"instrument": grading.instrument, **(details or {})},
    )
