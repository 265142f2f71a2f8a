"""Answers while they are being given: a draft that several people may continue."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.models import Verb
from facialis.clinic.grading.actions.common import audit, require_writable
from facialis.clinic.grading.models import Grading
from facialis.clinic.grading.stored import Scored, scored
from facialis.clinic.grading.suggestions import measurement_shown, stored_suggestion, suggested_for
from facialis.clinic.kernel.errors import FieldsError, NotNowError, StaleVersionError
from facialis.clinic.kernel.states import NoteStatus
from facialis.clinic.visits.models import Visit
from facialis.grading.errors import GradingError
from facialis.grading.instrument import Instrument
from facialis.grading.registry import find_instrument


@transaction.atomic
def save_draft(
    *,
    by: User,
    visit_id: UUID,
    instrument_id: str,
    version: int | None,
    answers: Mapping[str, object],
    options: Mapping[str, object],
    taken: set[str] | None = None,
    measurement_id: UUID | None = None,
) -> Grading:
    """Keep the answers to an instrument as far as they are given.

    Parameters
    ----------
    version         Of the draft that the form showed; None where it showed none.
    answers         By item; None and a missing item are "not assessed".
    taken           Items for which the person took the suggestion over.
    measurement_id  That the suggestions beside the form came from.

    Raises
    ------
    FieldsError     At the item: an answer that is not allowed, or two that contradict each other.
    StaleVersionError, NotNowError, NotPermittedError
    """
    require(by, Act.GRADE)
    visit = Visit.objects.for_user(by).select_related("patient__palsy").get(pk=visit_id)
    instrument = find_instrument(instrument_id)
    draft = _draft(visit, instrument, version)
    require_writable(visit, is_amendment=draft is not None and draft.amends_id is not None)
    found = _scored(instrument, answers, options)
    if draft is None and not found.score.completeness.answered:
        raise FieldsError({"__all__": _("Nothing is answered yet, so there is nothing to save.")})
    suggested = suggested_for(visit, instrument, measurement_shown(visit, measurement_id))
    values: dict[str, Any] = {
        "answers": found.to_document(),
        "result": found.score.to_plain(),
        "suggested": stored_suggestion(suggested, found.answers, taken or set()),
        "by": by,
    }
    grading = _create(visit, instrument, values) if draft is None else _change(draft, values)
    audit(
        Verb.CREATE if draft is None else Verb.CHANGE,
        by,
        grading,
        {"answered": found.score.completeness.answered, "taken": grading.suggested.get("taken", [])},
    )
    return grading


def _draft(visit: Visit, instrument: Instrument, version: int | None) -> Grading | None:
    """The draft, locked; None where a new one begins."""
    rows = Grading.objects.filter(visit=visit, instrument=instrument.id)
    row = rows.filter(status=NoteStatus.PRELIMINARY).first()
    if row is not None and version is not None:
        return Grading.locked(row.pk, version)
    if row is not None:
        raise StaleVersionError(
            _(
                "Somebody else began to answer %(instrument)s at this visit while you did. Nothing was "
                "overwritten: your entries are still in the form. Compare, and save again."
            )
            % {"instrument": instrument.title}
        )
    if rows.filter(status=NoteStatus.FINAL).exists():
        raise NotNowError(
            _("%(instrument)s of this visit is final and cannot be changed. Amend it, with a reason.")
            % {"instrument": instrument.title}
        )
    if version is not None:
        raise NotNowError(
            _("This draft was struck out while you were editing. Load the page and begin anew.")
        )
    return None


def _scored(instrument: Instrument, answers: Mapping[str, object], options: Mapping[str, object]) -> Scored:
    try:
        return scored(instrument, answers, options)
    except GradingError as error:
        raise FieldsError({field_of(instrument, error): str(error)}) from error


def field_of(instrument: Instrument, error: GradingError) -> str:
    """The first item that a refusal names; else the form as a whole."""
    items = {item.id for item in instrument.items}
    return next((name for name in re.findall(r"'(\w+)'", str(error)) if name in items), "__all__")


def _create(visit: Visit, instrument: Instrument, values: Mapping[str, Any]) -> Grading:
    try:
        with transaction.atomic():
            return Grading.objects.create(visit=visit, instrument=instrument.id, **values)
    except IntegrityError as error:
        raise StaleVersionError(
            _("Somebody else saved this in the same moment. Your entries are still in the form; save again.")
        ) from error


def _change(draft: Grading, values: Mapping[str, Any]) -> Grading:
    for name, value in values.items():
        setattr(draft, name, value)
    draft.raise_version()
    draft.save()
    return draft
