import json

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.grading.suggest.eface import suggest_eface
from facialis.grading.suggest.item import NOTICE
from facialis.grading.suggest.plain import suggestion_to_plain
from facialis.grading.suggest.readings import Readings
from facialis.grading.suggest.sunnybrook import suggest_sunnybrook
from tests.factories.readings import make_readings


def plain_item(plain, name):
    return next(item for item in plain["items"] if item["item"] == name)


def test_a_suggestion_becomes_plain_json():
    readings = make_readings(share=0.5, sd=0.123456, affected=Side.RIGHT)
    plain = suggestion_to_plain(suggest_sunnybrook(readings, Side.RIGHT))
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert list(plain) == [
        "notice",
        "instrument",
        "version",
        "affected",
        "items",
        "not_determined",
        "ranges",
        "notes",
    ]
    assert (plain["notice"], plain["instrument"], plain["version"]) == (NOTICE, "sunnybrook", "1")
    assert (plain["affected"], plain["not_determined"], plain["notes"]) == ("right", ["cheek_rest"], [])
    assert len(plain["items"]) == 13
    assert plain["ranges"][0] == {
        "name": "rest_symmetry",
        "low": 0,
        "high": 10,
        "missing": ["cheek_rest"],
    }


def test_an_item_becomes_plain_json():
    readings = make_readings(share=0.6, sd=0.123456)
    found = plain_item(suggestion_to_plain(suggest_sunnybrook(readings, Side.LEFT)), "brow_raise_movement")
    citations = found.pop("citations")
    assert citations[0] == {
        "source_key": "Facialis",
        "locator": "suggested grades",
        "provenance": "design",
        "population": "patients with unilateral facial palsy, measured in standard photographs",
        "note": "",
    }
    assert len(citations) == 1 + 2 + 3 + 3 + 2
    assert found == {
        "item": "brow_raise_movement",
        "value": 3,
        "probability": 1.0,
        "confidence": "high",
        "chances": [
            {"answer": 1, "probability": 0.0},
            {"answer": 2, "probability": 0.0},
            {"answer": 3, "probability": 1.0},
            {"answer": 4, "probability": 0.0},
            {"answer": 5, "probability": 0.0},
        ],
        "interval": None,
        "judged": {"quantity": "share of the healthy side", "value": 60.0, "sd": 1.3453, "unit": "%"},
        "measures": ["brow_height"],
        "expressions": ["brow_raise"],
        "readings": [
            {
                "quantity": "brow_height_excursion",
                "expression": "brow_raise",
                "side": side,
                "value": value,
                "sd": 0.1235,
                "unit": "mm",
            }
            for side, value in (("left", 4.8), ("right", 8.0))
        ],
        "reason": None,
        "remarks": [],
    }


def test_an_item_without_a_suggestion_becomes_plain_json():
    found = plain_item(suggestion_to_plain(suggest_sunnybrook(Readings(), Side.LEFT)), "eye_rest")
    assert found.pop("citations")
    assert found == {
        "item": "eye_rest",
        "value": None,
        "probability": None,
        "confidence": None,
        "chances": [],
        "interval": None,
        "judged": None,
        "measures": ["palpebral_fissure"],
        "expressions": ["rest"],
        "readings": [],
        "reason": "There is no photograph of 'rest'.",
        "remarks": [],
    }


def test_a_slider_becomes_plain_json():
    readings = make_readings(rest={"brow_height": -3.5}, sd=0.7)
    found = plain_item(suggestion_to_plain(suggest_eface(readings, Side.LEFT)), "brow_rest")
    assert (found["value"], found["interval"], found["chances"]) == (75, [66.8, 83.2], [])
    assert found["readings"] == [
        {
            "quantity": "brow_height",
            "expression": Expression.REST.value,
            "side": None,
            "value": -3.5,
            "sd": 0.7,
            "unit": "mm",
        }
    ]
    assert found["probability"] == 0.954
