"""What one target contributes to a plan, by kind and domain of term, in the full model."""

import numpy as np

from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.explain.grounds import Grounds, View
from facialis.planning.explain.records import Contribution, TermGain
from facialis.planning.explain.words import term_words
from facialis.planning.outcome.terms import Domain, TermKind, outcome_terms

MOST_TERMS = 3
LEAST_TERM = 0.005
"""Of the loss of doing nothing: a term that changes by less is not named."""


def contribution_of(grounds: Grounds, choice: DoseChoice, without: View, with_it: View) -> Contribution:
    """Compare two plans that differ by one choice."""
    gains = grounds.term_losses(without) - grounds.term_losses(with_it)
    terms = outcome_terms()
    affected = grounds.prospect.affected
    most = np.argsort(-np.abs(gains), kind="stable")[:MOST_TERMS]
    floor = LEAST_TERM * grounds.nothing.loss.outcome
    whole = grounds.whole_gain
    gain = float(gains.sum())
    return Contribution(
        gain=gain,
        price=grounds.price(choice),
        share=gain / whole if whole > 0 else None,
        by_kind={
            kind: float(sum(gains[t] for t, term in enumerate(terms) if term.kind is kind))
            for kind in TermKind
        },
        by_domain={
            domain: float(sum(gains[t] for t, term in enumerate(terms) if term.domain is domain))
            for domain in Domain
        },
        most_changed=tuple(
            TermGain(
                terms[t].name,
                term_words(terms[t], affected),
                terms[t].kind,
                terms[t].domain,
                float(gains[t]),
            )
            for t in most
            if abs(gains[t]) >= floor
        ),
    )
