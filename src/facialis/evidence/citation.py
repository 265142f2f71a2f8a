"""Where one row of a table comes from, carried by everything that is made of the row."""

from dataclasses import dataclass

from facialis.evidence.provenance import Provenance


@dataclass(frozen=True)
class Citation:
    """Source, place in it, tag and population of one row."""

    source_key: str
    """Key in `bibliography.bib`."""
    locator: str
    """Where in the source."""
    provenance: Provenance
    population: str
    """Who was measured, or to whom a rule applies."""
    note: str = ""

    @property
    def text(self) -> str:
        """Source, place and tag in one line, as tables for people show it."""
        return f"{self.source_key}, {self.locator} [{self.provenance.value}]"
