"""Numbers as people type them: with a decimal point or a decimal comma, and nothing to be guessed."""

import re
from fractions import Fraction

from django.utils.translation import gettext as _

from facialis.clinic.kernel.errors import FieldsError
from facialis.toxins.exact import number_text

MOST_CHARACTERS = 20
_NUMBER = re.compile(r"(-?[0-9]+)(?:[.,]([0-9]+))?", re.ASCII)
_GROUP = 3
"""Digits after a mark that may have meant thousands."""


def typed_number(text: str, field: str) -> Fraction:
    """The number that a person typed: 2.5 and 2,5 are the same.

    Parameters
    ----------
    text : str      Spaces around it do not matter.
    field : str     Where it was typed, for the refusal.

    Raises
    ------
    FieldsError     It is no number, or could be two: 1,250 is 1.25 in one country and 1250 in another.
    """
    plain = text.strip()
    found = _NUMBER.fullmatch(plain) if len(plain) <= MOST_CHARACTERS else None
    if found is None:
        raise FieldsError(
            {
                field: _(
                    "“%(typed)s” is not a number of units. Write digits with one decimal mark: 2.5 or 2,5."
                )
                % {"typed": plain[:MOST_CHARACTERS]}
            }
        )
    whole, decimals = found.group(1), found.group(2) or ""
    if len(decimals) == _GROUP:
        raise FieldsError(
            {
                field: _(
                    "“%(typed)s” can be read as %(joined)s or as %(parted)s. "
                    "Write it with fewer decimals, or without a mark."
                )
                % {
                    "typed": plain,
                    "joined": whole + decimals,
                    "parted": number_text(Fraction(f"{whole}.{decimals}")),
                }
            }
        )
    return Fraction(f"{whole}.{decimals}" if decimals else whole)
