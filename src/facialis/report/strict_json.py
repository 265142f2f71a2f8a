"""What no JSON file of ours holds: NaN, infinity, and a key twice in one object."""

from collections.abc import Callable
from typing import Any, NoReturn


def refuse_constant(word: str) -> NoReturn:
    """For `json.loads(parse_constant=...)`."""
    raise ValueError(f"it holds {word}, which is no number")


def refuse_twin_keys(pairs: list[tuple[str, Any]], shown: Callable[[str], str] = repr) -> dict[str, Any]:
    """For `json.loads(object_pairs_hook=...)`: a later value would take an earlier one's place in silence.

    Parameters
    ----------
    shown : callable    Writes a key in the message.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"it names {shown(twin)} more than once in one object")
    return found
