"""Find patients by any of their names, their number or their birth date."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from uuid import UUID

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from facialis.clinic.accounts.models import User
from facialis.clinic.kernel.days import split_days
from facialis.clinic.patients.models import Patient
from facialis.clinic.visits.models import Visit, VisitStatus

MOST_ROWS = 50
MOST_WORDS = 8
SIMILAR = 0.6
"""Of two names, from which on they are taken for one person's: 'Meier' and 'Mayer' are."""
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_NO_WORD = re.compile(r"[\W_]+")
_APOSTROPHES = re.compile(r"['’ʼ`´]")


@dataclass(frozen=True)
class Found:
    """One page of a search."""

    patients: list[Patient]
    next_after: UUID | None
    """Where the next page begins; None on the last."""
    days: tuple[date, ...]
    """Birth dates that the question was read as."""


def folded(text: str) -> str:
    """A text without case, accents, hyphens and other signs: what is equal here is found by the other."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    return _NO_WORD.sub(" ", _APOSTROPHES.sub("", bare.translate(_UNDECOMPOSED))).strip()


def _any_word(words: Iterable[str]) -> Q:
    found = Q()
    for word in sorted(words):
        found |= Q(search_text__contains=f" {word}")
    return found


def _day_word(day: date) -> str:
    return f"{day:%Y%m%d}"


def _written_out(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold()).translate(_WRITTEN_OUT)


def search_text_of(family_name: str, given_names: str, record_number: str, birth_date: date) -> str:
    """What a patient is found by: each word after a blank, the family name first, which is also the order.

    A double name stands in one word too, an umlaut also written out, a number also without its signs, the
    birth date as eight digits.
    """
    words = folded(f"{family_name} {given_names}").split()
    for text in (*family_name.split(), *given_names.split()):
        words += [folded(text).replace(" ", ""), folded(_written_out(text)).replace(" ", "")]
        words += folded(_APOSTROPHES.sub(" ", text)).split()
    words += [*folded(record_number).split(), folded(record_number).replace(" ", "")]
    words.append(_day_word(birth_date))
    return "".join(f" {word}" for word in dict.fromkeys(words))


def find_patients(user: User, question: str, after: UUID | None = None) -> Found:
    """At most `MOST_ROWS` patients of the own clinic, in the order of their names.

    Parameters
    ----------
    question    Words in any order, each the beginning of a name or number; and a birth date.
    after       The last patient of the page before.
    """
    days, rest = split_days(question)
    rows = Patient.objects.for_user(user)
    if days:
        # As a word: the index of the search answers this too.
        rows = rows.filter(_any_word(_day_word(day) for day in days))
    plain, written_out = folded(rest).split(), folded(_written_out(rest)).split()
    for word, other in list(zip(plain, written_out, strict=True))[:MOST_WORDS]:
        rows = rows.filter(_any_word({word, other}))  # 'Müller' also finds 'Mueller'
    last = None if after is None else Patient.objects.for_user(user).filter(pk=after).first()
    if last is not None:
        rows = rows.filter(
            Q(search_text__gt=last.search_text) | Q(search_text=last.search_text, pk__gt=last.pk)
        )
    # Keys first: the index holds all that this asks for, and no row is read that is not shown.
    keys = list(rows.order_by("search_text", "pk").values_list("pk", flat=True)[: MOST_ROWS + 1])
    shown = keys[:MOST_ROWS]
    return Found(
        patients=list(with_last_visit(Patient.objects.filter(pk__in=shown)).order_by("search_text", "pk")),
        next_after=shown[-1] if len(keys) > MOST_ROWS else None,
        days=tuple(days),
    )


def with_last_visit(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    """Add ``last_visit``, the day of the latest visit that took place."""
    seen = Visit.objects.filter(
        patient=OuterRef("pk"), status__in=[VisitStatus.OPEN, VisitStatus.CLOSED]
    ).order_by()
    return patients.annotate(
        last_visit=Subquery(seen.values("patient").annotate(day=Max("day")).values("day"))
    )


def similar_patients(user: User, *, family_name: str, given_names: str, birth_date: date) -> list[Patient]:
    """Patients of the own clinic with this birth date and a similar name, also with the names exchanged."""
    new = (folded(family_name), folded(given_names))
    rows = with_last_visit(Patient.objects.for_user(user).filter(birth_date=birth_date))
    return [
        row
        for row in rows.order_by("search_text")
        if are_similar(new, (folded(row.family_name), folded(row.given_names)))
    ]


def are_similar(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two pairs of folded names may be of one person."""
    return any(
        _are_close(one[0], family) and _share_a_name(one[1], given)
        for family, given in (other, (other[1], other[0]))
    )


def _share_a_name(some: str, others: str) -> bool:
    return any(_are_close(one, other) for one in _words(some) for other in _words(others))


def _are_close(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= SIMILAR or bool(set(_words(one)) & set(_words(other)))


def _words(text: str) -> list[str]:
    return text.split() or [""]
