"""What the labels say of the seven products, as the software holds it: one line for each."""

import pytest

from facialis.toxins import ToxinProduct, total
from facialis.toxins.contents import Allergen
from facialis.toxins.exact import number_text
from facialis.toxins.labels import LabelSite, label_doses
from facialis.toxins.product_names import product_named
from facialis.toxins.product_record import product_record
from facialis.toxins.storage import TimeRule, time_limit

PRODUCTS = """
product            |brands                         |type|vials            |glabella|diluted|albumin|milk
onabotulinumtoxinA |Botox, Botox Cosmetic, Vistabel|A   |50, 100, 200     |5 x 4   |24 h   |yes    |no
abobotulinumtoxinA |Dysport, Azzalure, Alluzience  |A   |125, 300, 500    |5 x 10  |24 h   |yes    |yes
incobotulinumtoxinA|Xeomin, Bocouture              |A   |50, 100, 200     |5 x 4   |24 h   |yes    |no
prabotulinumtoxinA |Jeuveau, Nuceiva               |A   |100              |5 x 4   |24 h   |yes    |no
daxibotulinumtoxinA|Daxxify                        |A   |50, 100          |5 x 8   |72 h   |no     |no
letibotulinumtoxinA|Letybo                         |A   |50, 100          |5 x 4   |24 h   |yes    |no
rimabotulinumtoxinB|Myobloc, NeuroBloc             |B   |2500, 5000, 10000|none    |4 h    |yes    |no
"""

DILUTIONS = """
product             | vial | saline mL | stated in 0.1 mL | tag
onabotulinumtoxinA  | 100  | 2.5       | 4                | recall-high
abobotulinumtoxinA  | 300  | 2.5       | 12               | recall-high
abobotulinumtoxinA  | 300  | 1.5       | 20               | recall-high
incobotulinumtoxinA | 100  | 2.5       | 4                | recall-high
prabotulinumtoxinA  | 100  | 2.5       | none             | recall-high
daxibotulinumtoxinA | 100  | 1.2       | 8                | found
letibotulinumtoxinA | 100  | 2.5       | none             | recall-high
"""

CODES = """
product             | system         | code
onabotulinumtoxinA  | HCPCS          | J0585
abobotulinumtoxinA  | HCPCS          | J0586
rimabotulinumtoxinB | HCPCS          | J0587
incobotulinumtoxinA | HCPCS          | J0588
incobotulinumtoxinA | NDC            | 46783-160
abobotulinumtoxinA  | NDC            | 15054-0530
onabotulinumtoxinA  | NDC            | 0023-9232
daxibotulinumtoxinA | NDC            | 72960-112
abobotulinumtoxinA  | RxCUI          | 1789950
abobotulinumtoxinA  | RxCUI          | 1789953
abobotulinumtoxinA  | RxCUI          | 1789956
abobotulinumtoxinA  | RxCUI          | 1789958
onabotulinumtoxinA  | FDA_LABEL_UNIT | [USP'U]
incobotulinumtoxinA | FDA_LABEL_UNIT | [USP'U]
abobotulinumtoxinA  | FDA_LABEL_UNIT | U
daxibotulinumtoxinA | FDA_LABEL_UNIT | U
"""


def lines(table):
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [pytest.param(dict(zip(head, row, strict=True)), id="-".join(row[:3])) for row in rows]


def test_there_are_seven_products():
    assert len(ToxinProduct) == 7


@pytest.mark.parametrize("line", lines(PRODUCTS))
def test_product(line):
    record = product_record(ToxinProduct(line["product"]))
    glabella = [dose for dose in label_doses(record.product) if dose.site is LabelSite.GLABELLA]
    points = [f"{dose.points} x {number_text(dose.per_point_high.amount)}" for dose in glabella]
    assert {
        "product": record.product.value,
        "brands": ", ".join(record.brands),
        "type": record.serotype,
        "vials": ", ".join(number_text(vial.content.amount) for vial in record.vials),
        "glabella": points[0] if points else "none",
        "diluted": time_limit(record.product).text.removeprefix("up to "),
        "albumin": "yes" if record.contains(Allergen.HUMAN_ALBUMIN) else "no",
        "milk": "yes" if record.contains(Allergen.COW_MILK_PROTEIN) else "no",
    } == line


@pytest.mark.parametrize("line", lines(DILUTIONS))
def test_usual_dilution(line):
    record = product_record(ToxinProduct(line["product"]))
    found = [
        {
            "product": record.product.value,
            "vial": number_text(usual.vial.amount),
            "saline mL": number_text(usual.saline_ml),
            "stated in 0.1 mL": number_text(usual.stated_per_tenth_ml.amount)
            if usual.stated_per_tenth_ml
            else "none",
            "tag": usual.citation.provenance.value,
        }
        for usual in record.usual_dilutions
    ]
    assert line in found


@pytest.mark.parametrize("line", lines(CODES))
def test_code(line):
    codes = product_record(ToxinProduct(line["product"])).codes
    assert (line["system"], line["code"]) in {(code.system.value, code.code) for code in codes}


@pytest.mark.parametrize("product", ToxinProduct)
def test_every_product_shares_the_one_atc_code(product):
    assert [code.code for code in product_record(product).codes if code.system == "ATC"] == ["M03AX01"]


@pytest.mark.parametrize("product", ToxinProduct)
def test_points_add_up_to_the_labelled_total(product):
    for dose in label_doses(product):
        if dose.points is not None:
            assert total([dose.per_point_high] * dose.points) == dose.total


@pytest.mark.parametrize("product", ToxinProduct)
def test_multi_dose_use_over_weeks_is_never_the_label(product):
    assert time_limit(product, TimeRule.OFF_LABEL).text == "up to 4 weeks"
    assert time_limit(product, TimeRule.OFF_LABEL).citation.source_key == "AlamASDS15"


def test_only_the_time_of_daxibotulinumtoxin_is_less_sure():
    tags = {product: time_limit(product).citation.provenance.value for product in ToxinProduct}
    unsure = [product.value for product, tag in tags.items() if tag != "recall-high"]
    assert unsure == ["daxibotulinumtoxinA"]


@pytest.mark.parametrize(
    ("site", "totals"),
    [
        ("glabella", ["20"]),
        ("lateral_canthal_lines", ["24"]),
        ("forehead_lines", ["20"]),
        ("platysma_bands", ["26", "31", "36"]),
    ],
)
def test_facial_doses_of_botox_cosmetic(site, totals):
    doses = label_doses(product_named("Botox Cosmetic").product)
    assert [number_text(dose.total.amount) for dose in doses if dose.site.value == site] == totals
