"""Refusals of the clinic's actions, as a page can show them."""

from collections.abc import Mapping
from http import HTTPStatus

from facialis.errors import FacialisError


class ClinicError(FacialisError):
    """Something that a person asked for and that is refused; its sentence says why and what to do."""

    code = "clinic_refused"
    status = HTTPStatus.CONFLICT


class NotPermittedError(ClinicError):
    """The role does not allow it."""

    code = "not_permitted"
    status = HTTPStatus.FORBIDDEN


class NotNowError(ClinicError):
    """The state of the record does not allow it: signed, closed, revoked."""

    code = "state_forbids"


class StaleVersionError(ClinicError):
    """Somebody else has saved since the page was opened; nothing was overwritten."""

    code = "changed_meanwhile"


class FieldsError(ClinicError):
    """Values that an action refuses, by the name of the field."""

    code = "values_refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)
