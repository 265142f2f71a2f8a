"""Writing files of facialis-palsy-file-models 0.1.0: items, and totals by the published rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from facialis.anatomy import Side
from facialis.grading.answers import Answers
from facialis.grading.eface import EfaceAnswers
from facialis.grading.file_model_fields import mapped_fields, word_for
from facialis.grading.file_model_totals import published_totals
from facialis.grading.file_model_values import FileModelError
from facialis.grading.file_models import FORMAT_VERSION
from facialis.grading.grades import Grade
from facialis.grading.sunnybrook import SunnybrookAnswers

ORGANISATION = "Facialis"


class NotWritableError(FileModelError):
    """The format has no place for an answer."""

    code = "file_cannot_hold_answer"


@dataclass(frozen=True)
class WrittenFile:
    """A JSON document, and what it does not hold."""

    document: dict[str, Any]
    left_out: tuple[str, ...]
    """One sentence for each thing that the format cannot keep."""


def write_file_model(
    *,
    sunnybrook: SunnybrookAnswers | None = None,
    eface: EfaceAnswers | None = None,
    house_brackmann: Grade | None = None,
    affected_side: Side | None = None,
    application_version: str,
    written_at: str | None = None,
) -> WrittenFile:
    """Write gradings as the format's own program loads them.

    Parameters
    ----------
    sunnybrook, eface : answers
        Items without an answer are written as null.
    house_brackmann : Grade
        The bare grade; the format keeps no signs.
    affected_side : Side
        Of the patient.
    application_version : str
        Version of the program that writes.
    written_at : str
        Time of the assessment, kept with every Sunnybrook item; left out if not given.

    Returns
    -------
    WrittenFile
        Totals stand in it only where every item that they need has an answer. The format's own
        program counts synkinesis four times when it works totals out again.

    Raises
    ------
    NotWritableError
        If an eFACE slider is no whole number.
    """
    frame = {
        "metadata_object_version": FORMAT_VERSION,
        "application_version": application_version,
        "application_org": ORGANISATION,
    }
    document: dict[str, Any] = {**frame, "palsy_side": "" if affected_side is None else affected_side.value}
    left_out: list[str] = []
    document["sunnybrook"] = {**frame, **_sunnybrook_fields(sunnybrook, written_at)}
    document["eface"] = {**frame, **_eface_fields(eface)}
    document["houseBrackmann"] = {**frame, "houseBrackmann": int(house_brackmann or 0)}
    if sunnybrook is not None:
        totals = published_totals(sunnybrook)
        document |= {field: int(total) for field, total in totals.items() if total is not None}
        left_out += _totals_left_out(totals)
        left_out += _words_left_out(sunnybrook)
    if eface is not None:
        left_out += _sliders_left_out(eface)
    return WrittenFile(document, tuple(left_out))


def _sunnybrook_fields(answers: SunnybrookAnswers | None, written_at: str | None) -> dict[str, Any]:
    time = {} if written_at is None else {"time": written_at}
    return {
        field: None if points is None else {"key": field, "value": points, **time}
        for field, item_id in _fields("sunnybrook").items()
        for points in [None if answers is None else _points(answers, item_id)]
    }


def _eface_fields(answers: EfaceAnswers | None) -> dict[str, int | None]:
    rows = mapped_fields("eface")
    written: dict[str, int | None] = {row.text("field"): None for row in rows}
    for field, item_id in _fields("eface").items():
        written[field] = None if answers is None else _whole(item_id, getattr(answers, item_id))
    return written


def _fields(section: str) -> dict[str, str]:
    """Return field -> item id of every field that is an item."""
    return {
        row.text("field"): item_id
        for row in mapped_fields(section)
        if (item_id := row.optional_text("item_id"))
    }


def _points(answers: Answers, item_id: str) -> int | None:
    answer: str | int | None = getattr(answers, item_id)
    return answers.instrument.item(item_id).points_of(answer) if isinstance(answer, str) else answer


def _whole(item_id: str, slider: Decimal | None) -> int | None:
    if slider is None:
        return None
    if slider != int(slider):
        raise NotWritableError(
            f"eFACE: the answer to '{item_id}' is {slider}; the file format holds whole numbers only. Decide "
            "on one before it is written."
        )
    return int(slider)


def _totals_left_out(totals: Mapping[str, object]) -> tuple[str, ...]:
    missing = [field for field, total in totals.items() if total is None]
    if not missing:
        return ()
    return (f"{', '.join(missing)}: items are missing; the format's own program will show 0.",)


def _words_left_out(answers: SunnybrookAnswers) -> tuple[str, ...]:
    words = [
        f"{item.id} {word}"
        for item in answers.instrument.items
        if isinstance(word := getattr(answers, item.id), str) and word != word_for(item, item.points_of(word))
    ]
    if not words:
        return ()
    return (f"{', '.join(words)}: the format keeps the points, not which difference was seen.",)


def _sliders_left_out(answers: EfaceAnswers) -> tuple[str, ...]:
    kept = set(_fields("eface").values())
    lost = [
        item.id
        for item in answers.instrument.items
        if item.id not in kept and getattr(answers, item.id) is not None
    ]
    if not lost:
        return ()
    return (f"{', '.join(lost)}: the format asks for one value for each expression, not for the whole face.",)
