"""What the labels say about doses in the face, and their limits."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache

from facialis.evidence import Citation
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.exact import number_text
from facialis.toxins.products import ToxinProduct
from facialis.toxins.reading import fraction, optional_dose, optional_fraction, rows_of


class LimitKind(StrEnum):
    """What a limit holds down, or holds apart."""

    MOST_UNITS_IN_WINDOW = "most_units_in_window"
    MOST_UNITS_IN_SESSION = "most_units_in_session"
    MOST_UNITS_PER_SITE = "most_units_per_site"
    LEAST_INTERVAL = "least_interval"


class LabelSite(StrEnum):
    """Facial sites for which a label states a dose."""

    GLABELLA = "glabella"
    LATERAL_CANTHAL_LINES = "lateral_canthal_lines"
    FOREHEAD_LINES = "forehead_lines"
    PLATYSMA_BANDS = "platysma_bands"
    BLEPHAROSPASM = "blepharospasm"


@dataclass(frozen=True)
class LabelDose:
    """The labelled dose of one product at one site; what the source does not state is None."""

    product: ToxinProduct
    site: LabelSite
    variant: str
    """`standard`, or which of several labelled totals."""
    points: int | None
    """Injection points, both sides together."""
    per_point_low: ToxinDose | None
    per_point_high: ToxinDose | None
    total: ToxinDose | None
    volume_per_point_ml: Fraction | None
    citation: Citation


@dataclass(frozen=True)
class LabelLimit:
    """One limit; amounts are units of `product`, and `product` is None where it holds for all."""

    product: ToxinProduct | None
    kind: LimitKind
    scope: str
    value: Fraction
    unit: str
    window: Fraction | None
    window_unit: str | None
    citation: Citation

    @property
    def dose(self) -> ToxinDose | None:
        """The limit as an amount; None where it is a time."""
        return None if self.product is None or self.unit != "units" else ToxinDose(self.value, self.product)

    @property
    def text(self) -> str:
        """'400 units in 3 months', '90 days'."""
        unit = f"{number_text(self.value)} {self.unit}"
        return unit if self.window is None else f"{unit} in {number_text(self.window)} {self.window_unit}"


@cache
def label_doses(product: ToxinProduct) -> tuple[LabelDose, ...]:
    """Labelled doses of ``product`` in the face; none where no label states one."""
    return tuple(
        LabelDose(
            product,
            row.choice("site", LabelSite),
            row.text("variant"),
            None if row.optional_text("points") is None else row.integer("points"),
            optional_dose(row, "units_per_point_low"),
            optional_dose(row, "units_per_point_high"),
            optional_dose(row, "total_units"),
            optional_fraction(row, "volume_per_point_ml"),
            row.citation,
        )
        for row in rows_of("label_doses", product)
    )


@cache
def label_limits(product: ToxinProduct) -> tuple[LabelLimit, ...]:
    """Limits of ``product``, and those that hold for every product."""
    return tuple(
        LabelLimit(
            product if row.text("product") == product.value else None,
            row.choice("limit", LimitKind),
            row.text("scope"),
            fraction(row, "value"),
            row.text("unit"),
            optional_fraction(row, "window"),
            row.optional_text("window_unit"),
            row.citation,
        )
        for row in rows_of("label_limits", product)
    )
