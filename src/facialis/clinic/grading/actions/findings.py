"""What the clinician saw or felt, saved for a whole visit at once."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from facialis.anatomy.sides import Side
from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.grading.actions.common import require_writable
from facialis.clinic.grading.finding_kinds import FindingKind, finding_kinds
from facialis.clinic.grading.models import ClinicianFinding
from facialis.clinic.kernel.errors import FieldsError, StaleVersionError
from facialis.clinic.kernel.reasons import told_correction
from facialis.clinic.visits.models import Visit
from facialis.planning.case.visits import HIGHEST_GRADE, HIGHEST_SCORE

Place = tuple[str, str, str]
"""Code, side, expression; the expression is empty for the face as a whole."""
WHAT = "grading.findings"


@transaction.atomic
def save_findings(
    *, by: User, visit_id: UUID, seen: str, values: Mapping[Place, int], reason: str = ""
) -> int:
    """Make the findings of a visit what the form says; returns how many places changed.

    Parameters
    ----------
    seen        `fingerprint` of the findings that the form showed.
    values      Grade or score by place; a place that is not there was not examined, which is not 0.
    reason      Why the findings of a closed visit are corrected; needs the right to amend.

    Raises
    ------
    FieldsError, StaleVersionError, NotNowError, NotPermittedError
    """
    require(by, Act.GRADE)
    visit = Visit.objects.for_user(by).select_for_update().get(pk=visit_id)
    if not visit.is_editable:
        require(by, Act.AMEND)
        require_writable(visit, is_amendment=True)
        reason = told_correction(reason)
    rows = {place_of(row): row for row in ClinicianFinding.objects.filter(visit=visit)}
    if seen != fingerprint(rows.values()):
        raise StaleVersionError(
            _(
                "Somebody else changed the findings of this visit while you did. Nothing was overwritten: "
                "your entries are still in the form. Compare them with what is stored, and save again."
            )
        )
    changed = [
        "/".join(place)
        for place in sorted({*rows, *values})
        if _put(visit, by, place, rows.get(place), values.get(place), reason)
    ]
    if changed:
        record(
            Verb.CHANGE,
            WHAT,
            by=by,
            record_id=visit.pk,
            patient_id=visit.patient_id,
            details={"changed": changed},
        )
    return len(changed)


def place_of(row: ClinicianFinding) -> Place:
    """Where a finding belongs."""
    return row.code, row.side, row.expression


def field_name(place: Place) -> str:
    """Of a place, in a form."""
    return "-".join(part for part in place if part)


def value_of(row: ClinicianFinding) -> int:
    """Its grade or its score; the database keeps one of them."""
    value = row.score if row.grade is None else row.grade
    assert value is not None  # noqa: S101  a constraint of the table
    return value


def fingerprint(rows: Iterable[ClinicianFinding]) -> str:
    """Stands for all findings of a visit as they are; another one means that somebody changed them."""
    said = ";".join(sorted(f"{'/'.join(place_of(row))}={value_of(row)}" for row in rows))
    return sha256(said.encode()).hexdigest()


def _put(
    visit: Visit, by: User, place: Place, row: ClinicianFinding | None, value: int | None, reason: str
) -> bool:
    if row is not None and value == value_of(row):
        return False
    if row is not None and value is None:
        row._change_reason = reason  # type: ignore[attr-defined]  # noqa: SLF001  as simple_history names it
        row.delete()
        return True
    assert value is not None  # noqa: S101  a place comes from a row or with a value
    kind = _kind(place, value)
    if row is None:
        row = ClinicianFinding(visit=visit, code=place[0], side=place[1], expression=place[2])
    row.grade, row.score = (value, None) if kind.is_graded else (None, value)
    row.by = by
    row._change_reason = reason  # type: ignore[attr-defined]  # noqa: SLF001  as simple_history names it
    row.save()
    return True


def _kind(place: Place, value: int) -> FindingKind:
    """The kind of a place; refuses one that does not exist, and a value outside its scale."""
    code, side, expression = place
    kind = finding_kinds().get(code)
    allowed = set() if kind is None else {expression or "" for expression in kind.expressions}
    if kind is None or side not in list(Side) or expression not in allowed:
        raise FieldsError({"__all__": _("There is no such finding: %(place)s.") % {"place": " ".join(place)}})
    highest = HIGHEST_GRADE if kind.is_graded else HIGHEST_SCORE
    if not 0 <= value <= highest:
        raise FieldsError(
            {
                field_name(place): _(
                    "It is %(value)d; allowed is a whole number from 0 to %(highest)d, or nothing where it "
                    "was not examined."
                )
                % {"value": value, "highest": highest}
            }
        )
    return kind
