"""Dilutions worked by hand: what stands in 0.1 mL, at one mark, and what a dose takes."""

import pytest

from facialis.toxins import ToxinDose
from facialis.toxins.dilution import dilute
from facialis.toxins.errors import SyringeError
from facialis.toxins.exact import number_text
from facialis.toxins.preparation import allowed_strength, usual_dilutions
from facialis.toxins.product_names import product_named
from facialis.toxins.products import ToxinProduct
from facialis.toxins.session import draw_up, units_per_mark
from facialis.toxins.syringes import syringe_named
from facialis.toxins.vials import vial_size

SOLUTIONS = """
brand   | vial  | saline | in 0.1 mL    | in 1 mL       | one 0.01 mL mark
Botox   | 100   | 1      | 10           | 100           | 1
Botox   | 100   | 2      | 5            | 50            | 0.5
Botox   | 100   | 2.5    | 4            | 40            | 0.4
Botox   | 100   | 4      | 2.5          | 25            | 0.25
Botox   | 50    | 2.5    | 2            | 20            | 0.2
Botox   | 200   | 5      | 4            | 40            | 0.4
Dysport | 300   | 2.5    | 12           | 120           | 1.2
Dysport | 300   | 1.5    | 20           | 200           | 2
Dysport | 500   | 2.5    | 20           | 200           | 2
Xeomin  | 50    | 1.25   | 4            | 40            | 0.4
Jeuveau | 100   | 2.5    | 4            | 40            | 0.4
Daxxify | 100   | 1.2    | about 8.3333 | about 83.3333 | about 0.8333
Daxxify | 50    | 0.6    | about 8.3333 | about 83.3333 | about 0.8333
Letybo  | 100   | 2.5    | 4            | 40            | 0.4
Myobloc | 2500  | 0      | 500          | 5000          | 50
Myobloc | 10000 | 2      | 250          | 2500          | 25
"""

DRAWS = """
brand   | vial | saline | dose | syringe             | marks
Botox   | 100  | 2.5    | 4    | insulin_0_5_ml      | 10
Botox   | 100  | 2.5    | 2.5  | insulin_0_5_ml      | refused
Botox   | 100  | 2.5    | 2.6  | insulin_0_3_ml_half | 13
Botox   | 100  | 2      | 2.5  | insulin_0_5_ml      | 5
Botox   | 100  | 4      | 1.25 | insulin_0_3_ml      | 5
Botox   | 100  | 4      | 7.5  | insulin_0_3_ml      | 30
Botox   | 100  | 4      | 7.75 | insulin_0_3_ml      | refused
Dysport | 300  | 1.5    | 10   | one_ml              | 5
Daxxify | 100  | 1.2    | 8    | one_ml              | refused
Myobloc | 2500 | 0      | 250  | one_ml              | 5
"""

ALLOWED = """
product             | low | high
onabotulinumtoxinA  | 1   | 10
abobotulinumtoxinA  | 3   | 50
incobotulinumtoxinA | 1   | 10
prabotulinumtoxinA  | 1   | 10
daxibotulinumtoxinA | 2   | 20
letibotulinumtoxinA | 1   | 10
rimabotulinumtoxinB | 125 | 500
"""


def lines(table):
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [pytest.param(dict(zip(head, row, strict=True)), id="-".join(row)) for row in rows]


def solution(line):
    name = product_named(line["brand"])
    return dilute(vial_size(name.product, line["vial"], name.formulation), line["saline"])


@pytest.mark.parametrize("line", lines(SOLUTIONS))
def test_solution(line):
    dilution = solution(line)
    step = units_per_mark(dilution, syringe_named("one_ml"))
    amounts = (dilution.units_per_tenth_ml, dilution.units_per_ml, step)
    assert [number_text(dose.amount) for dose in amounts] == [
        line["in 0.1 mL"],
        line["in 1 mL"],
        line["one 0.01 mL mark"],
    ]


@pytest.mark.parametrize("line", lines(DRAWS))
def test_draw(line):
    dilution = solution(line)
    dose = ToxinDose(line["dose"], dilution.vial.product)
    try:
        marks = str(draw_up(dose, dilution, syringe_named(line["syringe"])).marks)
    except SyringeError:
        marks = "refused"
    assert marks == line["marks"]


@pytest.mark.parametrize("line", lines(ALLOWED))
def test_allowed_strength_is_a_choice_of_ours_and_says_so(line):
    allowed = allowed_strength(ToxinProduct(line["product"]))
    assert [number_text(allowed.low_per_tenth_ml.amount), number_text(allowed.high_per_tenth_ml.amount)] == [
        line["low"],
        line["high"],
    ]
    assert allowed.citation.provenance.value == "design"
    assert allowed.citation.note


@pytest.mark.parametrize("product", ToxinProduct)
def test_every_usual_dilution_is_accepted_and_agrees_with_its_stated_strength(product):
    for usual in usual_dilutions(product):
        dilution = dilute(vial_size(product, usual.vial.amount), usual.saline_ml)
        rounded = product is ToxinProduct.DAXIBOTULINUMTOXIN_A
        assert (dilution.label_note() is not None) == rounded
        if usual.stated_per_tenth_ml is not None and not rounded:
            assert dilution.units_per_tenth_ml == usual.stated_per_tenth_ml
