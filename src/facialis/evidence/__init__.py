"""Sources, cited values and how far each can be trusted."""

from facialis.evidence.citation import Citation
from facialis.evidence.cited import CitedValue
from facialis.evidence.errors import EvidenceError, UnknownReferenceError
from facialis.evidence.passport import Passport
from facialis.evidence.provenance import Provenance
from facialis.evidence.row import Row
from facialis.evidence.table import CitedTable, RowTable, load_rows, load_values

__all__ = [
    "Citation",
    "CitedTable",
    "CitedValue",
    "EvidenceError",
    "Passport",
    "Provenance",
    "Row",
    "RowTable",
    "UnknownReferenceError",
    "load_rows",
    "load_values",
]
