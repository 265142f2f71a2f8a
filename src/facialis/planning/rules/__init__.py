"""Rules of planning: what stops a plan, what warns, and what a finished session must keep."""
