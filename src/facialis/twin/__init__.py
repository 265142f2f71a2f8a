"""A facial nerve, its muscles, the toxin, and a face that moves: the patient as a model."""

from facialis.twin import precision as precision
