"""Whether a name on a label is the patient's: case, accents, order and a slip do not matter."""

import re
import unicodedata
from difflib import SequenceMatcher
from itertools import permutations

ALIKE = 0.8
"""Share of letters that two spellings of a name have in common; 'Meier' and 'Maier' have 0.8."""
_SPELT_OUT = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def is_same_name(on_label: str, family_name: str, given_names: str) -> bool:
    """Compare what a label says with a patient's names.

    A label may carry the family name alone, or one of several given names; but every word on it has to be a
    name of the patient, and the family name has to be among them.

    Examples
    --------
    >>> is_same_name("MÜLLER, Anna", "Mueller", "Anna Maria")
    True
    >>> is_same_name("Anna Huber", "Müller", "Anna Maria")
    False
    >>> is_same_name("Anna", "Müller", "Anna Maria")
    False
    """
    said, family, given = _words(on_label), _words(family_name), _words(given_names)
    if not said or len(said) > len(family) + len(given):
        return False
    known = [*family, *given]
    return all(any(_alike(word, name) for name in known) for word in said) and any(
        _alike("".join(part), "".join(family)) for part in permutations(said, min(len(family), len(said)))
    )


def _words(text: str) -> list[str]:
    """Folded: composed, lower case, letters without marks, umlauts spelt out."""
    composed = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS).translate(_SPELT_OUT)
    plain = "".join(c for c in unicodedata.normalize("NFD", composed) if not unicodedata.combining(c))
    return re.findall(r"[^\W\d_]+", plain)


def _alike(one: str, other: str) -> bool:
    if len(one) == 1:
        return other.startswith(one)  # an initial
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
