"""What the planner answers: finished sentences, exact amounts as text, and numbers to draw.

Sides are the patient's: LEFT, RIGHT or midline. Amounts are units of the product named beside them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Source:
    """Where a number or a rule comes from, and how far it can be trusted."""

    text: str
    """Source, place in it and tag, in one line."""
    key: str
    """In the bibliography."""
    tag: str
    """A `Provenance`: it is shown wherever the number is."""


@dataclass(frozen=True)
class TargetSide:
    """A target on a side."""

    target: str
    side: str
    """LEFT, RIGHT, midline, or both."""


@dataclass(frozen=True)
class Finding:
    """What a rule says of the doses or of the case."""

    code: str
    action: str
    """stop, warn or note."""
    kind: str
    sentence: str
    what_to_do: str
    targets: tuple[TargetSide, ...]
    """Empty: the whole plan."""
    source: Source


@dataclass(frozen=True)
class PointDose:
    """One needle."""

    point: int
    units: str


@dataclass(frozen=True)
class ChosenDose:
    """One target with its needles."""

    target: str
    side: str
    units: str
    """Of all its points."""
    points: tuple[PointDose, ...]


@dataclass(frozen=True)
class Totals:
    """Units of one product, exact, as text."""

    product: str
    left: str
    right: str
    midline: str
    session: str
    needles: int
    text: str
    """'RIGHT 10 units, LEFT 28 units; session 38 units onabotulinumtoxinA in 19 points'."""


@dataclass(frozen=True)
class Loss:
    """Weighted expected terms; less is better."""

    peak: float
    """Between two and four weeks."""
    mean_16_weeks: float
    outcome: float
    """Both together, as the plan weighs them."""
    price: float
    """Of doses and needles, in the same unit."""


@dataclass(frozen=True)
class Alternative:
    """Another plan, to be compared with the proposal."""

    kind: str
    """nothing, fewer_units or fewer_sites."""
    name: str
    choices: tuple[ChosenDose, ...]
    totals: Totals
    loss: Loss
    gain_kept: float | None
    """Share of the proposal's gain, prices left aside; None where the proposal gains nothing."""


@dataclass(frozen=True)
class UnitRange:
    """From and to, exact, as text."""

    low: str
    high: str


@dataclass(frozen=True)
class Evidence:
    """What is published of a target's dose for this product and side."""

    text: str
    """The range in words."""
    total: UnitRange | None
    per_point: UnitRange | None
    points: tuple[int, int] | None
    """Fewest and most."""
    source: Source
    confirmed_by: str | None
    """Who stands for a range that is known from memory."""


@dataclass(frozen=True)
class Bounds:
    """What may be given of a target in this session."""

    points: tuple[int, ...]
    """Numbers of the points that may be used, in the order of need."""
    per_point: UnitRange
    total: UnitRange
    published_most: str
    """`total.high` is never above it."""
    bound_by: str
    """What sets `total.high`: a `planning.limits.Bound`."""
    step: str


@dataclass(frozen=True)
class TargetStory:
    """One target on one side: proposed, or left out, and why."""

    target: str
    name: str
    side: str
    role: str | None
    """affected, healthy or midline."""
    is_proposed: bool
    is_offered: bool
    """Whether it may be injected at all; False: `why` says the rule or the range that speaks against it."""
    units: str | None
    """Proposed; None where it is left out."""
    points: tuple[PointDose, ...]
    why: str
    """One sentence, with its number."""
    share_of_gain: float | None
    """Of the whole plan's gain; None where it is left out, or nothing is gained."""
    details: tuple[str, ...]
    """All that is known, in reading order."""
    hazards: tuple[str, ...]
    drivers: tuple[str, ...]
    """What the photographs say of its muscles."""
    evidence: Evidence | None
    """None where nothing is published for the product."""
    bounds: Bounds | None
    """None where it is not offered."""


@dataclass(frozen=True)
class SummaryPart:
    """A heading of the patient's sheet, and the sentences under it."""

    code: str
    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Dates:
    """When to see the patient again, and when to treat again."""

    session: date
    review_from: date
    review_to: date
    earliest_repeat: date
    repeat: date


@dataclass(frozen=True)
class MuscleTint:
    """How far one muscle works without being asked."""

    muscle: str
    side: str
    excess: float
    """Share of a healthy muscle's strongest."""
    tint: float
    """0 calm to 1 full colour, as the drawing shows it."""


@dataclass(frozen=True)
class Drawing:
    """The drawn face of this patient, without any injection point."""

    svg: str
    view_box: tuple[float, float, float, float]
    muscles: tuple[MuscleTint, ...]


@dataclass(frozen=True)
class Chance:
    """How probably a protected function is lost at the peak, and how probably it may be."""

    name: str
    """Such as 'gentle_eye_closure LEFT' or 'lid_ptosis RIGHT'."""
    sentence: str
    used: float
    without: float
    """Without another injection."""
    most: float
    is_over: bool
    """Above the limit, and above what it is without an injection."""


@dataclass(frozen=True)
class Band:
    """One quantity over the days; None where it cannot be said."""

    median: tuple[float | None, ...]
    low_90: tuple[float | None, ...]
    high_90: tuple[float | None, ...]
    low_50: tuple[float | None, ...]
    high_50: tuple[float | None, ...]


@dataclass(frozen=True)
class Curve:
    """One quantity under the doses, and without another injection."""

    name: str
    """symmetry_index, sunnybrook, eye_closure, smile or asymmetry_...; with `side` it is one curve."""
    title: str
    side: str | None
    unit: str
    less_is_better: bool | None
    """None where neither is: a movement that should be like the other side's."""
    plan: Band
    nothing: Band


@dataclass(frozen=True)
class Course:
    """What may come of the doses in half a year, by the model."""

    days: tuple[float, ...]
    """After the session."""
    curves: tuple[Curve, ...]
    milestones: tuple[str, ...]
    loss: Loss
    nothing: Loss
    improvement: float | None
    """Share of what doing nothing loses that the doses take away, prices left aside."""
    chances: tuple[Chance, ...]


@dataclass(frozen=True)
class Judgement:
    """What rules and model say of some doses."""

    key: str
    findings: tuple[Finding, ...]
    """Of the case and of the session, stops first."""
    totals: tuple[Totals, ...]
    """The product of the session first; one more for each other product that was named."""
    course: Course | None
    no_course: str | None
    """Why there is no course; None where there is one."""
    dates: Dates

    @property
    def stops(self) -> tuple[Finding, ...]:
        """With any of them nothing may be injected as it stands."""
        return tuple(finding for finding in self.findings if finding.action == "stop")


@dataclass(frozen=True)
class Proposal:
    """A plan with all that its editor shows."""

    key: str
    outcome: str
    """inject, nothing or stopped."""
    plan: Mapping[str, Any]
    """The document `facialis-plan/1`: always a draft."""
    targets: tuple[TargetStory, ...]
    """Those proposed first, in the order of the plan."""
    summary: tuple[str, ...]
    """The plan in a few sentences, for clinicians."""
    alternatives: tuple[Alternative, ...]
    patient_title: str
    patient_summary: tuple[SummaryPart, ...]
    drawing: Drawing
    judgement: Judgement
    """Of the proposal itself."""
    remarks: tuple[str, ...] = field(default=())
    """What the measurements could not use."""


@dataclass(frozen=True)
class Learnt:
    """What the visits since the last treatment taught, in sentences."""

    treated: date
    seen_before: date | None
    seen_after: date | None
    """The follow-up by which the response is judged; None: nothing was measured since."""
    responses: tuple[str, ...]
    """What changed in the face, beyond measurement error, and whether as predicted."""
    traits: tuple[str, ...]
    """How sensitive this patient is to toxin, and for how long."""
    changed: tuple[str, ...]
    """Muscles that are judged otherwise than before."""
    differences: tuple[str, ...]
    """The next plan beside the last treatment."""
    helped: str
    """A suggestion for the record: yes, no or unknown."""
    adequate: str
    suggestion: tuple[str, ...]
    sentences: tuple[str, ...]
    """All of it, in reading order."""


@dataclass(frozen=True)
class Pong:
    """The planner lives."""

    version: str
    """Of the software."""
    warm: bool
    """Whether its programs are compiled, so that an edit is answered at once."""
    held: int
    """Plans that it remembers."""
    resident_mb: float
    uptime_s: float


@dataclass(frozen=True)
class Refusal:
    """What was asked for was not done."""

    code: str
    sentence: str


Answer = Proposal | Judgement | Learnt | Pong | Refusal
ANSWERS: Mapping[str, type[Proposal] | type[Judgement] | type[Learnt] | type[Pong] | type[Refusal]] = {
    "proposal": Proposal,
    "judgement": Judgement,
    "learnt": Learnt,
    "pong": Pong,
    "refusal": Refusal,
}
"""Words of the answers on the line."""
