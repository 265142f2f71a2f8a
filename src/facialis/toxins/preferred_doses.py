"""The one published range that is offered, and the confirmation that it may need first."""

from dataclasses import dataclass

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.evidence import Citation, Provenance
from facialis.toxins.dose_ranges import DoseInterval, DoseStatement, PublishedDose, doses_for
from facialis.toxins.errors import ToxinError
from facialis.toxins.products import ToxinProduct

TAGS_TO_CONFIRM = frozenset({Provenance.RECALL_MEDIUM})
"""Numbers that a clinician has to confirm before anything is computed from them."""


class NoPublishedDoseError(ToxinError):
    """No source states a dose for this target, side and product."""

    code = "dose_not_published"


class DoseNotUsualError(ToxinError):
    """The preferred source says that toxin is rarely or not given there."""

    code = "dose_not_usual"


class UnconfirmedDoseError(ToxinError):
    """A range from memory without the person who confirms it."""

    code = "confirmation_invalid"


@dataclass(frozen=True)
class DoseRange:
    """A range that may be planned with."""

    target: InjectionTarget | None
    role: SideRole | None
    points: tuple[int, int] | None
    per_site: DoseInterval | None
    total: DoseInterval | None
    citation: Citation
    confirmed_by: str | None
    """Who confirmed it; None where its tag asks for no confirmation."""

    def __post_init__(self) -> None:
        if self.citation.provenance in TAGS_TO_CONFIRM or self.confirmed_by is not None:
            _require_name(self.confirmed_by, self.citation)


@dataclass(frozen=True)
class UnconfirmedRange:
    """A published range whose numbers stand under `published`, for reading, until somebody confirms them."""

    published: PublishedDose

    @property
    def citation(self) -> Citation:
        """Origin and tag of the numbers to be confirmed."""
        return self.published.citation

    def confirm(self, *, by: str) -> DoseRange:
        """Make the range usable.

        Parameters
        ----------
        by : str
            The clinician who read the numbers and stands for them.

        Raises
        ------
        UnconfirmedDoseError
            If no name is given.
        """
        _require_name(by, self.citation)
        return _range(self.published, by.strip())


def needs_confirmation(published: PublishedDose) -> bool:
    """Whether a clinician has to confirm the row before anything is computed from it."""
    return published.is_outlier or published.citation.provenance in TAGS_TO_CONFIRM


def preferred_range(
    target: InjectionTarget, role: SideRole, product: ToxinProduct
) -> DoseRange | UnconfirmedRange:
    """The range that is offered for a target on a side, in units of one product.

    An outlier is never offered. What is tagged recall-medium comes as an `UnconfirmedRange`,
    which has no dose of its own until `confirm(by=...)` is called.

    Raises
    ------
    NoPublishedDoseError
        If no source states one. Another product's dose takes no place.
    DoseNotUsualError
        If the preferred source says that toxin is rarely or not given there.
    """
    found = [d for d in doses_for(target, role, product) if not d.is_outlier]
    if not found:
        raise NoPublishedDoseError(_nothing_published(target, role, product))
    first = found[0]
    if first.statement is DoseStatement.NOT_USUAL:
        raise DoseNotUsualError(
            f"{_words(target).capitalize()} on the {role.value} side is not usually injected with "
            f"{product.value} ({first.citation.text}). Leave it out, or enter a dose of your own."
        )
    return UnconfirmedRange(first) if needs_confirmation(first) else _range(first, None)


def _require_name(by: object, citation: Citation) -> None:
    if not isinstance(by, str) or not by.strip():
        raise UnconfirmedDoseError(
            f"The range of {citation.text} is confirmed by {by!r}, which is no name. "
            "Give the clinician who confirms it."
        )


def _nothing_published(target: InjectionTarget, role: SideRole, product: ToxinProduct) -> str:
    start = f"No dose of {product.value} is published for {_words(target)}, {role.value}"
    others = sorted({d.product.value for d in doses_for(target, role) if not d.is_outlier})
    if not others:
        return f"{start}, nor of another product. Enter a dose of your own."
    return (
        f"{start}. Doses are known of {', '.join(others)}; units are not interchangeable. "
        "Choose one of these products, or enter a dose of your own."
    )


def _range(published: PublishedDose, confirmed_by: str | None) -> DoseRange:
    return DoseRange(
        target=published.target,
        role=published.role,
        points=published.points,
        per_site=published.per_site,
        total=published.total,
        citation=published.citation,
        confirmed_by=confirmed_by,
    )


def _words(target: InjectionTarget) -> str:
    return target.value.replace("_", " ")
