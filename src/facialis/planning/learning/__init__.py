"""What a follow-up taught of a patient, and how the next plan differs from the last treatment."""
