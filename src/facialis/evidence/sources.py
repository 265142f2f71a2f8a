"""What sort of source each key stands for, and how good it is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from facialis.evidence.bibliography import bibliography_text
from facialis.evidence.errors import EvidenceError, UnknownReferenceError

SURE_IDENTIFIERS = {
    "doi": re.compile(r"10\.\d{4,9}/\S+"),
    "pmid": re.compile(r"\d{7,8}"),
    "pmcid": re.compile(r"PMC\d{6,8}"),
}
"""How identifiers look; one that looks otherwise is a slip of the pen."""


class SourceKind(StrEnum):
    """What sort of source."""

    RANDOMISED_TRIAL = "randomised_trial"
    META_ANALYSIS = "meta_analysis"
    GUIDELINE = "guideline"
    REVIEW = "review"
    LARGE_SERIES = "large_series"
    SMALL_SERIES = "small_series"
    NORMATIVE = "normative"
    """Healthy people, or what laypeople notice."""
    INSTRUMENT = "instrument"
    """The paper that defines or tests a scale."""
    LABORATORY = "laboratory"
    """Animals, cells, or single muscles of volunteers."""
    LABEL = "label"
    TEXTBOOK = "textbook"
    WEB = "web"
    SOFTWARE = "software"
    SYNTHESIS = "synthesis"
    """Put together from memory; no publication."""
    DESIGN = "design"
    """A decision of this software; no evidence."""


class Quality(StrEnum):
    """How much a target from this source weighs when the twin is validated."""

    A = "A"
    """Randomised trial or meta-analysis."""
    B = "B"
    """Large series."""
    C = "C"
    """Small series: a band of plausibility."""
    NOT_GRADED = "-"


@dataclass(frozen=True)
class Source:
    """One entry of the bibliography."""

    key: str
    kind: SourceKind
    quality: Quality
    seen: str
    """How this project knows it: found, recall-high, recall-medium, design."""
    authors: tuple[str, ...]
    title: str
    journal: str
    year: str
    volume: str
    number: str
    pages: str
    doi: str
    pmid: str
    pmcid: str
    note: str

    @property
    def reference(self) -> str:
        """The source as a line of a list of references: only what is known of it."""
        volume = self.volume + (f"({self.number})" if self.number else "")
        place = f"{volume}:{self.pages}" if volume and self.pages else volume + self.pages
        dated = f"{self.year};{place}" if self.year and place else self.year + place
        parts = [
            ", ".join(self.authors),
            self.title,
            " ".join(part for part in (self.journal, dated) if part),
            f"doi {self.doi}" if self.doi else "",
            f"PMID {self.pmid}" if self.pmid else "",
            self.pmcid,
        ]
        return " ".join(f"{part.rstrip('.')}." for part in parts if part)


@cache
def sources() -> Mapping[str, Source]:
    """Every source by its key, in the order of the bibliography.

    Raises
    ------
    EvidenceError
        If an entry lacks its kind, quality or how it is known, or has an identifier that cannot be one.
    """
    return MappingProxyType(parse_sources(bibliography_text()))


def source(key: str) -> Source:
    """The source of a key; raises `UnknownReferenceError` where there is none."""
    try:
        return sources()[key]
    except KeyError:
        raise UnknownReferenceError(
            f"There is no source '{key}'. `facialis cite` lists every source."
        ) from None


def parse_sources(bibtex: str) -> dict[str, Source]:
    """Read a bibliography; see `sources`."""
    # Imported here: most of the software needs only the keys, and the parser takes a tenth of a second.
    from pybtex.database import BibliographyDataError, parse_string
    from pybtex.scanner import PybtexSyntaxError

    try:
        entries = parse_string(bibtex, "bibtex").entries
    except (PybtexSyntaxError, BibliographyDataError) as error:
        raise EvidenceError(f"bibliography.bib cannot be read: {error}. Correct the entry.") from error
    return {key: _source(key, entry) for key, entry in entries.items()}


def bibtex_of(keys: Iterable[str]) -> str:
    """The entries of some sources as BibTeX, for a reference manager."""
    from pybtex.database import BibliographyData, parse_string

    entries = parse_string(bibliography_text(), "bibtex").entries
    return str(BibliographyData({source(key).key: entries[key] for key in keys}).to_string("bibtex"))


def _source(key: str, entry: Any) -> Source:
    fields = {name.lower(): _plain(text) for name, text in entry.fields.items()}
    authors = tuple(_name(person) for person in entry.persons.get("author", ()))
    try:
        kind, quality = SourceKind(fields.get("kind", "")), Quality(fields.get("quality", ""))
    except ValueError as error:
        raise EvidenceError(f"bibliography.bib, {key}: {error}. Give it a kind and a quality.") from error
    if not fields.get("seen"):
        raise EvidenceError(f"bibliography.bib, {key}: say under `seen` how this project knows the source.")
    if not authors and not fields.get("title"):
        raise EvidenceError(f"bibliography.bib, {key}: it has neither author nor title. Give one.")
    for name, shape in SURE_IDENTIFIERS.items():
        if fields.get(name) and not shape.fullmatch(fields[name]):
            raise EvidenceError(
                f"bibliography.bib, {key}: '{fields[name]}' is no {name}. Correct or drop it."
            )
    plain = {
        name: fields.get(name, "")
        for name in (
            "seen",
            "title",
            "journal",
            "year",
            "volume",
            "number",
            "pages",
            "doi",
            "pmid",
            "pmcid",
            "note",
        )
    }
    return Source(key=key, kind=kind, quality=quality, authors=authors, **plain)


def _name(person: Any) -> str:
    parts = [*person.prelast_names, *person.last_names]
    initials = [*person.first_names, *person.middle_names]
    last = _plain(" ".join(parts))
    return f"{last} {''.join(initial.rstrip('.') for initial in initials)}".strip()


def _plain(latex: str) -> str:
    """Text without LaTeX. Decoding takes a hundredth of a second a time, so plain text is left as it is."""
    if not any(sign in latex for sign in "\\{~$"):
        return latex.replace("--", "–")
    from pybtex.richtext import Text

    return str(Text.from_latex(latex).render_as("text"))
