"""Sunnybrook Facial Grading System: rest, voluntary movement, synkinesis, and their composite."""

from dataclasses import dataclass
from enum import StrEnum

from facialis.grading.answers import Answers
from facialis.grading.instrument import Instrument, Item
from facialis.grading.score import (
    Direction,
    Exact,
    Part,
    Score,
    completeness_of,
    missing_note,
    sum_if_complete,
)
from facialis.grading.scoring_table import ScoringTable, load_scoring


class EyeRest(StrEnum):
    """The palpebral fissure at rest, against the healthy side."""

    NORMAL = "normal"
    NARROW = "narrow"
    WIDE = "wide"
    EYELID_SURGERY = "eyelid_surgery"
    UNLIKE_UNSPECIFIED = "unlike_unspecified"


class CheekRest(StrEnum):
    """The nasolabial fold at rest, against the healthy side."""

    NORMAL = "normal"
    ABSENT = "absent"
    LESS_PRONOUNCED = "less_pronounced"
    MORE_PRONOUNCED = "more_pronounced"
    UNLIKE_UNSPECIFIED = "unlike_unspecified"


class MouthRest(StrEnum):
    """The corner of the mouth at rest, against the healthy side."""

    NORMAL = "normal"
    CORNER_DROOPED = "corner_drooped"
    CORNER_PULLED_UP_OR_OUT = "corner_pulled_up_or_out"
    UNLIKE_UNSPECIFIED = "unlike_unspecified"


@dataclass(frozen=True)
class SunnybrookAnswers(Answers):
    """Three signs at rest, then movement (1 to 5) and synkinesis (0 to 3) of five expressions."""

    eye_rest: EyeRest | None
    cheek_rest: CheekRest | None
    mouth_rest: MouthRest | None
    brow_raise_movement: int | None
    eye_closure_movement: int | None
    smile_movement: int | None
    snarl_movement: int | None
    pucker_movement: int | None
    brow_raise_synkinesis: int | None
    eye_closure_synkinesis: int | None
    smile_synkinesis: int | None
    snarl_synkinesis: int | None
    pucker_synkinesis: int | None


def score(answers: SunnybrookAnswers) -> Score:
    """Composite = movement - rest - synkinesis, from -15 to 100 and never cut off.

    Parameters
    ----------
    answers : SunnybrookAnswers
        Unanswered items leave their part and the composite None.

    Returns
    -------
    Score
        Parts `rest_symmetry`, `voluntary_movement` and `synkinesis`, weighted.

    Notes
    -----
    Weights of [Ross96]: rest x 5, movement x 4, synkinesis x 1.
    """
    table = load_scoring(INSTRUMENT.id)
    rest = _weighted_sum(answers, table, "rest_symmetry")
    movement = _weighted_sum(answers, table, "voluntary_movement")
    synkinesis = _weighted_sum(answers, table, "synkinesis")
    composite = None
    if rest is not None and movement is not None and synkinesis is not None:
        composite = movement - rest - synkinesis
    completeness = completeness_of(answers)
    return Score(
        instrument=INSTRUMENT.id,
        version=INSTRUMENT.version,
        total=composite,
        unit="points",
        range=table.range("range_composite"),
        direction=Direction.HIGHER_IS_BETTER,
        parts=(
            _part(table, "rest_symmetry", "Resting symmetry", rest, Direction.HIGHER_IS_WORSE),
            _part(table, "voluntary_movement", "Voluntary movement", movement, Direction.HIGHER_IS_BETTER),
            _part(table, "synkinesis", "Synkinesis", synkinesis, Direction.HIGHER_IS_WORSE),
        ),
        grade=None,
        completeness=completeness,
        notes=(*missing_note(completeness), *_negative_note(table, composite), _norm_note(table)),
        citations=INSTRUMENT.sources,
    )


def _weighted_sum(answers: SunnybrookAnswers, table: ScoringTable, part: str) -> Exact | None:
    items = [item for item in INSTRUMENT.items if item.part == part]
    points = sum_if_complete(_points(item, getattr(answers, item.id)) for item in items)
    return None if points is None else points * table.number(f"weight_{part}")


def _points(item: Item, answer: StrEnum | int | None) -> Exact | None:
    return item.points_of(answer) if isinstance(answer, StrEnum) else answer


def _part(table: ScoringTable, name: str, label: str, value: Exact | None, direction: Direction) -> Part:
    return Part(name=name, label=label, value=value, range=table.range(f"range_{name}"), direction=direction)


def _negative_note(table: ScoringTable, composite: Exact | None) -> tuple[str, ...]:
    if composite is None or composite >= 0:
        return ()
    lowest = table.range("range_composite").low
    sentence = (
        f"The composite is {composite} and stays as computed: the arithmetic reaches {lowest}, although the "
        "range is usually printed as 0 to 100."
    )
    return (sentence,)


def _norm_note(table: ScoringTable) -> str:
    right = table.cited("normative_composite_right_reference")
    left = table.number("normative_composite_left_reference")
    return (
        f"100 is not what healthy people score: the median of {right.population} was "
        f"{table.number('normative_composite_right_reference')} with the right side as reference and {left} "
        f"with the left ({right.source_key}, {right.provenance.value})."
    )


INSTRUMENT = Instrument(
    id="sunnybrook",
    title="Sunnybrook",
    version="1",
    licence_note=(
        "The form is copyright 1996 Sunnybrook Health Sciences Centre; ask before reproducing it. Facialis "
        "holds the arithmetic and labels of its own (recall-medium; ask the holder)."
    ),
    sources=("Ross96", "Picard24"),
    answers_type=SunnybrookAnswers,
    score=score,
    words={"eye_rest": EyeRest, "cheek_rest": CheekRest, "mouth_rest": MouthRest},
)
