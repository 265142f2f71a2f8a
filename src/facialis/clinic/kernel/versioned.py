"""Records that two people may edit: the second is told, and nothing is overwritten."""

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from facialis.clinic.kernel.errors import StaleVersionError

Record = TypeVar("Record", bound="Versioned")


class Versioned(models.Model):
    """A record with a version that every saved change raises by one."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def raise_version(self) -> None:
        """Count a change; call it before `save`, with the row locked by `locked`."""
        self.version += 1

    @classmethod
    def locked(cls, pk: object, version: int | None) -> Self:
        """Read a row and lock it until the transaction ends.

        Parameters
        ----------
        pk              Key of the row.
        version : int   That the page showed; None where the caller edits nothing that a page showed.

        Raises
        ------
        StaleVersionError       The row has another version by now.
        """
        # With ``of`` a join of nullable relations would be refused by PostgreSQL; there is none here.
        row = cls._default_manager.select_for_update().get(pk=pk)
        if version is not None and row.version != version:
            raise StaleVersionError(
                _(
                    "Somebody else saved this record while you were editing (version %(now)s; yours was "
                    "%(then)s). Nothing was overwritten: your entries are still in the form. Load the newest "
                    "version, compare, and save again."
                )
                % {"now": row.version, "then": version}
            )
        return row
