"""What can be wrong with a programme, and when no choice satisfies it."""

from facialis.planning.errors import PlanningError


class ProgrammeError(PlanningError):
    """Arrays that describe no programme: a wrong shape, a number that is none, a negative spread."""

    code = "programme_invalid"


class LimitsCollideError(PlanningError):
    """No choice keeps all limits together with what was fixed.

    Attributes
    ----------
    colliding : tuple of str    A smallest set: without any one of them the others can be kept.
    """

    code = "limits_collide"

    def __init__(self, colliding: tuple[str, ...]) -> None:
        names = ", ".join(colliding)
        super().__init__(
            f"These cannot all be kept: {names}. Relax one of the limits named, or take back one of the "
            "choices named."
        )
        self.colliding = colliding


class NoChoiceInTimeError(PlanningError):
    """The time ran out before any permitted choice was found, and to choose nothing is not permitted."""

    code = "no_choice_in_time"
