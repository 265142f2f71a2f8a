"""From what may be true of a patient to the doses that are proposed."""
