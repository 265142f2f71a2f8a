"""Save what a form says; what is refused is said in the form, and nothing typed is lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext as _

from facialis.clinic.kernel.days import days_in_words
from facialis.clinic.kernel.errors import FieldsError, StaleVersionError
from facialis.clinic.kernel.fields import VersionedForm, add_errors
from facialis.planning.errors import CaseError

Saved = TypeVar("Saved")


@dataclass(frozen=True)
class Difference:
    """A field that somebody else has saved otherwise."""

    label: str
    theirs: str


def save_or_explain(
    form: forms.Form, save: Callable[[], Saved], newest: Callable[[], Mapping[str, Any]] | None = None
) -> Saved | None:
    """Save, or write into the form why not; None then.

    Parameters
    ----------
    newest      For a form with a version: what is stored by now, as initial values of the form. After a
                conflict the form shows where it differs, and saving again means to overwrite it.
    """
    try:
        return save()
    except FieldsError as error:
        add_errors(form, error.errors)
    except CaseError as error:
        form.add_error(None, days_in_words(str(error)))
    except StaleVersionError as error:
        if newest is None or not isinstance(form, VersionedForm):
            raise
        form.add_error(None, str(error))
        stored = newest()
        form.differences = differences(form, stored)  # type: ignore[attr-defined]
        form.with_version(stored["version"])
    return None


def status_of(form: forms.Form) -> HTTPStatus:
    """Of the page that shows a form: refused values, a conflict, or simply shown."""
    if getattr(form, "differences", None) is not None:
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK


def differences(form: forms.Form, stored: Mapping[str, Any]) -> list[Difference]:
    """Fields in which the typed and the stored values differ, with what is stored."""
    found = []
    for bound in form.visible_fields():
        field, theirs = bound.field, stored.get(bound.name)
        if _plain(field.prepare_value(theirs)) != _plain(bound.value()):
            found.append(Difference(str(bound.label), _shown(field, theirs)))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(str(one) for one in value)
    return "" if value is None else str(value)


def _shown(field: forms.Field, value: Any) -> str:
    values = value if isinstance(value, list | tuple | set | frozenset) else [value]
    words = {str(key): str(word) for key, word in getattr(field, "choices", [])}
    shown = [words.get(str(one), str(field.prepare_value(one))) for one in values if one not in {None, ""}]
    return ", ".join(shown) or _("empty")
