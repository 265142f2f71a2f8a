"""The one bibliography: which source keys exist."""

import re
from functools import cache
from importlib.resources import files

_ENTRY = re.compile(r"^@\w+\{\s*([^,\s]+)\s*,", re.MULTILINE)


@cache
def source_keys() -> frozenset[str]:
    """Every key of `bibliography.bib`."""
    text = files("facialis.evidence").joinpath("bibliography.bib").read_text(encoding="utf-8")
    return frozenset(_ENTRY.findall(text))
