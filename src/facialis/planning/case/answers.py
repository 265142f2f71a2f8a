"""Answers and lists that keep 'no', 'not known' and 'not asked' apart."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from facialis.planning.errors import CaseError

LONGEST_TEXT = 200
"""Of a free text in a case; what a rule needs is coded."""


class Answer(StrEnum):
    """An answer to a question about a patient."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    """Not asked, or the patient does not know."""


class ListState(StrEnum):
    """What an empty list means."""

    KNOWN = "known"
    """Asked, and these were named."""
    NONE = "none"
    """Asked, and there is none."""
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class CodedList:
    """Conditions, drugs or allergies of a patient."""

    state: ListState = ListState.NOT_ASKED
    codes: tuple[str, ...] = ()
    """Words of the tables of contraindications and interacting drugs."""
    others: tuple[str, ...] = ()
    """In free words: what no rule knows. It is shown and never passed over."""

    def __post_init__(self) -> None:
        entries = (*self.codes, *self.others)
        if self.state is ListState.KNOWN and not entries:
            raise CaseError(
                "A list is said to be known and names nothing. Name what is known, or say 'none' or "
                "'not_asked'."
            )
        if self.state is not ListState.KNOWN and entries:
            raise CaseError(
                f"A list is said to be '{self.state.value}' and names {', '.join(entries)}. Say 'known', or "
                "leave the list empty."
            )
        for text in self.others:
            require_text(text, "An entry of a list")
        twice = next((entry for entry in entries if entries.count(entry) > 1), None)
        if twice is not None:
            raise CaseError(f"A list names '{twice}' twice. Name it once.")

    def require_known(self, allowed: Collection[str], what: str) -> None:
        """Refuse a code that has no rule; ``what`` begins the message."""
        for code in self.codes:
            if code not in allowed:
                raise CaseError(
                    f"{what} '{code}' has no rule. Give one of {', '.join(sorted(allowed))}, or write it "
                    "under 'others'."
                )


NOT_ASKED = CodedList()


def is_text(value: object) -> bool:
    """Whether a value is text, whatever it was said to be."""
    return isinstance(value, str)


def is_whole(value: object) -> bool:
    """Whether a value is a whole number, and no truth value."""
    return isinstance(value, int) and not isinstance(value, bool)


def require_text(text: object, what: str, most: int = LONGEST_TEXT) -> str:
    """Return a text that says something and is not too long; raises `CaseError`."""
    if not isinstance(text, str) or not text.strip() or len(text) > most:
        raise CaseError(f"{what} is {_shown(text)}; it is a text of 1 to {most} characters. Correct it.")
    return text


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST_TEXT else f"{text[:40]}..."
