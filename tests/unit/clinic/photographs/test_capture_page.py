import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS
from facialis.clinic.accounts.models import Role
from facialis.clinic.photographs import incoming, store
from facialis.clinic.photographs.actions import note_measured, note_refused
from facialis.clinic.photographs.models import MirroredChoice, Photograph
from facialis.clinic.visits.models import VisitStatus
from tests.factories import clinic as made
from tests.unit.clinic.photographs.conftest import consent, jpeg


@pytest.fixture
def signed_in(client, by):
    client.force_login(by)
    return client


def page(client, visit):
    return client.get(reverse("capture", args=[visit.pk]))


def send(client, visit, files, *, as_json=False, **said):
    data = {"mirrored": "no", **said}
    for expression, content in files.items():
        data[f"picture-{expression}"] = SimpleUploadedFile(f"{expression}.jpg", content)
        data.setdefault(f"key-{expression}", str(uuid4()))
    headers = {"accept": "application/json"} if as_json else {"accept": "text/html,*/*"}
    return client.post(reverse("photograph_add", args=[visit.pk]), data, headers=headers)


def test_an_empty_grid_shows_every_view_as_a_drawing(signed_in, visit):
    text = page(signed_in, visit).content.decode()
    assert text.count("photo-cell--empty") == 9
    assert text.count("photo-cell--next") == 1
    assert "0 of 9 photographs" in text
    assert "every 2s" not in text, "nothing changes by itself"


def test_the_page_has_no_inline_script_or_style(signed_in, visit, upload):
    upload(mirrored=MirroredChoice.UNKNOWN)
    text = page(signed_in, visit).content.decode()
    assert "style=" not in text
    assert "<style" not in text
    assert " onclick" not in text
    assert "<script>" not in text


def test_a_full_grid_needs_few_queries(
    signed_in, by, visit, upload, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr("facialis.clinic.measurements.tasks.request_measuring", bool)
    before = made.visit(visit.patient, visit.day.replace(year=visit.day.year - 1))
    consent(before, by)
    for expression in NINE_PHOTOGRAPHS:
        note_measured(upload(to=before, expression=expression).pk, findings=[], identity=None)
        upload(expression=expression, mirrored=MirroredChoice.UNKNOWN)
    with django_assert_max_num_queries(25):
        text = page(signed_in, visit).content.decode()
    assert "9 of 9 photographs; 9 questions open" in text
    with django_assert_max_num_queries(20):
        signed_in.get(reverse("capture_progress", args=[visit.pk]))


def test_sides_are_lettered_as_the_picture_shows_them(signed_in, visit, upload):
    upload(mirrored=MirroredChoice.YES)
    text = page(signed_in, visit).content.decode()
    assert "photo-cell__frame photo--mirrored" in text
    assert "MIRROR VIEW, not for injection" in text
    upload(mirrored=MirroredChoice.UNKNOWN)
    text = page(signed_in, visit).content.decode()
    assert "sides not known" in text
    assert "photo-cell__frame photo--mirrored" not in text


def test_a_refused_photograph_says_why(signed_in, visit, upload):
    note_refused(upload().pk, refusal={"code": "blur", "sentence": "The picture is <blurred>."})
    text = page(signed_in, visit).content.decode()
    assert "The picture is &lt;blurred&gt;." in text
    assert "1 not measurable" in text


def test_the_page_looks_again_only_while_something_waits_and_gets_only_what_changed(signed_in, visit, upload):
    row = upload()
    first = page(signed_in, visit)
    assert "every 2s" in first.content.decode()
    shown = first.context["grid"].tokens
    url = reverse("capture_progress", args=[visit.pk])
    assert signed_in.get(url, {"shown": shown}).content.decode().count("<li") == 0
    note_measured(row.pk, findings=[], identity=None)
    text = signed_in.get(url, {"shown": shown}).content.decode()
    assert text.count('<li class="photo-cell') == 1
    assert '<nav class="steps" id="steps" hx-swap-oob="true"' in text
    assert "1 of 9 photographs" in text.partition('id="steps"')[2]
    assert "every 2s" not in text


def test_a_plain_form_adds_several_files_and_tells_each_refusal(signed_in, visit):
    answer = send(signed_in, visit, {"rest": jpeg(), "snarl": b"<?php echo 1; ?>", "pucker": jpeg(1)})
    assert answer.status_code == 302
    assert set(Photograph.objects.values_list("expression", flat=True)) == {"rest", "pucker"}
    text = page(signed_in, visit).content.decode()
    assert "Added: 2." in text
    assert "is not a picture" in text


def test_the_answer_about_mirroring_is_remembered_on_the_device_and_signed(signed_in, visit):
    chosen = re.compile(r'name="mirrored" value="(\w+)"[^>]* checked')
    assert chosen.findall(page(signed_in, visit).content.decode()) == []
    send(signed_in, visit, {"rest": jpeg()}, mirrored="yes")
    assert chosen.findall(page(signed_in, visit).content.decode()) == ["yes"]
    signed_in.cookies["facialis_mirrored"] = "no:forged"
    assert chosen.findall(page(signed_in, visit).content.decode()) == []


def test_a_form_without_an_answer_about_mirroring_stores_nothing(signed_in, visit):
    answer = send(signed_in, visit, {"rest": jpeg()}, mirrored="", label_name="Muster")
    assert answer.status_code == 422
    assert "Say whether the pictures are mirrored" in answer.content.decode()
    assert 'value="Muster"' in answer.content.decode(), "what was typed is kept"
    assert not Photograph.objects.exists()


def test_a_script_gets_json_and_the_same_key_again_is_the_same_photograph(signed_in, visit):
    key = str(uuid4())
    answers = [send(signed_in, visit, {"rest": jpeg()}, as_json=True, **{"key-rest": key}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Photograph.objects.count() == 1


def test_a_script_gets_the_sentence_of_a_refusal(signed_in, visit):
    answer = send(signed_in, visit, {"rest": jpeg()}, as_json=True, label_name="Eva Beispiel")
    assert answer.status_code == 422
    assert "MUSTER, Anna Maria" in answer.json()["fields"]["label_name"]
    answer = send(signed_in, visit, {"rest": b"nothing"}, as_json=True)
    assert (answer.status_code, answer.json()["code"]) == (422, "not_an_image")
    answer = send(signed_in, visit, {}, as_json=True)
    assert "No file was chosen" in answer.json()["sentence"]
    answer = send(signed_in, visit, {"rest": jpeg()}, as_json=True, **{"key-rest": "../../x"})
    assert "no key" in answer.json()["sentence"]


def test_a_file_over_the_limit_is_stopped_while_it_streams(signed_in, visit, settings):
    settings.FACIALIS = replace(settings.FACIALIS, largest_upload_mb=1)
    answer = send(signed_in, visit, {"rest": b"\xff\xd8\xff" + bytes(3_000_000)}, as_json=True)
    assert answer.status_code == 422
    assert "larger than 1 MB" in answer.json()["sentence"]
    assert not list(incoming.folder().iterdir()), "nothing of it is left on the disk"


def test_an_upload_lies_in_the_clinics_own_folder_and_is_gone_afterwards(signed_in, visit, monkeypatch):
    from facialis.clinic.photographs.actions import add

    seen = []
    real = add.decode
    monkeypatch.setattr(add, "decode", lambda source, **kw: (seen.append(source), real(source, **kw))[1])
    send(signed_in, visit, {"rest": jpeg()}, as_json=True)
    assert seen[0].parent == incoming.folder()
    assert oct(seen[0].parent.stat().st_mode)[-3:] == "700"
    assert "rest" not in seen[0].name, "the client's name is in no path"
    assert not list(incoming.folder().iterdir())


def test_without_consent_the_page_says_so_and_offers_nothing(signed_in, visit, by):
    consent(visit, by, "refused")
    text = page(signed_in, visit).content.decode()
    assert "has not consented to photographs" in text
    assert "add-files" not in text


def test_a_closed_visit_shows_photographs_and_takes_none(signed_in, visit, upload):
    upload()
    visit.status = VisitStatus.CLOSED
    visit.save()
    text = page(signed_in, visit).content.decode()
    assert "add-files" not in text
    assert "1 of 9 photographs" in text
    assert send(signed_in, visit, {"snarl": jpeg()}, as_json=True).status_code == 409


@pytest.mark.parametrize("name", ["capture", "capture_progress"])
def test_pages_of_another_clinic_are_not_there(client, visit, name):
    client.force_login(made.user(made.clinic()))
    assert client.get(reverse(name, args=[visit.pk])).status_code == 404
    assert send(client, visit, {"rest": jpeg()}).status_code == 404
    assert not list(store.files())


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
def test_pages_are_not_for_those_who_see_no_patient(client, by, visit, role):
    client.force_login(made.user(by.clinic, role))
    assert page(client, visit).status_code == 403
    assert send(client, visit, {"rest": jpeg()}).status_code == 403


def test_a_question_is_answered_on_the_page(signed_in, visit, upload):
    row = upload(mirrored=MirroredChoice.UNKNOWN)
    text = page(signed_in, visit).content.decode()
    assert "Is this picture mirrored" in text
    url = reverse("photograph_answer", args=[row.pk])
    assert signed_in.get(url).status_code == 405
    assert signed_in.post(url, {"code": "mirrored", "answer": "perhaps"}).status_code == 302
    assert "Choose one of the answers" in page(signed_in, visit).content.decode()
    signed_in.post(url, {"code": "mirrored", "answer": "no"})
    row.refresh_from_db()
    assert row.mirrored == "no"


def test_removing_asks_for_a_reason_first(signed_in, upload):
    row = upload()
    url = reverse("photograph_remove", args=[row.pk])
    assert "Remove Rest?" in signed_in.get(url).content.decode()
    answer = signed_in.post(url, {"reason": ""})
    assert answer.status_code == 422
    assert signed_in.post(url, {"reason": "of another patient"}).status_code == 302
    row.refresh_from_db()
    assert row.status == "entered_in_error"


def test_an_assistant_is_not_offered_what_only_a_clinician_may(client, by, visit, upload):
    row = upload()
    client.force_login(made.user(by.clinic, Role.ASSISTANT))
    url = reverse("photograph_remove", args=[row.pk])
    assert url not in page(client, visit).content.decode()
    assert client.get(url).status_code == 403


def test_the_page_leads_on_once_the_view_at_rest_is_measured(signed_in, visit, upload, monkeypatch):
    monkeypatch.setattr("facialis.clinic.measurements.tasks.request_measuring", lambda _row: None)
    link = f'href="{reverse("measure", args=[visit.pk])}">To the measures'
    row = upload()
    assert link not in page(signed_in, visit).content.decode()
    note_measured(row.pk, findings=[], identity=None)
    answer = signed_in.get(reverse("capture_progress", args=[visit.pk]), {"shown": ""}).content.decode()
    assert link in answer
    assert 'id="steps" hx-swap-oob="true"' in answer
