"""Everything that changes a vial or a treatment."""
