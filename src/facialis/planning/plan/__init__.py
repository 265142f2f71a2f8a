"""A plan: what is proposed for one patient, why, and what a clinician signs."""
