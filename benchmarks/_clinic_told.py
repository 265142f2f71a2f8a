"""What the clinic said was done; none of it may be missing afterwards, nor be there twice."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Told:
    """Keys of what was acknowledged, with what was seen of it."""

    patients: set[str] = field(default_factory=set)
    visits: set[str] = field(default_factory=set)
    consents: list[str] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    """Visits whose note was signed."""
    grades: set[str] = field(default_factory=set)
    """Gradings that were signed."""
    pictures: dict[str, str] = field(default_factory=dict)
    """Key of each upload to its visit."""
    plans: dict[str, str] = field(default_factory=dict)
    """Each signed plan to the hash of what was read back before the signature."""
    edits: dict[str, str] = field(default_factory=dict)
    """Key of each edit to its plan."""
    lots: list[str] = field(default_factory=list)
    """Of the vials that were entered; each has a lot of its own."""
    treatments: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Each signed treatment to its plan, its lot, and its points with the units that were given, or None."""

    @property
    def signatures(self) -> int:
        """How many were acknowledged."""
        return len(self.notes) + len(self.grades) + len(self.plans) + len(self.treatments)

    def plain(self) -> dict[str, Any]:
        """The same as JSON knows it."""
        return {
            name: sorted(value) if isinstance(value, set) else value for name, value in asdict(self).items()
        }
