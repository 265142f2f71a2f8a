"""House-Brackmann grade of the whole face, from signs that an examiner sees."""

from dataclasses import dataclass, replace
from enum import StrEnum

from facialis.grading.answers import Answers
from facialis.grading.errors import AnswerRangeError, AnswerTypeError, ContradictoryAnswersError
from facialis.grading.grades import Grade
from facialis.grading.instrument import Instrument
from facialis.grading.score import Direction, Part, Score, completeness_of, missing_note
from facialis.grading.scoring_table import load_scoring

MOVING_REGIONS = ("forehead", "eye_closure", "mouth")


class Movement(StrEnum):
    """Any voluntary movement of the affected side."""

    NONE = "none"
    BARELY_PERCEPTIBLE = "barely_perceptible"
    CLEAR = "clear"


class Appearance(StrEnum):
    """How conspicuous the weakness is."""

    NORMAL = "normal"
    SLIGHT = "slight"
    OBVIOUS = "obvious"
    DISFIGURING = "disfiguring"


class Rest(StrEnum):
    """Symmetry and tone at rest."""

    NORMAL = "normal"
    ASYMMETRIC = "asymmetric"


class Forehead(StrEnum):
    """Movement of the forehead."""

    NORMAL = "normal"
    MODERATE_TO_GOOD = "moderate_to_good"
    SLIGHT_TO_MODERATE = "slight_to_moderate"
    NONE = "none"


class EyeClosure(StrEnum):
    """Closure of the eye."""

    NORMAL = "normal"
    COMPLETE_MINIMAL_EFFORT = "complete_minimal_effort"
    COMPLETE_WITH_EFFORT = "complete_with_effort"
    INCOMPLETE = "incomplete"
    NONE = "none"


class Mouth(StrEnum):
    """Movement of the mouth."""

    NORMAL = "normal"
    SLIGHT_ASYMMETRY = "slight_asymmetry"
    SLIGHTLY_WEAK_MAXIMUM_EFFORT = "slightly_weak_maximum_effort"
    ASYMMETRIC_MAXIMUM_EFFORT = "asymmetric_maximum_effort"
    SLIGHT_MOVEMENT = "slight_movement"
    NONE = "none"


class SecondaryDefect(StrEnum):
    """Synkinesis, contracture or hemifacial spasm."""

    NONE = "none"
    VERY_SLIGHT = "very_slight"
    OBVIOUS = "obvious"
    DISFIGURING = "disfiguring"


@dataclass(frozen=True)
class HouseBrackmannAnswers(Answers):
    """What was seen; answers that cannot both be true of one face are refused."""

    movement: Movement | None
    appearance: Appearance | None
    rest: Rest | None
    forehead: Forehead | None
    eye_closure: EyeClosure | None
    mouth: Mouth | None
    secondary_defect: SecondaryDefect | None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.movement is Movement.NONE:
            self._refuse_what_needs_movement()
        if self.movement is Movement.BARELY_PERCEPTIBLE and self.eye_closure not in {
            None,
            EyeClosure.INCOMPLETE,
            EyeClosure.NONE,
        }:
            raise ContradictoryAnswersError(
                f"House-Brackmann: 'movement' is barely_perceptible and 'eye_closure' is {self.eye_closure}; "
                "an eye that closes completely moves clearly (House85). Correct one of the two."
            )
        if self.movement is Movement.CLEAR and self._moving_regions() == ("none", "none", "none"):
            raise ContradictoryAnswersError(
                "House-Brackmann: 'movement' is clear, but 'forehead', 'eye_closure' and 'mouth' are none. "
                "Correct one of the four."
            )

    def _refuse_what_needs_movement(self) -> None:
        moving = {name: getattr(self, name) for name in (*MOVING_REGIONS, "secondary_defect")}
        for name, found in moving.items():
            if found not in {None, "none"}:
                raise ContradictoryAnswersError(
                    f"House-Brackmann: 'movement' is none and '{name}' is {found}; a face without movement "
                    f"has none (House85). Correct one of the two."
                )

    def _moving_regions(self) -> tuple[str | None, ...]:
        return tuple(getattr(self, name) for name in MOVING_REGIONS)


def score(answers: HouseBrackmannAnswers) -> Score:
    """Grade I to VI by the order of decisions; weakness and secondary defect are kept apart in the parts.

    Parameters
    ----------
    answers : HouseBrackmannAnswers
        A grade is given only when every sign was assessed.

    Returns
    -------
    Score
        ``total`` is the grade as 1 to 6. Part `weakness` is the grade that the same face would
        have without its secondary defect; part `secondary_defect` the mildest grade that
        describes the defect.

    Notes
    -----
    Order [House85]: no movement is VI; barely perceptible movement with asymmetric rest is V;
    an eye that does not close, or disfigurement, is IV; an obvious difference is III; a slight
    one is II; else I.
    """
    table = load_scoring(INSTRUMENT.id)
    ends = table.range("range_grade")
    completeness = completeness_of(answers)
    without_defect = replace(answers, secondary_defect=SecondaryDefect.NONE)
    whole = decide(answers) if completeness.complete else None
    weakness = None if without_defect.missing() else decide(without_defect)
    defect = None if answers.secondary_defect is None else Grade(_points(answers, "secondary_defect"))
    return Score(
        instrument=INSTRUMENT.id,
        version=INSTRUMENT.version,
        total=None if whole is None else int(whole),
        unit="grade",
        range=ends,
        direction=Direction.HIGHER_IS_WORSE,
        parts=tuple(
            Part(
                name=name,
                label=label,
                value=None if grade is None else int(grade),
                range=ends,
                direction=Direction.HIGHER_IS_WORSE,
                grade=None if grade is None else grade.name,
            )
            for name, label, grade in (
                ("weakness", "Weakness alone", weakness),
                ("secondary_defect", "Synkinesis, contracture, spasm", defect),
            )
        ),
        grade=None if whole is None else whole.name,
        completeness=completeness,
        notes=(*missing_note(completeness), *_notes(answers, whole, weakness)),
        citations=INSTRUMENT.sources,
    )


def decide(answers: HouseBrackmannAnswers) -> Grade:
    """The grade of complete answers, by the order of decisions in `score`."""
    if answers.movement is Movement.NONE:
        return Grade.VI
    if answers.movement is Movement.BARELY_PERCEPTIBLE and answers.rest is Rest.ASYMMETRIC:
        return Grade.V
    deciding = ("appearance", "eye_closure", "secondary_defect")
    if max(_points(answers, name) for name in deciding) >= Grade.IV:
        return Grade.IV
    # The other signs of IV to VI do not decide when the eye closes: they make the difference obvious.
    worst = max(_points(answers, item.id) for item in INSTRUMENT.items)
    return Grade(min(worst, Grade.III))


def motion_grade(motion_pct: int) -> Grade:
    """Grade whose band holds the share of normal movement on House's scale.

    Parameters
    ----------
    motion_pct : int
        Movement of the affected side, 0 to 100. [% of normal movement]

    Raises
    ------
    AnswerTypeError
        If it is not a whole number.
    AnswerRangeError
        If it is not between 0 and 100.
    """
    if isinstance(motion_pct, bool) or not isinstance(motion_pct, int):
        raise AnswerTypeError(
            f"House-Brackmann: the share of movement is {motion_pct!r}; allowed is a whole number from 0 "
            "to 100 (House85, recall-high). Round it to whole per cent."
        )
    found = load_scoring(INSTRUMENT.id).name_holding(motion_pct, "movement_")
    if found is None:
        raise AnswerRangeError(
            f"House-Brackmann: the share of movement is {motion_pct} %; allowed is 0 to 100 (House85, "
            "recall-high). Correct it."
        )
    return Grade[found]


def _points(answers: HouseBrackmannAnswers, item_id: str) -> int:
    return INSTRUMENT.item(item_id).points_of(getattr(answers, item_id))


def _notes(answers: HouseBrackmannAnswers, whole: Grade | None, weakness: Grade | None) -> tuple[str, ...]:
    if whole is None or weakness is None:
        return ()
    band = load_scoring(INSTRUMENT.id).range(f"movement_{whole.name}")
    share = f"{band.low} to {band.high} %" if band.low != band.high else f"{band.low} %"
    notes = [
        f"Grade {whole.name} stands for {share} of normal movement on House's scale (House85, recall-high)."
    ]
    if whole is not weakness:
        notes.append(
            f"The secondary defect makes it grade {whole.name}; the weakness alone is grade {weakness.name}. "
            "Raters disagree on such faces, so compare the parts."
        )
    if answers.rest is Rest.ASYMMETRIC and whole in {Grade.III, Grade.IV}:
        notes.append(
            f"Rest is asymmetric in grade {whole.name}: House85 describes normal symmetry and tone at "
            "rest up to IV (recall-high), summaries write of disfigurement at rest in IV (WebSource, found)."
        )
    if answers.movement is Movement.BARELY_PERCEPTIBLE and whole is Grade.IV:
        notes.append(
            "Movement is barely perceptible, but grade V also asks for asymmetry at rest (House85, "
            "recall-high)."
        )
    return tuple(notes)


INSTRUMENT = Instrument(
    id="house_brackmann",
    title="House-Brackmann",
    version="1",
    licence_note=(
        "Published scale of clinicians: its rules are facts; the journal's table is not reproduced "
        "(recall-medium; ask the holder)."
    ),
    sources=("House85", "WebSource", "Facialis"),
    answers_type=HouseBrackmannAnswers,
    score=score,
    words={
        "movement": Movement,
        "appearance": Appearance,
        "rest": Rest,
        "forehead": Forehead,
        "eye_closure": EyeClosure,
        "mouth": Mouth,
        "secondary_defect": SecondaryDefect,
    },
)
