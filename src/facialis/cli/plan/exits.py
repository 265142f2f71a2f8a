"""Exit statuses of the verbs of a plan; 0 to 3 have their meanings in every verb."""

EXIT_STOPPED = 4
"""What was asked for was done, and the answer is no: a rule stops the plan."""
