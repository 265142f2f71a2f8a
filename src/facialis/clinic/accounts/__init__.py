"""Who works here, in which clinic, and what each role may do."""
