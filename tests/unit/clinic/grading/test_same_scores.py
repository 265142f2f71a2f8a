"""The clinic scores every instrument as `facialis grade score` does, whatever is answered."""

import json

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from typer.testing import CliRunner

from facialis.cli.main import app
from facialis.clinic.grading.forms import InstrumentForm
from facialis.clinic.grading.instruments import OF_CLINICIANS, OF_PATIENTS, SHOWN_BY
from facialis.clinic.grading.models import Grading
from facialis.clinic.grading.stored import read_stored, scored
from facialis.grading.answers import read_answers
from facialis.grading.errors import GradingError
from facialis.grading.registry import INSTRUMENTS, find_instrument
from tests.unit.clinic.grading.answers import complete, file_value, instrument_answers, posted


def test_every_instrument_is_offered_and_every_photograph_belongs_to_an_item():
    assert sorted((*OF_CLINICIANS, *OF_PATIENTS)) == sorted(INSTRUMENTS)
    for instrument_id, shown in SHOWN_BY.items():
        assert set(shown) <= {item.id for item in find_instrument(instrument_id).items}


@pytest.mark.parametrize("instrument_id", INSTRUMENTS)
def test_a_form_scores_any_answers_as_their_file_is_scored(instrument_id):
    instrument = find_instrument(instrument_id)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
    @given(instrument_answers(instrument_id))
    def check(answers):
        document = {
            "instrument": instrument.id,
            "version": instrument.version,
            "answers": {name: file_value(answer) for name, answer in answers.items()},
        }
        form = InstrumentForm({**posted(instrument_id, answers), "version": "0"}, instrument=instrument)
        assert form.is_valid(), form.errors
        try:
            expected = instrument.score(read_answers(instrument, document))
        except GradingError as refusal:
            with pytest.raises(type(refusal)):
                scored(instrument, form.answers, form.options)
            return
        found = scored(instrument, form.answers, form.options)
        assert found.score == expected
        kept = Grading(instrument=instrument_id, answers=json.loads(json.dumps(found.to_document())))
        assert read_stored(kept).score == expected

    check()


@pytest.mark.django_db
@pytest.mark.parametrize("instrument_id", INSTRUMENTS)
def test_a_form_renders_saves_and_scores_like_the_command_line(browser, visit, instrument_id, tmp_path):
    address = reverse("grade_instrument", args=[visit.pk, instrument_id])
    shown = browser.get(address)
    assert shown.status_code == 200
    for item in find_instrument(instrument_id).items:
        assert f'name="{item.id}"' in shown.content.decode()
    answers = complete(instrument_id, 1)
    saved = browser.post(address, {**posted(instrument_id, answers), "version": "0"})
    assert saved.status_code == 302, saved.context["form"].errors
    draft = Grading.objects.get(visit=visit, instrument=instrument_id)
    assert draft.status == "preliminary"
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({key: draft.answers[key] for key in ("instrument", "version", "answers")}))
    printed = CliRunner().invoke(app, ["grade", "score", instrument_id, str(file), "--format", "json"])
    told = json.loads(printed.stdout)
    assert {key: told[key] for key in draft.result} == draft.result


@pytest.mark.django_db
def test_the_rule_that_was_named_is_kept_and_used(browser, visit):
    address = reverse("grade_instrument", args=[visit.pk, "eface"])
    answers = posted("eface", complete("eface"))
    browser.post(address, {**answers, "version": "0", "option_total_rule": "weighted_1_2_1"})
    draft = Grading.objects.get()
    assert draft.result["total"] == 40
    assert draft.result["options"] == {"total_rule": "weighted_1_2_1"}
    live = browser.post(reverse("instrument_score", args=["eface"]), {**answers, "version": "0"})
    assert "no total" in live.content.decode()


@pytest.mark.django_db
def test_what_cannot_be_is_refused_at_its_item_and_stays_typed(browser, visit):
    address = reverse("grade_instrument", args=[visit.pk, "house_brackmann"])
    answer = browser.post(address, {"version": "0", "movement": "none", "forehead": "normal"})
    assert answer.status_code == 422
    assert "a face without movement has none" in str(answer.context["form"].errors["movement"])
    assert 'value="normal" checked' in answer.content.decode()
    wrong = browser.post(
        reverse("grade_instrument", args=[visit.pk, "eface"]), {"version": "0", "brow_rest": "250"}
    )
    assert wrong.status_code == 422
    assert "a number from 0 to 200" in str(wrong.context["form"].errors["brow_rest"])
    assert not Grading.objects.exists()
