"""Everything that changes a plan."""
