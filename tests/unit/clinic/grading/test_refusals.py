"""What is refused, in which words, and that nothing is lost or half done by it."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.urls import reverse

from facialis.clinic.grading.actions.drafting import save_draft
from facialis.clinic.grading.actions.signing import amend, finalise, mark_error
from facialis.clinic.grading.form_groups import Group
from facialis.clinic.grading.forms import InstrumentForm
from facialis.clinic.grading.models import ClinicianFinding, Grading
from facialis.clinic.grading.paper import paper_rows
from facialis.clinic.grading.scores import words_of
from facialis.clinic.kernel.errors import FieldsError, NotNowError, StaleVersionError
from facialis.clinic.patients.models import Palsy
from facialis.grading.registry import find_instrument
from tests.unit.clinic.grading.answers import complete, posted

pytestmark = pytest.mark.django_db


def draft_of(by, visit, instrument_id="sunnybrook", answers=None, version=None):
    return save_draft(
        by=by,
        visit_id=visit.pk,
        instrument_id=instrument_id,
        version=version,
        answers=complete(instrument_id, 1) if answers is None else answers,
        options={},
    )


def final_of(by, visit):
    draft = draft_of(by, visit)
    return finalise(by=by, pk=draft.pk, version=draft.version, method="password")


@pytest.mark.parametrize("typed", ["many", "3.5", "9", "1e999999", "-1e-999999", "NaN"])
def test_an_answer_that_is_none_is_refused_with_what_is_allowed(typed):
    form = InstrumentForm({"version": "0", "smile_movement": typed}, instrument=find_instrument("sunnybrook"))
    assert not form.is_valid()
    assert "a whole number from 1 to 5" in str(form.errors["smile_movement"])


def test_an_empty_form_is_no_draft_and_an_emptied_draft_cannot_be_signed(clinician, visit):
    with pytest.raises(FieldsError, match="nothing to save"):
        draft_of(clinician, visit, answers={})
    draft = draft_of(clinician, visit)
    emptied = draft_of(clinician, visit, answers={}, version=draft.version)
    with pytest.raises(FieldsError, match="nothing to stand for"):
        finalise(by=clinician, pk=draft.pk, version=emptied.version, method="password", accepts_missing=True)


def test_a_draft_that_was_struck_out_meanwhile_is_not_revived(clinician, visit):
    draft = draft_of(clinician, visit)
    mark_error(by=clinician, pk=draft.pk, reason="another patient")
    with pytest.raises(NotNowError, match="struck out"):
        draft_of(clinician, visit, version=draft.version)
    with pytest.raises(NotNowError, match="entered in error"):
        finalise(by=clinician, pk=draft.pk, version=None, method="password")
    assert mark_error(by=clinician, pk=draft.pk, reason="again").reason == "another patient"
    with pytest.raises(NotNowError, match="Only a final grading"):
        amend(by=clinician, pk=draft.pk, reason="typed wrongly")


def test_two_who_begin_in_the_same_moment_make_one_draft(clinician, visit, monkeypatch):
    def too_late(**_):
        raise IntegrityError

    monkeypatch.setattr(Grading.objects, "create", too_late)
    with pytest.raises(StaleVersionError, match="same moment"):
        draft_of(clinician, visit)


def test_a_visit_that_did_not_take_place_is_neither_signed_nor_amended(clinician, visit):
    final, draft = final_of(clinician, visit), draft_of(clinician, visit, "eface")
    visit.status = "entered_in_error"
    visit.save()
    with pytest.raises(NotNowError, match="signed"):
        finalise(by=clinician, pk=draft.pk, version=draft.version, method="password")
    with pytest.raises(NotNowError, match="amended"):
        amend(by=clinician, pk=final.pk, reason="typed wrongly")


def test_a_second_wish_to_amend_leads_to_the_first(clinician, visit):
    final = final_of(clinician, visit)
    first = amend(by=clinician, pk=final.pk, reason="typed wrongly")
    assert amend(by=clinician, pk=final.pk, reason="typed wrongly") == first


def test_answers_to_another_version_are_shown_and_neither_scored_nor_signed(browser, clinician, visit):
    draft = draft_of(clinician, visit)
    draft.answers = {**draft.answers, "version": "0"}
    draft.save()
    assert words_of(draft) is None
    assert paper_rows(draft)[3].answer == "2"
    with pytest.raises(FieldsError, match="version"):
        finalise(by=clinician, pk=draft.pk, version=draft.version, method="password")
    assert browser.get(reverse("grade", args=[visit.pk])).status_code == 200


@pytest.mark.parametrize(
    ("side", "bilateral", "sentence"),
    [("right", "no", "measured with LEFT as the affected side"), ("", "yes", "both sides are affected")],
)
def test_measures_of_another_side_suggest_nothing_and_the_page_says_why(
    browser, visit, measurement, side, bilateral, sentence
):
    assert measurement.document["set"]["synkinesis"]["affected"] == "left"
    Palsy.objects.update(affected_side=side, bilateral=bilateral)
    page = browser.get(reverse("grade_instrument", args=[visit.pk, "sunnybrook"])).content.decode()
    assert sentence in page
    assert "data-take=" not in page


def test_a_conflict_over_answers_that_contradict_each_other_is_shown(browser, clinician, visit):
    draft_of(clinician, visit, "house_brackmann")
    page = browser.post(
        reverse("grade_instrument", args=[visit.pk, "house_brackmann"]),
        {"version": "0", "movement": "none", "forehead": "normal"},
    )
    assert page.status_code == 409
    assert page.context["score"] is None


def test_the_live_score_says_what_cannot_be(browser):
    address = reverse("instrument_score", args=["house_brackmann"])
    refused = browser.post(address, {"version": "0", "movement": "none", "forehead": "normal"})
    assert refused.status_code == 422
    assert "a face without movement has none" in refused.content.decode()
    unreadable = browser.post(
        reverse("instrument_score", args=["eface"]), {"version": "0", "brow_rest": "high"}
    )
    assert unreadable.status_code == 422
    graded = browser.post(
        address, {**posted("house_brackmann", complete("house_brackmann", 1)), "version": "0"}
    )
    assert "grade" in graded.content.decode()


def test_saving_leads_on_to_signing_and_forgets_the_browsers_draft(browser, visit):
    address = reverse("grade_instrument", args=[visit.pk, "sunnybrook"])
    values = {**posted("sunnybrook", complete("sunnybrook", 1)), "version": "0"}
    browser.post(address, {**values, "take": "no such item"})
    assert "data-autosave-clear" in browser.get(address).content.decode()
    assert "data-autosave-clear" not in browser.get(address).content.decode()
    on = browser.post(address, {**values, "version": "1", "do": "sign"})
    assert on.url == reverse("grade_sign", args=[Grading.objects.get().pk])


def test_amending_and_striking_out_ask_for_a_reason(browser, clinician, visit):
    final = final_of(clinician, visit)
    for name in ("grading_amend", "grading_error"):
        assert browser.get(reverse(name, args=[final.pk])).status_code == 200
        assert browser.post(reverse(name, args=[final.pk]), {"reason": "x"}).status_code == 422
    browser.post(reverse("grading_amend", args=[final.pk]), {"reason": "typed wrongly"})
    page = browser.get(reverse("grade_instrument", args=[visit.pk, "sunnybrook"])).content.decode()
    assert "typed wrongly" in page
    signed = browser.get(reverse("grade_sign", args=[final.pk]))
    assert signed.url == reverse("grading", args=[final.pk])
    browser.post(reverse("grading_error", args=[final.pk]), {"reason": "another patient"})
    final.refresh_from_db()
    assert final.status == "entered_in_error"


def test_a_signed_answer_unlike_the_suggestion_is_said_so(browser, visit, measurement):
    browser.post(
        reverse("grade_instrument", args=[visit.pk, "sunnybrook"]),
        {"version": "0", "measurement": measurement.pk, "mouth_rest": "corner_drooped"},
    )
    page = browser.get(reverse("grade_sign", args=[Grading.objects.get().pk])).content.decode()
    assert "answered otherwise" in page


@pytest.mark.parametrize(
    ("mirrored", "knows", "is_mirrored"),
    [("no", True, False), ("yes", True, True), ("unknown", False, False)],
)
def test_sides_are_lettered_only_where_they_are_known(mirrored, knows, is_mirrored):
    group = Group("rest", "Rest", None, SimpleNamespace(mirrored=mirrored), ())
    assert (group.knows_sides, group.is_mirrored) == (knows, is_mirrored)


def test_rows_name_themselves_without_the_patient(clinician, visit):
    grading = draft_of(clinician, visit)
    finding = ClinicianFinding(visit=visit, code="chin_dimpling", side="left", grade=1)
    assert (str(grading), str(finding)) == ("sunnybrook (preliminary)", "chin_dimpling left")


def test_a_page_of_nothing_says_so(browser, visit):
    visit.status = "closed"
    visit.save()
    page = browser.get(reverse("grade_instrument", args=[visit.pk, "eface"])).content.decode()
    assert "Nothing was graded with this instrument." in page
    assert browser.get(reverse("grading", args=[uuid4()])).status_code == 404
