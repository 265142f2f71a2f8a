"""Cases and faces drawn at random, none of them contradictory."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from facialis.anatomy import FACIAL_MUSCLES, Expression, InjectionTarget, Side
from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.anatomy.injection_sites import injection_sites
from facialis.anatomy.nerve import NerveBranch
from facialis.planning.case.answers import Answer, CodedList, ListState
from facialis.planning.case.case import Case, allergy_codes, condition_codes, drug_codes
from facialis.planning.case.palsy import (
    ASKED_APART,
    Cause,
    Clearance,
    Palsy,
    Reanimation,
    RedFlag,
    Stability,
)
from facialis.planning.case.patient import Patient, Sex
from facialis.planning.case.prerequisites import Prerequisite
from facialis.planning.case.treatments import RoledInjection, ToxinTreatment, TreatmentArea, role_of
from facialis.planning.case.visits import ClinicianFinding, EyeClosure, EyeExam, Visit
from facialis.planning.case.wishes import Expectation, Goal, Wishes
from facialis.planning.places import place_of
from facialis.planning.rules.facts import FaceFacts
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.twin.events import ToxinInjection
from tests.factories.planning import ONA, TODAY

ANSWERS = st.sampled_from(Answer)
TEXTS = st.text(min_size=1, max_size=20).filter(str.strip)
SHARES = st.floats(0, 1)


def _words(kind):
    return st.frozensets(st.sampled_from(kind))


@st.composite
def coded_lists(draw, codes, without=()):
    named = draw(st.lists(st.sampled_from(sorted(set(codes) - set(without))), unique=True, max_size=3))
    others = draw(st.lists(TEXTS.filter(lambda text: text not in named), unique=True, max_size=2))
    if named or others:
        return CodedList(ListState.KNOWN, tuple(named), tuple(others))
    return CodedList(draw(st.sampled_from([ListState.NONE, ListState.NOT_ASKED])))


@st.composite
def palsies(draw):
    onset = draw(st.dates(date(2020, 1, 1), TODAY))
    later = st.dates(onset, TODAY)
    side = draw(st.sampled_from([*Side, None]))
    flags = draw(st.dictionaries(st.sampled_from([f for f in RedFlag if f not in ASKED_APART]), ANSWERS))
    positive = frozenset(flag for flag, answer in flags.items() if answer is Answer.YES)
    stability = draw(st.sampled_from(Stability))
    return Palsy(
        affected_side=side,
        onset=onset,
        cause=draw(st.sampled_from(Cause)),
        bilateral=Answer.YES if side is None else draw(st.sampled_from([Answer.NO, Answer.UNKNOWN])),
        onset_hours=draw(st.none() | st.integers(0, 200)),
        forehead_spared=draw(ANSWERS),
        recurrent_same_side=draw(ANSWERS),
        red_flags=flags,
        clearance=Clearance(positive, draw(TEXTS), draw(later)) if positive and draw(st.booleans()) else None,
        stability=stability,
        stable_months=draw(st.none() | st.integers(0, 60)) if stability is Stability.STABLE else None,
        specialist_seen=draw(ANSWERS),
        corticosteroid_days=draw(st.none() | st.integers(0, 30)),
        retraining_start=draw(st.none() | later),
        reanimations=tuple(draw(st.lists(st.builds(Reanimation, TEXTS, st.none() | later), max_size=2))),
    )


@st.composite
def injections(draw, product=ONA, affected_side=None, *, roles=False):
    target, side = draw(st.sampled_from(InjectionTarget)), draw(st.sampled_from(Side))
    point = draw(st.sampled_from([site.number for site in injection_sites(target, side)]))
    dose = ToxinDose(Fraction(draw(st.integers(1, 60)), draw(st.sampled_from([1, 3, 4]))), product)
    made = (side, target, point, dose, Fraction(draw(st.integers(1, 100)), 300))
    role = role_of(target, side, affected_side)
    if roles and role is not None and draw(st.booleans()):
        return RoledInjection(*made, role)
    return ToxinInjection(*made)


@st.composite
def treatments(draw, day, affected_side):
    product = draw(st.none() | st.sampled_from(ToxinProduct))
    points = (
        draw(
            st.lists(
                injections(product, affected_side, roles=True),
                max_size=4,
                unique_by=lambda i: (place_of(i.target, i.side), i.point),
            )
        )
        if product
        else []
    )
    total = (
        ToxinDose(draw(st.integers(1, 500)), product)
        if product and not points and draw(st.booleans())
        else None
    )
    return ToxinTreatment(
        day=day,
        product=product,
        injections=tuple(points),
        total=total,
        area=TreatmentArea.FACE if points else draw(st.sampled_from(TreatmentArea)),
        helped=draw(ANSWERS),
        adequate=draw(ANSWERS),
        follow_up=draw(st.none() | st.dates(day + timedelta(days=1), TODAY)) if day < TODAY else None,
    )


@st.composite
def visits(draw, day):
    findings = draw(
        st.lists(
            st.builds(
                ClinicianFinding,
                st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True),
                st.sampled_from(Side),
                st.none() | st.sampled_from(Expression),
                st.integers(0, 3),
            )
            | st.builds(
                ClinicianFinding, st.just("sliders"), st.sampled_from(Side), score=st.integers(0, 100)
            ),
            max_size=3,
            unique_by=lambda f: (f.code, f.side, f.expression),
        )
    )
    return Visit(
        day=day,
        measurement=draw(st.none() | TEXTS),
        findings=tuple(findings),
        house_brackmann=draw(st.none() | st.integers(1, 6)),
        sunnybrook=draw(st.none() | st.integers(-15, 100)),
        eye=draw(
            st.none() | st.builds(EyeExam, st.sampled_from(EyeClosure), ANSWERS, ANSWERS, ANSWERS, ANSWERS)
        ),
        holds_liquids=draw(ANSWERS),
    )


@st.composite
def cases(draw):
    palsy = draw(palsies())
    days = st.lists(st.dates(palsy.onset, TODAY), unique=True, max_size=3)
    treated = tuple(draw(treatments(day, palsy.affected_side)) for day in sorted(draw(days)))
    born = draw(st.none() | st.dates(date(1920, 1, 1), date(2019, 12, 31)))
    none = st.sampled_from([ListState.NONE, ListState.NOT_ASKED])
    expectations = draw(_words(Expectation))
    never_permanent = Expectation.PERMANENT_RESULT in expectations
    return Case(
        case_id=draw(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,10}", fullmatch=True)),
        patient=Patient(
            birth_date=born,
            age_years=draw(st.integers(0, 120)) if born is None else None,
            sex=draw(st.none() | st.sampled_from(Sex)),
            pregnancy=draw(ANSWERS),
            lactation=draw(ANSWERS),
        ),
        palsy=palsy,
        visits=tuple(draw(visits(day)) for day in sorted(draw(days))),
        treatments=treated,
        earlier_toxin=ListState.KNOWN if treated else draw(none),
        conditions=draw(coded_lists(condition_codes())),
        medication=draw(coded_lists(drug_codes(), () if treated else ("botulinum_toxin",))),
        allergies=draw(coded_lists(allergy_codes())),
        wishes=Wishes(
            weights=draw(st.dictionaries(st.sampled_from(Goal), st.integers(0, 10))),
            refused_muscles=draw(st.frozensets(st.sampled_from(FACIAL_MUSCLES), max_size=2)),
            no_permanent_change=Answer.NO if never_permanent else draw(ANSWERS),
            expectations=expectations,
        ),
        prerequisites=draw(
            st.dictionaries(st.sampled_from(Prerequisite), st.sampled_from([Answer.YES, Answer.UNKNOWN]))
        ),
    )


@st.composite
def face_facts(draw):
    drive = draw(st.none() | st.tuples(*[SHARES] * len(NerveBranch)))
    return FaceFacts(
        affected_drive_by_branch={} if drive is None else dict(zip(NerveBranch, drive, strict=True)),
        flaccid_muscles=draw(st.frozensets(st.sampled_from(FACIAL_MUSCLES), max_size=3)),
        eye_closes_probability=draw(st.none() | SHARES),
        fissure_on_closure_mm=draw(st.none() | st.floats(0, 10)),
        synkinesis_present=draw(st.none() | st.booleans()),
        mirrored_known=draw(st.booleans()),
        missing_expressions=tuple(draw(st.lists(st.sampled_from(NINE_PHOTOGRAPHS), unique=True))),
        oral_competence=draw(st.none() | st.booleans()),
    )
