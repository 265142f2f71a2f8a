"""What is wrong with evidence."""

from facialis.errors import FacialisError


class EvidenceError(FacialisError):
    """A table, its passport or the bibliography is not as it must be."""

    code = "evidence_invalid"


class UnknownReferenceError(FacialisError):
    """A source, a table or a number was asked for that does not exist."""

    code = "reference_unknown"
