"""Finding a member of an enumeration by its word, or saying which word was probably meant."""

from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from facialis.errors import FacialisError

MAX_SUGGESTIONS = 5

_Member = TypeVar("_Member", bound=StrEnum)


class UnknownNameError(FacialisError):
    """A muscle, branch, expression or instrument that does not exist; the code says which of them."""

    code = "unknown_name"


def find_member(
    kind: type[_Member], word: object, *, thing: str, aliases: Mapping[str, _Member] | None = None
) -> _Member:
    """Return the member of ``kind`` that a word names.

    Parameters
    ----------
    kind : type of StrEnum
        The enumeration.
    word : str
        A member, its value, or an alias; capitals, spaces and hyphens do not matter.
    thing : str
        What is looked for, for the message and the code: muscle, branch, ...
    aliases : mapping, optional
        Further words, such as abbreviations.

    Raises
    ------
    UnknownNameError
        If ``word`` is no text or names nothing; code ``unknown_<thing>``. The message gives the
        nearest words, or all where none is near.
    """
    if not isinstance(word, str):
        raise UnknownNameError(
            f"A {thing} is named by a word, not by {word!r}. Give one of {', '.join(kind)}.",
            code=f"unknown_{thing}",
        )
    known = {_plain(member.value): member for member in kind}
    known |= {_plain(alias): member for alias, member in (aliases or {}).items()}
    try:
        return known[_plain(word)]
    except KeyError:
        raise UnknownNameError(
            f"'{word}' is no {thing}. {_hint(word, known, kind)}", code=f"unknown_{thing}"
        ) from None


def _plain(word: str) -> str:
    return word.strip().lower().replace("-", "_").replace(" ", "_")


def _hint(word: str, known: Mapping[str, _Member], kind: type[_Member]) -> str:
    # Several of the nearest words may name the same member: its abbreviation and its full name.
    near = dict.fromkeys(known[match] for match in get_close_matches(_plain(word), known, n=MAX_SUGGESTIONS))
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"Give one of {', '.join(kind)}."
