"""Which sources and tables a result file rests on: every result names them where it uses them."""

from collections.abc import Iterator, Mapping
from typing import Any

NAMING_KEYS = frozenset({"citation", "citations", "evidence", "source", "source_key", "sources"})
"""Keys of a JSON result under which sources and tables are named."""

MAX_DEPTH = 64
"""Deeper than any result of this software; a deeper file is not one."""


def names_in_result(result: Any) -> tuple[str, ...]:
    """Every word that a result gives under one of `NAMING_KEYS`, once, in order of appearance.

    Parameters
    ----------
    result : any
        A parsed JSON document.

    Returns
    -------
    tuple of str
        Words that may be source keys or table names; the caller looks which exist.
    """
    return tuple(dict.fromkeys(_names(result, naming=False, depth=0)))


def _names(value: Any, *, naming: bool, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, str):
        if naming:
            yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _names(item, naming=naming or key in NAMING_KEYS, depth=depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _names(item, naming=naming, depth=depth + 1)
