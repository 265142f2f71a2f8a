"""Visits: appointments, consent, the examination, and the note of the day."""
