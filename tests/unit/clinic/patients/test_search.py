"""Patients are found however their names are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facialis.clinic.patients.models import Patient
from facialis.clinic.patients.search import (
    MOST_ROWS,
    are_similar,
    find_patients,
    folded,
    search_text_of,
    similar_patients,
)
from tests.factories import clinic as made

names = st.text(st.characters(categories=["L", "Mn", "Zs", "Pd"]), max_size=30)


@given(names)
def test_folding_twice_is_folding_once(name):
    assert folded(folded(name)) == folded(name)


@given(names)
def test_folding_ignores_case_and_composition(name):
    import unicodedata

    assert folded(name) == folded(unicodedata.normalize("NFD", name))
    assert folded(name) == folded(unicodedata.normalize("NFC", name))


@given(
    st.sampled_from(["MÜLLER", "müller", "Muller"]),
    st.sampled_from(["Meyer-Lansky", "MEYER LANSKY", "meyer‐lansky"]),
)
def test_spellings_of_one_name_fold_to_one(first, second):
    assert folded(first) == "muller"
    assert folded(second) == "meyer lansky"


@given(names, names)
def test_every_word_of_a_name_is_found_in_its_search_text(family, given_names):
    text = search_text_of(family, given_names, "R-00001", date(1980, 5, 17))
    assert all(f" {word}" in text for word in folded(f"{family} {given_names}").split())


pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return made.user(made.clinic())


def patient(by, family, given_names, born=date(1980, 5, 17), number="R-00042"):
    text = search_text_of(family, given_names, number, born)
    return made.patient(
        by,
        family_name=family,
        given_names=given_names,
        birth_date=born,
        record_number=number,
        search_text=text,
    )


@pytest.mark.parametrize(
    "question",
    [
        "müller",
        "MULLER",
        "mueller",
        "lansky anna",
        "Anna Müller",
        "maria lan",
        "müllerlansky",
        "Müller-Lansky",
        "R-00042",
        "r00042",
        "17.05.1980",
        "17.5.1980",
        "1980-05-17",
        "17-May-1980",
        "17 Mai 1980",
        "anna 17-May-1980",
    ],
)
def test_a_patient_is_found_by(by, question):
    wanted = patient(by, "Müller-Lansky", "Anna Maria")
    patient(by, "Novak", "Jan", date(1970, 1, 1), "R-77777")
    assert find_patients(by, question).patients == [wanted]


@pytest.mark.parametrize(
    ("family", "question"),
    [
        ("O'Brien", "obrien"),
        ("O’Brien", "O'Brien"),
        ("O'Brien", "brien"),
        ("Mueller", "Müller"),
        ("Søren", "soren"),
        ("Łukasz", "lukasz"),
        ("Weiß", "weiss"),
    ],
)
def test_spellings_meet(by, family, question):
    wanted = patient(by, family, "Eva")
    assert find_patients(by, question).patients == [wanted]


@pytest.mark.parametrize("question", ["ller", "nobody", "01.01.1970", "anna nobody", "x%a", "müller%x"])
def test_what_does_not_fit_finds_nothing_by_accident(by, question):
    patient(by, "Müller-Lansky", "Anna Maria")
    assert find_patients(by, question).patients == []


@pytest.mark.parametrize("question", ["", " ", "%", "_-_"])
def test_a_question_without_a_word_lists_everybody(by, question):
    wanted = patient(by, "Müller-Lansky", "Anna Maria")
    assert find_patients(by, question).patients == [wanted]


def test_nobody_of_another_clinic_is_found(by):
    patient(made.user(made.clinic()), "Müller", "Anna")
    assert find_patients(by, "müller").patients == []


def test_pages_follow_each_other_without_gap_or_repetition(by):
    for number in range(MOST_ROWS + 7):
        patient(by, "Same", "Name", number=f"R-{number:05d}")
    first = find_patients(by, "same")
    second = find_patients(by, "same", after=first.next_after)
    assert len(first.patients) == MOST_ROWS
    assert second.next_after is None
    seen = [one.pk for one in [*first.patients, *second.patients]]
    assert len(set(seen)) == len(seen) == MOST_ROWS + 7


def test_a_search_asks_two_questions_of_the_database(by, django_assert_num_queries):
    patient(by, "Müller", "Anna")
    with django_assert_num_queries(2):
        find_patients(by, "anna müller 17.05.1980")


def test_the_search_reads_the_index_alone(by):
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("the plan is worded otherwise")
    rows = Patient.objects.for_user(by).filter(search_text__contains=" mul")
    plan = rows.order_by("search_text", "pk").values_list("pk", flat=True)[:51].explain()
    assert "COVERING INDEX patient_search" in plan


@pytest.mark.parametrize(
    ("one", "other", "similar"),
    [
        (("meier", "anna"), ("mayer", "anna"), True),
        (("meier", "anna maria"), ("meier", "maria"), True),
        (("anna", "meier"), ("meier", "anna"), True),
        (("meyer lansky", "anna"), ("lansky", "anna"), True),
        (("meier", "anna"), ("meier", "peter"), False),
        (("meier", "anna"), ("schulz", "anna"), False),
    ],
)
def test_similar_names(one, other, similar):
    assert are_similar(one, other) is similar


def test_a_similar_patient_has_the_same_birth_date(by):
    patient(by, "Müller", "Anna", date(1980, 5, 17))
    same = {"family_name": "Mueller", "given_names": "Anna"}
    assert similar_patients(by, birth_date=date(1980, 5, 17), **same)
    assert not similar_patients(by, birth_date=date(1980, 5, 18), **same)
