"""Whatever a file says, it is read or refused with a sentence: of a plan, a signed plan, a measurement."""

import contextlib
import copy
import functools
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facialis.anatomy.sides import Mirrored
from facialis.errors import FacialisError
from facialis.planning.plan.sign import sign
from facialis.report.plan_json import plan_to_json, read_plan
from facialis.report.read_measures import read_measures
from facialis.report.signed_plan_json import SignedPlanDocument, read_signed_plan, signed_plan_to_json
from facialis.twin.errors import ObservationError
from facialis.twin.present.visits import visit_from_measures
from tests.factories.plan_files import measured_text
from tests.factories.plans import made_document

pytestmark = pytest.mark.slow

COMMON = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**39), 10**39),
    st.text(max_size=5),
    st.sampled_from(
        ["LEFT", "RIGHT", "midline", "mentalis", "0", "1/3", "2.5", "9" * 30, "1/" + "9" * 30, [], {}, [None]]
    ),
)
EXACT = st.decimals(allow_nan=False, allow_infinity=False, places=6) | st.just(Decimal("1E+400"))
"""As `read_json_file` gives numbers with a point."""


@functools.cache
def documents():
    draft = made_document()
    signed = sign(draft.plan, by="Dr Demo", day=draft.plan.today, reasons={})
    return {
        "plan": (json.loads(plan_to_json(draft)), read_plan),
        "signed plan": (
            json.loads(signed_plan_to_json(SignedPlanDocument(draft, signed, "0.1.0"))),
            read_signed_plan,
        ),
        "measurement": (json.loads(measured_text(Mirrored.NO)), read_measures),
    }


def places(value, path=()):
    """Every place of a document."""
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield (*path, key)
        yield from places(child, (*path, key))


@functools.cache
def all_places(name):
    return tuple(places(documents()[name][0]))


@pytest.mark.parametrize("name", ["plan", "signed plan", "measurement"])
@settings(max_examples=150)
@given(data=st.data())
def test_a_damaged_document_is_read_or_refused(name, data):
    plain, read = documents()[name]
    document = copy.deepcopy(plain)
    for path in data.draw(st.lists(st.sampled_from(all_places(name)), min_size=1, max_size=2)):
        holder = document
        try:
            for step in path[:-1]:
                holder = holder[step]
            if data.draw(st.integers(0, 4)) == 0:
                del holder[path[-1]]
            else:
                holder[path[-1]] = data.draw(COMMON | (st.floats() if name == "measurement" else EXACT))
        except (TypeError, IndexError, KeyError):
            continue  # the first change took the place of the second away
    try:
        found = read(document)
    except FacialisError as error:
        refusal = str(error)
    else:
        refusal = ""
    assert len(refusal) < 2000
    if name == "measurement" and not refusal:
        with contextlib.suppress(ObservationError):
            visit_from_measures(700.0, found.photographs)
