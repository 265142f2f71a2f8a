"""The one bibliography: which source keys exist."""

import re
from functools import cache
from importlib.resources import files

_ENTRY = re.compile(r"^@\w+\{\s*([^,\s]+)\s*,", re.MULTILINE)


@cache
def bibliography_text() -> str:
    """The bibliography as BibTeX."""
    return files("facialis.evidence").joinpath("bibliography.bib").read_text(encoding="utf-8")


@cache
def source_keys() -> frozenset[str]:
    """Every key of `bibliography.bib`; found without the parser, because every table asks for it."""
    return frozenset(_ENTRY.findall(bibliography_text()))
