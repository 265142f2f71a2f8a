"""From what JSON holds to a case; a value of the wrong kind is refused where it stands."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from facialis.anatomy.expressions import Expression
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.side_roles import SideRole
from facialis.planning.case.answers import NOT_ASKED, Answer, CodedList, ListState
from facialis.planning.case.case import Case
from facialis.planning.case.palsy import ASKED_APART, Cause, Clearance, Palsy, Reanimation, RedFlag, Stability
from facialis.planning.case.patient import Patient, Sex
from facialis.planning.case.prerequisites import Prerequisite
from facialis.planning.case.treatments import RoledInjection, ToxinTreatment, TreatmentArea
from facialis.planning.case.visits import ClinicianFinding, EyeClosure, EyeExam, Visit
from facialis.planning.case.wishes import Expectation, Goal, Wishes
from facialis.report.json_values import read_day, read_exact, read_members, read_side, read_word
from facialis.report.twin_json import Place
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
        return default if place is None else read_word(place, kind)

    def answer(self, key: str) -> Answer:
        return self.word(key, Answer, Answer.UNKNOWN)

    def many(self, key: str, read: Callable[[Place], _Thing], most: int) -> tuple[_Thing, ...]:
        place = self._found.get(key)
        return () if place is None else tuple(read(entry) for entry in place.items(most))


def _patient(place: Place) -> Patient:
    found = _Entries(place, (), ("birth_date", "age_years", "sex", "pregnancy", "lactation"))
    return Patient(
        birth_date=found.maybe("birth_date", read_day),
        age_years=found.maybe("age_years", Place.whole),
        sex=found.maybe("sex", lambda p: read_word(p, Sex)),
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
        affected_side=found.maybe("affected_side", read_side),
        onset=read_day(found.must("onset")),
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
        retraining_start=found.maybe("retraining_start", read_day),
        reanimations=found.many("reanimations", _reanimation, MOST_ENTRIES),
    )


def _red_flags(place: Place) -> dict[RedFlag, Answer]:
    listed = tuple(flag for flag in RedFlag if flag not in ASKED_APART)
    found = place.keys((), listed)
    return {flag: read_word(found[flag], Answer) for flag in listed if flag in found}


def _clearance(place: Place) -> Clearance:
    found = place.keys(("flags", "by", "day"))
    return Clearance(read_members(found["flags"], RedFlag), found["by"].text(), read_day(found["day"]))


def _reanimation(place: Place) -> Reanimation:
    found = _Entries(place, ("kind",), ("day",))
    return Reanimation(found.must("kind").text(), found.maybe("day", read_day))


def _visit(place: Place) -> Visit:
    optional = ("measurement", "findings", "house_brackmann", "sunnybrook", "eye", "holds_liquids")
    found = _Entries(place, ("day",), optional)
    return Visit(
        day=read_day(found.must("day")),
        measurement=found.maybe("measurement", lambda p: p.text(LONGEST_REFERENCE)),
        findings=found.many("findings", _finding, MOST_FINDINGS),
        house_brackmann=found.maybe("house_brackmann", Place.whole),
        sunnybrook=found.maybe("sunnybrook", Place.whole),
        eye=found.maybe("eye", _eye),
        holds_liquids=found.answer("holds_liquids"),
    )


def _finding(place: Place) -> ClinicianFinding:
    found = _Entries(place, ("code", "side"), ("expression", "grade", "score"))
    return ClinicianFinding(
        code=found.must("code").text(),
        side=read_side(found.must("side")),
        expression=found.maybe("expression", lambda p: read_word(p, Expression)),
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
    product = found.maybe("product", lambda p: read_word(p, ToxinProduct))
    injections = found.many("injections", lambda p: _injection(p, product), MOST_INJECTIONS)
    return ToxinTreatment(
        day=read_day(found.must("day")),
        product=product,
        injections=injections,
        total=found.maybe("total_units", lambda p: _dose(p, product)),
        area=found.word("area", TreatmentArea, TreatmentArea.FACE if injections else TreatmentArea.UNKNOWN),
        helped=found.answer("helped"),
        adequate=found.answer("adequate"),
        follow_up=found.maybe("follow_up", read_day),
    )


def _injection(place: Place, product: ToxinProduct | None) -> ToxinInjection:
    found = _Entries(place, ("side", "target", "point", "units", "volume_ml"), ("role",))
    role = found.maybe("role", lambda p: read_word(p, SideRole))
    side, target = read_side(found.must("side")), read_word(found.must("target"), InjectionTarget)
    point, dose = found.must("point").whole(), _dose(found.must("units"), product)
    volume = read_exact(found.must("volume_ml"))
    if role is None:
        return ToxinInjection(side, target, point, dose, volume)
    return RoledInjection(side, target, point, dose, volume, role)


def _dose(place: Place, product: ToxinProduct | None) -> ToxinDose:
    if product is None:
        place.refuse("null while the product of the treatment is null: units mean nothing without it")
    return ToxinDose(read_exact(place), product)


def _coded_list(place: Place) -> CodedList:
    found = _Entries(place, ("state",), ("codes", "others"))
    return CodedList(
        read_word(found.must("state"), ListState),
        found.many("codes", Place.text, MOST_ENTRIES),
        found.many("others", Place.text, MOST_ENTRIES),
    )


def _wishes(place: Place) -> Wishes:
    found = _Entries(place, (), ("weights", "refused_muscles", "no_permanent_change", "expectations"))
    return Wishes(
        weights=found.one("weights", _weights, {}),
        refused_muscles=found.one("refused_muscles", _muscles, frozenset()),
        no_permanent_change=found.answer("no_permanent_change"),
        expectations=found.one("expectations", lambda p: read_members(p, Expectation), frozenset()),
    )


def _weights(place: Place) -> dict[Goal, int]:
    found = place.keys((), tuple(Goal))
    return {goal: found[goal].whole() for goal in Goal if goal in found}


def _muscles(place: Place) -> frozenset[Muscle]:
    found = read_members(place, Muscle)
    if not found <= set(FACIAL_MUSCLES):
        place.refuse(f"a list of {', '.join(FACIAL_MUSCLES)}")
    return found


def _prerequisites(place: Place) -> dict[Prerequisite, Answer]:
    found = place.keys((), tuple(Prerequisite))
    return {each: read_word(found[each], Answer) for each in Prerequisite if each in found}
