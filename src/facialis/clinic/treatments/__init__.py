"""Treatments: the vial, what was given at each point, and the sheet for the patient."""
