"""Pages of grades and findings."""
