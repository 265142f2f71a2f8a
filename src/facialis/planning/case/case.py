"""The whole case."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from facialis.planning.case.answers import NOT_ASKED, Answer, CodedList, ListState, is_text
from facialis.planning.case.palsy import Palsy
from facialis.planning.case.patient import Patient
from facialis.planning.case.prerequisites import Prerequisite
from facialis.planning.case.treatments import ToxinTreatment
from facialis.planning.case.visits import EyeClosure, EyeExam, Visit
from facialis.planning.case.wishes import Wishes
from facialis.planning.errors import CaseError
from facialis.toxins.contraindications import contraindications
from facialis.toxins.interactions import drug_interactions

CASE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
ALLERGIES_WITHOUT_ALLERGEN = frozenset({"hypersensitivity_toxin", "lactose_intolerance"})
"""Contraindications that are answers to the question for allergies, though no component is named."""
ANSWERED_ELSEWHERE = frozenset(
    {"pregnancy", "lactation", "under_18", "toxin_within_12_weeks", "toxin_within_4_months"}
)
"""Contraindications that follow from the patient and the earlier treatments, and are never listed."""


TOXIN_AS_DRUG = "botulinum_toxin"


@dataclass(frozen=True)
class Case:
    """Everything that rules of planning may ask for; it knows no clock.

    Raises
    ------
    CaseError
        If it contradicts itself. What depends on the day of planning is refused by `require_on`.
    """

    case_id: str
    """Pseudonym: no name, no date of birth."""
    patient: Patient
    palsy: Palsy
    visits: tuple[Visit, ...] = ()
    """The earliest first."""
    treatments: tuple[ToxinTreatment, ...] = ()
    """Every earlier treatment with any toxin, of any area; the earliest first."""
    earlier_toxin: ListState = ListState.NOT_ASKED
    """Whether there are treatments: an empty list alone does not say that there were none."""
    conditions: CodedList = NOT_ASKED
    medication: CodedList = NOT_ASKED
    allergies: CodedList = NOT_ASKED
    wishes: Wishes = field(default_factory=Wishes)
    prerequisites: Mapping[Prerequisite, Answer] = field(default_factory=dict)
    """What is missing was not answered."""

    def __post_init__(self) -> None:
        if not is_text(self.case_id) or not CASE_ID.fullmatch(self.case_id):
            raise CaseError(
                f"The case is called {str(self.case_id)[:80]!r}; it has 1 to 64 letters, digits, dots, "
                "hyphens or underscores. Give a pseudonym."
            )
        self._require_order()
        self.conditions.require_known(condition_codes(), "The condition")
        self.medication.require_known(drug_codes(), "The drug")
        self.allergies.require_known(allergy_codes(), "The allergy")
        for treatment in self.treatments:
            treatment.require_roles(self.palsy.affected_side)
        if (self.earlier_toxin is ListState.KNOWN) is not bool(self.treatments):
            raise CaseError(
                f"Earlier toxin is said to be '{self.earlier_toxin.value}' and {len(self.treatments)} "
                "treatments are listed. Say 'known' with treatments, and 'none' or 'not_asked' without."
            )
        if self.earlier_toxin is ListState.NONE and TOXIN_AS_DRUG in self.medication.codes:
            raise CaseError(
                f"Earlier toxin is said to be 'none', and '{TOXIN_AS_DRUG}' stands in the medication. "
                "Correct one of them."
            )
        for prerequisite, answer in self.prerequisites.items():
            if answer is Answer.NO and self._shows(prerequisite):
                raise CaseError(
                    f"The checklist says that '{prerequisite.value}' is not done, and the case shows "
                    "that it is. Correct one of them."
                )
        birth = self.patient.birth_date
        for what, day in self._dated():
            if birth is not None and day < birth:
                raise CaseError(f"{what} is dated {day}, before the birth on {birth}. Correct one of them.")

    def require_on(self, today: date) -> None:
        """Refuse a case that cannot be on the day of planning.

        Raises
        ------
        CaseError
            If anything lies in the future, or the age is out of range.
        """
        for what, day in self._dated():
            if day > today:
                raise CaseError(
                    f"{what} is dated {day}, after {today}, the day of planning. Correct one of them."
                )
        self.patient.age_on(today)

    def require_finding_codes(self, allowed: Collection[str]) -> None:
        """Refuse a clinician's finding whose code is not among ``allowed``; raises `CaseError`."""
        for visit in self.visits:
            visit.require_codes(allowed)

    @property
    def eye(self) -> EyeExam | None:
        """The latest examination of the eye; None where there was none."""
        return None if self._eye_visit is None else self._eye_visit.eye

    @property
    def eye_day(self) -> date | None:
        """When that was."""
        return None if self._eye_visit is None else self._eye_visit.day

    @property
    def holds_liquids(self) -> bool | None:
        """Whether the mouth holds liquids, as last answered; None where nobody asked."""
        answers = (visit.holds_liquids for visit in reversed(self.visits))
        last = next((answer for answer in answers if answer is not Answer.UNKNOWN), None)
        return None if last is None else last is Answer.YES

    @property
    def _eye_visit(self) -> Visit | None:
        return next((visit for visit in reversed(self.visits) if visit.eye is not None), None)

    def answer_to(self, prerequisite: Prerequisite) -> Answer:
        """Whether a point of the checklist is done, as said, or as the rest of the case shows."""
        found = self.prerequisites.get(prerequisite, Answer.UNKNOWN)
        return Answer.YES if found is Answer.UNKNOWN and self._shows(prerequisite) else found

    def _shows(self, prerequisite: Prerequisite) -> bool:
        """Whether the rest of the case shows that a point of the checklist is done."""
        if prerequisite is Prerequisite.RETRAINING_PLANNED:
            return self.palsy.retraining_start is not None
        if prerequisite is Prerequisite.EYE_EXAMINED:
            return self.eye is not None and self.eye.closure is not EyeClosure.UNKNOWN
        return False

    def _dated(self) -> tuple[tuple[str, date], ...]:
        palsy = self.palsy
        found = (
            ("The onset of the palsy", palsy.onset),
            ("The start of retraining", palsy.retraining_start),
            ("The clearance of red flags", None if palsy.clearance is None else palsy.clearance.day),
            *(("A reanimation", r.day) for r in palsy.reanimations),
            *(("A visit", v.day) for v in self.visits),
            *(("A toxin treatment", t.day) for t in self.treatments),
            *(("The follow-up of a toxin treatment", t.follow_up) for t in self.treatments),
        )
        return tuple((what, day) for what, day in found if day is not None)

    def _require_order(self) -> None:
        for visit in self.visits:
            if visit.day < self.palsy.onset:
                raise CaseError(
                    f"A visit is dated {visit.day}, before the onset of the palsy on {self.palsy.onset}. "
                    "Correct one of them."
                )
        days = (
            ("visits", [v.day for v in self.visits]),
            ("toxin treatments", [t.day for t in self.treatments]),
        )
        for what, listed in days:
            if listed != sorted(listed):
                raise CaseError(f"The {what} are not in the order of their dates. Put the earliest first.")
            twice = next((day for day in listed if listed.count(day) > 1), None)
            if twice is not None:
                raise CaseError(f"Two {what} are dated {twice}. Join them into one.")


@cache
def allergy_codes() -> frozenset[str]:
    """Contraindications that answer the question for allergies."""
    return frozenset(
        rule.code
        for rule in contraindications()
        if rule.allergen is not None or rule.code in ALLERGIES_WITHOUT_ALLERGEN
    )


@cache
def condition_codes() -> frozenset[str]:
    """Contraindications that answer the question for conditions."""
    return frozenset(rule.code for rule in contraindications()) - allergy_codes() - ANSWERED_ELSEWHERE


@cache
def drug_codes() -> frozenset[str]:
    """Drugs and classes with a rule."""
    return frozenset(word for rule in drug_interactions() for word in (rule.code, *rule.members))
