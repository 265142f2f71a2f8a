"""The first administrator: never a default password."""

import io
import sys

import pytest
from django.core.management import CommandError, call_command

from facialis.clinic.accounts.management.commands.first_run import VARIABLE
from facialis.clinic.accounts.models import Role, User
from facialis.clinic.audit.models import AuditEntry
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db
GOOD = "correct-horse-battery-staple"


def first_run(*more):
    said = io.StringIO()
    call_command(
        "first_run",
        "--clinic",
        "Clinic One",
        "--username",
        "keeper",
        "--name",
        "Ada B. Keeper",
        *more,
        stdout=said,
    )
    return said.getvalue()


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))


def test_a_generated_password_is_printed_once_and_must_be_changed():
    password = first_run("--generate").split()[-1]
    user = User.objects.get()
    assert (user.role, user.clinic.name) == (Role.ADMINISTRATOR, "Clinic One")
    assert (user.first_name, user.last_name) == ("Ada B.", "Keeper")
    assert user.check_password(password)
    assert user.must_change_password
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.clinic) == (None, user.clinic)
    assert entry.details == {"done": "first_run", "role": "administrator"}


def test_a_password_from_standard_input_stays(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{GOOD}\n"))
    assert GOOD not in first_run("--password-stdin")
    assert User.objects.get().check_password(GOOD)
    assert not User.objects.get().must_change_password


def test_a_password_from_the_environment_stays(monkeypatch):
    monkeypatch.setenv(VARIABLE, GOOD)
    assert GOOD not in first_run()
    assert User.objects.get().check_password(GOOD)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_typed_password_is_asked_for_twice(monkeypatch):
    monkeypatch.setattr(sys, "stdin", Terminal())
    answers = iter([GOOD, "something else", GOOD, GOOD])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    with pytest.raises(CommandError, match="differ"):
        first_run()
    assert not User.objects.exists()
    first_run()
    assert User.objects.get().check_password(GOOD)


def test_without_a_password_and_a_terminal_it_says_what_to_do():
    with pytest.raises(CommandError, match="--generate"):
        first_run()
    assert not User.objects.exists()


@pytest.mark.parametrize("weak", ["short", "123456789012345", "password1234", ""])
def test_a_weak_password_is_refused_and_nothing_is_made(monkeypatch, weak):
    monkeypatch.setenv(VARIABLE, weak)
    with pytest.raises(CommandError):
        first_run()
    assert not User.objects.exists()


def test_it_runs_once():
    made.user(made.clinic(), Role.ADMINISTRATOR)
    with pytest.raises(CommandError, match="administrator already"):
        first_run("--generate")
    assert User.objects.count() == 1
