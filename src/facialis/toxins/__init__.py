"""What is injected: products, amounts that never mix, dilution, published doses, hazards."""

from facialis.toxins.amounts import ToxinDose, total
from facialis.toxins.products import ToxinProduct

__all__ = ["ToxinDose", "ToxinProduct", "total"]
