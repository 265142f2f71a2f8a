"""Arrays as the programme wants them: of one shape, finite, and not to be changed."""

from typing import Any

import numpy as np
from jaxtyping import Float, Int

from facialis.planning.programme.errors import ProgrammeError


def numbers(
    given: Any, shape: tuple[int, ...], what: str, *, at_least: float | None = None
) -> Float[np.ndarray, "..."]:
    """Copy finite numbers of one shape; the copy is read-only.

    Parameters
    ----------
    given : array_like          What was handed in.
    shape : tuple of int        The shape wanted; -1 where any length will do.
    what : str                  What the numbers are, for the message.
    at_least : float, optional  The smallest number allowed.

    Returns
    -------
    array

    Raises
    ------
    ProgrammeError
        If they are no numbers, of another shape, not finite, or too small.
    """
    try:
        found = np.array(given, dtype=float)
    except (TypeError, ValueError):
        raise ProgrammeError(f"The {what} must be numbers.") from None
    if len(found.shape) != len(shape) or any(
        wanted not in {-1, length} for length, wanted in zip(found.shape, shape, strict=True)
    ):
        wanted = " x ".join("any" if length < 0 else str(length) for length in shape)
        raise ProgrammeError(f"The {what} have the shape {found.shape}; {wanted} is wanted.")
    if not np.all(np.isfinite(found)):
        raise ProgrammeError(f"The {what} must be finite: replace what is missing or infinite.")
    if at_least is not None and np.any(found < at_least):
        raise ProgrammeError(f"The {what} must not be below {at_least:g}; the smallest is {found.min():g}.")
    found.flags.writeable = False
    return found


def places(
    given: Any, shape: tuple[int, ...], what: str, *, below: int | None = None
) -> Int[np.ndarray, "..."]:
    """Copy whole numbers from 0; the copy is read-only.

    Parameters
    ----------
    given : array_like      What was handed in.
    shape : tuple of int    The shape wanted; -1 where any length will do.
    what : str              What the numbers are, for the message.
    below : int, optional   The first number that is too large.

    Returns
    -------
    array

    Raises
    ------
    ProgrammeError
        If they are not whole numbers of that shape in that range.
    """
    found = numbers(given, shape, what, at_least=0)
    if np.any(found != np.round(found)) or (below is not None and np.any(found >= below)):
        until = "" if below is None else f" below {below}"
        raise ProgrammeError(f"The {what} must be whole numbers from 0{until}.")
    whole = found.astype(np.int64)
    whole.flags.writeable = False
    return whole
