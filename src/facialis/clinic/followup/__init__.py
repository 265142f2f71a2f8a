"""Follow-up: what is due, what went wrong, and what changed."""
