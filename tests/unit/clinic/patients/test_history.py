"""The history is what planning reads; what contradicts itself is said in the form."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from facialis.clinic.kernel.errors import FieldsError, NotNowError, NotPermittedError
from facialis.clinic.kernel.times import today
from facialis.clinic.patients import actions, case
from facialis.clinic.patients.forms.palsy import FLAG_NAMES, FLAG_QUESTIONS
from facialis.clinic.patients.models import EarlierTreatment, Palsy, Patient, Wishes
from facialis.planning.case.answers import Answer, CodedList, ListState
from facialis.planning.case.case import allergy_codes, condition_codes, drug_codes
from facialis.planning.case.palsy import ASKED_APART, Cause, RedFlag, Stability
from facialis.planning.case.wishes import Expectation, Goal
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db

PALSY = {
    "version": 0,
    "affected_side": "left",
    "onset": "1-Mar-2025",
    "cause": "bells_palsy",
    "onset_hours": "48",
    "forehead_spared": "no",
    "recurrent_same_side": "unknown",
    "stability": "stable",
    "stable_months": "6",
    "specialist_seen": "yes",
    "corticosteroid_days": "10",
    "retraining_start": "1-Apr-2025",
    "flag_vesicles": "no",
    "flag_double_vision": "yes",
    "cleared_by": "Dr Beispiel",
    "cleared_on": "2-Apr-2025",
    "cleared_flags": ["double_vision"],
    "reanimations-TOTAL_FORMS": "2",
    "reanimations-INITIAL_FORMS": "0",
    "reanimations-0-kind": "gracilis",
    "reanimations-0-day": "5-May-2025",
    "reanimations-1-kind": "",
    "reanimations-1-day": "",
}


@pytest.fixture
def by():
    return made.user(made.clinic())


@pytest.fixture
def patient(by):
    return made.patient(by)


@pytest.fixture
def signed_in(client, by):
    client.force_login(by)
    return client


def test_the_palsy_comes_back_as_planning_reads_it(signed_in, patient):
    assert signed_in.post(reverse("palsy_edit", args=[patient.pk]), PALSY).status_code == 302
    planned = case.planning_palsy(Palsy.objects.get())
    assert planned.affected_side.label == "LEFT"
    assert planned.onset == date(2025, 3, 1)
    assert planned.cause is Cause.BELLS_PALSY
    assert planned.stability is Stability.STABLE
    assert planned.answer_to(RedFlag.GRADUAL_ONSET) is Answer.NO
    assert planned.answer_to(RedFlag.VESICLES) is Answer.NO
    assert planned.answer_to(RedFlag.ATAXIA) is Answer.UNKNOWN
    assert RedFlag.ATAXIA not in planned.red_flags
    assert planned.is_cleared(RedFlag.DOUBLE_VISION)
    assert [(one.kind, one.day) for one in planned.reanimations] == [("gracilis", date(2025, 5, 5))]


def test_what_is_stored_is_what_the_form_shows_and_saves_again(signed_in, patient):
    url = reverse("palsy_edit", args=[patient.pk])
    signed_in.post(url, PALSY)
    before = case.planning_palsy(Palsy.objects.get())
    form = signed_in.get(url).context["form"]
    again = {
        bound.name: bound.value()
        for bound in form
        if bound.value() is not None and not isinstance(bound.value(), list)
    }
    again |= {key: value for key, value in PALSY.items() if key.startswith("reanimations")}
    again["cleared_flags"] = form["cleared_flags"].value()
    assert signed_in.post(url, again).status_code == 302
    assert case.planning_palsy(Palsy.objects.get()) == before


def test_both_sides_have_no_affected_side(signed_in, patient):
    signed_in.post(reverse("palsy_edit", args=[patient.pk]), PALSY | {"affected_side": "both"})
    planned = case.planning_palsy(Palsy.objects.get())
    assert planned.affected_side is None
    assert planned.bilateral is Answer.YES


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"affected_side": ""}, "affected_side"),
        ({"onset": (today() + timedelta(days=1)).isoformat(), "retraining_start": ""}, "onset"),
        ({"onset": "1-Mar-1970", "retraining_start": ""}, "onset"),
        ({"retraining_start": "1-Jan-2025"}, "retraining_start"),
        ({"stability": "changing"}, "stable_months"),
        ({"stable_months": "600"}, "stable_months"),
        ({"cleared_by": ""}, "cleared_by"),
        ({"onset_hours": "100000"}, "onset_hours"),
        ({"flag_double_vision": "no"}, "__all__"),
        ({"reanimations-0-day": "1-Jan-2025"}, "__all__"),
        ({"reanimations-0-kind": ""}, "__all__"),
    ],
)
def test_a_palsy_that_cannot_be_is_refused_and_kept_in_the_form(signed_in, patient, change, field):
    answer = signed_in.post(reverse("palsy_edit", args=[patient.pk]), PALSY | change)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Dr Beispiel" in answer.content.decode() or change.get("cleared_by") == ""
    assert not Palsy.objects.exists()


def test_a_second_form_of_a_palsy_that_was_saved_meanwhile_is_told(signed_in, patient):
    url = reverse("palsy_edit", args=[patient.pk])
    signed_in.post(url, PALSY)
    answer = signed_in.post(url, PALSY | {"affected_side": "right"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<dd>LEFT</dd>" in page
    assert Palsy.objects.get().affected_side == "left"


def test_questions_ask_every_flag_that_has_no_field_of_its_own():
    assert set(FLAG_QUESTIONS) == set(RedFlag) - ASKED_APART
    assert set(FLAG_NAMES) == set(RedFlag)


def health(**changes):
    unknown = {"pregnancy": "no", "lactation": "unknown"}
    states = {f"{name}_state": "not_asked" for name in ("conditions", "medication", "allergies")}
    return {"version": 1, **unknown, **states, **changes}


def test_none_and_not_asked_stay_apart(signed_in, patient):
    signed_in.post(reverse("health_edit", args=[patient.pk]), health(conditions_state="none"))
    lists = case.planning_lists(Patient.objects.get())
    assert lists.conditions.state is ListState.NONE
    assert lists.medication.state is ListState.NOT_ASKED


def test_named_and_other_entries_are_kept(signed_in, patient):
    form = health(
        allergies_state="known", allergies_codes=["albumin_allergy"], allergies_others="penicillin\n\n latex "
    )
    signed_in.post(reverse("health_edit", args=[patient.pk]), form)
    found = case.planning_lists(Patient.objects.get()).allergies
    assert (found.codes, found.others) == (("albumin_allergy",), ("penicillin", "latex"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"conditions_state": "known"}, "conditions_state"),
        ({"conditions_state": "none", "conditions_codes": ["dry_eye"]}, "conditions_state"),
        ({"allergies_state": "not_asked", "allergies_others": "latex"}, "allergies_state"),
        ({"allergies_state": "known", "allergies_others": "latex\nlatex"}, "allergies_others"),
        ({"medication_state": "known", "medication_codes": ["moon_dust"]}, "medication_codes"),
        ({"pregnancy": ""}, "pregnancy"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused_at_its_field(signed_in, patient, change, field):
    answer = signed_in.post(reverse("health_edit", args=[patient.pk]), health(**change))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Patient.objects.get().version == 1


coded = st.sampled_from(sorted(condition_codes()))


@given(
    st.lists(coded, unique=True, max_size=4),
    st.lists(st.text("abc ", min_size=1, max_size=8).filter(str.strip), unique=True, max_size=3),
)
def test_a_list_round_trips_through_its_row(codes, others):
    state = ListState.KNOWN if codes or others else ListState.NONE
    whole = CodedList(state, tuple(codes), tuple(others))
    assert case.coded_list(case.plain_list(whole), "") == whole


def test_every_code_may_be_stored(by, patient):
    actions.save_health(
        by=by,
        patient=patient,
        version=1,
        conditions=CodedList(ListState.KNOWN, tuple(sorted(condition_codes()))),
        medication=CodedList(ListState.KNOWN, tuple(sorted(drug_codes()))),
        allergies=CodedList(ListState.KNOWN, tuple(sorted(allergy_codes()))),
        pregnancy="no",
        lactation="no",
    )
    assert case.planning_lists(Patient.objects.get()).medication.codes == tuple(sorted(drug_codes()))


def test_what_cannot_be_read_is_refused_to_planning(patient):
    patient.allergies = {"state": "known"}
    with pytest.raises(case.UnreadableError, match="list of allergies"):
        case.planning_lists(patient)
    palsy = made.palsy(patient, red_flags={"no_flag": "yes"})
    with pytest.raises(case.UnreadableError, match="history of the palsy"):
        case.planning_palsy(palsy)


def test_wishes_come_back_as_planning_reads_them(signed_in, patient):
    form = {
        "version": 0,
        "no_permanent_change": "yes",
        "weight_smile": "10",
        "weight_chin": "0",
        "expectations": ["perfect_symmetry"],
        "refused_muscles": ["frontalis"],
    }
    assert signed_in.post(reverse("wishes_edit", args=[patient.pk]), form).status_code == 302
    planned = case.planning_wishes(Wishes.objects.get())
    assert planned.weights == {Goal.SMILE: 10, Goal.CHIN: 0}
    assert planned.expectations == {Expectation.PERFECT_SYMMETRY}
    assert [muscle.value for muscle in planned.refused_muscles] == ["frontalis"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"weight_smile": "11"}, "weight_smile"), ({"expectations": ["permanent_result"]}, "__all__")],
)
def test_wishes_that_cannot_be_are_refused(signed_in, patient, change, field):
    form = {"version": 0, "no_permanent_change": "yes", **change}
    answer = signed_in.post(reverse("wishes_edit", args=[patient.pk]), form)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Wishes.objects.exists()


def test_without_a_row_nothing_was_asked():
    assert case.planning_wishes(None).weights == {}


def test_an_earlier_treatment_makes_earlier_toxin_known_and_an_error_asks_again(by, patient):
    treatment = actions.add_earlier_treatment(
        by=by,
        patient=patient,
        day=date(2025, 3, 1),
        product="onabotulinumtoxinA",
        total_units=Decimal("22.5"),
    )
    assert Patient.objects.get().earlier_toxin == "known"
    with pytest.raises(NotNowError):
        actions.say_earlier_toxin(by=by, patient=patient, state="none")
    actions.mark_earlier_treatment_error(by=by, treatment=treatment)
    assert Patient.objects.get().earlier_toxin == "not_asked"
    assert EarlierTreatment.objects.get().entered_in_error
    actions.say_earlier_toxin(by=by, patient=patient, state="none")
    assert Patient.objects.get().earlier_toxin == "none"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": (today() + timedelta(days=1)).isoformat()}, "day"),
        ({"day": "1-Jan-1970"}, "day"),
        ({"total_units": "20"}, "product"),
        ({"product": "onabotulinumtoxinA", "total_units": "0"}, "total_units"),
        ({"follow_up": "1-Mar-2025"}, "follow_up"),
    ],
)
def test_an_earlier_treatment_that_cannot_be_is_refused_at_its_field(signed_in, patient, change, field):
    form = {"day": "1-Mar-2025", "area": "face", "helped": "yes", "adequate": "unknown", **change}
    answer = signed_in.post(reverse("earlier_treatment_new", args=[patient.pk]), form)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not EarlierTreatment.objects.exists()


def test_two_treatments_of_one_day_are_one(by, patient):
    actions.add_earlier_treatment(by=by, patient=patient, day=date(2025, 3, 1))
    with pytest.raises(FieldsError) as refused:
        actions.add_earlier_treatment(by=by, patient=patient, day=date(2025, 3, 1))
    assert "day" in refused.value.errors


def test_none_contradicts_a_toxin_in_the_medication(by, patient):
    made_list = {"state": "known", "codes": ["botulinum_toxin"], "others": []}
    Patient.objects.update(medication=made_list)
    with pytest.raises(FieldsError):
        actions.say_earlier_toxin(by=by, patient=patient, state="none")


def test_an_assistant_marks_no_error(by, patient):
    treatment = actions.add_earlier_treatment(by=by, patient=patient, day=date(2025, 3, 1))
    with pytest.raises(NotPermittedError):
        actions.mark_earlier_treatment_error(by=made.user(by.clinic, "assistant"), treatment=treatment)


def test_the_history_is_asked_part_by_part(signed_in, patient):
    health_saved = signed_in.post(reverse("health_edit", args=[patient.pk]), health())
    assert health_saved.url == reverse("earlier_treatment_new", args=[patient.pk])
    assert signed_in.post(health_saved.url, {"state": "none"}).url == reverse(
        "wishes_edit", args=[patient.pk]
    )


def test_a_history_leads_back_to_its_visit_and_nowhere_else(signed_in, patient):
    visit = made.visit(patient)
    here = reverse("visit_history", args=[visit.pk])
    answer = signed_in.post(reverse("health_edit", args=[patient.pk]), health(next=here))
    assert answer.url == here
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = signed_in.post(
            reverse("health_edit", args=[patient.pk]),
            health(next=elsewhere, version=Patient.objects.get().version),
        )
        assert answer.url == reverse("earlier_treatment_new", args=[patient.pk])


def test_every_impossible_day_of_a_form_is_said_at_once(signed_in, patient):
    tomorrow = (today() + timedelta(days=1)).isoformat()
    change = {"onset": tomorrow, "cleared_on": tomorrow, "reanimations-0-day": "31.02.2025"}
    answer = signed_in.post(reverse("palsy_edit", args=[patient.pk]), PALSY | change)
    assert {"onset", "cleared_on"} <= set(answer.context["form"].errors)
    assert answer.context["reanimations"].forms[0].errors
    assert "31.02.2025" in answer.content.decode()
