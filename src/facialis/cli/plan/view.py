"""A plan on the terminal: doses by side, why, what is expected, what is protected, and what comes next."""

import math
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from facialis.cli.output import plain_table
from facialis.cli.plan.findings_view import print_head
from facialis.cli.plan.words import (
    SIDE_COLUMNS,
    needles,
    points_words,
    range_words,
    side_column,
    totals_words,
    units_words,
)
from facialis.planning.limits import LeftOut, session_limits
from facialis.planning.places import place_text
from facialis.planning.plan.record import LossSummary, Plan, PlanOutcome
from facialis.planning.schedule import follow_up

if TYPE_CHECKING:
    from facialis.cli.plan.work import Made
    from facialis.planning.explain.records import Explanation

STOPPED = "No plan: a rule stops it. What to do stands above."
NOTHING = "No injection is proposed: none would gain more than its doses and needles are priced at."


def print_plan(screen: Console, made: "Made", explanation: "Explanation") -> None:
    """Everything about a plan that fits on a screen."""
    plan = made.work.plan
    print_head(screen, plan, made.files.remarks)
    screen.print()
    if plan.outcome is PlanOutcome.STOPPED:
        screen.print(STOPPED, style="bold")
        return
    if plan.outcome is PlanOutcome.NOTHING:
        screen.print(NOTHING, style="bold")
    else:
        screen.print(doses_table(plan))
        screen.print(escape(_totals(made)), soft_wrap=True)
        screen.print()
        screen.print("Why", style="bold")
        for target in explanation.targets:
            screen.print(escape(f"  {target.reason}"), soft_wrap=True)
    screen.print()
    _print_outcome(screen, plan, explanation)
    _print_functions(screen, plan, explanation)
    _print_left_out(screen, plan)
    if plan.outcome is PlanOutcome.INJECT:
        screen.print()
        _print_dates(screen, plan)


def doses_table(plan: Plan) -> Table:
    """Every dose under the side that it is for, beside its published range."""
    columns = [word for word in SIDE_COLUMNS if any(side_column(choice) == word for choice in plan.choices)]
    table = plain_table(
        f"Doses, units of {plan.product.value}; published ranges at a point and in all, with their tag",
        *("target", *columns, "points", "a point", "in all", "published"),
    )
    table.columns[0].no_wrap = True
    limits = {limit.place: limit for limit in plan.limits}
    order = list(limits)
    for choice in sorted(plan.choices, key=lambda choice: order.index((choice.side, choice.target))):
        cells = [units_words(choice.total) if side_column(choice) == word else "" for word in columns]
        published = range_words(limits[choice.side, choice.target])
        row = (choice.target.value.replace("_", " "), *cells, points_words(choice), *published)
        table.add_row(*map(escape, row))
    return table


def _totals(made: "Made") -> str:
    plan = made.work.plan
    assert plan.total is not None  # noqa: S101  asked for only with doses
    shared = session_limits(made.files.case, plan.product, plan.today)
    most = "" if shared.both_sides_cap is None else f" of {units_words(shared.both_sides_cap)} at most"
    confirmed = [limit for limit in plan.limits if limit.confirmed_by is not None]
    by = f" Ranges from memory are confirmed by {confirmed[0].confirmed_by}." if confirmed else ""
    count = needles(plan.choices)
    return (
        f"{totals_words(plan)}: session {units_words(plan.total)}{most}, "
        f"{count} {'point' if count == 1 else 'points'}.{by}"
    )


def _print_outcome(screen: Console, plan: Plan, explanation: "Explanation") -> None:
    table = plain_table(
        "Expected (model)",
        *("plan", "units", "points", "loss in weeks 2 to 4", "mean of 16 weeks", "against doing nothing"),
    )
    assert plan.do_nothing is not None  # noqa: S101  a plan that no rule stops has both
    assert plan.loss is not None  # noqa: S101
    rows = [("this plan", plan.choices, plan.loss)] if plan.choices else []
    rows += [("less", one.choices, one.loss) for one in reversed(plan.alternatives) if one.choices]
    for name, choices, loss in [*rows, ("do nothing", (), plan.do_nothing)]:
        units = [choice.total for choice in choices]
        whole = units_words(sum(units[1:], start=units[0])) if units else "0 units"
        table.add_row(
            name,
            whole,
            str(needles(choices)),
            f"{loss.peak:.1f}",
            f"{loss.mean_16_weeks:.1f}",
            _change(loss, plan.do_nothing) if choices else "",
        )
    screen.print(table)
    screen.print(
        "Loss: weighted asymmetry, involuntary movement, tightness and lost function; less is better.",
        soft_wrap=True,
    )
    for score in explanation.scores if plan.choices else ():
        screen.print(escape(f"Weeks 2 to 4 (model): {score.sentence}"), soft_wrap=True)
    screen.print(escape(_search(plan)), soft_wrap=True)


def _change(loss: LossSummary, nothing: LossSummary) -> str:
    if not nothing.mean_16_weeks:
        return ""
    share = round(100 * (loss.mean_16_weeks / nothing.mean_16_weeks - 1))
    return f"{share:+d} %".replace("-", "−") if share else "0 %"


def _search(plan: Plan) -> str:
    search = plan.search
    assert search is not None  # noqa: S101  a plan that no rule stops was searched for
    if not math.isfinite(search.relative_gap):
        return "The search ran out of time before it could certify anything. Give it more: --time-limit."
    gap = f"{100 * search.relative_gap:.1f} %"
    if search.timed_out:
        return (
            f"The search ran out of time: another plan may be up to {gap} better, as the search judges. Give "
            "it more: --time-limit."
        )
    return f"Certified: no other doses are more than {gap} better, as the search judges."


def _print_functions(screen: Console, plan: Plan, explanation: "Explanation") -> None:
    from facialis.planning.explain.records import LimitKind

    assert plan.search is not None  # noqa: S101  a plan that no rule stops was searched for
    uses = [use for use in explanation.limits if use.kind is LimitKind.FUNCTION]
    if not uses and not plan.search.relaxed:
        return
    screen.print()
    screen.print("Protected", style="bold")
    for use in uses:
        screen.print(escape(f"  {use.sentence}"), soft_wrap=True)
    for name in plan.search.relaxed:
        screen.print(
            escape(f"  Beyond its limit without any toxin, and taken no further: {name.replace('_', ' ')}."),
            soft_wrap=True,
        )


def _print_left_out(screen: Console, plan: Plan) -> None:
    chosen = {(choice.side, choice.target) for choice in plan.choices}
    screen.print()
    screen.print(
        f"Left out: {len(plan.limits) - len(chosen)} of {len(plan.limits)} targets. "
        "`facialis explain` says why each."
    )
    silent = [place_text(one.place) for one in plan.limits if one.reason is LeftOut.NOT_CONFIRMED]
    if silent:
        screen.print(
            escape(
                f"Of these, nobody has confirmed the range of {'; '.join(silent)}. A clinician who knows "
                "these ranges can: --confirm-ranges NAME."
            ),
            soft_wrap=True,
        )


def _print_dates(screen: Console, plan: Plan) -> None:
    dates = follow_up(plan.today, plan.product)
    screen.print(
        f"Review and photograph: {dates.review_from} to {dates.review_to}. Repeat: about {dates.repeat}, "
        f"never before {dates.earliest_repeat}.",
        soft_wrap=True,
    )
