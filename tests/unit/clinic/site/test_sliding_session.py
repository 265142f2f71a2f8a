"""A session lives on with every request, and is not written with every request."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from facialis.clinic.kernel.times import now
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client):
    client.force_login(made.user(made.clinic()))
    client.get(reverse("home"))
    return client


def ends():
    return Session.objects.get().expire_date


def test_a_request_within_the_minute_writes_no_session(browser):
    before = ends()
    browser.get(reverse("home"))
    assert ends() == before


def test_a_request_after_a_minute_renews_it(browser, monkeypatch):
    before = ends()
    monkeypatch.setattr("facialis.clinic.site.middleware.now", lambda: now() + timedelta(seconds=61))
    browser.get(reverse("home"))
    assert ends() > before


def test_asking_to_stay_renews_it_at_once(browser):
    before = ends()
    browser.post(reverse("keep_session"))
    assert ends() > before


def test_a_page_that_asks_by_itself_is_answered_and_keeps_nobody_signed_in(browser, monkeypatch):
    before = ends()
    monkeypatch.setattr("facialis.clinic.site.middleware.now", lambda: now() + timedelta(seconds=61))
    answer = browser.get(reverse("home"), headers={"Facialis-By-Itself": "1"})
    assert answer.status_code == 200
    assert ends() == before
    browser.get(reverse("home"))
    assert ends() > before
