"""The records as one table: a line for each visit and each treatment."""

from collections.abc import Iterator, Sequence

from facialis.clinic.research.queries import Record, subscores

PERSON = ("pseudonym", "age_at_onset", "sex", "side", "cause")
EVENT = ("event", "number", "days_since_onset", "months_since_onset")
MEASURED = ("symmetry_index", "symmetry_index_sd")
TREATED = ("product", "total_units")


def columns(found: Sequence[Record]) -> list[str]:
    """Names of the columns; sub-scores in mm as far as they occur."""
    scores = [f"{name}{end}" for name in subscores(found) for end in ("_mm", "_sd_mm")]
    return [*PERSON, *EVENT, *MEASURED, *scores, *TREATED]


def rows(found: Sequence[Record]) -> Iterator[list[object]]:
    """Write the events of each patient, earliest first; at one day the visit before the treatment."""
    names = subscores(found)
    for record in found:
        person: list[object] = [record.pseudonym, record.age_at_onset, record.sex, record.side, record.cause]
        lines: list[tuple[int, int, list[object]]] = []
        for visit in record.visits:
            scores = [part for name in names for part in visit.synkinesis.get(name, (None, None))]
            values = [visit.symmetry_index, visit.symmetry_index_sd, *scores]
            lines.append((visit.days, 0, [*_event("visit", visit.number, visit.days), *values, None, None]))
        for number, treatment in enumerate(record.treatments, start=1):
            empty: list[object] = [None] * (len(MEASURED) + 2 * len(names))
            units = f"{treatment.units.normalize():f}"
            event = _event("treatment", number, treatment.days)
            lines.append((treatment.days, 1, [*event, *empty, treatment.product, units]))
        for _days, _kind, line in sorted(lines, key=lambda one: one[:2]):
            yield [*person, *line]


def _event(kind: str, number: int, days: int) -> list[object]:
    return [kind, number, days, round(days * 12 / 365.25, 1)]
