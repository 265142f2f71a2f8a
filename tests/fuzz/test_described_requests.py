"""The clinic answers every request that its own description allows, and most that it does not.

More examples: FACIALIS_FUZZ_EXAMPLES=50.
"""

import os
import sys
from collections import Counter
from contextlib import suppress

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from facialis.clinic.wsgi import application
from tests.fuzz.forms import NOBODY
from tests.fuzz.openapi import document_of, role_of
from tests.fuzz.sending import TRACEBACK, chain_faults, client_of, fingerprint_of
from tests.fuzz.world import SECRET, THEIRS

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    # Its client closes no answers, and with them the uploads that came with the requests.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

EXAMPLES = int(os.environ.get("FACIALIS_FUZZ_EXAMPLES", "2"))
TOKEN = "a" * 32
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)


def no_traceback(_context, response, _case):
    assert TRACEBACK.encode() not in response.content


def has_a_content_policy(_context, response, _case):
    assert "content-security-policy" in response.headers


def tells_nothing_of_the_other_clinic(_context, response, _case):
    assert THEIRS.encode() not in response.content
    assert SECRET.encode() not in response.content


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    no_traceback,
    has_a_content_policy,
    tells_nothing_of_the_other_clinic,
]


@pytest.fixture(scope="module")
def described(found):
    """The clinic behind its description, and the cookies of each role."""
    world, catalogue = found
    schema = schemathesis.openapi.from_dict(document_of(world, catalogue))
    schema.app = application
    cookies = {NOBODY: {}}
    for role, person in world.ours.people.items():
        cookies[role.value] = {name: one.value for name, one in client_of(person).cookies.items()}
    return schema, cookies


def test_the_description_has_every_form(found, described):
    _, catalogue = found
    schema, _ = described
    posts = {one.ok().definition.raw["operationId"] for one in schema.get_all_operations()}
    missing = [
        one.label
        for one in catalogue.forms
        if one.form.method == "post" and f"post {one.name.rpartition(':')[2]}" not in posts
    ]
    assert not missing


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
def test_no_described_request_breaks(mode, found, described):
    world, catalogue = found
    schema, cookies = described
    before, faults = fingerprint_of(world.theirs.clinic), Counter()
    for result in schema.get_all_operations():
        operation = result.ok()
        name = operation.definition.raw["operationId"]
        role = role_of(catalogue, name.partition(" ")[2])
        _ask(operation, mode, cookies[role], faults, f"{name} as {role}")
        if fingerprint_of(world.theirs.clinic) != before:
            faults[f"{name}: the other clinic was changed"] += 1
    assert not faults, "\n".join(f"{count} x {fault}" for fault, count in faults.most_common())


def _ask(operation, mode, cookies, faults, label):
    """Send examples of one operation; each is put back, after a look at the audit."""

    @seed(3)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def answers(case):
        broken = []
        note = _noting(broken)
        cache.clear()
        with transaction.atomic():
            response = case.call(cookies={**cookies, "csrftoken": TOKEN}, headers={"X-CSRFToken": TOKEN})
            broken += chain_faults()
            transaction.set_rollback(True)
        got_request_exception.disconnect(note)
        try:
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as failed:
            broken += [str(one).splitlines()[0] for one in failed.exceptions]
        for fault in broken:
            faults[f"{label}: {fault}"] += 1

    # An address without anything to choose has no request that its description forbids.
    with suppress(Unsatisfiable):
        answers()


def _noting(broken):
    def note(**_):
        broken.append(f"{sys.exc_info()[0].__name__}: {str(sys.exc_info()[1])[:160]}")

    got_request_exception.connect(note)
    return note
