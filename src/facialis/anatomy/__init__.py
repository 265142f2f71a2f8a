"""What a face is made of: sides, nerve branches, muscles and expressions."""

from facialis.anatomy.expressions import Expression
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.side_roles import SideRole
from facialis.anatomy.sides import Side

__all__ = ["FACIAL_MUSCLES", "Expression", "InjectionTarget", "Muscle", "Side", "SideRole"]
