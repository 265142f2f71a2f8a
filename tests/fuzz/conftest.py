"""The world of the hostile requests, built once for the tests of a module."""

import pytest

from tests.fuzz.forms import catalogued_world


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker):
    """World and catalogue; what a test writes is put back by its own `db`, and the rest at the end."""
    del django_db_setup
    with django_db_blocker.unblock(), catalogued_world() as made:
        yield made
