"""How the next plan differs from the last treatment, target by target."""

from facialis.planning.case.treatments import ToxinTreatment
from facialis.planning.explain.words import place_name
from facialis.planning.learning.records import DoseDifference
from facialis.planning.places import Place, all_places
from facialis.planning.plan.record import Plan
from facialis.toxins import ToxinDose


def differences_of(last: ToxinTreatment, plan: Plan) -> tuple[DoseDifference, ...]:
    """Every target that was injected, or is to be."""
    planned = {(choice.side, choice.target): choice.total for choice in plan.choices}
    found = []
    for place in all_places():
        side, target = place
        was, now = last.dose_of(target, side), planned.get(place)
        if was is not None or now is not None:
            found.append(DoseDifference(target, side, was, now, _sentence(place, was, now, plan)))
    return tuple(found)


def _sentence(place: Place, was: ToxinDose | None, now: ToxinDose | None, plan: Plan) -> str:
    named = place_name(place)
    if now is None:
        assert was is not None  # noqa: S101  one of both is there
        return f"{named}: {was.text} the last time, nothing now.{_why(place, plan)}"
    if was is None:
        return f"{named}: new, {now.text}."
    if was.product is not now.product:
        return f"{named}: {was.text} the last time, {now.text} now; units of two products do not compare."
    if was == now:
        return f"{named}: {now.text}, as the last time."
    share = 100 * abs(float(now.amount / was.amount) - 1)
    return f"{named}: {now.text} instead of {was.text}, {share:.0f} % {'more' if now > was else 'less'}."


def _why(place: Place, plan: Plan) -> str:
    limit = next((limit for limit in plan.limits if limit.place == place), None)
    return "" if limit is None or limit.is_offered else f" {limit.sentence}"
