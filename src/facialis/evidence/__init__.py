"""Sources, cited values and how far each can be trusted."""

from facialis.evidence.cited import CitedValue, EvidenceError
from facialis.evidence.provenance import Provenance
from facialis.evidence.table import CitedTable, Passport, load_packaged_rows, load_packaged_table

__all__ = [
    "CitedTable",
    "CitedValue",
    "EvidenceError",
    "Passport",
    "Provenance",
    "load_packaged_rows",
    "load_packaged_table",
]
