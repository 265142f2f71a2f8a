"""Nothing about a patient stands in a log, whoever writes it."""

import json
import logging
import sys
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from facialis.clinic.site.logs import JsonFormatter
from tests.factories import clinic as made


def line_of(message, *args, exc_info=None):
    record = logging.LogRecord("django.request", logging.WARNING, "file.py", 1, message, args, exc_info)
    return json.loads(JsonFormatter().format(record))


@pytest.mark.django_db
def test_a_form_refused_without_its_token_names_no_record(caplog):
    by = made.user(made.clinic())
    patient = made.patient(by)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(by)
    with caplog.at_level(logging.WARNING, "django.security.csrf"):
        assert browser.post(reverse("patient", args=[patient.pk]) + "?q=Verysecret").status_code == 403
    lines = [JsonFormatter().format(one) for one in caplog.records if one.name == "django.security.csrf"]
    assert len(lines) == 1
    assert str(patient.pk) not in lines[0]
    assert "Verysecret" not in lines[0]
    message = json.loads(lines[0])["message"]
    assert message.endswith(reverse("patient", args=[patient.pk]).replace(str(patient.pk), "<key>"))


def test_what_was_searched_for_is_not_written():
    key = str(uuid4())
    line = line_of("Not Found: %s", f"/patients/{key.upper()}/?search=Verysecret")
    assert line["message"] == "Not Found: /patients/<key>/"


def test_a_failure_is_told_by_its_type_and_place_alone():
    try:
        raise ValueError("Verysecret")
    except ValueError:
        line = line_of(f"Failed: /patients/{uuid4()}/", exc_info=sys.exc_info())
    assert line["message"] == "Failed: /patients/<key>/"
    assert line["exception"] == "ValueError"
    assert "Verysecret" not in json.dumps(line)
