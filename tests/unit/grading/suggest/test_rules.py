import pytest

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.evidence import EvidenceError
from facialis.evidence.table import parse_rows
from facialis.grading.registry import INSTRUMENTS
from facialis.grading.suggest.registry import SUGGESTED
from facialis.grading.suggest.rules import RuleKind, rule_for, rule_of, rules_of
from facialis.grading.suggest.thresholds import limit, perception_mm
from facialis.measurement.measures import MEASURES
from facialis.measurement.synkinesis import SynkinesisRegion, involuntary_movements

HEADER = (
    "instrument,item,part,kind,expressions,measures,direction,features,reason,source_key,locator,provenance"
)
PASSPORT = (
    'title="t"\nlicence="l"\nlast_reviewed="d"\ngenerator="g"\nkey=["item"]\npopulation="p"\n[columns]\n'
    + "\n".join(f'{name} = "m"' for name in HEADER.split(","))
    + '\n[units]\ndirection = "1"\n'
)


def rule(cells):
    table = parse_rows(f"{HEADER}\n{cells},Facialis,l,design\n", PASSPORT, where="rules")
    return rule_of(table.rows[0])


def test_a_rule_reads_every_cell():
    found = rule("a,b,whole,synkinesis,snarl;pucker,eye;brow,,eyelid_rest;brow_rest,")
    assert (found.instrument, found.item, found.part) == ("a", "b", "whole")
    assert found.kind is RuleKind.SYNKINESIS
    assert found.expressions == (Expression.SNARL, Expression.PUCKER)
    assert found.measures == ("eye", "brow")
    assert found.features == ("eyelid_rest", "brow_rest")
    assert found.direction == 1
    assert found.reason is None
    assert found.citation.source_key == "Facialis"
    assert rule("a,b,whole,movement,pucker,commissure_lateral,-1,,").direction == -1
    assert rule("a,b,whole,not_shown,,,,,Look.").reason == "Look."


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ("a,b,w,movement,snarl,x,2,,", "direction is 2; it is 1 or -1."),
        ("a,b,w,movement,snarl,x,1,,why", "a reason stands with not_shown, and only there."),
        ("a,b,w,not_shown,,,,,", "a reason stands with not_shown, and only there."),
        ("a,b,w,movement,,x,1,,", "expressions and measures must be named."),
        ("a,b,w,movement,snarl,,1,,", "expressions and measures must be named."),
        ("a,b,w,rest,rest,x,1,,", "a difference at rest is judged by one feature."),
        ("a,b,w,rest,rest,x,1,e;f,", "a difference at rest is judged by one feature."),
        ("a,b,w,synkinesis,snarl,eye;brow,,e,", "synkinesis needs one feature for each region."),
    ],
)
def test_a_rule_that_does_not_fit_its_kind_is_an_error(cells, sentence):
    with pytest.raises(EvidenceError) as error:
        rule(cells)
    assert str(error.value) == f"rules, line 2: {sentence}"


def test_an_instrument_without_rules_is_an_error():
    with pytest.raises(EvidenceError) as error:
        rules_of("saq")
    assert str(error.value) == "'saq' is not in the table of rules for suggested grades."


@pytest.mark.parametrize("instrument", SUGGESTED)
def test_the_rules_are_those_of_the_items_in_their_order(instrument):
    named = list(dict.fromkeys(rule.item for rule in rules_of(instrument)))
    assert named == [item.id for item in INSTRUMENTS[instrument].items]


def test_the_parts_of_an_item_come_together():
    assert [rule.part for rule in rule_for("house_brackmann", "rest")] == ["brow", "eye", "mouth"]
    assert rule_for("sunnybrook", "rest") == ()


@pytest.mark.parametrize("instrument", SUGGESTED)
def test_rules_name_only_what_is_measured(instrument):
    cells = {(m.expression, m.region) for m in involuntary_movements()}
    for found in rules_of(instrument):
        assert set(found.expressions) <= set(NINE_PHOTOGRAPHS)
        assert all(perception_mm(feature) > 0 for feature in found.features)
        if found.kind is RuleKind.SYNKINESIS:
            assert {SynkinesisRegion(name) for name in found.measures}
            assert all(any((e, region) in cells for region in found.measures) for e in found.expressions)
            assert all(any((e, region) in cells for e in found.expressions) for region in found.measures)
        else:
            assert set(found.measures) <= set(MEASURES)
        if found.kind in {RuleKind.MOVEMENT, RuleKind.CLOSURE}:
            assert limit(f"least_healthy_{found.measures[0]}") > 0
