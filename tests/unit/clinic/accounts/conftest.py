import pytest
from django.core.cache import cache

from facialis.clinic.accounts.models import Role
from tests.factories import clinic as made


@pytest.fixture(autouse=True)
def _no_earlier_failures():
    """Limits of attempts are counted in the cache."""
    cache.clear()


@pytest.fixture
def clinic():
    return made.clinic()


@pytest.fixture
def administrator(clinic):
    return made.user(clinic, Role.ADMINISTRATOR)


@pytest.fixture
def clinician(clinic):
    return made.user(clinic)
