"""Commands that the verbs of the command line run."""
