"""Everything that the editor of a plan shows, as it is now."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import ngettext

from facialis.clinic.plans.actions.editing import next_to_undo
from facialis.clinic.plans.choices import needles_of, suggested, total_of
from facialis.clinic.plans.curves import charts_of
from facialis.clinic.plans.judging import Judged, reason_before, reason_key
from facialis.clinic.plans.marks import diagram, photograph_of
from facialis.clinic.plans.models import Plan
from facialis.clinic.plans.neck import inferred_rows
from facialis.clinic.plans.readable import unreadable_doses
from facialis.clinic.plans.rows import Row, others_of, rows_of, sides_of
from facialis.clinic.plans.words import totals_words
from facialis.evidence import Provenance
from facialis.toxins.exact import number_text


def editor_context(plan: Plan, *, with_drawing: bool) -> dict[str, Any]:
    """Rows, circles, totals, findings, course, alternatives.

    Parameters
    ----------
    with_drawing : bool     Also the drawn face, which no edit changes.
    """
    rows = rows_of(plan)
    judged = Judged(plan)
    may_add, left_out = others_of(plan, rows)
    photo, drawn = photograph_of(plan.visit), diagram()
    palsy = plan.visit.patient.palsy
    needles = needles_of(plan.choices)
    undoable = next_to_undo(plan)
    findings = [_finding(plan, one) for one in judged.findings]
    return {
        "plan": plan,
        "rows": rows,
        "sides": sides_of(rows),
        "open_rows": [row for row in rows if row.state == "open"],
        "has_suggestion": bool(suggested(plan.proposal)),
        "may_add": may_add,
        "left_out": left_out,
        "photo": photo,
        "photo_marks": [] if photo is None else photo.marks(rows),
        "diagram": drawn,
        "diagram_marks": drawn.marks(rows),
        "drawing": plan.proposal.get("drawing", {}).get("svg", "") if with_drawing else "",
        "judged": judged,
        "stops": [one for one in findings if one["action"] == "stop"],
        "warnings": [one for one in findings if one["action"] == "warn"],
        "notes": [
            *(one for one in findings if one["action"] == "note"),
            *unreadable_doses(plan.product, needles),
        ],
        "open_reasons": sum(1 for one in findings if one["action"] == "warn" and not one["reason"]),
        "charts": () if judged.course is None else charts_of(judged.course, palsy.affected_side.upper()),
        "course": judged.course,
        "chances": _chances(judged.course),
        "alternatives": [
            one
            | {
                "number": number,
                "kept_pct": _pct(one["gain_kept"]),
                "totals_words": totals_words(one["totals"]),
            }
            for number, one in enumerate(plan.proposal.get("alternatives", ()))
        ],
        "proposed_totals": totals_words(plan.proposal.get("judgement", {}).get("totals", [{}])[0]),
        "inferred": inferred_rows(plan.visit, rows),
        "from_memory": _from_memory(rows),
        "summary": plan.proposal.get("summary", ()),
        "remarks": plan.proposal.get("remarks", ()),
        "session_units": number_text(total_of(needles)),
        "needles": len(needles),
        "undoable": undoable,
        "is_empty": not needles,
    }


def _from_memory(rows: Iterable[Row]) -> str:
    """How many of the suggested doses rest on ranges that nobody has read again."""
    tags = [row.tag for row in rows if row.offered]
    count = sum(1 for tag in tags if tag in {Provenance.RECALL_HIGH, Provenance.RECALL_MEDIUM})
    if not count:
        return ""
    return ngettext(
        "%(count)d of %(all)d suggested doses rests on a published range that is known from memory.",
        "%(count)d of %(all)d suggested doses rest on published ranges that are known from memory.",
        count,
    ) % {"count": count, "all": len(tags)}


def _finding(plan: Plan, finding: Mapping[str, Any]) -> dict[str, Any]:
    key = reason_key(dict(finding))
    reason = plan.reasons.get(key, "")
    return {
        **finding,
        "key": key,
        "reason": reason,
        "reason_before": "" if reason else reason_before(plan.reasons, dict(finding)),
    }


def _chances(course: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Protected functions, the most endangered first; those that nothing endangers are left out."""
    found = (
        [] if course is None else [dict(one) for one in course["chances"] if one["used"] or one["without"]]
    )
    return sorted(found, key=lambda one: -(one["used"] / one["most"] if one["most"] else one["used"]))


def _pct(share: float | None) -> int | None:
    return None if share is None else round(100 * share)
