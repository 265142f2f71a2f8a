"""The seven products, by generic name: a unit means nothing without one of them."""

from enum import StrEnum


class ToxinProduct(StrEnum):
    """A product by its generic name. Units of one are not units of another."""

    ONABOTULINUMTOXIN_A = "onabotulinumtoxinA"
    ABOBOTULINUMTOXIN_A = "abobotulinumtoxinA"
    INCOBOTULINUMTOXIN_A = "incobotulinumtoxinA"
    PRABOTULINUMTOXIN_A = "prabotulinumtoxinA"
    DAXIBOTULINUMTOXIN_A = "daxibotulinumtoxinA"
    LETIBOTULINUMTOXIN_A = "letibotulinumtoxinA"
    RIMABOTULINUMTOXIN_B = "rimabotulinumtoxinB"
