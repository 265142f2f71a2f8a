"""Everything that the editor of a plan shows, from a plan that was made."""

from facialis.anatomy.muscle_names import FACIAL_MUSCLES
from facialis.anatomy.sides import Side
from facialis.clinic.planner.alternatives import alternatives_of
from facialis.clinic.planner.answers import Drawing, MuscleTint, Proposal, SummaryPart
from facialis.clinic.planner.held import HeldPlan
from facialis.clinic.planner.stories import stories_of
from facialis.planning.explain.explain import explain
from facialis.planning.explain.patient_summary import patient_summary
from facialis.report.plan_figure.diagram import face_diagram, tint_of, unasked_excess
from facialis.report.plan_figure.geometry import VIEW_BOX
from facialis.report.plan_json import plan_to_document
from facialis.twin.decode import Decoded

EXCESS_DECIMALS = 3


def proposal_of(held: HeldPlan) -> Proposal:
    """Explain a plan, draw its face, and judge it as any edit of it is judged."""
    work = held.work
    explanation, summary = explain(work), patient_summary(work)
    return Proposal(
        key=held.key,
        outcome=work.plan.outcome.value,
        plan=plan_to_document(held.document),
        targets=stories_of(work.plan, explanation),
        summary=explanation.summary,
        alternatives=alternatives_of(work),
        patient_title=summary.title,
        patient_summary=tuple(
            SummaryPart(part.code, part.heading, part.sentences) for part in summary.sections
        ),
        drawing=drawing_of(work.decoded),
        judgement=held.judge_injections(work.plan.injections),
        remarks=held.inputs.remarks,
    )


def drawing_of(decoded: Decoded) -> Drawing:
    """The face of the drawing, its muscles tinted by how far they work without being asked."""
    excess = unasked_excess(decoded)
    muscles = tuple(
        MuscleTint(
            muscle.value,
            side.label,
            round(excess[side, muscle], EXCESS_DECIMALS),
            tint_of(excess[side, muscle]),
        )
        for side in (Side.RIGHT, Side.LEFT)
        for muscle in FACIAL_MUSCLES
    )
    return Drawing(face_diagram(decoded), VIEW_BOX, muscles)
