"""How large a change must be before it is more than chance: published thresholds, cited."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from facialis.evidence import Citation, Provenance, load_rows
from facialis.grading.instrument import TABLES


class ThresholdKind(StrEnum):
    """What a threshold separates, and for whom it holds."""

    SDC_INDIVIDUAL = "sdc_individual"
    """Smallest detectable change of one patient: the only kind that judges a patient."""
    SDC_GROUP = "sdc_group"
    """Smallest detectable change of the mean of a group."""
    MIC_IMPROVEMENT = "mic_improvement"
    """Minimal important improvement, group level."""
    MIC_DETERIORATION = "mic_deterioration"
    """Minimal important deterioration, group level."""


@dataclass(frozen=True)
class Threshold:
    """One published, or derived, threshold of one scale."""

    instrument: str
    scale: str
    """`total`, or the name of a part."""
    kind: ThresholdKind
    value: Fraction
    """With the sign that the source prints."""
    unit: str
    preference: int
    citation: Citation

    @property
    def provisional(self) -> bool:
        """Whether the threshold was put together here rather than published."""
        return self.citation.provenance is Provenance.DERIVED


def thresholds_of(instrument: str, scale: str) -> tuple[Threshold, ...]:
    """Every threshold of a scale, in the order of the table; none where nothing is known.

    Parameters
    ----------
    instrument : str
        Id of the instrument.
    scale : str
        `total`, or the name of a part.
    """
    kinds = {kind.value for kind in ThresholdKind}
    return tuple(
        Threshold(
            instrument=instrument,
            scale=scale,
            kind=row.choice("quantity", ThresholdKind),
            value=Fraction(row.decimal("value")),
            unit=row.text("unit"),
            preference=row.integer("preference"),
            citation=row.citation,
        )
        for row in load_rows(TABLES, "change_thresholds").rows
        if row.text("instrument") == instrument
        and row.text("scale") == scale
        and row.text("quantity") in kinds
    )


def threshold(instrument: str, scale: str, kind: ThresholdKind) -> Threshold | None:
    """The preferred threshold of one kind; None where none is known.

    Parameters
    ----------
    instrument, scale : str
        As for `thresholds_of`.
    kind : ThresholdKind
        `SDC_GROUP` serves cohorts; only `SDC_INDIVIDUAL` judges one patient.
    """
    found = [candidate for candidate in thresholds_of(instrument, scale) if candidate.kind is kind]
    return min(found, key=lambda candidate: candidate.preference, default=None)
