"""Grading: instruments that a clinician or a patient answers, and findings that no photograph shows."""
