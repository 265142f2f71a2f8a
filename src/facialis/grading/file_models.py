"""Files of facialis-palsy-file-models 0.1.0: their items as typed answers, their totals refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from facialis.anatomy import Side
from facialis.grading.answers import check_answer
from facialis.grading.eface import EfaceAnswers
from facialis.grading.errors import GradingError
from facialis.grading.file_model_fields import (
    SECTIONS,
    UNSPECIFIED,
    Unmapped,
    mapped_fields,
    unmapped_fields,
    word_for,
)
from facialis.grading.file_model_totals import check_stored_totals
from facialis.grading.file_model_values import (
    FileModelError,
    FileValueError,
    object_in,
    palsy_side,
    shown,
    timed_number,
    whole_number,
)
from facialis.grading.grades import Grade
from facialis.grading.instrument import AnswerKind, Item
from facialis.grading.registry import find_instrument
from facialis.grading.sunnybrook import SunnybrookAnswers

FORMAT_VERSION = "0.1.0"


class FileVersionError(FileModelError):
    """The file is of another version of the format."""

    code = "file_version_unknown"


@dataclass(frozen=True)
class FileReading:
    """What a file holds that can be taken over, and what cannot."""

    affected_side: Side | None
    sunnybrook: SunnybrookAnswers | None
    """None where no item is set."""
    eface: EfaceAnswers | None
    """None where no item is set."""
    house_brackmann: Grade | None
    """A bare grade: the file does not keep the signs that it was made from."""
    unmapped: tuple[Unmapped, ...]
    notes: tuple[str, ...]


def read_file_model(document: Any, *, ignore_stored_totals: bool = False) -> FileReading:
    """Read a parsed JSON file of the format.

    Parameters
    ----------
    document : mapping
        The parsed file: objects `sunnybrook`, `eface`, `houseBrackmann`, and totals beside them.
    ignore_stored_totals : bool
        Drop totals that contradict the items, with a note, instead of refusing the file.

    Returns
    -------
    FileReading
        Items as typed answers. Totals are never taken over: ours are worked out from the items.

    Raises
    ------
    FileModelError
        If the document is not of this format.
    FileVersionError
        If it is of another version of the format.
    FileValueError
        If a field holds what it cannot hold.
    StoredTotalsError
        If a stored total is not what the published rule gives from the same items; its code
        is `file_totals_synkinesis_times_four` where synkinesis was counted four times.
    """
    whole = object_in("The file", document)
    present = {name: object_in(f"'{name}'", whole[name]) for name in SECTIONS if whole.get(name) is not None}
    if not present:
        raise FileModelError(
            f"The file has none of the objects {', '.join(SECTIONS)}. Check that it is of "
            "facialis-palsy-file-models."
        )
    for where, part in (("", whole), *((f"{name}.", part) for name, part in present.items())):
        _check_version(f"{where}metadata_object_version", part.get("metadata_object_version", FORMAT_VERSION))
    sunnybrook = _sunnybrook(present.get("sunnybrook", {}))
    eface = _eface(present.get("eface", {}))
    side = palsy_side(whole.get("palsy_side"))
    dropped = check_stored_totals(whole, sunnybrook, ignore=ignore_stored_totals)
    return FileReading(
        affected_side=side,
        sunnybrook=sunnybrook,
        eface=eface,
        house_brackmann=_grade(present.get("houseBrackmann", {})),
        unmapped=tuple(unmapped_fields(whole, present)),
        notes=(*_side_note(side), *_rest_note(sunnybrook), *_slider_note(eface), *dropped),
    )


def _check_version(field: str, version: Any) -> None:
    if version != FORMAT_VERSION:
        raise FileVersionError(
            f"'{field}' is {shown(version)}; '{FORMAT_VERSION}' is the only version that can be read. Files "
            "of another version are not converted."
        )


def _sunnybrook(section: Mapping[str, Any]) -> SunnybrookAnswers | None:
    found = _answers("sunnybrook", section)
    return None if found is None else SunnybrookAnswers(**found)


def _eface(section: Mapping[str, Any]) -> EfaceAnswers | None:
    found = _answers("eface", section)
    return None if found is None else EfaceAnswers(**found)


def _answers(name: str, section: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the answer to every item of the instrument; None where no field is set."""
    instrument = find_instrument(name)
    read = timed_number if name == "sunnybrook" else whole_number
    answers: dict[str, Any] = dict.fromkeys(item.id for item in instrument.items)
    for row in mapped_fields(name):
        item_id = row.optional_text("item_id")
        if item_id is None:
            continue
        field = f"{name}.{row.text('field')}"
        item = instrument.item(item_id)
        points = read(field, section.get(row.text("field")))
        answer = _word(field, item, points) if item.kind is AnswerKind.CHOICE else points
        try:
            answers[item_id] = check_answer(instrument, item, answer)
        except GradingError as error:
            raise FileValueError(f"'{field}': {error}") from error
    return answers if any(answer is not None for answer in answers.values()) else None


def _word(field: str, item: Item, points: int | None) -> str | None:
    if points is None:
        return None
    word = word_for(item, points)
    if word is None:
        allowed = sorted({str(anchor.points) for anchor in item.anchors})
        raise FileValueError(
            f"'{field}' is {points}; allowed is {', '.join(allowed)} ({item.citation.source_key}, "
            f"{item.citation.provenance.value}). Correct the file."
        )
    return word


def _grade(section: Mapping[str, Any]) -> Grade | None:
    number = whole_number("houseBrackmann.houseBrackmann", section.get("houseBrackmann"))
    if number is None or number == 0:
        # The format writes 0 for a grade that nobody gave.
        return None
    if number not in tuple(Grade):
        raise FileValueError(
            f"'houseBrackmann.houseBrackmann' is {number}; allowed is 1 to 6 for grades I to VI "
            "(House85), or 0 for no grade. Correct the file."
        )
    return Grade(number)


def _side_note(side: Side | None) -> tuple[str, ...]:
    if side is None:
        return ()
    sentence = (
        f"The format does not say whose {side.label} is meant. It is read as the patient's {side.label}: "
        "confirm it with the patient or a photograph."
    )
    return (sentence,)


def _rest_note(answers: SunnybrookAnswers | None) -> tuple[str, ...]:
    if answers is None:
        return ()
    unsure = [item.id for item in answers.instrument.items if getattr(answers, item.id) == UNSPECIFIED]
    if not unsure:
        return ()
    return (f"The file holds only the points of {', '.join(unsure)}, not which difference was seen.",)


def _slider_note(answers: EfaceAnswers | None) -> tuple[str, ...]:
    if answers is None:
        return ()
    sentence = (
        "The format names no scale for eFACE. Its numbers are read as 0 to 100, and on to 200 where an item "
        "can be overactive: confirm it with the program that wrote the file."
    )
    return (sentence,)
