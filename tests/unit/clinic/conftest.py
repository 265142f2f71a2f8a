"""What holds for every test of the clinic."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _language_of_the_clinic():
    """A page that was read in another language leaves it active for the test that comes after."""
    yield
    translation.deactivate()
