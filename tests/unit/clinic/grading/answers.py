"""Answers that instruments allow, and how a form posts them."""

from decimal import Decimal
from itertools import count, takewhile

from hypothesis import strategies as st

from facialis.clinic.grading.forms import ItemField
from facialis.grading.instrument import AnswerKind
from facialis.grading.registry import find_instrument


def item_answers(item):
    """Any answer that an item allows, and none."""
    if item.kind is AnswerKind.CHOICE:
        values = st.sampled_from([anchor.answer for anchor in item.anchors])
    elif item.kind is AnswerKind.YES_NO:
        values = st.booleans()
    elif item.kind is AnswerKind.INTEGER:
        steps = (int(item.low) + n * int(item.step) for n in count())
        values = st.sampled_from(list(takewhile(lambda number: number <= item.high, steps)))
    else:
        values = st.decimals(item.low, item.high, places=2, allow_nan=False, allow_infinity=False)
    return st.none() | values


def instrument_answers(instrument_id):
    """Any answers to a whole instrument, contradictory ones among them."""
    items = find_instrument(instrument_id).items
    return st.fixed_dictionaries({item.id: item_answers(item) for item in items})


def posted(instrument_id, answers):
    """What the form sends for these answers."""
    instrument = find_instrument(instrument_id)
    return {
        item.id: ItemField(instrument, item).prepare_value(answers.get(item.id)) for item in instrument.items
    }


def file_value(answer):
    """As a person writes an answer into a file."""
    return float(answer) if isinstance(answer, Decimal) else answer


def complete(instrument_id, step=0):
    """One allowed answer to every item."""
    found = {}
    for item in find_instrument(instrument_id).items:
        if item.kind is AnswerKind.CHOICE:
            found[item.id] = item.anchors[min(step, len(item.anchors) - 1)].answer
        elif item.kind is AnswerKind.YES_NO:
            found[item.id] = bool(step)
        elif item.kind is AnswerKind.INTEGER:
            found[item.id] = int(item.low) + min(step, int(item.high - item.low))
        else:
            found[item.id] = Decimal(40 + step)
    if instrument_id == "house_brackmann":
        found |= {"movement": "clear", "eye_closure": "complete_with_effort"}
    return found
