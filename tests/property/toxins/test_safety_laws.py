"""Laws of the safety rules: order does not matter, more never becomes safer."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from facialis.toxins.actions import Action
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.contraindications import contraindications
from facialis.toxins.interactions import drug_interactions
from facialis.toxins.procedure_limits import cap_findings, interval_findings, window_findings
from facialis.toxins.procedure_rules import LimitScope
from facialis.toxins.products import ToxinProduct
from facialis.toxins.safety_findings import findings_for

CONDITIONS = st.lists(st.sampled_from([rule.code for rule in contraindications()]), unique=True)
DRUGS = st.lists(st.sampled_from([rule.code for rule in drug_interactions()]), unique=True)
PRODUCTS = st.sampled_from(ToxinProduct)
AMOUNTS = st.fractions(min_value=0, max_value=1000)
SCOPES = st.sampled_from([LimitScope.AFFECTED_SIDE, LimitScope.BOTH_SIDES])
ORDER = tuple(Action)


@given(CONDITIONS, DRUGS, PRODUCTS, st.randoms(use_true_random=False))
def test_the_order_of_words_changes_no_finding(conditions, drugs, product, random):
    shuffled = random.sample(conditions, len(conditions)), random.sample(drugs, len(drugs))
    assert set(findings_for(*shuffled, product)) == set(findings_for(conditions, drugs, product))


@given(CONDITIONS, DRUGS, PRODUCTS)
def test_each_word_gives_at_most_one_finding_and_the_heaviest_come_first(conditions, drugs, product):
    found = findings_for(conditions, drugs, product)
    assert {finding.code for finding in found} <= {*conditions, *drugs}
    assert len(found) == len({(finding.kind, finding.code) for finding in found})
    ranks = [ORDER.index(finding.action) for finding in found]
    assert ranks == sorted(ranks)


@given(CONDITIONS, CONDITIONS, DRUGS, PRODUCTS)
def test_a_further_condition_takes_no_finding_away(conditions, more, drugs, product):
    fewer = set(findings_for(conditions, drugs, product))
    assert fewer <= set(findings_for([*conditions, *more], drugs, product))


@given(SCOPES, PRODUCTS, AMOUNTS, AMOUNTS)
def test_more_toxin_never_passes_a_cap_that_less_does_not(scope, product, first, second):
    less, more = (ToxinDose(amount, product) for amount in sorted((first, second)))
    assert len(cap_findings(scope, less)) <= len(cap_findings(scope, more))
    assert len(window_findings(less)) <= len(window_findings(more))


@given(PRODUCTS, st.integers(0, 400), st.integers(0, 400))
def test_a_longer_wait_never_adds_a_finding(product, first, second):
    shorter, longer = sorted((first, second))
    left = {finding.code for finding in interval_findings(longer, product)}
    assert left <= {finding.code for finding in interval_findings(shorter, product)}


@given(PRODUCTS, st.fractions(min_value=Fraction(1, 1000), max_value=1000))
def test_what_is_found_is_said_in_the_products_own_units(product, amount):
    for finding in (
        *cap_findings(LimitScope.BOTH_SIDES, ToxinDose(amount, product)),
        *window_findings(ToxinDose(amount, product)),
    ):
        others = [other.value for other in ToxinProduct if other is not product]
        assert product.value in finding.sentence
        assert not any(other in finding.sentence for other in others)
