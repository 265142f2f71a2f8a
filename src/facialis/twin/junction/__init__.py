"""Toxin at the junction of nerve and muscle: from a dose to the share that it blocks."""
