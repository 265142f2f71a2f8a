"""Scoring options as they are written on the command line: NAME=VALUE."""

from facialis.grading.errors import ScoringOptionError
from facialis.grading.instrument import Instrument, option_value


def read_options(instrument: Instrument, pairs: list[str]) -> dict[str, str | None]:
    """Read and check options.

    Raises
    ------
    ScoringOptionError
        If one has no value, is named twice, or is none of the instrument.
    """
    options: dict[str, str | None] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise ScoringOptionError(f"The option '{pair}' has no value. Write NAME=VALUE.")
        if name in options:
            raise ScoringOptionError(f"The option '{name}' is given twice. Give it once.")
        options[name] = option_value(instrument, name, value)
    return options
