"""What the visits since the last treatment taught, as the page of a follow-up shows it."""

from collections.abc import Iterable
from typing import Protocol

import jax

from facialis.clinic.planner.answers import Learnt
from facialis.clinic.planner.held import HeldPlan
from facialis.planning.learning.learn import learn

LEARNING_STREAM = 2
"""Of the seed's random numbers: as `facialis follow-up` draws, so that both say the same."""


class _Told(Protocol):
    @property
    def sentence(self) -> str: ...


def learnt_of(held: HeldPlan) -> Learnt:
    """Learn from the visits of a case; raises `NothingToLearnError` where it has no treatment."""
    key = jax.random.fold_in(jax.random.key(held.inputs.origin.seed), LEARNING_STREAM)
    found = learn(held.inputs.case, held.work.patient, key, held.work.plan)
    return Learnt(
        treated=found.treated,
        seen_before=found.seen_before,
        seen_after=found.seen_after,
        responses=_sentences(found.responses),
        traits=_sentences(found.traits),
        changed=_sentences(found.changed),
        differences=_sentences(found.differences),
        helped=found.suggestion.helped.value,
        adequate=found.suggestion.adequate.value,
        suggestion=found.suggestion.sentences,
        sentences=found.sentences,
    )


def _sentences(parts: Iterable[_Told]) -> tuple[str, ...]:
    return tuple(one.sentence for one in parts)
