"""The plan on the page: on the diagram, on the photograph, as a table, with reasons and findings."""

from collections.abc import Sequence
from fractions import Fraction
from html import escape

from facialis.anatomy.injection_sites import injection_target
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side
from facialis.planning.dosing.choices import DoseChoice
from facialis.planning.explain.records import Explanation, TargetExplanation
from facialis.planning.places import place_text
from facialis.planning.plan.sign import SignedPlan
from facialis.report.page.html import details, section, table
from facialis.report.plan_figure.circles import ROLE_COLOURS, ROLE_WORDS
from facialis.report.plan_figure.diagram import plan_diagram
from facialis.report.plan_figure.photograph import PointedPhoto, plan_photograph
from facialis.toxins import ToxinProduct
from facialis.toxins.actions import Action
from facialis.toxins.exact import number_text, units_words
from facialis.twin.decode import Decoded


def plan_part(
    signed: SignedPlan, explanation: Explanation, decoded: Decoded, photo: PointedPhoto | None
) -> str:
    """Everything that a clinician reads before signing, and the signature."""
    plan = signed.plan
    own = (
        ""
        if photo is None
        else f"<figure>{plan_photograph(plan.choices, photo)}<figcaption>On the patient’s own photograph at "
        "rest. Carried over from the drawn face by the measured lids, brows, nose and lips: a guide for the "
        "eye; each point is found on the patient.</figcaption></figure>"
    )
    figures = (
        f"<div class='two'><figure>{plan_diagram(plan.choices, decoded)}<figcaption>On the drawn face; "
        "muscles are tinted by how far they work without being asked.</figcaption></figure>"
        f"{own}</div>"
    )
    return section(
        "plan",
        "The plan",
        "Each circle is a needle; its area is the dose, its number the row of the table. "
        f"All doses are units of {plan.product.value} and of no other product.",
        _legend(plan.choices),
        figures,
        _totals(plan.choices, plan.product),
        _targets(explanation),
        _left_out(explanation),
        _findings(signed),
    )


def totals_words(choices: Sequence[DoseChoice]) -> str:
    """'LEFT 28 units, RIGHT 10 units'."""
    parts = []
    for where in (Side.RIGHT, Side.LEFT, None):
        units = sum((c.total.amount for c in choices if c.side is where), Fraction(0))
        if units:
            parts.append(f"{'midline' if where is None else where.label} {units_words(units)}")
    return ", ".join(parts)


def _legend(choices: Sequence[DoseChoice]) -> str:
    roles = [role for role in SideRole if any(choice.role is role for choice in choices)]
    sides = {role: {c.side for c in choices if c.role is role} for role in roles}
    items = []
    for role in roles:
        named = " ".join(side.label for side in sides[role] if side is not None)
        items.append(
            f"<li><span class='dot' style='background:{ROLE_COLOURS[role]}' aria-hidden='true'></span>"
            f"{escape(ROLE_WORDS[role])}{f', {named}' if named else ''}</li>"
        )
    return f"<ul class='legend'>{''.join(items)}</ul>"


def _totals(choices: Sequence[DoseChoice], product: ToxinProduct) -> str:
    whole = sum((choice.total.amount for choice in choices), Fraction(0))
    needles = sum(len(choice.points) for choice in choices)
    return (
        f"<p class='totals'><b>{escape(totals_words(choices))}</b>; session {units_words(whole)} of "
        f"{escape(product.value)} in {needles} {'point' if needles == 1 else 'points'}.</p>"
    )


def _targets(explanation: Explanation) -> str:
    rows = []
    for number, one in enumerate(explanation.targets, start=1):
        side = "midline" if one.side is None else one.side.label
        each = sorted({number_text(dose.amount) for _, dose in one.points})
        points = f"{len(one.points)} × {each[0]}" if len(each) == 1 else " + ".join(each)
        name = f"<b>{number}</b> {escape(injection_target(one.target).full_name)}"
        rows.append(
            [
                name,
                f"<b>{side}</b>",
                f"<b>{number_text(one.dose.amount)}</b>",
                points,
                _range(one),
                f"<span class='why'>{escape(one.reason)}</span>"
                + details("all that is known", "<ul>" + "".join(
                    f"<li>{escape(sentence)}</li>" for sentence in one.sentences
                ) + "</ul>"),
            ]
        )  # fmt: skip
    return table(
        "What is injected, and why",
        ["target", "side", "units", "points", "published range and its tag", "why"],
        rows,
        kind="plan",
        is_wide=True,
    )


def _range(one: TargetExplanation) -> str:
    """The published range as a small scale, with its provenance tag."""
    limit = next((use for use in one.limits if use.kind.value == "target_published"), None)
    tag = "" if one.provenance is None else f"<span class='tag'>{escape(one.provenance.value)}</span>"
    if limit is None or not limit.most:
        return tag
    share = 100 * min(limit.share, 1.0)
    words = f"{limit.used:g} of at most {limit.most:g} units published"
    return (
        f"<span class='scale' role='img' aria-label='{escape(words, quote=True)}'>"
        f"<span style='width:{share:.0f}%'></span></span><small>up to {limit.most:g}</small> {tag}"
    )


def _left_out(explanation: Explanation) -> str:
    chosen = [one for one in explanation.left_out if one.not_chosen is not None]
    others = [one for one in explanation.left_out if one.not_chosen is None]

    def rows(which: Sequence[object]) -> list[list[str]]:
        return [
            [escape(place_text(one.place)), f"<span class='why'>{escape(one.sentence)}</span>"]
            for one in explanation.left_out
            if one in which
        ]

    parts = []
    if chosen:
        parts.append(table("Offered, and left out", ["target", "why not"], rows(chosen), kind="plan"))
    if others:
        parts.append(table("Not offered", ["target", "why not"], rows(others), kind="plan"))
    count = len(explanation.left_out)
    return details(f"Left out, and why: {count} targets", "".join(parts))


def _findings(signed: SignedPlan) -> str:
    plan = signed.plan
    items = []
    for finding in plan.session_findings:
        reason = signed.reasons.get(finding.code)
        word = {Action.STOP: "Stop", Action.WARN: "Warning"}.get(finding.action, "Note")
        answer = f" <q>{escape(reason)}</q>" if reason else ""
        items.append(
            f"<li><b>{word}.</b> {escape(finding.sentence)} <span class='quiet'>{escape(finding.what_to_do)}"
            f"</span>{answer}</li>"
        )
    listed = f"<ul class='findings'>{''.join(items)}</ul>" if items else "<p>No finding.</p>"
    return (
        f"<h3>Findings, and the clinician’s answers</h3>{listed}"
        f"<p class='signature'>Signed by <b>{escape(signed.by)}</b> on {signed.day.isoformat()}. Until then "
        "the plan was a draft; software never makes one active.</p>"
    )
