"""Nobody reads or writes records of another clinic."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from facialis.clinic.accounts.models import User

Row = TypeVar("Row", bound=models.Model)


class OfClinicQuerySet(models.QuerySet[Row]):
    """Rows of one clinic; ``clinic_path`` of the model leads to its clinic."""

    def for_user(self, user: "User") -> Self:
        """Only those of the clinic that a person works in."""
        path: str = self.model.clinic_path  # type: ignore[attr-defined]
        return self.filter(**{path: user.clinic_id})
