"""Everything that changes a grading or a finding."""
