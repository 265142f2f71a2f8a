"""Options that the verbs of a plan share; what contradicts itself is told before anything is computed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from facialis.cli.plan.again import request_of
from facialis.errors import FacialisError
from facialis.toxins.product_names import product_named
from facialis.toxins.products import ToxinProduct

if TYPE_CHECKING:
    # The rules of planning stand on the twin, whose arrays take a second to import.
    from facialis.planning.plan.sign import SignedPlan
    from facialis.planning.rules.override import Override
    from facialis.report.plan_json import PlanDocument

DATE = ["%Y-%m-%d"]

CaseArgument = Annotated[
    Path,
    typer.Argument(
        metavar="CASE.json",
        help="The case of a patient. Measurements that its visits name lie beside it, unless they say "
        "otherwise.",
        show_default=False,
    ),
]
ProductOption = Annotated[
    str, typer.Option("--product", help="Generic, brand or short name of what would be injected.")
]
WeightsOption = Annotated[
    str,
    typer.Option(
        "--weights",
        metavar="NAME=NUMBER,...",
        help="Change what matters, such as smile=2,chin=0.5; 1 is the default of most.",
        show_default=False,
    ),
]
ConfirmOption = Annotated[
    str | None,
    typer.Option(
        "--confirm-ranges",
        metavar="NAME",
        help="The clinician who stands for published ranges that are known from memory. Without a name such "
        "targets are left out.",
        show_default=False,
    ),
]
OverrideOption = Annotated[
    str | None,
    typer.Option(
        "--override-acute",
        metavar='"NAME: REASON"',
        help="The specialist who answers for toxin in the acute phase, and why.",
        show_default=False,
    ),
]
TodayOption = Annotated[
    datetime | None,
    typer.Option(
        "--today", formats=DATE, help="Day of the session, such as 2026-11-22; today by default.",
        show_default=False,
    ),
]  # fmt: skip
SeedOption = Annotated[
    int, typer.Option("--seed", min=0, max=2**63 - 1, help="The same seed gives the same plan.")
]
TimeOption = Annotated[
    float,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        min=0.1,
        max=3600,
        help="For each search. The best doses by then are shown with what is certified of them.",
    ),
]
OfOption = Annotated[
    Path | None,
    typer.Option(
        "--of",
        metavar="PLAN.json",
        help="A plan or signed plan of this case, in place of all options that it was made with.",
        show_default=False,
    ),
]
PRODUCT = ToxinProduct.ONABOTULINUMTOXIN_A.value
TIME_LIMIT_S = 10.0

_Thing = TypeVar("_Thing")


@dataclass(frozen=True)
class PlanRequest:
    """What is asked for beside the case."""

    product: ToxinProduct
    weights: dict[str, float]
    confirmed_by: str | None
    override: "Override | None"
    today: date
    seed: int
    time_limit_s: float
    again: "PlanDocument | None" = None
    """The plan that has to come out once more; None for a new one."""
    signed: "SignedPlan | None" = None
    """Its signature."""


def plan_request(
    *,
    product: str,
    weights: str,
    confirm_ranges: str | None,
    override_acute: str | None,
    today: datetime | None,
    seed: int,
    time_limit: float,
    of: Path | None = None,
) -> PlanRequest:
    """Read the options.

    Raises
    ------
    typer.BadParameter      A name or number that is none, or an option beside the plan that has them all.
    """
    if of is not None:
        others = (product != PRODUCT, weights, confirm_ranges, override_acute, today, seed)
        if any(others) or time_limit != TIME_LIMIT_S:
            raise typer.BadParameter(
                f"--of '{of}' has every option that the plan was made with. Leave the others out."
            )
        return request_of(of)
    return PlanRequest(
        product=_usage("--product", lambda: product_named(product).product),
        weights=_usage("--weights", lambda: _weights(weights)),
        confirmed_by=_name(confirm_ranges),
        override=_usage("--override-acute", lambda: _override(override_acute)),
        today=datetime.now(UTC).astimezone().date() if today is None else today.date(),
        seed=seed,
        time_limit_s=time_limit,
    )


def _usage(option: str, read: Callable[[], _Thing]) -> _Thing:
    try:
        return read()
    except FacialisError as error:
        raise typer.BadParameter(f"{option}: {error}") from error


def _name(text: str | None) -> str | None:
    if text is None:
        return None
    if not text.strip():
        raise typer.BadParameter("--confirm-ranges has no name. Give that of the clinician, or leave it out.")
    return text.strip()


def _weights(text: str) -> dict[str, float]:
    from facialis.planning.dosing.weights import weights_with

    found: dict[str, float] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        name, equals, number = (part.strip() for part in pair.partition("="))
        try:
            value = float(number)
        except ValueError:
            equals = ""
        if not equals:
            raise typer.BadParameter(f"--weights holds '{pair}'. Write NAME=NUMBER, such as smile=2.")
        if name in found:
            raise typer.BadParameter(f"--weights names {name} twice. Give it once.")
        found[name] = value
    weights_with(found)
    return found


def _override(text: str | None) -> "Override | None":
    from facialis.planning.rules.override import Override

    if text is None:
        return None
    name, colon, reason = text.partition(":")
    if not colon:
        raise typer.BadParameter(
            f"--override-acute is '{text}'. Write who answers for it and why: \"NAME: REASON\"."
        )
    return Override(name.strip(), reason.strip())
