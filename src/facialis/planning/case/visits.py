"""Visits: photographs that were measured, what the clinician saw, and the eye."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.planning.case.answers import Answer, is_text, is_whole, require_text
from facialis.planning.errors import CaseError

CODE = re.compile(r"[a-z][a-z0-9_]{0,60}")
HIGHEST_GRADE = 3
HIGHEST_SCORE = 100
HOUSE_BRACKMANN = range(1, 7)
SUNNYBROOK = range(-15, 101)
"""A face that only moves in synkinesis can have less than 0."""
LONGEST_REFERENCE = 1000


class EyeClosure(StrEnum):
    """Whether the lids of the affected side meet in gentle closure."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class EyeExam:
    """The eye of the affected side; what was not examined is unknown."""

    closure: EyeClosure = EyeClosure.UNKNOWN
    bell_phenomenon: Answer = Answer.UNKNOWN
    """Whether the eye turns up on closure."""
    corneal_sensation: Answer = Answer.UNKNOWN
    dry_eye: Answer = Answer.UNKNOWN
    corneal_problem: Answer = Answer.UNKNOWN
    """Exposure, pain, redness or an injury of the cornea."""


@dataclass(frozen=True)
class ClinicianFinding:
    """Something seen or felt that no photograph measures; graded 0 to 3, or scored 0 to 100."""

    code: str
    side: Side
    expression: Expression | None = None
    grade: int | None = None
    score: int | None = None

    def __post_init__(self) -> None:
        if not is_text(self.code) or not CODE.fullmatch(self.code):
            raise CaseError(
                f"The code of a finding is {self.code!r}; it is a word of small letters, digits and "
                "underscores. Correct it."
            )
        if (self.grade is None) == (self.score is None):
            raise CaseError(f"The finding '{self.code}' has a grade or a score: give one of them, not both.")
        _require_from(self.grade, range(HIGHEST_GRADE + 1), f"The grade of '{self.code}'")
        _require_from(self.score, range(HIGHEST_SCORE + 1), f"The score of '{self.code}'")


@dataclass(frozen=True)
class Visit:
    """One visit."""

    day: date
    measurement: str | None = None
    """Where the measurement of the photographs lies, as written in the file; read elsewhere."""
    findings: tuple[ClinicianFinding, ...] = ()
    house_brackmann: int | None = None
    """Grade by the clinician, 1 to 6."""
    sunnybrook: int | None = None
    """Composite by the clinician."""
    eye: EyeExam | None = None
    holds_liquids: Answer = Answer.UNKNOWN
    """Whether the mouth holds liquids: no drooling, no loss of fluid when drinking."""

    def __post_init__(self) -> None:
        if self.measurement is not None:
            require_text(self.measurement, f"The measurement of the visit on {self.day}", LONGEST_REFERENCE)
        _require_from(self.house_brackmann, HOUSE_BRACKMANN, f"The House-Brackmann grade on {self.day}")
        _require_from(self.sunnybrook, SUNNYBROOK, f"The Sunnybrook composite on {self.day}")
        seen = [(f.code, f.side, f.expression) for f in self.findings]
        twice = next((key for key in seen if seen.count(key) > 1), None)
        if twice is not None:
            raise CaseError(
                f"The visit on {self.day} holds the finding '{twice[0]}', {twice[1].label}, twice. "
                "Give it once for each side and expression."
            )

    def require_codes(self, allowed: Collection[str]) -> None:
        """Refuse a finding whose code is not among ``allowed``; raises `CaseError`."""
        for finding in self.findings:
            if finding.code not in allowed:
                raise CaseError(
                    f"'{finding.code}' is no finding of a clinician. Give one of "
                    f"{', '.join(sorted(allowed))}."
                )


def _require_from(number: int | None, allowed: range, what: str) -> None:
    if number is None:
        return
    if not is_whole(number) or number not in allowed:
        raise CaseError(
            f"{what} is {number!r}; it is a whole number from {allowed[0]} to {allowed[-1]}. Correct it."
        )
