"""A database that does not answer gives a page that says so, and says nothing about anybody."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.db import InterfaceError, OperationalError, connection
from django.urls import reverse

from facialis.clinic.kernel.times import now
from facialis.clinic.site.logs import JsonFormatter
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db

SECRET = "connection refused for Invented, Person"


@pytest.fixture
def browser(client):
    client.force_login(made.user(made.clinic()))
    client.raise_request_exception = False
    return client


def away(*_args, **_kwargs):
    raise OperationalError(SECRET)


def closed(*_args, **_kwargs):
    raise InterfaceError(SECRET)


@pytest.mark.parametrize("fails", [away, closed])
@pytest.mark.parametrize("address", ["home", "patients", "account_login"])
def test_no_page_needs_the_database_to_say_that_it_is_away(browser, address, fails):
    with connection.execute_wrapper(fails):
        answer = browser.get(reverse(address))
    assert answer.status_code == 503
    text = answer.content.decode()
    assert "The record cannot be reached. Nothing was saved or changed. Try again in a minute." in text
    assert "Invented" not in text
    assert answer["Cache-Control"] == "no-store"
    assert int(answer["Retry-After"]) > 0


def test_a_session_that_cannot_be_kept_is_an_outage_and_no_bad_request(browser, monkeypatch):
    browser.get(reverse("home"))
    monkeypatch.setattr("facialis.clinic.site.middleware.now", lambda: now().replace(year=2100))
    monkeypatch.setattr(Session, "save", away)
    answer = browser.get(reverse("home"))
    assert answer.status_code == 503
    assert "The record cannot be reached" in answer.content.decode()


def test_what_was_sent_is_said_to_be_not_saved_until_it_is_seen(browser):
    with connection.execute_wrapper(away):
        answer = browser.post(reverse("patient_new"), {"family_name": "Invented"})
    assert answer.status_code == 503
    text = answer.content.decode()
    assert "Count what you sent last as not saved" in text
    assert "Invented" not in text


def test_a_piece_of_a_page_says_it_where_refusals_stand(browser):
    with connection.execute_wrapper(away):
        answer = browser.get(reverse("home"), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Retarget"]) == (503, "#refusal")
    assert "<html" not in answer.content.decode()


def test_the_log_names_the_failure_and_no_person(browser, caplog):
    with caplog.at_level(logging.ERROR), connection.execute_wrapper(away):
        browser.get(reverse("home"))
    lines = [JsonFormatter().format(one) for one in caplog.records]
    assert any("OperationalError" in line for line in lines)
    assert not any("Invented" in line for line in lines)


def test_another_fault_stays_a_fault(browser, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError(SECRET)

    monkeypatch.setattr("facialis.clinic.site.views.home._care", broken)
    assert browser.get(reverse("home")).status_code == 500
