"""What can go wrong at a target, with published rates."""

from facialis.anatomy.injection_sites import injection_target
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.side_roles import SideRole
from facialis.planning.explain.records import HazardNote
from facialis.planning.explain.words import plain
from facialis.planning.rules.table import target_group
from facialis.toxins import ToxinProduct
from facialis.toxins.adverse_events import AdverseEvent, IntervalKind, events_for
from facialis.toxins.exact import number_text

LOWER_FACE = "lower_face"


def hazards_of(
    target: InjectionTarget, role: SideRole | None, product: ToxinProduct
) -> tuple[HazardNote, ...]:
    """The main hazard of a target, then every event whose rate is published for it.

    Parameters
    ----------
    role : SideRole         Rows of the other side are left out.
    product : ToxinProduct  Rows of another product are left out.
    """
    record = injection_target(target)
    found = []
    if record.main_hazard:
        sentence = f"Main hazard: {record.main_hazard}."
        found.append(HazardNote(record.main_hazard, sentence, None, None, record.citation))
    found += [_note(event) for event in events_for(target, product) if _is_of(event, target, role)]
    return tuple(found)


def _is_of(event: AdverseEvent, target: InjectionTarget, role: SideRole | None) -> bool:
    """Whether a rate belongs to this target, or to the muscles around the mouth on this side."""
    if event.targets:
        return event.side_role is None or role is None or event.side_role is role
    return event.side_role is not None and event.side_role is role and target in target_group(LOWER_FACE)


def _note(event: AdverseEvent) -> HazardNote:
    interval = (
        None if event.interval is None else (float(event.interval.low_pct), float(event.interval.high_pct))
    )
    product = "" if event.product is None else f", {event.product.value}"
    source = f"{event.setting}{product}; {event.citation.text}"
    sentence = f"{plain(event.event).capitalize()}: {_rate(event)} ({source})."
    rate = None if event.rate_pct is None else float(event.rate_pct)
    return HazardNote(event.event, sentence, rate, interval, event.citation)


def _rate(event: AdverseEvent) -> str:
    parts = []
    if event.rate_pct is not None:
        parts.append(f"{number_text(event.rate_pct)} % of patients")
    if event.interval is not None:
        ends = f"{number_text(event.interval.low_pct)} to {number_text(event.interval.high_pct)} %"
        is_range = event.interval.kind is IntervalKind.RANGE
        parts.append(ends if is_range else f"95 % interval {ends}")
    if event.frequency_words is not None:
        parts.append(event.frequency_words)
    if event.dose is not None:
        end = "" if event.dose.high is None else f" to {event.dose.high.text}"
        parts.append(f"{event.dose.relation} {event.dose.low.text}{end}")
    return ", ".join(parts)
