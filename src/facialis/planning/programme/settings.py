"""How far to search, and for how long."""

from dataclasses import dataclass

from facialis.planning.programme.checked_arrays import numbers
from facialis.planning.programme.errors import ProgrammeError

SMALLEST_GAP = 1e-6
"""Below this the solver's own tolerances would speak."""


@dataclass(frozen=True)
class SolverSettings:
    """Limits of the search.

    Attributes
    ----------
    relative_gap : float    Largest share by which the result may be worse than the best there is.
    time_limit_s : float    Time of the solver; what is best by then is returned with its gap. [s]
    seed : int              Of the solver's own random choices.
    count_chances : bool    Hold chance limits by counting samples, exactly, which takes much longer; else by
        the mean of the worst samples, which is on the safe side.
    """

    relative_gap: float = 0.01
    time_limit_s: float = 10.0
    seed: int = 0
    count_chances: bool = False

    def __post_init__(self) -> None:
        gap = float(numbers(self.relative_gap, (), "relative gap"))
        if not SMALLEST_GAP <= gap < 1:
            raise ProgrammeError(f"The relative gap is {gap:g}; it lies from {SMALLEST_GAP:g} to 1.")
        numbers(self.time_limit_s, (), "time limit", at_least=0)
