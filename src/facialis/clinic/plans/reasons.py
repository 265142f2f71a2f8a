"""Reasons that a person writes: they are read years later, so that one letter is none."""

import re

from django.utils.translation import gettext as _

from facialis.clinic.kernel.errors import FieldsError

LEAST_CHARACTERS = 10
LEAST_WORDS = 2
_WORD = re.compile(r"[^\W\d_]{2,}")


def told_reason(text: str, field: str = "reason") -> str:
    """The reason without spaces around it; raises `FieldsError` where it tells a reader nothing."""
    found = text.strip()
    words = {word.casefold() for word in _WORD.findall(found)}
    if len(found) < LEAST_CHARACTERS or len(words) < LEAST_WORDS:
        raise FieldsError(
            {
                field: _(
                    "Write why you go on, in words that somebody else understands: at least %(characters)d "
                    "characters and two different words, such as “held well last time”."
                )
                % {"characters": LEAST_CHARACTERS}
            }
        )
    return found
