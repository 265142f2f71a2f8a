"""The map of synkinesis is ready only where a movement was measured against rest."""

import pytest
from django.utils import timezone

from facialis.clinic.visits.navigation import Mark, steps_of
from facialis.clinic.visits.progress import Progress
from tests.factories import clinic as made

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("measured", "rest", "is_ready"),
    [(1, 0, False), (1, 1, False), (2, 0, False), (2, 1, True), (9, 1, True), (0, 0, False)],
)
def test_the_map_needs_rest_and_a_movement(measured, rest, is_ready):
    visit = made.visit(made.patient(made.user(made.clinic())))
    progress = Progress(
        photographs=measured, photographs_measured=measured, rest_measured=rest, measured_at=timezone.now()
    )
    (step,) = [one for one in steps_of(visit, progress) if one.key == "synkinesis"]
    assert (step.mark is Mark.DONE, bool(step.url)) == (is_ready, is_ready)
