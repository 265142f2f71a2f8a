"""From what JSON holds to a case; a value of the wrong kind is refused where it stands."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from facialis.anatomy.expressions import Expression
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.planning.case.answers import NOT_ASKED, Answer, CodedList, ListState
from facialis.planning.case.case import Case
from facialis.planning.case.palsy import ASKED_APART, Cause, Clearance, Palsy, Reanimation, RedFlag, Stability
from facialis.planning.case.patient import Patient, Sex
from facialis.planning.case.prerequisites import Prerequisite
from facialis.planning.case.treatments import RoledInjection, ToxinTreatment, TreatmentArea
from facialis.planning.case.visits import ClinicianFinding, EyeClosure, EyeExam, Visit
from facialis.planning.case.wishes import Expectation, Goal, Wishes
from facialis.report.twin_json import MOST_DIGITS, Place
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.products import ToxinProduct
from facialis.twin.events import ToxinInjection

FAMILY, VERSION = "facialis-case", 1

MOST_VISITS = 500
MOST_FINDINGS = 200
MOST_TREATMENTS = 200
MOST_INJECTIONS = 200
"""Every point of every target on both sides is fewer."""
MOST_ENTRIES = 100
"""Of a list of conditions, drugs or operations."""
LONGEST_REFERENCE = 1000

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EXACT = re.compile(r"[0-9]+(\.[0-9]+)?|[0-9]+/[1-9][0-9]*")

_Member = TypeVar("_Member", bound=StrEnum)
_Thing = TypeVar("_Thing")


def case_from(place: Place) -> Case:
    """Read a case whose format was checked."""
    found = _Entries(
        place,
        ("format", "case_id", "patient", "palsy"),
        (
            "visits",
            "earlier_toxin",
            "treatments",
            "conditions",
            "medication",
            "allergies",
            "wishes",
            "prerequisites",
        ),
    )
    return Case(
        case_id=found.must("case_id").text(),
        patient=_patient(found.must("patient")),
        palsy=_palsy(found.must("palsy")),
        visits=found.many("visits", _visit, MOST_VISITS),
        earlier_toxin=found.word("earlier_toxin", ListState, ListState.NOT_ASKED),
        treatments=found.many("treatments", _treatment, MOST_TREATMENTS),
        conditions=found.one("conditions", _coded_list, NOT_ASKED),
        medication=found.one("medication", _coded_list, NOT_ASKED),
        allergies=found.one("allergies", _coded_list, NOT_ASKED),
        wishes=found.one("wishes", _wishes, Wishes()),
        prerequisites=found.one("prerequisites", _prerequisites, {}),
    )


class _Entries:
    """The entries of an object; an optional one that is absent or null takes its default."""

    def __init__(self, place: Place, required: tuple[str, ...], optional: tuple[str, ...]) -> None:
        self._found = place.keys(required, optional)

    def must(self, key: str) -> Place:
        return self._found[key]

    def one(self, key: str, read: Callable[[Place], _Thing], default: _Thing) -> _Thing:
        place = self._found.get(key)
        return default if place is None or place.value is None else read(place)

    def maybe(self, key: str, read: Callable[[Place], _Thing]) -> _Thing | None:
        place = self._found.get(key)
        return None if place is None or place.value is None else read(place)

    def word(self, key: str, kind: type[_Member], default: _Member) -> _Member:
        place = self._found.get(key)
        return default if place is None else _word(place, kind)

    def answer(self, key: str) -> Answer:
        return self.word(key, Answer, Answer.UNKNOWN)

    def many(self, key: str, read: Callable[[Place], _Thing], most: int) -> tuple[_Thing, ...]:
        place = self._found.get(key)
        return () if place is None else tuple(read(entry) for entry in place.items(most))


def _patient(place: Place) -> Patient:
    found = _Entries(place, (), ("birth_date", "age_years", "sex", "pregnancy", "lactation"))
    return Patient(
        birth_date=found.maybe("birth_date", _day),
        age_years=found.maybe("age_years", Place.whole),
        sex=found.maybe("sex", lambda p: _word(p, Sex)),
        pregnancy=found.answer("pregnancy"),
        lactation=found.answer("lactation"),
    )


def _palsy(place: Place) -> Palsy:
    found = _Entries(
        place,
        ("affected_side", "onset"),
        (
            "bilateral",
            "cause",
            "onset_hours",
            "forehead_spared",
            "recurrent_same_side",
            "red_flags",
            "clearance",
            "stability",
            "stable_months",
            "specialist_seen",
            "corticosteroid_days",
            "retraining_start",
            "reanimations",
        ),
    )
    return Palsy(
        affected_side=found.maybe("affected_side", _side),
        onset=_day(found.must("onset")),
        cause=found.word("cause", Cause, Cause.UNKNOWN),
        bilateral=found.answer("bilateral"),
        onset_hours=found.maybe("onset_hours", Place.whole),
        forehead_spared=found.answer("forehead_spared"),
        recurrent_same_side=found.answer("recurrent_same_side"),
        red_flags=found.one("red_flags", _red_flags, {}),
        clearance=found.maybe("clearance", _clearance),
        stability=found.word("stability", Stability, Stability.UNKNOWN),
        stable_months=found.maybe("stable_months", Place.whole),
        specialist_seen=found.answer("specialist_seen"),
        corticosteroid_days=found.maybe("corticosteroid_days", Place.whole),
        retraining_start=found.maybe("retraining_start", _day),
        reanimations=found.many("reanimations", _reanimation, MOST_ENTRIES),
    )


def _red_flags(place: Place) -> dict[RedFlag, Answer]:
    listed = tuple(flag for flag in RedFlag if flag not in ASKED_APART)
    found = place.keys((), listed)
    return {flag: _word(found[flag], Answer) for flag in listed if flag in found}


def _clearance(place: Place) -> Clearance:
    found = place.keys(("flags", "by", "day"))
    return Clearance(_members(found["flags"], RedFlag), found["by"].text(), _day(found["day"]))


def _reanimation(place: Place) -> Reanimation:
    found = _Entries(place, ("kind",), ("day",))
    return Reanimation(found.must("kind").text(), found.maybe("day", _day))


def _visit(place: Place) -> Visit:
    found = _Entries(place, ("day",), ("measurement", "findings", "house_brackmann", "sunnybrook", "eye"))
    return Visit(
        day=_day(found.must("day")),
        measurement=found.maybe("measurement", lambda p: p.text(LONGEST_REFERENCE)),
        findings=found.many("findings", _finding, MOST_FINDINGS),
        house_brackmann=found.maybe("house_brackmann", Place.whole),
        sunnybrook=found.maybe("sunnybrook", Place.whole),
        eye=found.maybe("eye", _eye),
    )


def _finding(place: Place) -> ClinicianFinding:
    found = _Entries(place, ("code", "side"), ("expression", "grade", "score"))
    return ClinicianFinding(
        code=found.must("code").text(),
        side=_side(found.must("side")),
        expression=found.maybe("expression", lambda p: _word(p, Expression)),
        grade=found.maybe("grade", Place.whole),
        score=found.maybe("score", Place.whole),
    )


def _eye(place: Place) -> EyeExam:
    found = _Entries(
        place, (), ("closure", "bell_phenomenon", "corneal_sensation", "dry_eye", "corneal_problem")
    )
    return EyeExam(
        closure=found.word("closure", EyeClosure, EyeClosure.UNKNOWN),
        bell_phenomenon=found.answer("bell_phenomenon"),
        corneal_sensation=found.answer("corneal_sensation"),
        dry_eye=found.answer("dry_eye"),
        corneal_problem=found.answer("corneal_problem"),
    )


def _treatment(place: Place) -> ToxinTreatment:
    found = _Entries(
        place,
        ("day", "product"),
        ("injections", "total_units", "area", "helped", "adequate", "follow_up"),
    )
    product = found.maybe("product", lambda p: _word(p, ToxinProduct))
    injections = found.many("injections", lambda p: _injection(p, product), MOST_INJECTIONS)
    return ToxinTreatment(
        day=_day(found.must("day")),
        product=product,
        injections=injections,
        total=found.maybe("total_units", lambda p: _dose(p, product)),
        area=found.word("area", TreatmentArea, TreatmentArea.FACE if injections else TreatmentArea.UNKNOWN),
        helped=found.answer("helped"),
        adequate=found.answer("adequate"),
        follow_up=found.maybe("follow_up", _day),
    )


def _injection(place: Place, product: ToxinProduct | None) -> ToxinInjection:
    found = _Entries(place, ("side", "target", "point", "units", "volume_ml"), ("role",))
    role = found.maybe("role", lambda p: _word(p, SideRole))
    side, target = _side(found.must("side")), _word(found.must("target"), InjectionTarget)
    point, dose = found.must("point").whole(), _dose(found.must("units"), product)
    volume = _exact(found.must("volume_ml"))
    if role is None:
        return ToxinInjection(side, target, point, dose, volume)
    return RoledInjection(side, target, point, dose, volume, role)


def _dose(place: Place, product: ToxinProduct | None) -> ToxinDose:
    if product is None:
        place.refuse("null while the product of the treatment is null: units mean nothing without it")
    return ToxinDose(_exact(place), product)


def _coded_list(place: Place) -> CodedList:
    found = _Entries(place, ("state",), ("codes", "others"))
    return CodedList(
        _word(found.must("state"), ListState),
        found.many("codes", Place.text, MOST_ENTRIES),
        found.many("others", Place.text, MOST_ENTRIES),
    )


def _wishes(place: Place) -> Wishes:
    found = _Entries(place, (), ("weights", "refused_muscles", "no_permanent_change", "expectations"))
    return Wishes(
        weights=found.one("weights", _weights, {}),
        refused_muscles=found.one("refused_muscles", _muscles, frozenset()),
        no_permanent_change=found.answer("no_permanent_change"),
        expectations=found.one("expectations", lambda p: _members(p, Expectation), frozenset()),
    )


def _weights(place: Place) -> dict[Goal, int]:
    found = place.keys((), tuple(Goal))
    return {goal: found[goal].whole() for goal in Goal if goal in found}


def _muscles(place: Place) -> frozenset[Muscle]:
    found = _members(place, Muscle)
    if not found <= set(FACIAL_MUSCLES):
        place.refuse(f"a list of {', '.join(FACIAL_MUSCLES)}")
    return found


def _prerequisites(place: Place) -> dict[Prerequisite, Answer]:
    found = place.keys((), tuple(Prerequisite))
    return {each: _word(found[each], Answer) for each in Prerequisite if each in found}


def _members(place: Place, kind: type[_Member]) -> frozenset[_Member]:
    entries = place.items(len(kind))
    found = [_word(entry, kind) for entry in entries]
    if len(set(found)) < len(found):
        place.refuse("a list that names each once")
    return frozenset(found)


def _word(place: Place, kind: type[_Member]) -> _Member:
    if not isinstance(place.value, str) or place.value not in set(kind):
        place.refuse(", ".join(kind))
    return kind(place.value)


def _side(place: Place) -> Side:
    sides = {side.label: side for side in Side}
    if not isinstance(place.value, str) or place.value not in sides:
        place.refuse("LEFT or RIGHT, the patient's")
    return sides[place.value]


def _day(place: Place) -> date:
    allowed = "a day of the calendar, written like 2026-11-22"
    if not isinstance(place.value, str) or not _ISO_DAY.fullmatch(place.value):
        place.refuse(allowed)
    try:
        return date.fromisoformat(place.value)
    except ValueError:
        place.refuse(allowed)


def _exact(place: Place) -> Fraction:
    number = place.exact()
    if not _EXACT.fullmatch(str(number)) or len(str(number)) > MOST_DIGITS:
        place.refuse('digits with a point, such as "2.5", or a fraction, such as "25/3"')
    return Fraction(number)
