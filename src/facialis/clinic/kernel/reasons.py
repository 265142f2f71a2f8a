"""Reasons that a person writes: they are read years later, so that one letter is none."""

import re

from django.utils.translation import gettext as _

from facialis.clinic.kernel.errors import FieldsError
from facialis.clinic.kernel.fields import plain_text

LEAST_CHARACTERS = 10
LEAST_WORDS = 2
_WORD = re.compile(r"[^\W\d_]{2,}")


def told_reason(text: str, field: str = "reason") -> str:
    """Why somebody goes on, without spaces around it; raises `FieldsError` where it tells nothing."""
    return _told(
        text,
        field,
        _(
            "Write why you go on, in words that somebody else understands: at least %(characters)d "
            "characters and two different words, such as “held well last time”."
        ),
    )


def told_correction(text: str, field: str = "reason") -> str:
    """Why something signed or recorded is taken back or changed; raises `FieldsError`, also if too long."""
    return _told(
        plain_text(text, field),
        field,
        _(
            "Write why, in words that somebody else understands: at least %(characters)d characters and two "
            "different words, such as “of another patient”. The reason is kept with the record."
        ),
    )


def _told(text: str, field: str, refusal: str) -> str:
    found = text.strip()
    words = {word.casefold() for word in _WORD.findall(found)}
    if len(found) < LEAST_CHARACTERS or len(words) < LEAST_WORDS:
        raise FieldsError({field: refusal % {"characters": LEAST_CHARACTERS}})
    return found
